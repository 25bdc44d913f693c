import type { Lesson } from "../ticket/lesson.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts } from "./facts.ts";

/** What somebody's word on something of ours teaches. */
export function lessonOf(
  ticket: Ticket,
  type: Lesson["type"],
  subject: string,
  { actor }: Pick<Facts, "actor">,
  now: number,
): Lesson {
  const { key, repositoryId } = ticket;
  const by = actor.person?.login ?? null;
  return { ticket: key, repositoryId, type, subject, by, byTeam: actor.team, at: now };
}
