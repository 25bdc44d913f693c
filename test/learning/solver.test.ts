import { describe, expect, it } from "@jest/globals";
import { scoreRow } from "../../src/learning/matrix.ts";
import { trainBinary } from "../../src/learning/solver.ts";
import { generator } from "../generator.ts";

const DIMENSIONS = 12;

function noisyTask(rows: number) {
  const { next } = generator(3);
  const vectors = Array.from({ length: rows }, () => ({
    indices: Int32Array.from({ length: DIMENSIONS }, (_, i) => i),
    values: Float32Array.from({ length: DIMENSIONS }, () => next() - 0.5),
  }));
  const targets = Int8Array.from(vectors, ({ values }) =>
    (values[0] ?? 0) + 0.5 * (values[1] ?? 0) + 0.4 * (next() - 0.5) > 0 ? 1 : -1,
  );
  const costs = new Float64Array(rows).fill(1);
  return { matrix: { rows: vectors, dimensions: DIMENSIONS }, targets, costs };
}

/** |w|^2 / 2 + b^2 / 2 + sum of squared hinge losses. */
function objective(task: ReturnType<typeof noisyTask>, weights: Float64Array, bias: number): number {
  let sum = (weights.reduce((total, weight) => total + weight * weight, 0) + bias * bias) / 2;
  for (let row = 0; row < task.matrix.rows.length; row++) {
    const miss = Math.max(0, 1 - (task.targets[row] ?? 0) * (scoreRow(task.matrix, row, weights) + bias));
    sum += (task.costs[row] ?? 0) * miss * miss;
  }
  return sum;
}

describe("trainBinary", () => {
  it("stops within the promised gap of the best solution", () => {
    const task = noisyTask(200);
    const rough = trainBinary(task, { tolerance: 0.05, mostPasses: 1000, seed: 1 });
    const exact = trainBinary(task, { tolerance: 1e-9, mostPasses: 5000, seed: 2 });
    expect(exact.gap).toBeLessThan(1e-9);
    const best = objective(task, exact.weights, exact.bias);
    const reached = objective(task, rough.weights, rough.bias);
    expect(reached).toBeGreaterThanOrEqual(best - 1e-9);
    expect(reached - best).toBeLessThanOrEqual(0.05 * reached);
  });

  it("finds the minimum: no small step from it is better", () => {
    const task = noisyTask(100);
    const { weights, bias } = trainBinary(task, { tolerance: 1e-10, mostPasses: 9000, seed: 1 });
    const best = objective(task, weights, bias);
    for (let i = 0; i < DIMENSIONS; i++) {
      for (const step of [-0.01, 0.01]) {
        const moved = weights.slice();
        moved[i] = (moved[i] ?? 0) + step;
        expect(objective(task, moved, bias)).toBeGreaterThan(best);
      }
    }
  });

  it("leaves rows without a target or a cost out", () => {
    const task = noisyTask(60);
    const half = { ...task, targets: task.targets.map((target, row) => (row < 30 ? target : 0)) };
    const free = { ...task, costs: task.costs.map((cost, row) => (row < 30 ? cost : 0)) };
    const options = { tolerance: 1e-8, mostPasses: 5000, seed: 1 };
    expect([...trainBinary(half, options).weights]).toEqual([...trainBinary(free, options).weights]);
  });

  it("takes a task without rows", () => {
    expect(trainBinary(noisyTask(0))).toMatchObject({ bias: 0, passes: 0, gap: 0 });
  });
});
