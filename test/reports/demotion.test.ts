import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { demotionsIn } from "../../src/reports/demotion.ts";
import type { Accuracies, Accuracy } from "../../src/reports/metrics/accuracy.ts";
import { shareOf } from "../../src/reports/share.ts";
import { isSilent } from "../../src/ticket/demotion.ts";

const NOW = 1_000_000;
const TARGETS = { labels: 0.85, answers: 0.85, duplicates: 0.6 };

const judged = (subject: string, right: number, wrong: number): Accuracy => ({
  subject,
  given: right + wrong,
  precision: shareOf(right, right + wrong),
  recall: shareOf(0, 0),
});
const accuracies = (change: Partial<Accuracies>): Accuracies => ({
  labels: [],
  duplicates: judged("duplicates", 0, 0),
  answers: judged("answers", 0, 0),
  articles: [],
  ...change,
});

describe("what falls silent", () => {
  it.each<[string, Partial<Accuracies>, string[]]>([
    ["nothing, of nothing", {}, []],
    ["a label that is wrong five times of five", { labels: [judged("bug", 0, 5)] }, ["label bug"]],
    ["not one that was wrong four times: that is an accident", { labels: [judged("bug", 0, 4)] }, []],
    // Wilson's interval of 7 of 10 reaches to .89, that of 10 of 20 to .70.
    ["not one that may well be right often enough", { labels: [judged("bug", 7, 3)] }, []],
    ["one that surely is not", { labels: [judged("bug", 10, 10)] }, ["label bug"]],
    ["an article that readers refuse", { articles: [judged("1/a.md", 0, 6)] }, ["article 1/a.md"]],
    ["answers altogether", { answers: judged("answers", 2, 10) }, ["answers "]],
    ["not originals whose target is lower", { duplicates: judged("duplicates", 6, 6) }, []],
    ["originals below even that", { duplicates: judged("duplicates", 2, 10) }, ["duplicates "]],
  ])("%s", (_, change, expected) => {
    const silent = demotionsIn(accuracies(change), TARGETS, [], NOW);
    expect(silent.map(({ what, subject }) => `${what} ${subject}`)).toEqual(expected);
  });

  it("keeps since when, with today's figures", () => {
    const [first] = demotionsIn(accuracies({ labels: [judged("bug", 0, 5)] }), TARGETS, [], NOW);
    const later = demotionsIn(
      accuracies({ labels: [judged("bug", 1, 9)] }),
      TARGETS,
      first ? [first] : [],
      NOW + 5,
    );
    expect(later).toEqual([
      { what: "label", subject: "bug", precision: 0.1, count: 10, target: 0.85, since: NOW },
    ]);
  });

  it("is compared as GitHub compares labels", () => {
    const silent = demotionsIn(accuracies({ labels: [judged("Bug", 0, 5)] }), TARGETS, [], NOW);
    expect(isSilent(silent, "label", "bug")).toBe(true);
    expect(isSilent(silent, "article", "bug")).toBe(false);
  });

  it("never what reaches its target, always what is never right", () => {
    const count = fc.integer({ min: 5, max: 500 });
    fc.assert(
      fc.property(count, fc.double({ min: 0, max: 1, noNaN: true }), (whole, share) => {
        const right = Math.round(whole * share);
        const silent = demotionsIn(
          accuracies({ labels: [judged("x", right, whole - right)] }),
          TARGETS,
          [],
          NOW,
        );
        if (right / whole >= TARGETS.labels) expect(silent).toEqual([]);
        if (right === 0) expect(silent).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });
});
