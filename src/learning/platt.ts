/** Probability of a score: 1 / (1 + exp(-(slope * score + shift))). */
export interface Platt {
  slope: number;
  shift: number;
}

export function sigmoid({ slope, shift }: Platt, score: number): number {
  return 1 / (1 + Math.exp(-(slope * score + shift)));
}

/** Where a machine of margin 1 usually ends, and how strongly few examples are drawn there. */
const START: Platt = { slope: 2, shift: -1 };
const PULL: Platt = { slope: 0.5, shift: 0.1 };
const STEPS = 50;
const SMALL = 1e-7;

/**
 * Fits slope and shift by Newton's method on the log loss (Platt, 1999), drawn to a usual start.
 * `signs` are the truths: above 0 for examples, below for counter-examples, the size being their weight.
 */
export function fitPlatt(scores: Float64Array, signs: Float64Array): Platt {
  let { slope, shift } = START;
  for (let step = 0; step < STEPS; step++) {
    let bySlope = PULL.slope * (START.slope - slope);
    let byShift = PULL.shift * (START.shift - shift);
    let slopes = PULL.slope;
    let shifts = PULL.shift;
    let both = 0;
    for (let i = 0; i < scores.length; i++) {
      const sign = signs[i] as number;
      if (sign === 0) continue;
      const score = scores[i] as number;
      const weight = Math.abs(sign);
      const p = sigmoid({ slope, shift }, score);
      const error = ((sign > 0 ? 1 : 0) - p) * weight;
      const bend = p * (1 - p) * weight;
      bySlope += error * score;
      byShift += error;
      slopes += bend * score * score;
      shifts += bend;
      both += bend * score;
    }
    const determinant = slopes * shifts - both * both;
    const slopeStep = (shifts * bySlope - both * byShift) / determinant;
    const shiftStep = (slopes * byShift - both * bySlope) / determinant;
    slope = Math.max(0.05, slope + slopeStep);
    shift += shiftStep;
    if (Math.abs(slopeStep) + Math.abs(shiftStep) < SMALL) break;
  }
  return { slope, shift };
}
