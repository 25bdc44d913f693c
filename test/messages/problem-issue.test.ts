import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { problemIssue, type ShownProblem } from "../../src/messages/problem-issue.ts";
import { FILTERS, hostile, html, tags, text as textOf } from "./github-text.ts";

const FILE = ".github/frontdesk.yml";
const en = { language: "en" };

const problem = (more: Partial<ShownProblem> = {}): ShownProblem => ({
  severity: "ignored",
  path: "plans[0].sla",
  message: "soon is no duration",
  ...more,
});

const itemsOf = (problems: ShownProblem[]) =>
  (problemIssue(en, FILE, [{ kind: "settings", file: FILE, problems: problems }]).body ?? "")
    .split("\n\n")[1]
    ?.split("\n") ?? [];

describe("problemIssue", () => {
  it.each([
    [
      "everything known",
      { line: 12, column: 3, suggestion: "4h" },
      ["- **Line 12, column 3, `plans[0].sla`**: soon is no duration", "  Try: `4h`"],
    ],
    [
      "no suggestion",
      { line: 12, column: 3 },
      ["- **Line 12, column 3, `plans[0].sla`**: soon is no duration"],
    ],
    ["no column", { line: 12 }, ["- **Line 12, column 1, `plans[0].sla`**: soon is no duration"]],
    ["no place", {}, ["- **`plans[0].sla`**: soon is no duration"]],
    ["no path", { path: "", line: 2 }, ["- **Line 2, column 1**: soon is no duration"]],
    ["neither place nor path", { path: "" }, ["- soon is no duration"]],
  ])("shows a problem with %s", (_, more, lines) => {
    expect(itemsOf([problem(more)])).toEqual(lines);
  });

  it.each([
    [
      "left out",
      [problem()],
      "I leave out these parts of `.github/frontdesk.yml`; everything else is in force.",
    ],
    [
      "out of use",
      [problem(), problem({ severity: "error" })],
      "I cannot use `.github/frontdesk.yml` as it is now. Until it is corrected, I keep to the last version that worked.",
    ],
  ])("says what is %s", (_, problems, words) => {
    expect(
      problemIssue(en, FILE, [{ kind: "settings", file: FILE, problems: problems }]).body?.split("\n\n")[0],
    ).toBe(words);
  });

  it("is to be closed when there is nothing left", () => {
    expect(problemIssue(en, FILE, [])).toEqual({
      title: ".github/frontdesk.yml needs a correction",
      body: null,
    });
  });

  it("shows thirty and counts the rest", () => {
    const problems = Array.from({ length: 45 }, () => problem());
    const { body } = problemIssue(en, FILE, [{ kind: "settings", file: FILE, problems }]);
    expect(html(body ?? "").match(/<li>/g)).toHaveLength(30);
    expect(body).toContain("And 15 more.");
    expect(
      problemIssue(en, FILE, [{ kind: "settings", file: FILE, problems: [problem()] }]).body,
    ).not.toContain("more.");
  });

  it("names articles beside the settings, and says what a mistake in each of them means", () => {
    const page = {
      kind: "article",
      file: "docs/a b.md",
      problems: [problem({ severity: "error", path: "" })],
    } as const;
    const settings = { kind: "settings", file: FILE, problems: [problem()] } as const;
    const { title, body } = problemIssue(en, FILE, [settings, page]);
    expect(title).toContain(FILE);
    expect(body).toContain(`these parts of \`${FILE}\``);
    expect(body).toContain("I cannot use `docs/a b.md`");
    expect(problemIssue(en, FILE, [{ ...settings, problems: [] }, page]).title).toContain("docs/a b.md");
  });

  it("lets nothing of an article's path through", () => {
    const page = { kind: "article", file: "docs/@maria #1 <img>.md", problems: [problem()] } as const;
    const { title, body } = problemIssue(en, FILE, [page]);
    expect(`${title} ${body}`).not.toMatch(/@maria|#1\b|<img/);
  });

  it("lets nothing of a file through, and has the marker once", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (path, message, suggestion) => {
        const body =
          problemIssue(en, FILE, [
            { kind: "settings", file: FILE, problems: [problem({ path, message, suggestion, line: 1 })] },
          ]).body ?? "";
        const rendered = html(body);
        expect("!-- p ul li strong code sub".split(" ")).toEqual(expect.arrayContaining(tags(rendered)));
        expect(body.match(/frontdesk:/gi)).toHaveLength(1);
        for (const [name, filter] of Object.entries(FILTERS)) {
          expect([name, textOf(rendered).match(filter)]).toEqual([name, null]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
