import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { supportedLanguages } from "../../src/messages/language.ts";
import { barsAndLine, pie } from "../../src/reports/summary/chart.ts";
import { summary } from "../../src/reports/summary/summary.ts";
import type { SummaryFacts } from "../../src/reports/summary/summary-facts.ts";
import { life, MONDAY, DAY } from "../builders/lives.ts";
import { BUSY, summaryFacts, TOLD } from "../builders/summaries.ts";
import { FILTERS, hostile, html, tags, text } from "../messages/github-text.ts";

const busy = summaryFacts(BUSY, TOLD);
const written = (facts: SummaryFacts, language = "en") => {
  const report = summary({ language }, "report:2026-03-02", facts);
  if (!report) throw new Error("there is nothing to say");
  return report;
};

/** What Mermaid itself makes of diagrams: the type of each, or why it cannot be drawn. Starting it takes seconds. */
function drawn(diagrams: string[]): string[] {
  const script = fileURLToPath(new URL("mermaid.mjs", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [script], {
    input: JSON.stringify(diagrams),
    encoding: "utf8",
    timeout: 28_000,
  });
  return stdout === "" ? [stderr] : (JSON.parse(stdout) as string[]);
}

const chartsOf = (body: string) =>
  Array.from(body.matchAll(/```mermaid\n([\s\S]*?)\n```/g), ([, it]) => it ?? "");

describe("a report", () => {
  it("tells what happened, and advises three things", () => {
    expect(written(busy)).toMatchSnapshot();
  });

  it("is read in two minutes", () => {
    // 240 words a minute, as people read prose; charts are looked at.
    const words = text(html(written(busy).body.replace(/```[\s\S]*?```/g, ""))).split(/\s+/);
    expect(words.length).toBeLessThan(480);
  });

  it("names nobody, and nothing of a suspected vulnerability", () => {
    const { title, body } = written(busy);
    for (const secret of ["mona", "lisa", "author-", "secretive", "issues/17", "security"])
      expect(`${title}\n${body}`).not.toContain(secret);
  });

  it.each<[string, SummaryFacts]>([
    ["nothing ever happened", summaryFacts([])],
    ["only an old backlog waits", summaryFacts([life(1, [], { createdAt: MONDAY - 30 * DAY })])],
    ["only the team wrote", summaryFacts([life(1, [], { openedBy: "team" })])],
  ])("is not written when %s", (_, facts) => {
    expect(summary({ language: "en" }, "report", facts)).toBeNull();
  });

  it.each<[string, SummaryFacts]>([
    ["one ticket came", summaryFacts([life(1)])],
    ["work is parked", summaryFacts([], { parked: 1 })],
    ["a label fell silent", summaryFacts([], { silent: TOLD.silent ?? [] })],
  ])("is written when %s", (_, facts) => {
    expect(written(facts).body).toContain("### What changed");
  });

  it.each(supportedLanguages)("is sound Markdown in %s", (language) => {
    const { title, body } = written(busy, language);
    const page = html(body);
    expect(tags(page)).toEqual(expect.arrayContaining(["h3", "table", "ul", "ol", "a", "sub", "!--"]));
    expect(page.match(/<table>/g)).toHaveLength(1);
    const cells = body
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.split("|").length);
    expect(new Set(cells)).toEqual(new Set([7]));
    expect(`${title}${body}`).not.toMatch(/\{\w+\}|undefined|NaN|\[object/);
    expect(body).toContain("<!-- frontdesk:report:2026-03-02 -->");
  });

  it("neutralises what users wrote: titles, labels, articles' names", () => {
    fc.assert(
      fc.property(hostile, (wild) => {
        const tickets = TOLD.gaps?.[0]?.tickets ?? [];
        const { body } = written(
          summaryFacts(BUSY, {
            asked: [{ title: wild, tickets }],
            gaps: [{ title: wild, tickets }],
            silent: [{ label: wild, precision: 0.5, count: 3, target: 0.85 }],
          }),
        );
        const page = html(body.replace("<!-- frontdesk:report:2026-03-02 -->", ""));
        const seen = text(
          page.replace(/<a href="https:[^>]*>#\d+<\/a>/g, "").replace(/<pre>[\s\S]*?<\/pre>/g, ""),
        );
        for (const [name, filter] of Object.entries(FILTERS))
          expect([name, filter.exec(seen)]).toEqual([name, null]);
        expect(
          tags(page).filter(
            (tag) => !/^(p|a|ul|ol|li|h3|table|thead|tbody|tr|t[hd]|sub|pre|code)$/.test(tag),
          ),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("charts", () => {
  it("are drawn by Mermaid: in every language, of next to nothing, and whatever a name holds", () => {
    const bodies = [
      ...supportedLanguages.map((language) => written(busy, language).body),
      written(summaryFacts([life(1)])).body,
      written(summaryFacts([], { parked: 1 })).body,
    ];
    const names = ['a "quoted" one', "two\nlines", "`code`", "a: b", "%%{init}%%", "日本語", ";#<>|"];
    const charts = [
      ...bodies,
      ...names.map((name) => pie(name, [{ name, count: 3 }])),
      ...names.map((name) => barsAndLine(name, name, [name], [1], [0])),
    ].flatMap(chartsOf);
    expect(charts).toHaveLength(2 * 10 + 1 + 2 * names.length);
    const broken = 'pie showData\n    "a" : x';
    expect(drawn([...charts, broken])).toEqual([
      ...charts.map((chart) => (chart.startsWith("pie") ? "pie" : "xychart")),
      expect.stringMatching(/^broken: /),
    ]);
  });

  it("leave out slices of nothing, and put the largest first", () => {
    const slices = pie("x", [
      { name: "none", count: 0 },
      { name: "few", count: 1 },
      { name: "many", count: 9 },
    ]);
    expect(slices).toBe('```mermaid\npie showData title x\n    "many" : 9\n    "few" : 1\n```');
  });
});
