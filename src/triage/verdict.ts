import { saysSolved, saysUseless } from "../kb/solution.ts";
import { type Fact, isSaidElsewhere, type Rating } from "../ticket/fact.ts";
import type { Lesson } from "../ticket/lesson.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { aboutHelp, verdict } from "./help-lessons.ts";
import type { Facts } from "./facts.ts";

/**
 * How sure the mood of a comment must be to count as a word on how well somebody was served: at .9 the model is right in
 * nineteen of twenty comments that it calls positive or negative (`npm run evaluate`).
 */
const SURE = 0.9;

/**
 * An answer of ours stands there, and nobody else has spoken: what the reporter says now is about it. Once a stranger
 * has, thanks may be for them, and an article that did not help must not learn the question.
 */
export function awaitsVerdict(ticket: Ticket): boolean {
  const { status, withdrawn, comments, suggestions, others = [], timeline = [] } = ticket;
  if (withdrawn || !comments.triage || !suggestions || others.length > 0) return false;
  // A ticket that the team has answered waits for its reporter too.
  if (timeline.some((fact) => fact.type === "spoke" && fact.by === "team")) return false;
  const said = suggestions.answers.length + suggestions.duplicates.length > 0;
  return said && (status === "new" || status === "pending");
}

/**
 * A reporter who says that it is solved, or closes what nobody of the team had to touch, says that we helped; unless
 * they say by the mood of it, or have said by another rating, that we did not.
 */
export function praise(ticket: Ticket, facts: Facts, words: string | null, now: number): Lesson[] {
  if (!isByReporter(ticket, facts) || !awaitsVerdict(ticket) || hasHelped(ticket)) return [];
  if (isSurely("negative", facts)) return [];
  if (words !== null)
    return saysSolved(words) && !saysUseless(words) ? verdict(ticket, true, facts, now) : [];
  const gaveUp = facts.thread.stateReason === "not_planned" || lastRating(ticket) === -1;
  return gaveUp ? [] : verdict(ticket, true, facts, now);
}

/** A reporter who marks our comment as the answer of their discussion says that we helped, whoever else has spoken. */
export function choice(ticket: Ticket, answer: string | null, facts: Facts, now: number): Lesson[] {
  const isChosen = isOurs(ticket, answer) && isByReporter(ticket, facts);
  return isChosen && !ticket.withdrawn && !hasHelped(ticket) ? verdict(ticket, true, facts, now) : [];
}

/** The comment with that node id is the one in which our answer stands. */
export function isOurs({ comments }: Pick<Ticket, "comments">, nodeId: string | null): boolean {
  return nodeId !== null && nodeId === comments.triage?.nodeId;
}

/** A reporter who comes back to what our answer had closed says that it had not helped after all. */
export function disappointment(ticket: Ticket, facts: Facts, now: number): Lesson[] {
  const wasClosed = hasHelped(ticket) || isClosedOnOurAnswer(ticket);
  return isByReporter(ticket, facts) && wasClosed ? verdict(ticket, false, facts, now) : [];
}

/** The team, or we on its order, closed it as done when nobody but us had answered. */
function isClosedOnOurAnswer({ timeline = [], withdrawn, others = [] }: Ticket): boolean {
  const last = timeline.findLast((fact) => fact.type === "closed");
  if (withdrawn || last?.type !== "closed" || last.reason === "not_planned") return false;
  const answered = timeline.some((fact) => fact.type === "spoke" && fact.by === "team");
  return !answered && others.length === 0 && (last.by === "team" || last.by === "desk");
}

/** What the reporter's words after our answer say of their satisfaction; a mood that may be either says nothing. */
export function ratingOfWords(ticket: Ticket, facts: Facts, words: string, at: number): Fact[] {
  if (!awaitsVerdict(ticket)) return [];
  if (isSurely("negative", facts) || saysUseless(words)) return ratedByReporter(ticket, -1, at);
  return saysSolved(words) || isSurely("positive", facts) ? ratedByReporter(ticket, 1, at) : [];
}

/**
 * What the reporter's verdict on our help says of it, whether its word was delivered or only noticed. That of a refusal
 * is told by what refused.
 */
export function ratingOfVerdict(ticket: Ticket, lessons: readonly Lesson[], at: number): Fact[] {
  const judged = lessons.find((lesson) => aboutHelp(lesson) !== null && isTheirs(lesson, ticket));
  if (!judged || ticket.withdrawn) return [];
  return ratedByReporter(ticket, judged.type === "helpful" ? 1 : -1, at);
}

/** Is what a lesson teaches the reporter's word? */
export function isTheirs({ by }: Lesson, { author }: Pick<Ticket, "author">): boolean {
  return by !== null && by === author;
}

function ratedByReporter({ author }: Ticket, rating: Rating, at: number): Fact[] {
  return author === null ? [] : [{ at, type: "rated", by: author, rating, via: "words" }];
}

function isSurely(sentiment: "positive" | "negative", { mood }: Facts): boolean {
  return mood !== null && mood.sentiment === sentiment && mood.confidence >= SURE;
}

function isByReporter({ author }: Ticket, { actor }: Facts): boolean {
  return actor.person !== null && actor.person.login === author;
}

/** The last verdict on our help here was a good one. */
function hasHelped({ timeline = [] }: Ticket): boolean {
  const last = timeline.findLast((fact) => fact.type === "judged");
  return last?.type === "judged" && last.helpful;
}

/**
 * The reporter's last word on how they were served; null: they said none, or took it back. In public what they said
 * elsewhere is not known.
 */
function lastRating({ author, private: hidden, timeline = [] }: Ticket): Rating | null {
  const name = author?.toLowerCase();
  const last = timeline.findLast(
    (fact) => fact.type === "rated" && fact.by.toLowerCase() === name && (hidden || !isSaidElsewhere(fact)),
  );
  return last?.type === "rated" ? last.rating : null;
}
