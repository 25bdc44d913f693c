import { classifyKind } from "../learning/classify.ts";
import { parseDocument } from "../learning/document.ts";
import { LESSON_BLOCKS, Vectorizer, type Features } from "../learning/features.ts";
import type { Kind } from "../learning/kind.ts";
import { thresholdFor, type KindModel } from "../learning/kind-model.ts";
import { guessLabels, type LabelGuess } from "../learning/label-model.ts";
import type { Lesson } from "../learning/lesson.ts";
import type { RepositoryModel } from "../learning/repository-model.ts";
import type { ArchivedIssue } from "./archive.ts";
import type { ClassificationSettings } from "./classification-settings.ts";

/** A line of predictions, as CONTRACT has it. */
export interface Prediction {
  number: number;
  /** The best guess, even where it is not applied. */
  kind: Kind;
  confidence: number;
  applied: boolean;
  labels: LabelGuess[];
  because: string[];
}

export interface Predictor {
  shipped: KindModel;
  repository: RepositoryModel | null;
  settings: ClassificationSettings;
}

/** Across projects these are right too seldom (.2 to .55) to be said without the repository's own evidence. */
const NEED_EVIDENCE: readonly Kind[] = ["performance", "security"];

const vectorizer = new Vectorizer(LESSON_BLOCKS);

export function featuresOf({ title, body }: { title: string; body: string }): Features {
  return vectorizer.vectorize(parseDocument(title, body));
}

export function predict(issue: ArchivedIssue, { shipped, repository, settings }: Predictor): Prediction {
  const document = parseDocument(issue.title, issue.body);
  const evidence = repository?.kinds ?? undefined;
  const guess = classifyKind(shipped, document, evidence);
  const { kind, confidence, because } = guess;
  const labels = repository?.labels ? guessLabels(repository.labels, vectorizer.vectorize(document)) : [];
  const sure = confidence >= thresholdFor(guess, kind, settings.targetPrecision);
  const proven = evidence !== undefined || !NEED_EVIDENCE.includes(kind);
  return {
    number: issue.number,
    kind,
    confidence: round(confidence),
    applied: sure && proven,
    labels: labels.map((label) => ({ ...label, confidence: round(label.confidence) })),
    because,
  };
}

/** An archive tells what is labelled, not by whom: its labels are taken for people's. */
export function lessonOf(issue: ArchivedIssue): Lesson {
  return {
    features: featuresOf(issue),
    labels: issue.labels.map((name) => ({ name, by: "person" })),
    removed: [],
  };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
