import { everyKind, KINDS, type Kind } from "./kind.ts";
import { probabilitiesOf, type Calibration, type PrecisionCurve } from "./kind-model.ts";

/** A held-out prediction: the scores of a ticket that the model had not learned from, and what it is. */
export interface HeldOut {
  scores: ArrayLike<number>;
  kinds: readonly Kind[];
  /** How much it counts. */
  weight: number;
}

const STEPS = 400;
const RATE = 0.5;

/**
 * Fits a scale and a shift for every kind by gradient descent on the weighted log loss (vector scaling,
 * Guo et al., ICML 2017). A ticket of several kinds counts for each in equal parts.
 */
export function fitCalibration(heldOut: readonly HeldOut[], kinds: readonly Kind[] = KINDS): Calibration {
  const used = new Set(kinds);
  const calibration: Calibration = {
    scale: everyKind(() => 2),
    shift: everyKind((kind) => (used.has(kind) ? 0 : -30)),
  };
  const total = heldOut.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const fast = everyKind(() => ({ scale: 0, shift: 0 }));
  for (let step = 0; step < STEPS; step++) {
    const slope = everyKind(() => ({ scale: 0, shift: 0 }));
    for (const { scores, kinds: truth, weight } of heldOut) {
      const probabilities = probabilitiesOf(calibration, scores);
      KINDS.forEach((kind, k) => {
        const error =
          ((truth.includes(kind) ? 1 / truth.length : 0) - probabilities[kind]) * (weight / total);
        slope[kind].scale += error * (scores[k] ?? 0);
        slope[kind].shift += error;
      });
    }
    for (const kind of kinds) {
      fast[kind].scale = 0.9 * fast[kind].scale + slope[kind].scale;
      fast[kind].shift = 0.9 * fast[kind].shift + slope[kind].shift;
      calibration.scale[kind] = Math.max(0.05, calibration.scale[kind] + RATE * fast[kind].scale);
      calibration.shift[kind] += RATE * fast[kind].shift;
    }
  }
  return calibration;
}

const CURVE_POINTS = 40;

/** How precise the guesses of each kind were from each confidence upwards, at up to 40 points. */
export function precisionCurves(
  heldOut: readonly HeldOut[],
  calibration: Calibration,
): Record<Kind, PrecisionCurve> {
  const guesses = heldOut.map(({ scores, kinds, weight }) => {
    const probabilities = probabilitiesOf(calibration, scores);
    const kind = KINDS.reduce((a, b) => (probabilities[b] > probabilities[a] ? b : a));
    return { kind, confidence: probabilities[kind], right: kinds.includes(kind), weight };
  });
  return everyKind((kind) => {
    const mine = guesses.filter((guess) => guess.kind === kind).sort((a, b) => b.confidence - a.confidence);
    const all = heldOut.reduce((sum, h) => sum + (h.kinds.includes(kind) ? h.weight : 0), 0) || 1;
    const curve: PrecisionCurve = { confidence: [], precision: [], recall: [] };
    const every = Math.max(10, Math.ceil(mine.length / CURVE_POINTS));
    let right = 0;
    let weight = 0;
    mine.forEach((guess, i) => {
      weight += guess.weight;
      if (guess.right) right += guess.weight;
      if ((i + 1) % every !== 0) return;
      curve.confidence.unshift(round(guess.confidence));
      curve.precision.unshift(round(right / weight));
      curve.recall.unshift(round(right / all));
    });
    return curve;
  });
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
