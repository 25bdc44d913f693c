import { saysSolved } from "../kb/solution.ts";
import type { Fact, Rating } from "../ticket/fact.ts";
import type { Lesson } from "../ticket/lesson.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { verdict } from "./answer.ts";
import type { Facts } from "./facts.ts";

/**
 * How sure the mood of a comment must be to count as a word on how well somebody was served: at .9 the model is right in
 * nineteen of twenty comments that it calls positive or negative (`npm run evaluate`).
 */
const SURE = 0.9;

/** An answer of ours stands there, and nobody of the team has spoken: what the reporter says now is about it. */
export function awaitsVerdict({ status, withdrawn, comments, suggestions }: Ticket): boolean {
  if (withdrawn || !comments.triage || !suggestions) return false;
  const said = suggestions.answers.length + suggestions.duplicates.length > 0;
  return said && (status === "new" || status === "pending");
}

/** A reporter who says that it is solved, or closes what nobody of the team had to touch, says that we helped. */
export function praise(ticket: Ticket, facts: Facts, words: string | null, now: number): Lesson[] {
  if (!isByReporter(ticket, facts) || !awaitsVerdict(ticket) || hasHelped(ticket)) return [];
  if (words !== null) return saysSolved(words) ? verdict(ticket, true, facts, now) : [];
  return facts.thread.stateReason === "not_planned" ? [] : verdict(ticket, true, facts, now);
}

/** A reporter who comes back to what our answer had closed says that it had not helped after all. */
export function disappointment(ticket: Ticket, facts: Facts, now: number): Lesson[] {
  return isByReporter(ticket, facts) && hasHelped(ticket) ? verdict(ticket, false, facts, now) : [];
}

/** What the reporter's words after our answer say of their satisfaction; a mood that may be either says nothing. */
export function ratingOfWords(ticket: Ticket, { mood }: Facts, words: string, at: number): Fact[] {
  if (ticket.author === null || !awaitsVerdict(ticket)) return [];
  const rated = (rating: Rating): Fact[] => [
    { at, type: "rated", by: ticket.author ?? "", rating, via: "words" },
  ];
  if (saysSolved(words)) return rated(1);
  if (!mood || mood.confidence < SURE || mood.sentiment === "neutral") return [];
  return rated(mood.sentiment === "positive" ? 1 : -1);
}

function isByReporter({ author }: Ticket, { actor }: Facts): boolean {
  return actor.person !== null && actor.person.login === author;
}

/** The last verdict on our help here was a good one. */
function hasHelped({ timeline = [] }: Ticket): boolean {
  const last = timeline.findLast((fact) => fact.type === "judged");
  return last?.type === "judged" && last.helpful;
}
