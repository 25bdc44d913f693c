import { describe, expect, it } from "@jest/globals";
import { growForest, scoreForest } from "../../src/learning/forest.ts";
import { generator } from "../generator.ts";

/** Two columns whose product's sign is the class, which no line can part; a third is noise. */
function crossed(rows: number) {
  const { next } = generator(7);
  const columns = Float32Array.from({ length: 3 * rows }, () => next() - 0.5);
  const classOf = Uint8Array.from({ length: rows }, (_, row) =>
    (columns[row] ?? 0) * (columns[rows + row] ?? 0) > 0 ? 1 : 0,
  );
  return { columns, rows, width: 3, classOf, classes: 2, weights: new Float64Array(rows).fill(1) };
}

const OPTIONS = { trees: 60, leaf: 2, tries: 6, seed: 1 };

describe("growForest", () => {
  const task = crossed(400);
  const { forest, outOfBag } = growForest(task, OPTIONS);

  it("learns what no line can part", () => {
    const cases: [number, number, number][] = [
      [0.3, 0.3, 1],
      [-0.3, 0.3, 0],
      [-0.3, -0.3, 1],
      [0.3, -0.3, 0],
    ];
    for (const [x, y, truth] of cases) {
      expect(scoreForest(forest, Float32Array.from([x, y, 0]))[truth]).toBeGreaterThan(0.7);
    }
  });

  it("judges its own rows by the trees that had not seen them", () => {
    const right = [...task.classOf].filter((truth, row) => (outOfBag[2 * row + truth] ?? 0) > 0.5).length;
    expect(right / task.rows).toBeGreaterThan(0.85);
    expect(right / task.rows).toBeLessThan(1);
  });

  it("gives probabilities that sum to 1", () => {
    const [no = 0, yes = 0] = scoreForest(forest, Float32Array.from([0.1, -0.4, 0.2]));
    expect(no + yes).toBeCloseTo(1, 6);
  });

  it("grows the same trees from the same seed, and others from another", () => {
    expect(growForest(task, OPTIONS).forest).toEqual(forest);
    expect(growForest(task, { ...OPTIONS, seed: 2 }).forest).not.toEqual(forest);
  });
});
