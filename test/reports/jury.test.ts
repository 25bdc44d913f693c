import { describe, expect, it } from "@jest/globals";
import { courseOf, type TicketRecord } from "../../src/reports/course.ts";
import { demotionsIn } from "../../src/reports/demotion.ts";
import { jury } from "../../src/reports/jury.ts";
import { tally } from "../../src/reports/tally.ts";
import { DAY, judge, label, life, MONDAY, reply, show, unlabel, WEEK } from "../builders/lives.ts";

const TARGETS = { labels: 0.85, answers: 0.85, duplicates: 0.85 };
const silenced = (records: readonly TicketRecord[]) =>
  demotionsIn(
    tally(
      jury(WEEK),
      records.map((record) => courseOf(record)),
    ),
    TARGETS,
    [],
    MONDAY,
  ).map(({ what, subject, precision, count }) => [what, subject, precision, count]);

/** A ticket of somebody to which an article and an original were shown; what its reporter thought of them. */
const helped = (number: number, author: string | null, helpful: boolean, createdAt = MONDAY) =>
  life(
    number,
    [
      [0.1, show("article", "12/a.md"), show("duplicate", "7")],
      [1, judge("article", "12/a.md", helpful), judge("duplicate", "7", helpful)],
    ],
    { author, createdAt },
  );
const labelled = (number: number, author: string, stands: boolean) =>
  life(
    number,
    [
      [0.1, label("bug", "desk")],
      [1, stands ? reply : unlabel("bug", "team")],
    ],
    { author },
  );

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("who silences the desk", () => {
  it("is never one person, however many tickets they open", () => {
    const names = ["mallory", "Mallory", "MALLORY", "mAllory", "maLlory", "malLory"];
    expect(silenced(numbers(20).map((i) => helped(i, names[i % 6] ?? null, false)))).toEqual([]);
    expect(silenced(numbers(20).map((i) => labelled(i, names[i % 6] ?? "", false)))).toEqual([]);
  });

  it("is five people whom nothing helped", () => {
    expect(silenced(numbers(5).map((i) => helped(i, `person-${i}`, false)))).toEqual([
      ["answers", "", 0, 5],
      ["duplicates", "", 0, 5],
      ["article", "12/a.md", 0, 5],
    ]);
    expect(silenced(numbers(4).map((i) => helped(i, `person-${i}`, false)))).toEqual([]);
  });

  it("is the team, who took a label off five tickets of three people", () => {
    const authors = ["anna", "anna", "ben", "ben", "carl"];
    const ofTwo = authors.map((author) => (author === "carl" ? "ben" : author));
    expect(silenced(ofTwo.map((author, i) => labelled(i, author, false)))).toEqual([]);
    expect(silenced(authors.map((author, i) => labelled(i, author, false)))).toEqual([
      ["label", "bug", 0, 5],
    ]);
    const mostly = [...numbers(30).map((i) => labelled(100 + i, `fine-${i}`, true))];
    expect(silenced([...authors.map((author, i) => labelled(i, author, false)), ...mostly])).toEqual([]);
  });

  it("counts each person by their newest ticket, in whatever order they are read", () => {
    const records = [
      ...numbers(6).map((i) => helped(i, `person-${i}`, false, MONDAY)),
      ...numbers(6).map((i) => helped(10 + i, `person-${i}`, true, MONDAY + DAY)),
    ];
    expect(silenced(records)).toEqual([]);
    expect(silenced(records.toReversed())).toEqual([]);
  });

  it("counts deleted accounts one by one", () => {
    expect(silenced(numbers(5).map((i) => helped(i, null, false)))).toHaveLength(3);
  });
});
