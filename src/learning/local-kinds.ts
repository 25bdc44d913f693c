import {
  fitCalibration,
  precisionCurves,
  probabilitiesOf,
  type Calibration,
  type HeldOut,
  type PrecisionCurve,
} from "./calibrate.ts";
import { DIMENSIONS, type Features } from "./features.ts";
import { growForest, scoreForest, type Forest } from "./forest.ts";
import { KINDS, type Kind } from "./kind.ts";
import { unbiasedPart, type KindModel } from "./kind-model.ts";
import { emptyLinear, scoreBlocks, scoreLinear, setClass, type LinearModel } from "./linear-model.ts";
import { packRows, type SparseMatrix } from "./matrix.ts";
import { stratifiedFolds } from "./random.ts";
import { trainBinary } from "./solver.ts";

/** A ticket of this repository with the kinds that its labels say. */
export interface LocalExample {
  features: Features;
  kinds: readonly Kind[];
  /** How much it counts: a person's label more than a bot's. */
  weight: number;
}

/** What a repository's own labels add to the shipped model. */
export interface LocalEvidence {
  /** The kinds that the repository uses; no other is guessed. */
  kinds: Kind[];
  /** Own words, one class a kind; null where there were too few examples to learn from. */
  learned: { linear: LinearModel; ofPrior: Float64Array; forest: Forest } | null;
  calibration: Calibration;
  /** One a kind, in the order of `KINDS`; empty for kinds not used. */
  curves: PrecisionCurve[];
  examples: number;
}

/** Fewer examples than this only tell which kinds there are, and how often. */
const LEAST_EXAMPLES = 20;
/** C of the machines on the repository's own words; .5 to 1 differ by less than the noise. */
const COST = 0.7;
const FOLDS = 5;
/** Sharpness of the machines' scores when mixed with the forest; the calibration undoes what is too much. */
const SHARPNESS = 2;
/** The machines' part in the mixture; 0 lost .001 of F1, 1 lost .010. */
const LINEAR_SHARE = 0.4;
const FOREST = { trees: 200, leaf: 3, tries: 30, seed: 5 };
/** The forest grows on the newest of these; more rows do not fit it into a second. */
const FOREST_ROWS = 3_000;

/** Learns which kinds a repository means, on top of the shipped model; null without a single example. */
export function learnKinds(model: KindModel, examples: readonly LocalExample[]): LocalEvidence | null {
  const kinds = KINDS.filter((kind) => examples.some((example) => example.kinds.includes(kind)));
  if (kinds.length === 0) return null;
  const used = examples.filter((example) => example.kinds.length > 0 && example.weight > 0);
  const priors = used.map(({ features }) => priorScores(model, kinds, features));
  if (used.length < LEAST_EXAMPLES || kinds.length === 1) {
    return evidenceOf(kinds, null, used, priors, { scale: 2, shared: true });
  }
  const task = { used, kinds, priors };
  const matrix = packRows(
    used.map(({ features }) => features),
    DIMENSIONS,
    priors,
  );
  const { linear, ofPrior } = fitLinear(task, matrix, () => true);
  const scores = heldOutScores(task, matrix);
  const rows = newest(used.length, FOREST_ROWS);
  const grown = growForest(forestTask(model, task, scores, rows), FOREST);
  const mixed = [...rows].map((row, i) =>
    mix(scores[row] as Float64Array, grown.outOfBag.subarray(i * kinds.length, (i + 1) * kinds.length)),
  );
  const learned = { linear, ofPrior, forest: grown.forest };
  const seen = [...rows].map((row) => used[row] as LocalExample);
  return { ...evidenceOf(kinds, learned, seen, mixed, { scale: 1, shared: true }), examples: used.length };
}

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
): LocalEvidence {
  const heldOut: HeldOut[] = examples.map((example, i) => ({
    scores: scores[i] ?? [],
    truth: example.kinds.map((kind) => kinds.indexOf(kind)),
    weight: example.weight,
  }));
  const calibration = fitCalibration(heldOut, kinds.length, options);
  const curves = precisionCurves(heldOut, calibration);
  const empty = { confidence: [], precision: [], recall: [] };
  return {
    kinds,
    learned,
    calibration,
    curves: KINDS.map((kind) => curves[kinds.indexOf(kind)] ?? empty),
    examples: examples.length,
  };
}

function newest(count: number, most: number): Int32Array {
  const start = Math.max(0, count - most);
  return Int32Array.from({ length: count - start }, (_, i) => start + i);
}

/** The shipped model's scores of the kinds that the repository uses. */
function priorScores(model: KindModel, kinds: readonly Kind[], features: Features): Float64Array {
  const scores = scoreLinear(unbiasedPart(model, features), features);
  return Float64Array.from(kinds, (kind) => scores[KINDS.indexOf(kind)] as number);
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
    const fit = trainBinary({ matrix, targets, costs, dimensions: DIMENSIONS + kinds.length });
    setClass(linear, c, fit);
    for (let k = 0; k < kinds.length; k++)
      ofPrior[c * kinds.length + k] = fit.weights[DIMENSIONS + k] as number;
  });
  return { linear, ofPrior };
}

/** The machines' scores of each ticket by machines that had not seen it. */
function heldOutScores(task: LocalTask, matrix: SparseMatrix): Float64Array[] {
  const folds = stratifiedFolds(
    task.used.map(({ kinds }) => kinds[0] as Kind),
    FOLDS,
    7,
  );
  const scores = new Array<Float64Array>(task.used.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const fit = fitLinear(task, matrix, (row) => folds[row] !== fold);
    task.used.forEach(({ features }, row) => {
      if (folds[row] === fold) scores[row] = linearScores(fit, features, task.priors[row] as Float64Array);
    });
  }
  return scores;
}

function linearScores(
  { linear, ofPrior }: { linear: LinearModel; ofPrior: Float64Array },
  features: Features,
  prior: Float64Array,
): Float64Array {
  const scores = scoreLinear(linear, features);
  const n = scores.length;
  for (let c = 0; c < n; c++) {
    for (let k = 0; k < n; k++)
      scores[c] = (scores[c] as number) + (ofPrior[c * n + k] as number) * (prior[k] as number);
  }
  return scores;
}

function forestTask(
  model: KindModel,
  { used, kinds, priors }: LocalTask,
  scores: Float64Array[],
  rows: Int32Array,
) {
  const cells = [...rows].map((row) => {
    const { features } = used[row] as LocalExample;
    return cellsOf(model, kinds, features, priors[row] as Float64Array, scores[row] as Float64Array);
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

/** What the forest sees of a ticket: each block's prior score, the prior, the machines' scores and the marks. */
function cellsOf(
  model: KindModel,
  kinds: readonly Kind[],
  features: Features,
  prior: Float64Array,
  scores: Float64Array,
): Float32Array {
  const part = unbiasedPart(model, features);
  const blocks = scoreBlocks(part, features);
  const columns = kinds.map((kind) => KINDS.indexOf(kind));
  const count = blocks.length / KINDS.length;
  const cells = new Float32Array(count * kinds.length + 2 * kinds.length + features.marks.length);
  let at = 0;
  for (let block = 0; block < count; block++) {
    for (const column of columns) cells[at++] = blocks[block * KINDS.length + column] as number;
  }
  cells.set(prior, at);
  cells.set(scores, at + kinds.length);
  cells.set(features.marks, at + 2 * kinds.length);
  return cells;
}

/** Machines and forest as one: logarithms of the mixed probabilities, to be calibrated. */
function mix(scores: Float64Array, forest: ArrayLike<number>): Float64Array {
  const n = scores.length;
  const soft = probabilitiesOf(
    { scale: new Array<number>(n).fill(SHARPNESS), shift: new Array<number>(n).fill(0) },
    scores,
  );
  return soft.map((p, c) => Math.log(LINEAR_SHARE * p + (1 - LINEAR_SHARE) * (forest[c] as number) + 1e-6));
}

/** The probability of every kind of `evidence.kinds`, in that order. */
export function localProbabilities(
  model: KindModel,
  evidence: LocalEvidence,
  features: Features,
): Float64Array {
  const prior = priorScores(model, evidence.kinds, features);
  if (!evidence.learned) return probabilitiesOf(evidence.calibration, prior);
  const scores = linearScores(evidence.learned, features, prior);
  const cells = cellsOf(model, evidence.kinds, features, prior, scores);
  return probabilitiesOf(evidence.calibration, mix(scores, scoreForest(evidence.learned.forest, cells)));
}
