import { probabilitiesOf, type Calibration, type PrecisionCurve } from "./calibrate.ts";
import type { Features } from "./features.ts";
import { scoreForest, type Forest } from "./forest.ts";
import { KINDS, type Kind } from "./kind.ts";
import { unbiasedPart, type KindModel } from "./kind-model.ts";
import { scoreBlocks, scoreLinear, type LinearModel } from "./linear-model.ts";

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

/** Sharpness of the machines' scores when mixed with the forest; the calibration undoes what is too much. */
const SHARPNESS = 2;
/** The machines' part in the mixture; 0 lost .001 of F1, 1 lost .010. */
const LINEAR_SHARE = 0.4;

/** The shipped model's scores of the kinds that the repository uses. */
export function priorScores(model: KindModel, kinds: readonly Kind[], features: Features): Float64Array {
  const scores = scoreLinear(unbiasedPart(model, features), features);
  return Float64Array.from(kinds, (kind) => scores[KINDS.indexOf(kind)] as number);
}

export function linearScores(
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

/** What the forest sees of a ticket: each block's prior score, the prior, the machines' scores and the marks. */
export function cellsOf(
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
export function mix(scores: Float64Array, forest: ArrayLike<number>): Float64Array {
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
  return probabilitiesOf(evidence.calibration, localScores(model, evidence, features));
}

export function localScores(
  model: KindModel,
  { kinds, learned }: LocalEvidence,
  features: Features,
): Float64Array {
  const prior = priorScores(model, kinds, features);
  if (!learned) return prior;
  const scores = linearScores(learned, features, prior);
  return mix(scores, scoreForest(learned.forest, cellsOf(model, kinds, features, prior, scores)));
}
