import { describe, expect, it } from "@jest/globals";
import { parseCsv } from "../../src/customers/csv.ts";
import { parseMemberFile } from "../../src/customers/member-file.ts";

const csv = (text: string) => parseMemberFile(text, "members.csv");
const names = (text: string, path = "members.csv") =>
  parseMemberFile(text, path).members.map(({ type, name }) => `${type} ${name}`);

describe("CSV", () => {
  it.each<[string, string, string[][]]>([
    [
      "plain",
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "without a last line end",
      "a,b\n1,2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "with Windows line ends and a byte order mark",
      "\uFEFFa,b\r\n1,2\r\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "with semicolons",
      "a;b\n1,5;2",
      [
        ["a", "b"],
        ["1,5", "2"],
      ],
    ],
    [
      "with tabs",
      "a\tb\n1\t2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "with quotes",
      'a,b\n"x, ""y""","1\n2"\nz,',
      [
        ["a", "b"],
        ['x, "y"', "1\n2"],
        ["z", ""],
      ],
    ],
    [
      "with text after a quote",
      'a,b\n"x" y,z',
      [
        ["a", "b"],
        ["x", "z"],
      ],
    ],
    ["with empty lines", "a\n\n , \nb", [["a"], ["b"]]],
    ["empty", "", []],
  ])("%s is read", (_, text, rows) => {
    expect(parseCsv(text).map(({ cells }) => cells)).toEqual(rows);
  });

  it("knows on which line a row begins, over quoted line ends", () => {
    expect(parseCsv('a\n"1\n2\n3"\n\nb').map(({ line }) => line)).toEqual([1, 2, 6]);
  });

  it("marks a row whose quote never closes", () => {
    expect(parseCsv('a\n"b\nc').map(({ open }) => open)).toEqual([false, true]);
  });
});

describe("a file of members", () => {
  it("names logins, organisations and teams, with their days", () => {
    const text =
      "login,organization,team,from,until\nmona,,,2026-01-01,2026-12-31\nlisa,,,2028-02-29,2028-02-29\n,acme,,,\n,,acme/staff,,\n@hubot,,,,";
    expect(csv(text)).toEqual({
      members: [
        { type: "login", name: "mona", from: Date.parse("2026-01-01"), until: Date.parse("2027-01-01") },
        // One day alone, a leap day.
        { type: "login", name: "lisa", from: Date.parse("2028-02-29"), until: Date.parse("2028-03-01") },
        { type: "organization", name: "acme", from: null, until: null },
        { type: "team", name: "acme/staff", from: null, until: null },
        { type: "login", name: "hubot", from: null, until: null },
      ],
      problems: [],
    });
  });

  it("takes columns in any order and leaves unknown ones alone", () => {
    expect(names("Note,Until,Login\nold friend,2026-12-31,mona")).toEqual(["login mona"]);
  });

  it.each<[string, number, RegExp]>([
    ["bad name!,,", 3, /"bad name!" is no GitHub login/],
    [",,acme", 3, /"acme" is no team/],
    ["mona,acme,", 3, /one of login, organization and team, and has 2/],
    [",,,2026-01-01", 3, /has none/],
    ["mona,,,2026-02-30", 3, /"2026-02-30" is no date/],
    ["mona,,,01.02.2026", 3, /is no date: write it as 2026-12-31/],
    ["mona,,,2026-03-01,2026-02-01", 3, /until \(2026-02-01\) lies before from/],
    ["first,,", 3, /listed twice/],
    ["mona,,,,,more", 3, /6 cells, the header 5/],
    ['"mona,,', 3, /quote is opened and never closed/],
  ])("with the row %s names line %i and keeps the others", (row, line, message) => {
    const file = csv(`login,organization,team,from,until\nfirst,,\n${row}`);
    expect(file.members.map(({ name }) => name)).toEqual(["first"]);
    expect(file.problems).toHaveLength(1);
    expect(file.problems[0]).toMatchObject({ severity: "ignored", path: "members.csv", line });
    expect(file.problems[0]?.message).toMatch(message);
  });

  it("keeps what follows a bad row", () => {
    const file = csv("login\nbad name\nmona\n-x\nhubot\n");
    expect(file.members.map(({ name }) => name)).toEqual(["mona", "hubot"]);
    expect(file.problems.map(({ line }) => line)).toEqual([2, 4]);
  });

  it("without the columns is an error on line 1", () => {
    expect(csv("mona\nhubot").problems).toMatchObject([
      { severity: "error", line: 1, suggestion: "login,from,until" },
    ]);
  });

  it("that is empty has no members and no problem", () => {
    expect(csv("\n\n")).toEqual({ members: [], problems: [] });
  });

  it("may be JSON", () => {
    const text = JSON.stringify([
      "mona",
      { organization: "acme", until: "2026-12-31" },
      { login: 7 },
      {},
      null,
      "two words",
    ]);
    const file = parseMemberFile(text, "members.json");
    expect(file.members.map(({ name }) => name)).toEqual(["mona", "acme", "7"]);
    expect(file.problems.map(({ path }) => path)).toEqual([
      "members.json[3]",
      "members.json[4]",
      "members.json[5]",
    ]);
  });

  it.each<[string, number | undefined]>([
    ['[\n"mona",\n}', 3],
    ['[\n{"login": "mona"}\n{"login": "hubot"}\n]', 3],
    ["login\nmona", 1],
    ['[\n"mona"', 2],
    ["", 1],
    ['{"login": "mona"}', undefined],
  ])("as JSON %j is an error, on its line", (text, line) => {
    const file = parseMemberFile(text, "members.json");
    expect(file).toMatchObject({ members: [], problems: [{ severity: "error" }] });
    expect(file.problems[0]?.line).toBe(line);
  });
});
