import type { Document } from "../learning/document.ts";
import { LESSON_BLOCKS, Vectorizer } from "../learning/features.ts";
import { guessLabels, type LabelModel } from "../learning/label-model.ts";
import { reasonsForLabel } from "../learning/label-reason.ts";
import type { Settings } from "../settings/schema.ts";
import { PRIORITIES } from "../ticket/priority.ts";
import type { LabelSpec } from "../ticket/action.ts";

/** One of the repository's own labels that its history makes sure of. */
export interface OwnLabel {
  label: LabelSpec;
  /** Calibrated probability that a person would set it. */
  confidence: number;
  because: string;
}

const vectorizer = new Vectorizer(LESSON_BLOCKS);

/**
 * The repository's own labels (areas, platforms) whose probability reaches the threshold of each. Only labels that
 * `exist`, and none to which the settings give a meaning of its own.
 */
export function ownLabels(
  document: Document,
  model: LabelModel,
  exist: readonly LabelSpec[],
  settings: Settings,
): OwnLabel[] {
  const taboo = new Set([...stateLabels(settings), ...kindNames(settings), ...ignored(settings)].map(fold));
  return guessLabels(model, vectorizer.vectorize(document)).flatMap(({ name, confidence, applied }) => {
    const label = exist.find((one) => fold(one.name) === fold(name));
    if (!applied || !label || taboo.has(fold(name))) return [];
    const reasons = reasonsForLabel(model, name, document);
    const because = `the label ${JSON.stringify(label.name)}${reasons.length > 0 ? `: ${reasons.join(", ")}` : ""}`;
    return [{ label, confidence, because }];
  });
}

const fold = (name: string) => name.toLowerCase();
const ignored = ({ classification }: Settings) => classification.ignoreLabels;

/** Labels that say how a ticket stands, not what it is about: they follow rules, so that nothing is learned of them. */
export function stateLabels({ labels, reports }: Settings): string[] {
  const { needsInfo, duplicate, needsHuman, states } = labels;
  const priorities = labels.priorities ?? PRIORITIES;
  return [needsInfo, duplicate, needsHuman, ...priorities, ...Object.values(states), reports.label].filter(
    (name) => name !== null,
  );
}

function kindNames({ labels }: Settings): string[] {
  const { bug, feature, question, documentation, performance, security } = labels;
  return [bug, feature, question, documentation, performance, security].filter((name) => name !== null);
}
