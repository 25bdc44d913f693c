import { describe, expect, it } from "@jest/globals";
import { type Candidates, linearScore, trainListwise } from "../../src/kb/listwise.ts";

/** Lists of 20 in which feature 0 tells the answer, feature 1 misleads, and feature 2 is noise. */
function lists(count: number): Candidates[] {
  let state = 7;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: count }, () => {
    const answer = Math.floor(random() * 20);
    const rows = new Float64Array(60);
    for (let i = 0; i < 20; i++)
      rows.set([random() + (i === answer ? 0.4 : 0), random() - (i === answer ? 0.4 : 0), random()], i * 3);
    return { rows, relevant: Array.from({ length: 20 }, (_, i) => i === answer) };
  });
}

function firstRate(weights: number[], judged: Candidates[]): number {
  const right = judged.filter(({ rows, relevant }) => {
    const scores = relevant.map((_, i) => linearScore(rows, i * 3, weights));
    return relevant[scores.indexOf(Math.max(...scores))];
  });
  return right.length / judged.length;
}

describe("listwise training", () => {
  const all = lists(120);

  it("learns what tells the answer, and what misleads", () => {
    const weights = trainListwise(all.slice(0, 80), 3, { pull: 0.001 });
    expect(weights[0]).toBeGreaterThan(1);
    expect(weights[1]).toBeLessThan(-1);
    expect(firstRate(weights, all.slice(80))).toBeGreaterThan(0.4);
    expect(firstRate([1, 0, 0], all.slice(80))).toBeLessThan(firstRate(weights, all.slice(80)));
  });

  it("gives the same weights each time", () => {
    expect(trainListwise(all, 3, { pull: 0.01 })).toEqual(trainListwise(all, 3, { pull: 0.01 }));
  });

  it("stays at the prior without lessons, and near it with a strong pull", () => {
    expect(trainListwise([], 3, { pull: 1, prior: [1, 2, 3] })).toEqual([1, 2, 3]);
    const [held] = trainListwise(all, 3, { pull: 100, prior: [0, 0, 0] });
    const [free] = trainListwise(all, 3, { pull: 0.001, prior: [0, 0, 0] });
    expect(Math.abs(held as number)).toBeLessThan(Math.abs(free as number) / 20);
  });

  it("learns nothing from lists without an answer", () => {
    const blank = all.map(({ rows }) => ({ rows, relevant: Array(20).fill(false) as boolean[] }));
    expect(trainListwise(blank, 3, { pull: 0.01, prior: [1, 1, 1] })).toEqual([1, 1, 1]);
  });

  it("with the goal of each draws up all answers, not only the easiest", () => {
    const rows = new Float64Array([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    const list = { rows, relevant: [true, true, false, false] };
    const many = Array.from({ length: 30 }, () => list);
    const each = trainListwise(many, 3, { pull: 0.01, goal: "each" });
    expect(each[0]).toBeGreaterThan(0.5);
    expect(each[1]).toBeGreaterThan(0.5);
  });
});
