import type { Document } from "./document.ts";
import { Vectorizer } from "./features.ts";
import { KINDS, type Kind } from "./kind.ts";
import { probabilitiesOf, scoreKinds, type KindModel } from "./kind-model.ts";
import { explain } from "./reason.ts";

/** What a repository's own labels add to the shipped model; made by `learnKinds`. */
export type LocalEvidence = KindModel;

export interface KindGuess {
  kind: Kind;
  /** Calibrated probability of the best kind. */
  confidence: number;
  probabilities: Record<Kind, number>;
  /** What in the text spoke for this kind, strongest first. */
  because: string[];
}

const MOST_REASONS = 4;
const vectorizer = new Vectorizer();

/** The kind that a document most likely is. Never abstains: compare `confidence` with `thresholdFor`. */
export function classifyKind(model: KindModel, document: Document, evidence?: LocalEvidence): KindGuess {
  const used = evidence ?? model;
  const vector = vectorizer.vectorize(document);
  const probabilities = probabilitiesOf(used.calibration, scoreKinds(used, vector));
  const best = KINDS.reduce((a, b) => (probabilities[b] > probabilities[a] ? b : a));
  const rest = 1 - probabilities[best] || 1;
  const n = KINDS.length;
  // how the score of the best rises over the mean of the others, each counted by its probability
  const share = KINDS.map(
    (kind) =>
      used.unit[kind] * used.calibration.scale[kind] * (kind === best ? 1 : -(probabilities[kind] / rest)),
  );
  const weight = (index: number) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += (used.weights[index * n + k] ?? 0) * (share[k] ?? 0);
    return sum;
  };
  return {
    kind: best,
    confidence: probabilities[best],
    probabilities,
    because: explain(vectorizer, vector, weight, MOST_REASONS),
  };
}
