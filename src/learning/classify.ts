import { bestClass } from "./calibrate.ts";
import type { Document } from "./document.ts";
import { Vectorizer, type Features } from "./features.ts";
import { everyKind, KINDS, type Kind } from "./kind.ts";
import { shippedProbabilities, unbiasedPart, type KindModel } from "./kind-model.ts";
import type { LinearModel } from "./linear-model.ts";
import { localProbabilities, type LocalEvidence } from "./local-kinds.ts";
import { explain } from "./reason.ts";

export interface KindGuess {
  kind: Kind;
  /** Calibrated probability of the best kind. */
  confidence: number;
  probabilities: Record<Kind, number>;
  /** What in the text spoke for this kind, strongest first; found out when it is first read. */
  readonly because: string[];
}

const vectorizer = new Vectorizer();

/**
 * The kind that a document most likely is, by the shipped model alone or with what the repository's own labels
 * teach. Never abstains: compare `confidence` with `thresholdFor`.
 */
export function classifyKind(model: KindModel, document: Document, evidence?: LocalEvidence): KindGuess {
  const features = vectorizer.vectorize(document);
  const kinds = evidence?.kinds ?? KINDS;
  const judge = (of: Features) =>
    evidence ? localProbabilities(model, evidence, of) : shippedProbabilities(model, of);
  const found = judge(features);
  const best = bestClass(found);
  let because: string[] | null = null;
  return {
    kind: kinds[best] as Kind,
    confidence: found[best] as number,
    probabilities: everyKind((kind) => found[kinds.indexOf(kind)] ?? 0),
    get because() {
      because ??= reasonsFor(best);
      return because;
    },
  };

  // trying out what matters takes several times as long as deciding, so it waits until somebody asks
  function reasonsFor(best: number): string[] {
    vectorizer.vectorize(document);
    return explain({
      document,
      features,
      origins: Array.from(features.indices, (_, i) => vectorizer.origin(i)),
      slope: slopeFor(model, features, evidence, best, found),
      confidence: (of) => judge(vectorizer.vectorize(of))[best] as number,
    });
  }
}

/** By how much the best kind's linear score rises over the others', these counted by their probability. */
function slopeFor(
  model: KindModel,
  features: Features,
  evidence: LocalEvidence | undefined,
  best: number,
  found: Float64Array,
): (index: number) => number {
  const rest = 1 - (found[best] as number) || 1;
  const shares = found.map((p, c) => (c === best ? 1 : -p / rest));
  const prior = unbiasedPart(model, features);
  const kinds = evidence?.kinds ?? KINDS;
  const learned = evidence?.learned;
  const ofPrior = new Float64Array(KINDS.length);
  kinds.forEach((kind, k) => {
    const column = KINDS.indexOf(kind);
    let share = shares[k] as number;
    if (learned) {
      share = 0;
      for (let c = 0; c < kinds.length; c++) {
        share += (shares[c] as number) * (learned.ofPrior[c * kinds.length + k] as number);
      }
    }
    ofPrior[column] = share;
  });
  const own = learned?.linear;
  return (index) => slopeOf(prior, ofPrior, index) + (own ? slopeOf(own, shares, index) : 0);
}

function slopeOf({ weights, units, classes }: LinearModel, shares: Float64Array, index: number): number {
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    sum += (weights[index * classes + c] as number) * (units[c] as number) * (shares[c] as number);
  }
  return sum;
}
