import { describe, expect, it } from "@jest/globals";
import {
  classFigures,
  expectedCalibrationError,
  macroF1,
  reliability,
  selectiveAccuracy,
  type Checked,
} from "../../src/learning/metrics.ts";

const checked: Checked[] = [
  { truth: ["bug"], guess: "bug", confidence: 0.95, applied: true },
  { truth: ["bug"], guess: "bug", confidence: 0.85, applied: true },
  { truth: ["bug"], guess: "question", confidence: 0.55, applied: false },
  { truth: ["question"], guess: "bug", confidence: 0.65, applied: false },
  { truth: ["question", "bug"], guess: "question", confidence: 0.75, applied: true },
];

describe("the figures of checked guesses", () => {
  it("count each class's precision, recall and F1, and those of the applied guesses", () => {
    const [bug, question] = classFigures(checked);
    expect(bug).toMatchObject({
      name: "bug",
      support: 4,
      recall: 0.5,
      applied: { count: 2, precision: 1, found: 0.5 },
    });
    expect(bug?.precision).toBeCloseTo(2 / 3, 9);
    expect(question).toMatchObject({ name: "question", support: 2, precision: 0.5, recall: 0.5, f1: 0.5 });
  });

  it("weigh every class alike in the macro-F1", () => {
    const bug = (2 * (2 / 3) * 0.5) / (2 / 3 + 0.5);
    expect(macroF1(checked)).toBeCloseTo((bug + 0.5) / 2, 9);
  });

  it.each([
    [1, 3 / 5],
    [0.6, 1],
    [0.8, 3 / 4],
    [0, 0],
  ])("count the surest %d of them", (part, accuracy) => {
    expect(selectiveAccuracy(checked, part)).toBeCloseTo(accuracy, 9);
  });

  it("compare confidence with what was right, by tenths", () => {
    const rows = reliability(checked);
    expect(rows.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
    expect(expectedCalibrationError(checked)).toBeCloseTo((0.55 + 0.65 + 0.25 + 0.15 + 0.05) / 5, 9);
  });

  it("are nothing of nothing", () => {
    expect([macroF1([]), selectiveAccuracy([], 1), expectedCalibrationError([])]).toEqual([0, 0, 0]);
    expect(
      classFigures([{ truth: ["bug"], guess: "bug", confidence: 1, applied: false }])[0]?.applied.precision,
    ).toBeNull();
  });
});
