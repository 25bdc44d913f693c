import { isLabelMove, type LabelMove } from "../../ticket/fact.ts";
import { byTeam } from "../by-team.ts";
import type { Course } from "../course.ts";
import { type Period, within } from "../period.ts";
import { type Count, countOf } from "./count.ts";

/** Does a label of a repository follow rules (states, priorities), so that nobody guesses it? */
export type IsRuled = (label: string, repositoryId: number) => boolean;

/** It was a person who set it or took it off, by hand or by command. */
export const byPerson = ({ by }: LabelMove) => by === "team" || by === "other" || by === "reporter";

/**
 * Labels that were set on a ticket in the period, as they are at its end: the course goes no further. What the desk took
 * off again by itself, and a bot's doing, nobody has judged. `isRuled`: labels that follow rules are nobody's guess and
 * count in nothing.
 */
export function countLabels(
  course: Course,
  period: Period,
  counts: Map<string, Count>,
  isRuled: IsRuled,
): void {
  const { facts, record } = course;
  const moves = facts.filter(isLabelMove);
  for (const label of new Set(moves.map((fact) => fact.label))) {
    if (isRuled(label, record.repositoryId)) continue;
    const about = moves.filter((fact) => fact.label === label);
    const ours = about.find((fact) => fact.type === "labelled" && fact.by === "desk");
    // A person's hand is final: whatever came of it later is theirs.
    const theirs = about.findLast(byPerson);
    const first = ours ?? (theirs?.type === "labelled" ? theirs : null);
    if (!first || !within(first.at, period)) continue;
    const count = countOf(counts, label);
    if (!ours) {
      count.missed += 1;
      continue;
    }
    count.given += 1;
    const stands = about.at(-1)?.type === "labelled";
    if (theirs?.type === "unlabelled") count.wrong += 1;
    else if (theirs || (stands && facts.some((fact) => byTeam(fact) && fact.at >= ours.at))) count.right += 1;
  }
}
