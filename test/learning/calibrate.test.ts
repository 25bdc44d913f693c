import { describe, expect, it } from "@jest/globals";
import {
  bestClass,
  curveOf,
  fitCalibration,
  probabilitiesOf,
  thresholdOf,
} from "../../src/learning/calibrate.ts";
import { expectedCalibrationError, reliability } from "../../src/learning/metrics.ts";
import { fitPlatt, sigmoid } from "../../src/learning/platt.ts";
import { generator } from "../generator.ts";

/** Scores whose true probabilities are softmax(1.5 * score + shift). */
function sample(count: number, seed: number) {
  const { next } = generator(seed);
  const truth = { scale: [1.5, 1.5, 1.5], shift: [0.8, 0, -0.8] };
  return Array.from({ length: count }, () => {
    const scores = Float64Array.from({ length: 3 }, () => 4 * (next() - 0.5));
    const probabilities = probabilitiesOf(truth, scores);
    let rest = next();
    let drawn = 0;
    while (drawn < 2 && rest >= (probabilities[drawn] ?? 0)) rest -= probabilities[drawn++] ?? 0;
    return { scores, truth: [drawn], weight: 1 };
  });
}

describe("fitCalibration", () => {
  it("finds the scale and shifts that the tickets were drawn with", () => {
    const { scale, shift } = fitCalibration(sample(4000, 1), 3, { scale: 1, shared: true });
    expect(scale[0]).toBeCloseTo(1.5, 0);
    expect((shift[0] ?? 0) - (shift[2] ?? 0)).toBeCloseTo(1.6, 0);
  });

  it("gives probabilities that can be believed on other tickets", () => {
    const calibration = fitCalibration(sample(3000, 1), 3, { scale: 1, shared: false });
    const checked = sample(3000, 2).map(({ scores, truth }) => {
      const probabilities = probabilitiesOf(calibration, scores);
      const best = bestClass(probabilities);
      const confidence = probabilities[best] ?? 0;
      return { truth: truth.map(String), guess: String(best), confidence, applied: true };
    });
    expect(expectedCalibrationError(checked)).toBeLessThan(0.03);
    expect(reliability(checked).reduce((sum, { count }) => sum + count, 0)).toBe(3000);
  });

  it("stays near its start with few tickets", () => {
    const { scale } = fitCalibration(sample(2, 1), 3, { scale: 1, shared: true });
    expect(Math.abs((scale[0] ?? 0) - 1)).toBeLessThan(0.5);
  });

  it("takes no ticket at all", () => {
    expect(fitCalibration([], 2, { scale: 1, shared: true })).toEqual({ scale: [1, 1], shift: [0, 0] });
  });
});

describe("thresholdOf", () => {
  const guesses = Array.from({ length: 100 }, (_, i) => ({
    confidence: 1 - i / 100,
    right: i < 50,
    weight: 1,
  }));
  const curve = curveOf(guesses, 50);

  it.each([
    [0.5, 0.01],
    [0.9, 0.46],
  ])("for a precision of %d is at least %d", (target, least) => {
    const threshold = thresholdOf(curve, target);
    const above = guesses.filter(({ confidence }) => confidence >= threshold);
    expect(above.filter(({ right }) => right).length / above.length).toBeGreaterThanOrEqual(target);
    expect(threshold).toBeGreaterThanOrEqual(least);
  });

  it("is infinite where no confidence is precise enough", () => {
    expect(thresholdOf(curve, 0.999)).toBe(Number.POSITIVE_INFINITY);
    expect(thresholdOf(curveOf([], 1), 0.1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("fitPlatt", () => {
  it("finds the slope and shift that the truths were drawn with", () => {
    const { next } = generator(5);
    const scores = Float64Array.from({ length: 5000 }, () => 4 * (next() - 0.5));
    const signs = scores.map((score) => (next() < sigmoid({ slope: 1.2, shift: -0.7 }, score) ? 1 : -1));
    const { slope, shift } = fitPlatt(scores, signs);
    expect(slope).toBeCloseTo(1.2, 0);
    expect(shift).toBeCloseTo(-0.7, 0);
  });
});
