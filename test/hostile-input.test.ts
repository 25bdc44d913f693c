import { describe, expect, it } from "@jest/globals";
import { parseMemberFile } from "../src/customers/member-file.ts";
import { parseIssueForm } from "../src/github/issue-forms.ts";
import { parseArticle } from "../src/kb/article.ts";
import { splitPassages } from "../src/kb/passages.ts";
import { neutralize } from "../src/messages/sanitize.ts";
import { parseSettings } from "../src/settings/parse.ts";
import { parseCommands } from "../src/triage/commands.ts";
import { missingFields } from "../src/triage/missing.ts";
import { suspectVulnerability } from "../src/triage/security.ts";
import { urgencySignals } from "../src/triage/urgency.ts";
import { growth } from "./growth.ts";

/** The doors through which strangers' texts come in. What reads YAML is held to the same in `yaml/source.test`. */
const DOORS: [string, (text: string) => unknown][] = [
  ["commands", parseCommands],
  ["signs of urgency", (text) => urgencySignals(text, "en")],
  ["signs of a vulnerability", (text) => suspectVulnerability("Title", text)],
  [
    "missing information",
    (text) => missingFields({ title: "Bug", body: text }, [], null, ["Version", "Logs"]),
  ],
  ["prose and code", splitPassages],
  ["an article", (text) => parseArticle("docs/a.md", text)],
  ["an issue template", (text) => parseIssueForm("bug.md", text)],
  ["a value of the settings", (text) => parseSettings(`mode: ${JSON.stringify(text)}`, { private: false })],
  [
    "a number of the settings",
    (text) => parseSettings(`sla: { warnAt: ${JSON.stringify(text)} }`, { private: false }),
  ],
  ["a file of customers", (text) => parseMemberFile(text, "customers.csv")],
  ["an echo", (text) => neutralize(text, { allow: "block" })],
];

/** Pieces that patterns stumble over when they are repeated. */
const PIECES = [
  ..."[({<>`*_~#-+|\"':,.%/\\@&!? \t\na1文",
  "<!--",
  "<!-- -->",
  "<pre ",
  "<pre>",
  "</pre ",
  "[](",
  "![](",
  "**a ",
  "*a\t",
  "_a_ ",
  "`a ",
  "```\n",
  "~~~\r",
  "# \t",
  "#\t#",
  "## a ##\n",
  "**a\n",
  "a: ",
  "a: *a\n",
  "&a ",
  "- ",
  "? ",
  "{a: ",
  '"a,',
  '""',
  "no a ",
  "must not ",
  "/close ",
  "/assign @a ",
  "> ",
  "\r",
  "\u2028",
  "1. ",
  "http://",
  "aaaa.",
  "A",
];

const RISES = ["# ", "<pre>", "["];

describe.each(DOORS)("reading %s", (_, read) => {
  it("takes time in line with the length, whatever is repeated", () => {
    const slow = PIECES.flatMap((piece) =>
      ["", ...RISES].flatMap((rise) => {
        const text = (length: number) => `${rise}${piece.repeat(length / piece.length)}\u2028!`;
        return growth((length) => read(text(length))) < 6 ? [] : [rise + piece];
      }),
    );
    expect(slow).toEqual([]);
  });
});

describe("brackets in brackets in brackets, which end the process in the YAML library itself,", () => {
  const deep = "[".repeat(20_000);

  it("make an article's front matter a Problem", () => {
    const { article, problems } = parseArticle("docs/a.md", `---\na: ${deep}\n---\n# A\n`);
    expect(article).toBeNull();
    expect(problems[0]?.message).toContain("nested too deeply");
  });

  it.each(["bug.yml", "bug.md"])("have the form %s left out", (path) => {
    const text = path.endsWith(".md") ? `---\nname: ${deep}\n---\n` : deep;
    expect(parseIssueForm(path, text)).toEqual({ reason: expect.stringContaining("nested too deeply") });
  });
});
