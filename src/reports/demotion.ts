import type { Demotion } from "../ticket/demotion.ts";
import type { Accuracies, Accuracy } from "./metrics/accuracy.ts";

/** What people made of the desk's doings counts for so long: then what fell silent is tried again. */
export const REMEMBERED_DAYS = 90;
export const REMEMBERED_MS = REMEMBERED_DAYS * 86_400_000;

/** Fewer verdicts are an accident; whose each is, and how often a person counts, `jury` says. */
const FEWEST_JUDGED = 5;

/** What each thing is to reach, as the settings have it. */
export interface Targets {
  labels: number;
  answers: number;
  duplicates: number;
}

/**
 * What falls silent: whatever is, with 95% certainty, right more seldom than it is to be (the upper end of Wilson's
 * interval lies below the target). `known` keeps since when.
 */
export function demotionsIn(
  { labels, answers, duplicates, articles }: Accuracies,
  targets: Targets,
  known: readonly Demotion[],
  now: number,
): Demotion[] {
  const judge = (what: Demotion["what"], target: number, { subject, precision }: Accuracy): Demotion[] => {
    const { share, whole, interval } = precision;
    if (share === null || interval === null || whole < FEWEST_JUDGED || interval[1] >= target) return [];
    const named = what === "label" || what === "article" ? subject : "";
    const before = known.find((one) => one.what === what && one.subject === named);
    return [{ what, subject: named, precision: share, count: whole, target, since: before?.since ?? now }];
  };
  return [
    ...labels.flatMap((label) => judge("label", targets.labels, label)),
    ...judge("answers", targets.answers, answers),
    ...judge("duplicates", targets.duplicates, duplicates),
    ...articles.flatMap((article) => judge("article", targets.answers, article)),
  ];
}
