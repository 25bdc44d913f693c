import { curveOf, thresholdOf, type PrecisionCurve } from "./calibrate.ts";
import { DIMENSIONS, type Features } from "./features.ts";
import { isHuman, signOf, type Lesson } from "./lesson.ts";
import { emptyLinear, scoreLinear, setClass, type LinearModel } from "./linear-model.ts";
import { scoreRow, type SparseMatrix } from "./matrix.ts";
import { fitPlatt, sigmoid, type Platt } from "./platt.ts";
import { trainBinary, type LinearFit } from "./solver.ts";

/** The repository's own labels: each for itself, since a ticket may have several. */
export interface LabelModel {
  names: string[];
  linear: LinearModel;
  /** One a label. */
  platts: Platt[];
  /** The least probability with which a label is applied; null: never, its held-out precision is too low. */
  thresholds: (number | null)[];
  /** Each label on the newest quarter, as seen by machines that had learned the rest. */
  curves: PrecisionCurve[];
}

export interface LabelOptions {
  /** The precision that applied labels must have. */
  targetPrecision: number;
  /** Never learned. */
  ignore: (name: string) => boolean;
}

/** Fewer human examples than this teach nothing. */
const LEAST_EXAMPLES = 20;
/** The most frequent are learned; each takes half a megabyte. */
const MOST_LABELS = 100;
/** C; .5 finds .352 of rust's labels at a precision of .80, 2 finds .345. */
const COST = 0.5;
/** Labels wear out and new ones come: the newest part of the history shows best what comes next. */
const HELD_OUT = 0.25;
const SOLVER = { tolerance: 0.05, mostPasses: 20, seed: 1 };

/** Learns every label with enough examples; null where there is none. */
export function learnOwnLabels(history: readonly Lesson[], options: LabelOptions): LabelModel | null {
  const names = frequentLabels(history, options.ignore);
  if (names.length === 0) return null;
  const lessons = history.filter(
    (lesson) => !lesson.excluded && lesson.labels.length + lesson.removed.length > 0,
  );
  const matrix = { rows: lessons.map(({ features }) => features), dimensions: DIMENSIONS };
  const first = Math.floor(lessons.length * (1 - HELD_OUT));
  const linear = emptyLinear(names.length);
  const heldOut = names.map((name, c) => {
    const signs = Float64Array.from(lessons, (lesson) => signOf(lesson, name));
    setClass(linear, c, machine(matrix, signs, lessons.length));
    return judge(matrix, signs, machine(matrix, signs, first), first);
  });
  const platts = heldOut.map(({ scores, signs }) => fitPlatt(scores, signs));
  const guesses = heldOut.map(({ scores, signs }, c) => rank(scores, signs, platts[c] as Platt));
  const all = sumOf(guesses.map(({ all }) => all));
  const pooled = curveOf(
    guesses.flatMap(({ ranked }) => ranked).sort((a, b) => b.confidence - a.confidence),
    all,
  );
  return {
    names,
    linear,
    platts,
    thresholds: guesses.map(({ ranked }) => shrunkThreshold(ranked, pooled, options.targetPrecision)),
    curves: guesses.map(({ ranked, all }) => curveOf(ranked, all)),
  };
}

function frequentLabels(history: readonly Lesson[], ignore: (name: string) => boolean): string[] {
  const counts = new Map<string, number>();
  for (const { labels, excluded } of history) {
    if (excluded) continue;
    for (const { name, by } of labels) if (isHuman(by)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .filter(([name, count]) => count >= LEAST_EXAMPLES && !ignore(name))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_LABELS)
    .map(([name]) => name);
}

/** A machine that has learned the rows before `end`. */
function machine(matrix: SparseMatrix, signs: Float64Array, end: number): LinearFit {
  const targets = Int8Array.from(signs, (sign, row) => (row < end ? Math.sign(sign) : 0));
  const costs = signs.map((sign) => Math.abs(sign) * COST);
  return trainBinary({ matrix, targets, costs }, SOLVER);
}

interface Judged {
  scores: Float64Array;
  signs: Float64Array;
}

function judge(
  matrix: SparseMatrix,
  signs: Float64Array,
  { weights, bias }: LinearFit,
  first: number,
): Judged {
  const scores = new Float64Array(matrix.rows.length - first);
  for (let i = 0; i < scores.length; i++) scores[i] = scoreRow(matrix, first + i, weights) + bias;
  return { scores, signs: signs.slice(first) };
}

interface Guess {
  confidence: number;
  right: boolean;
  weight: number;
}

/** What a label's probabilities are below is not worth a line. */
const LEAST_PROBABILITY = 0.05;

function rank(scores: Float64Array, signs: Float64Array, platt: Platt): { ranked: Guess[]; all: number } {
  const ranked: Guess[] = [];
  let all = 0;
  scores.forEach((score, i) => {
    const sign = signs[i] as number;
    if (sign > 0) all += sign;
    const confidence = sigmoid(platt, score);
    if (confidence >= LEAST_PROBABILITY) ranked.push({ confidence, right: sign > 0, weight: Math.abs(sign) });
  });
  return { ranked: ranked.sort((a, b) => b.confidence - a.confidence), all: all || 1 };
}

/** Guesses' worth of belief that a label behaves like all labels together. */
const BELIEF = 30;

/**
 * The least probability from which a label was precise enough. A label has few held-out guesses, so that its
 * own precision is drawn to that of all labels at the same probability.
 */
function shrunkThreshold(ranked: readonly Guess[], pooled: PrecisionCurve, target: number): number | null {
  let best: number | null = thresholdOf(pooled, target);
  if (best === Number.POSITIVE_INFINITY) best = null;
  let right = 0;
  let weight = 0;
  let own: number | null = null;
  let common = pooled.confidence.length - 1;
  for (const guess of ranked) {
    weight += guess.weight;
    if (guess.right) right += guess.weight;
    while (common > 0 && (pooled.confidence[common] as number) > guess.confidence) common -= 1;
    const expected = pooled.precision[common] ?? 0;
    if ((right + BELIEF * expected) / (weight + BELIEF) >= target) own = guess.confidence;
  }
  // seldom guessed: what holds for all labels holds for this one
  return weight < BELIEF ? (own ?? best) : own;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

export interface LabelGuess {
  name: string;
  /** Calibrated probability that a person would set this label. */
  confidence: number;
  /** Is it sure enough to be applied? */
  applied: boolean;
}

/** Every label that is at all likely, surest first. */
export function guessLabels(model: LabelModel, features: Features): LabelGuess[] {
  const scores = scoreLinear(model.linear, features);
  return model.names
    .map((name, c) => {
      const confidence = sigmoid(model.platts[c] as Platt, scores[c] as number);
      const threshold = model.thresholds[c] ?? null;
      return { name, confidence, applied: threshold !== null && confidence >= threshold };
    })
    .filter(({ confidence }) => confidence >= LEAST_PROBABILITY)
    .sort((a, b) => b.confidence - a.confidence);
}
