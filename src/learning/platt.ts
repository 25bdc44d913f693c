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
/** A loss that falls by less is at its end. */
const SMALL = 1e-7;
const HALVINGS = 20;
const LEAST_SLOPE = 0.05;

/**
 * Fits slope and shift by Newton's method on the log loss (Platt, 1999), drawn to a usual start; a step that
 * loses is halved, as in Lin, Lin and Weng (2007).
 * `signs` are the truths: above 0 for examples, below for counter-examples, the size being their weight.
 */
export function fitPlatt(scores: Float64Array, signs: Float64Array): Platt {
  let best = START;
  let loss = lossOf(best, scores, signs);
  for (let round = 0; round < STEPS; round++) {
    const { bySlope, byShift, slopes, shifts, both } = derivativesOf(best, scores, signs);
    const determinant = slopes * shifts - both * both;
    let step: Platt = {
      slope: (shifts * bySlope - both * byShift) / determinant,
      shift: (slopes * byShift - both * bySlope) / determinant,
    };
    let next = moved(best, step);
    for (let halving = 0; halving < HALVINGS && !(lossOf(next, scores, signs) <= loss); halving++) {
      step = { slope: step.slope / 2, shift: step.shift / 2 };
      next = moved(best, step);
    }
    const reached = lossOf(next, scores, signs);
    if (!(reached < loss - SMALL)) break;
    best = next;
    loss = reached;
  }
  return best;
}

function moved({ slope, shift }: Platt, step: Platt): Platt {
  return { slope: Math.max(LEAST_SLOPE, slope + step.slope), shift: shift + step.shift };
}

/** Weighted log loss and the pull to the start. */
function lossOf(platt: Platt, scores: Float64Array, signs: Float64Array): number {
  let loss =
    (PULL.slope * (platt.slope - START.slope) ** 2 + PULL.shift * (platt.shift - START.shift) ** 2) / 2;
  for (let i = 0; i < scores.length; i++) {
    const sign = signs[i] as number;
    if (sign === 0) continue;
    const logit = (platt.slope * (scores[i] as number) + platt.shift) * Math.sign(sign);
    // ln(1 + exp(-logit)) without overflow
    loss += Math.abs(sign) * (Math.log1p(Math.exp(-Math.abs(logit))) + Math.max(0, -logit));
  }
  return loss;
}

function derivativesOf(platt: Platt, scores: Float64Array, signs: Float64Array) {
  let bySlope = PULL.slope * (START.slope - platt.slope);
  let byShift = PULL.shift * (START.shift - platt.shift);
  let slopes = PULL.slope;
  let shifts = PULL.shift;
  let both = 0;
  for (let i = 0; i < scores.length; i++) {
    const sign = signs[i] as number;
    if (sign === 0) continue;
    const score = scores[i] as number;
    const weight = Math.abs(sign);
    const p = sigmoid(platt, score);
    const error = ((sign > 0 ? 1 : 0) - p) * weight;
    const bend = p * (1 - p) * weight;
    bySlope += error * score;
    byShift += error;
    slopes += bend * score * score;
    shifts += bend;
    both += bend * score;
  }
  return { bySlope, byShift, slopes, shifts, both };
}
