/** A held-out prediction: class scores of a ticket that the model had not learned from, and what it is. */
export interface HeldOut {
  scores: ArrayLike<number>;
  /** Its classes; mostly one. */
  truth: readonly number[];
  /** The classes that its labeller chose from; all when absent. A guess of another is neither right nor wrong. */
  among?: readonly number[];
  /** How much it counts. */
  weight: number;
}

/** Turns class scores into probabilities: softmax of `scale * score + shift`. */
export interface Calibration {
  scale: number[];
  shift: number[];
}

/** How precise the guesses of a class were, on held-out tickets, from each confidence upwards. */
export interface PrecisionCurve {
  /** Confidences, rising. */
  confidence: number[];
  /** Precision of the guesses at least that confident, as if one more had been wrong. */
  precision: number[];
  /** Share of the class's tickets that these guesses find. */
  recall: number[];
}

/** Softmax of the calibrated scores, in `powers`. */
export function probabilitiesOf(
  { scale, shift }: Calibration,
  scores: ArrayLike<number>,
  powers = new Float64Array(scale.length),
): Float64Array {
  let greatest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < powers.length; c++) {
    const logit = (scale[c] as number) * (scores[c] as number) + (shift[c] as number);
    powers[c] = logit;
    if (logit > greatest) greatest = logit;
  }
  let total = 0;
  for (let c = 0; c < powers.length; c++) {
    const power = Math.exp((powers[c] as number) - greatest);
    powers[c] = power;
    total += power;
  }
  for (let c = 0; c < powers.length; c++) powers[c] = (powers[c] as number) / total;
  return powers;
}

export interface CalibrationOptions {
  /** What the scales start from and are drawn to. */
  scale: number;
  /** One scale for all classes: with few tickets there is not enough to tell them apart. */
  shared: boolean;
}

const STEPS = 200;
const RATE = 0.5;
const MOMENTUM = 0.9;
/** Tickets' worth of belief in the start. */
const PRIOR = 5;
/** More tickets than this move no calibration. */
const MOST = 3_000;

/**
 * Fits scales and shifts by gradient descent on the weighted log loss (vector and temperature scaling,
 * Guo et al., ICML 2017). A ticket of several classes counts for each in equal parts.
 */
export function fitCalibration(
  all: readonly HeldOut[],
  classes: number,
  options: CalibrationOptions,
): Calibration {
  const every = Math.ceil(all.length / MOST);
  const heldOut = all.filter((_, i) => i % every === 0);
  const total = PRIOR + heldOut.reduce((sum, { weight }) => sum + weight, 0);
  const calibration: Calibration = {
    scale: new Array<number>(classes).fill(options.scale),
    shift: new Array<number>(classes).fill(0),
  };
  const speed = new Float64Array(2 * classes);
  for (let step = 0; step < STEPS; step++) {
    const slope = slopeOf(heldOut, calibration, options);
    for (let c = 0; c < classes; c++) {
      speed[c] = MOMENTUM * (speed[c] as number) + (slope[c] as number) / total;
      speed[classes + c] = MOMENTUM * (speed[classes + c] as number) + (slope[classes + c] as number) / total;
      calibration.scale[c] = Math.max(0.05, (calibration.scale[c] as number) + RATE * (speed[c] as number));
      calibration.shift[c] = (calibration.shift[c] as number) + RATE * (speed[classes + c] as number);
    }
  }
  return calibration;
}

/** The slope of the log likelihood: of the scales first, then of the shifts. */
function slopeOf(
  heldOut: readonly HeldOut[],
  calibration: Calibration,
  options: CalibrationOptions,
): Float64Array {
  const classes = calibration.scale.length;
  const slope = new Float64Array(2 * classes);
  for (let c = 0; c < classes; c++) {
    slope[c] = PRIOR * (options.scale - (calibration.scale[c] as number));
    slope[classes + c] = -PRIOR * 0.1 * (calibration.shift[c] as number);
  }
  const probabilities = new Float64Array(classes);
  for (const { scores, truth, weight, among } of heldOut) {
    probabilitiesOf(calibration, scores, probabilities);
    if (among) keepAmong(probabilities, among);
    for (let c = 0; c < classes; c++) {
      const error = ((truth.includes(c) ? 1 / truth.length : 0) - (probabilities[c] as number)) * weight;
      slope[c] = (slope[c] as number) + error * (scores[c] as number);
      slope[classes + c] = (slope[classes + c] as number) + error;
    }
  }
  if (options.shared) {
    const mean = slope.subarray(0, classes).reduce((sum, one) => sum + one, 0) / classes;
    slope.fill(mean, 0, classes);
  }
  return slope;
}

/** Makes the probabilities what they are when no other class is possible. */
function keepAmong(probabilities: Float64Array, among: readonly number[]): void {
  const total = among.reduce((sum, c) => sum + (probabilities[c] as number), 0);
  for (let c = 0; c < probabilities.length; c++) {
    probabilities[c] = among.includes(c) ? (probabilities[c] as number) / total : 0;
  }
}

/** The class of the greatest probability; the first of equals. */
export function bestClass(probabilities: ArrayLike<number>): number {
  let best = 0;
  for (let c = 1; c < probabilities.length; c++) {
    if ((probabilities[c] as number) > (probabilities[best] as number)) best = c;
  }
  return best;
}

const CURVE_POINTS = 50;
const LEAST_STEP = 5;

/** How precise the guesses of each class were from each confidence upwards, at up to `CURVE_POINTS` points. */
export function precisionCurves(heldOut: readonly HeldOut[], calibration: Calibration): PrecisionCurve[] {
  const guesses = heldOut.flatMap(({ scores, truth, weight, among }) => {
    const probabilities = probabilitiesOf(calibration, scores);
    const best = bestClass(probabilities);
    if (among && !among.includes(best)) return [];
    return [{ best, confidence: probabilities[best] as number, right: truth.includes(best), weight }];
  });
  return calibration.scale.map((_, c) => {
    const mine = guesses.filter(({ best }) => best === c).sort((a, b) => b.confidence - a.confidence);
    const all = heldOut.reduce((sum, one) => sum + (one.truth.includes(c) ? one.weight : 0), 0) || 1;
    return curveOf(mine, all);
  });
}

/** A curve from guesses, surest first; `all` is the weight of all tickets of the class. */
export function curveOf(
  guesses: readonly { confidence: number; right: boolean; weight: number }[],
  all: number,
): PrecisionCurve {
  const curve: PrecisionCurve = { confidence: [], precision: [], recall: [] };
  const every = Math.max(LEAST_STEP, Math.ceil(guesses.length / CURVE_POINTS));
  let right = 0;
  let weight = 0;
  let last = 0;
  guesses.forEach((guess, i) => {
    weight += guess.weight;
    if (guess.right) right += guess.weight;
    // equally sure guesses stand or fall together
    const next = guesses[i + 1]?.confidence ?? -1;
    if (i + 1 - last < every || next === guess.confidence) return;
    last = i + 1;
    curve.confidence.unshift(round(guess.confidence));
    curve.precision.unshift(round(right / (weight + weight / (i + 1))));
    curve.recall.unshift(round(right / all));
  });
  return curve;
}

/** The least confidence with at least this precision; infinity (never sure enough) when none has it. */
export function thresholdOf({ confidence, precision }: PrecisionCurve, targetPrecision: number): number {
  const first = precision.findIndex((reached) => reached >= targetPrecision);
  return first < 0 ? Number.POSITIVE_INFINITY : (confidence[first] as number);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
