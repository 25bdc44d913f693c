import { classifyKind } from "../learning/classify.ts";
import { parseDocument } from "../learning/document.ts";
import type { Kind } from "../learning/kind.ts";
import { KINDS } from "../learning/kind.ts";
import type { LocalEvidence } from "../learning/local-kinds.ts";
import { thresholdFor } from "../learning/kind-model.ts";
import { languageOf } from "../learning/language.ts";
import { splitPassages } from "../kb/passages.ts";
import type { Settings } from "../settings/schema.ts";
import type { Facts } from "./facts.ts";
import { ownLabels, type OwnLabel } from "./own-labels.ts";
import { suspectVulnerability } from "./security.ts";

export interface Reading {
  language: string;
  /** null: no kind is sure enough to be claimed. */
  kind: Kind | null;
  /** Calibrated probability of the best guess, claimed or not. */
  confidence: number;
  because: string[];
  /** A suspected vulnerability: nothing of it goes into the open. */
  secret: boolean;
  /** The kind was there already, as a label that somebody chose. */
  byLabel: boolean;
  /** The repository's own labels that its history makes sure of. */
  own: OwnLabel[];
}

/** Across projects it is right too seldom (.40 to .55) to be claimed without the repository's own evidence. */
const NEEDS_EVIDENCE: Kind = "performance";

/**
 * Reads a thread: its language, its kind, and whether it must be kept quiet. A label of a kind that is not ours
 * (`ours`) is somebody's choice and goes before any guess.
 */
export function readTicket(
  { thread, model, learned, labels }: Pick<Facts, "thread" | "model" | "learned" | "labels">,
  ours: string[],
  settings: Settings,
): Reading {
  const document = parseDocument(thread.title, thread.body);
  const language = languageOf(document);
  // The document takes "I found a vulnerability: ..." for a filled-in field: here every word outside of code counts.
  const suspicion = suspectVulnerability(thread.title, splitPassages(thread.body).prose);
  if (suspicion.suspected) {
    const confidence = Math.min(0.99, 0.5 + suspicion.score / 10);
    return {
      language,
      kind: "security",
      confidence,
      because: suspicion.because,
      secret: true,
      byLabel: false,
      // An area would tell readers where to look.
      own: [],
    };
  }
  const own = learned?.labels ? ownLabels(document, learned.labels, labels, settings) : [];
  const foreign = thread.labels.filter((label) => !ours.includes(label));
  const chosen = kindByLabels(foreign, settings);
  if (chosen) {
    const because = [`the label "${chosen.label}" was there already`, ...own.map((one) => one.because)];
    return { language, kind: chosen.kind, confidence: 1, because, secret: false, byLabel: true, own };
  }
  const evidence = usable(learned?.kinds ?? null);
  const guess = classifyKind(model, document, evidence);
  const target = settings.classification.targetPrecision;
  const category = thread.category?.answerable && guess.kind === "question" ? thread.category.name : null;
  const sure =
    guess.confidence >= thresholdFor(guess, guess.kind, target) &&
    mayClaim(guess.kind, evidence !== undefined);
  const asked = category !== null && amongQuestions(guess.confidence) >= target;
  const where = category === null ? [] : [`asked in the category "${category}"`];
  return {
    language,
    kind: sure || asked ? guess.kind : null,
    confidence: category === null ? guess.confidence : amongQuestions(guess.confidence),
    because: [...where, ...guess.because, ...own.map((one) => one.because)],
    secret: false,
    byLabel: false,
    own,
  };
}

/** The model takes 17 of 100 threads for questions; where questions get answers we take 70 of 100 for them. */
const QUESTION_ODDS = 0.7 / 0.3 / (0.17 / 0.83);

/** The probability of a question in a category of questions and answers: Bayes' rule with other odds beforehand. */
function amongQuestions(confidence: number): number {
  const odds = (QUESTION_ODDS * confidence) / (1 - confidence + Number.EPSILON);
  return odds / (1 + odds);
}

/** Too few examples only tell which kinds there are: no reason to rule the others out. */
function usable(evidence: LocalEvidence | null): LocalEvidence | undefined {
  return evidence?.learned ? evidence : undefined;
}

/** Security is for the rules alone (a precision of .2 to .4 across projects), whatever was learned. */
function mayClaim(kind: Kind, evident: boolean): boolean {
  return kind !== "security" && (evident || kind !== NEEDS_EVIDENCE);
}

/** The label that stands for a kind in this repository; null when settings say never. */
export function kindLabel(kind: Kind, settings: Settings): string | null {
  return settings.labels[kind];
}

/** All labels that stand for kinds: where one of them is, another is not added. */
export function kindLabels(settings: Settings): string[] {
  return KINDS.map((kind) => kindLabel(kind, settings)).filter((label) => label !== null);
}

/** The first kind whose label the thread carries. GitHub compares label names without case. */
export function kindByLabels(labels: string[], settings: Settings): { kind: Kind; label: string } | null {
  for (const kind of KINDS) {
    const name = kindLabel(kind, settings)?.toLowerCase();
    const label = labels.find((candidate) => candidate.toLowerCase() === name);
    if (label !== undefined) return { kind, label };
  }
  return null;
}
