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

/** What the shipped model says of a ticket, about the kinds that the repository uses. */
export interface Prior {
  /** One a kind. */
  scores: Float64Array;
  /** Each block's part of them: `[block * kinds + kind]`. */
  blocks: Float64Array;
}

export function priorOf(model: KindModel, kinds: readonly Kind[], features: Features): Prior {
  const part = unbiasedPart(model, features);
  const all = scoreBlocks(part, features);
  const count = all.length / KINDS.length;
  const blocks = new Float64Array(count * kinds.length);
  const scores = Float64Array.from(kinds, (kind) => part.bias[KINDS.indexOf(kind)] as number);
  kinds.forEach((kind, k) => {
    const column = KINDS.indexOf(kind);
    for (let block = 0; block < count; block++) {
      const score = all[block * KINDS.length + column] as number;
      blocks[block * kinds.length + k] = score;
      scores[k] = (scores[k] as number) + score;
    }
  });
  return { scores, blocks };
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
export function cellsOf(prior: Prior, scores: Float64Array, { marks }: Features): Float32Array {
  const parts = [prior.blocks, prior.scores, scores, marks];
  const cells = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    cells.set(part, at);
    at += part.length;
  }
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
  const prior = priorOf(model, kinds, features);
  if (!learned) return prior.scores;
  const scores = linearScores(learned, features, prior.scores);
  return mix(scores, scoreForest(learned.forest, cellsOf(prior, scores, features)));
}
