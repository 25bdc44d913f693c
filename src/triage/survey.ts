import { surveyComment } from "../messages/lifecycle-comment.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action, CommentSlot } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts } from "./facts.ts";
import { voiceOf } from "./reply.ts";

const DAY_MS = 86_400_000;

/** One survey a ticket, however often it is closed. */
export const SURVEY: CommentSlot = "survey:1";

/** Asks the reporter of a closed ticket how it was, where the settings want that, and not a person who was asked lately. */
export function surveyOf(
  ticket: Ticket,
  event: ThreadEvent,
  { thread, authorOnTeam, surveyedAt }: Facts,
  settings: Settings,
  now: number,
): Action[] {
  const { onClose } = settings.satisfaction.survey;
  if (!onClose || event.type !== "closed" || thread.state !== "closed") return [];
  // Who was silent until we closed would not answer this either.
  if (!thread.author || thread.author.bot || authorOnTeam || ticket.closedByUs) return [];
  if (ticket.comments[SURVEY] || ticket.triage?.kind === "security") return [];
  if (!mayAsk(surveyedAt, settings, now)) return [];
  return [{ type: "comment", slot: SURVEY, body: surveyComment(voiceOf(ticket, settings), SURVEY) }];
}

/** May a person be asked (again) who was last asked at `surveyedAt`? */
export function mayAsk(surveyedAt: number | null, settings: Settings, now: number): boolean {
  return surveyedAt === null || now >= surveyedAt + settings.satisfaction.survey.everyDays * DAY_MS;
}
