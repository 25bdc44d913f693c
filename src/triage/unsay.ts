import type { Fact } from "../ticket/fact.ts";
import type { Lesson } from "../ticket/lesson.ts";
import type { Suggestions } from "../ticket/suggestion.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Undo } from "../ticket/undo.ts";
import { aboutHelp, subjectOf, subjectsOf } from "./help-lessons.ts";
import { lessonOf } from "./lesson.ts";
import type { Order } from "./obeyed.ts";

/**
 * How a command is taken back with what it says of our help. A reporter's complaint stays, whatever becomes of the
 * ticket: the team cannot unsay it.
 */
export function withVerdict(undo: Undo, lessons: readonly Lesson[], { facts, now }: Order): Undo {
  const refusal = lessons.some(({ type }) => type === "not-helpful");
  const verdicts = lessons.filter((lesson) => aboutHelp(lesson) !== null);
  if ((verdicts.length === 0 && !refusal) || (refusal && !facts.actor.team)) return undo;
  return { ...undo, said: { subjects: verdicts.map(({ subject }) => subject), learned: now, at: null } };
}

/** The verdict of a command that was just given has the time of its facts, by which they are found again. */
export function dated(ticket: Ticket, at: number): Ticket {
  const { undo } = ticket;
  return undo?.said?.at === null ? { ...ticket, undo: { ...undo, said: { ...undo.said, at } } } : ticket;
}

/** What takes back what the last command taught. */
export function unlearned({ ticket, facts, now }: Order): Lesson[] {
  const { said } = ticket.undo ?? {};
  return (said?.subjects ?? []).map((subject) => ({
    ...lessonOf(ticket, "taken-back", subject, facts, now),
    of: said?.learned ?? now,
  }));
}

/** The ticket's facts without what the last command said of our help, and without the help that it named. */
export function unsaid({ timeline = [], undo, suggestions }: Ticket): Fact[] {
  const named = namedBy(undo, suggestions);
  return timeline.filter((fact) => {
    switch (fact.type) {
      case "shown":
        return fact.by !== "team" || !named.includes(subjectOf(fact));
      case "judged":
        return fact.at !== undo?.said?.at || !undo.said.subjects.includes(subjectOf(fact));
      case "refused":
        return fact.at !== undo?.said?.at;
      case "rated":
        return fact.at !== undo?.said?.at || fact.via !== "words";
      default:
        return true;
    }
  });
}

/** The help that is there now and was not before the command. */
function namedBy(undo: Undo | undefined, now: Suggestions | null): string[] {
  const before = undo?.fields.suggestions;
  if (before === undefined) return [];
  return subjectsOf(now).filter((subject) => !subjectsOf(before).includes(subject));
}
