import { bestClass, type PrecisionCurve } from "./calibrate.ts";
import { ConceptVectorizer } from "./concept-features.ts";
import { conceptProbabilities, type ConceptModel } from "./concept-model.ts";
import type { Document } from "./document.ts";
import { familiarity } from "./familiarity.ts";
import { Vectorizer, type Features } from "./features.ts";
import { everyKind, KINDS, type Kind } from "./kind.ts";
import { shippedProbabilities, unbiasedPart, type KindModel } from "./kind-model.ts";
import { languageOf } from "./language.ts";
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
  /** How precise such guesses were, one curve a kind: for `thresholdFor`. */
  curves: PrecisionCurve[];
}

/** The language of the shipped model's examples: its words mean nothing in another. */
const LEARNED_LANGUAGE = "en";

const wordVectorizer = new Vectorizer();
const conceptVectorizer = new ConceptVectorizer();

/** What decides: probabilities of `kinds` from features, and what each feature does to the best of them. */
interface Judge {
  vectorizer: Pick<Vectorizer, "vectorize" | "origin">;
  kinds: readonly Kind[];
  curves: PrecisionCurve[];
  probabilities(features: Features): Float64Array;
  slope(features: Features, best: number, found: Float64Array): (index: number) => number;
}

/**
 * The kind that a document most likely is, by the shipped model alone or with what the repository's own labels
 * teach; a text in a language that neither has learned, by what it says (`ConceptModel`). Never abstains: compare `confidence` with
 * `thresholdFor(guess, guess.kind, targetPrecision)`.
 */
export function classifyKind(model: KindModel, document: Document, evidence?: LocalEvidence): KindGuess {
  const judge = knowsWords(document, evidence)
    ? wordJudge(model, evidence)
    : conceptJudge(model.concepts, evidence?.kinds ?? KINDS);
  const { kinds, curves, vectorizer } = judge;
  const features = vectorizer.vectorize(document);
  const found = judge.probabilities(features);
  const best = bestClass(found);
  let because: string[] | null = null;
  return {
    kind: kinds[best] as Kind,
    confidence: found[best] as number,
    probabilities: everyKind((kind) => found[kinds.indexOf(kind)] ?? 0),
    curves,
    get because() {
      because ??= reasons();
      return because;
    },
  };

  // trying out what matters takes several times as long as deciding, so it waits until somebody asks
  function reasons(): string[] {
    vectorizer.vectorize(document);
    return explain({
      document,
      features,
      origins: Array.from(features.indices, (_, i) => vectorizer.origin(i)),
      slope: judge.slope(features, best, found),
      confidence: (of) => judge.probabilities(vectorizer.vectorize(of))[best] as number,
    });
  }
}

/** Own words that know less of a text than this have not learned its language. */
const LEAST_FAMILIARITY = 0.4;

function knowsWords(document: Document, evidence: LocalEvidence | undefined): boolean {
  if (languageOf(document) === LEARNED_LANGUAGE) return true;
  const own = evidence?.learned?.linear;
  return own !== undefined && familiarity(own, wordVectorizer.vectorize(document)) >= LEAST_FAMILIARITY;
}

function wordJudge(model: KindModel, evidence: LocalEvidence | undefined): Judge {
  return {
    vectorizer: wordVectorizer,
    kinds: evidence?.kinds ?? KINDS,
    curves: (evidence ?? model).curves,
    probabilities: (features) =>
      evidence ? localProbabilities(model, evidence, features) : shippedProbabilities(model, features),
    slope: (features, best, found) => slopeFor(model, features, evidence, best, found),
  };
}

function conceptJudge(concepts: ConceptModel, kinds: readonly Kind[]): Judge {
  return {
    vectorizer: conceptVectorizer,
    kinds,
    curves: concepts.curves,
    probabilities: (features) => {
      const all = conceptProbabilities(concepts, features);
      const found = Float64Array.from(kinds, (kind) => all[KINDS.indexOf(kind)] as number);
      const total = found.reduce((sum, p) => sum + p, 0) || 1;
      return found.map((p) => p / total);
    },
    slope: (_, best, found) => {
      const shares = new Float64Array(KINDS.length);
      sharesOf(best, found).forEach((share, k) => {
        shares[KINDS.indexOf(kinds[k] as Kind)] = share;
      });
      return (index) => slopeOf(concepts.linear, shares, index);
    },
  };
}

/** How much each class's score counts: the best one fully, the others against it by their probability. */
function sharesOf(best: number, found: Float64Array): Float64Array {
  const rest = 1 - (found[best] as number) || 1;
  return found.map((p, c) => (c === best ? 1 : -p / rest));
}

/** By how much the best kind's linear score rises over the others', these counted by their probability. */
function slopeFor(
  model: KindModel,
  features: Features,
  evidence: LocalEvidence | undefined,
  best: number,
  found: Float64Array,
): (index: number) => number {
  const shares = sharesOf(best, found);
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
