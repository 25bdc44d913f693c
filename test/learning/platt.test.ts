import { describe, expect, it } from "@jest/globals";
import { fitPlatt, sigmoid } from "../../src/learning/platt.ts";
import { generator } from "../generator.ts";

/** Scores and truths drawn from a known sigmoid. */
function drawn(slope: number, shift: number, from: number, to: number) {
  const { chance } = generator(7);
  const count = 4_000;
  const scores = Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / count);
  const signs = scores.map((score) => (chance(sigmoid({ slope, shift }, score)) ? 1 : -1));
  return { scores, signs };
}

describe("fitPlatt", () => {
  it.each([
    ["the scores of machines", 2, -1, -2, 2],
    ["logits, most of them far below 0", 1, 0, -9, 4],
    ["scores that are all on one side", 0.5, -4, -9, -3],
    ["wide scores", 0.1, 0, -80, 80],
  ])("finds what %s mean", (_, slope, shift, from, to) => {
    const { scores, signs } = drawn(slope, shift, from, to);
    const found = fitPlatt(scores, signs);
    for (const score of [from, (from + to) / 2, to]) {
      expect(sigmoid(found, score)).toBeCloseTo(sigmoid({ slope, shift }, score), 1);
    }
  });

  it.each([
    ["nothing", [], []],
    ["one score", [3], [1]],
    ["equal scores", [1, 1, 1, 1], [1, -1, -1, -1]],
    ["scores that part the classes", [-300, -200, 200, 300], [-1, -1, 1, 1]],
  ])("stays finite with %s", (_, scores, signs) => {
    const { slope, shift } = fitPlatt(Float64Array.from(scores), Float64Array.from(signs));
    expect(Number.isFinite(slope) && Number.isFinite(shift)).toBe(true);
  });
});
