import {
  fitCalibration,
  precisionCurves,
  type Calibration,
  type HeldOut,
  type PrecisionCurve,
} from "./calibrate.ts";
import { DIMENSIONS, type Features } from "./features.ts";
import { growForest } from "./forest.ts";
import { KINDS, type Kind } from "./kind.ts";
import type { KindModel } from "./kind-model.ts";
import { emptyLinear, setClass, type LinearModel } from "./linear-model.ts";
import { cellsOf, linearScores, localScores, mix, priorOf, type LocalEvidence } from "./local-kinds.ts";
import type { SparseMatrix } from "./matrix.ts";
import { stratifiedFolds } from "./random.ts";
import { trainBinary } from "./solver.ts";

/** A ticket of this repository with the kinds that its labels say. */
export interface LocalExample {
  features: Features;
  kinds: readonly Kind[];
  /** How much it counts: a person's label more than a bot's. */
  weight: number;
}

/** Fewer examples than this only tell which kinds there are, and how often. */
const LEAST_EXAMPLES = 20;
/** C of the machines on the repository's own words; .5 to 1 differ by less than the noise. */
const COST = 0.7;
const FOLDS = 5;
const FOREST = { leaf: 3, tries: 30, seed: 5 };
/** More rows make each tree dearer and more like the others, so that fewer are enough. */
const TREES = (rows: number) => Math.min(200, Math.max(80, Math.round(120_000 / rows)));
/** The forest grows on the newest of these; more rows do not fit it into a second. */
const FOREST_ROWS = 3_000;
const LONG_HISTORY = 4 * FOREST_ROWS;

/**
 * Trackers change: a ticket counts half as much as one that is a third of the history newer, and for what its scores
 * mean as one that is this much newer. On four time-ordered parts of rust the calibration error fell from .090 to .05,
 * and .010 more were right; on the benchmark, which spans a year or two, nothing changed beyond the noise.
 */
const LEAST_HALF_LIFE = 300;
const HALF_LIFE_PART = 1 / 3;
const CALIBRATION_HALF_LIFE = 200;

/** As many labelled tickets without a kind are enough to see what the guesses make of them. */
const SILENT_ROWS = 600;

/**
 * Learns which kinds a repository means, on top of the shipped model; null without a single example.
 * `silent` are tickets that people labelled without saying a kind. Where these are the most, people name a kind
 * only of some tickets, and a guess for a silent one counts as wrong when the curves are drawn.
 */
export function learnKinds(
  model: KindModel,
  examples: readonly LocalExample[],
  silent: readonly Features[] = [],
): LocalEvidence | null {
  const evidence = learnEvidence(model, examples);
  if (evidence === null) return null;
  const { heldOut: known, ...rest } = evidence;
  if (silent.length <= examples.length) return rest;
  const every = Math.ceil(silent.length / SILENT_ROWS);
  const strangers = silent.filter((_, i) => i % every === 0);
  const weight = silent.length / strangers.length;
  const heldOut = strangers.map((features) => ({
    scores: localScores(model, evidence, features),
    truth: [],
    weight,
  }));
  return { ...rest, curves: curvesOf(rest.kinds, [...known, ...heldOut], rest.calibration) };
}

function learnEvidence(model: KindModel, examples: readonly LocalExample[]): Learned | null {
  const kinds = KINDS.filter((kind) => examples.some((example) => example.kinds.includes(kind)));
  if (kinds.length === 0) return null;
  const used = aged(examples.filter((example) => example.kinds.length > 0 && example.weight > 0));
  const priors = used.map(({ features }) => priorOf(model, kinds, features).scores);
  if (used.length < LEAST_EXAMPLES || kinds.length === 1) {
    return evidenceOf(kinds, null, used, priors, { scale: 2, shared: true });
  }
  const task = { used, kinds, priors };
  const matrix: SparseMatrix = {
    rows: used.map(({ features }) => features),
    dimensions: DIMENSIONS,
    dense: priors,
  };
  const { linear, ofPrior } = fitLinear(task, matrix, () => true);
  const rows = newest(used.length, FOREST_ROWS);
  const scores = heldOutScores(task, matrix, rows);
  const grown = growForest(forestTask(model, task, scores, rows), {
    ...FOREST,
    trees: TREES(rows.length),
  });
  const mixed = [...rows].map((row, i) =>
    mix(scores[row] as Float64Array, grown.outOfBag.subarray(i * kinds.length, (i + 1) * kinds.length)),
  );
  const learned = { linear, ofPrior, forest: grown.forest };
  const seen = [...rows].map((row) => used[row] as LocalExample);
  return { ...evidenceOf(kinds, learned, seen, mixed, { scale: 1, shared: true }), examples: used.length };
}

/** Oldest first, so that the newest counts fully. */
function aged(examples: readonly LocalExample[]): LocalExample[] {
  const halfLife = Math.max(LEAST_HALF_LIFE, examples.length * HALF_LIFE_PART);
  return examples.map((example, i) => ({
    ...example,
    weight: example.weight * ageOf(i, examples.length, halfLife),
  }));
}

function ageOf(i: number, count: number, halfLife: number): number {
  return 2 ** ((i + 1 - count) / halfLife);
}

/** Evidence with the held-out scores that its calibration and curves were made of. */
type Learned = LocalEvidence & { heldOut: HeldOut[] };

interface LocalTask {
  used: readonly LocalExample[];
  kinds: readonly Kind[];
  priors: readonly Float64Array[];
}

function evidenceOf(
  kinds: Kind[],
  learned: LocalEvidence["learned"],
  examples: readonly LocalExample[],
  scores: readonly ArrayLike<number>[],
  options: { scale: number; shared: boolean },
): Learned {
  const heldOut: HeldOut[] = examples.map((example, i) => ({
    scores: scores[i] ?? [],
    truth: example.kinds.map((kind) => kinds.indexOf(kind)),
    weight: example.weight,
  }));
  const newest = heldOut.map((one, i) => ({
    ...one,
    weight: one.weight * ageOf(i, heldOut.length, CALIBRATION_HALF_LIFE),
  }));
  const calibration = fitCalibration(newest, kinds.length, options);
  const curves = curvesOf(kinds, heldOut, calibration);
  return { kinds, learned, calibration, curves, examples: examples.length, heldOut };
}

function curvesOf(
  kinds: readonly Kind[],
  heldOut: readonly HeldOut[],
  calibration: Calibration,
): PrecisionCurve[] {
  const curves = precisionCurves(heldOut, calibration);
  const empty = { confidence: [], precision: [], recall: [] };
  return KINDS.map((kind) => curves[kinds.indexOf(kind)] ?? empty);
}

function newest(count: number, most: number): Int32Array {
  const start = Math.max(0, count - most);
  return Int32Array.from({ length: count - start }, (_, i) => start + i);
}

function fitLinear(
  { used, kinds }: LocalTask,
  matrix: SparseMatrix,
  include: (row: number) => boolean,
): { linear: LinearModel; ofPrior: Float64Array } {
  const linear = emptyLinear(kinds.length);
  const ofPrior = new Float64Array(kinds.length * kinds.length);
  kinds.forEach((kind, c) => {
    const targets = new Int8Array(used.length);
    const costs = new Float64Array(used.length);
    used.forEach((example, row) => {
      targets[row] = include(row) ? (example.kinds.includes(kind) ? 1 : -1) : 0;
      costs[row] = COST * example.weight;
    });
    const fit = trainBinary({ matrix, targets, costs });
    setClass(linear, c, fit);
    for (let k = 0; k < kinds.length; k++)
      ofPrior[c * kinds.length + k] = fit.weights[DIMENSIONS + k] as number;
  });
  return { linear, ofPrior };
}

/** The machines' scores of the forest's tickets, by machines that had not seen them. */
function heldOutScores(task: LocalTask, matrix: SparseMatrix, rows: Int32Array): Float64Array[] {
  const folds = foldsOf(task, rows);
  const scores = new Array<Float64Array>(task.used.length);
  for (let fold = 0; fold <= Math.max(...folds); fold++) {
    const fit = fitLinear(task, matrix, (row) => folds[row] !== fold);
    task.used.forEach(({ features }, row) => {
      if (folds[row] === fold) scores[row] = linearScores(fit, features, task.priors[row] as Float64Array);
    });
  }
  return scores;
}

/** Every ticket is held out once; of a long history only the newest are, all at once, which is five times as fast. */
function foldsOf({ used }: LocalTask, rows: Int32Array): Int32Array {
  if (used.length < LONG_HISTORY) {
    const kinds = used.map((example) => example.kinds[0] as Kind);
    return stratifiedFolds(kinds, FOLDS, 7);
  }
  const folds = new Int32Array(used.length).fill(-1);
  for (const row of rows) folds[row] = 0;
  return folds;
}

function forestTask(model: KindModel, { used, kinds }: LocalTask, scores: Float64Array[], rows: Int32Array) {
  const cells = [...rows].map((row) => {
    const { features } = used[row] as LocalExample;
    return cellsOf(priorOf(model, kinds, features), scores[row] as Float64Array, features);
  });
  const width = cells[0]?.length ?? 0;
  const columns = new Float32Array(width * rows.length);
  cells.forEach((one, i) => {
    for (let column = 0; column < width; column++) columns[column * rows.length + i] = one[column] as number;
  });
  return {
    columns,
    rows: rows.length,
    width,
    classOf: Uint8Array.from(rows, (row) => kinds.indexOf((used[row] as LocalExample).kinds[0] as Kind)),
    classes: kinds.length,
    weights: Float64Array.from(rows, (row) => (used[row] as LocalExample).weight),
  };
}
