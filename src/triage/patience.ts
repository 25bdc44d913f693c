import { closedComment, reminderComment } from "../messages/lifecycle-comment.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action, CommentSlot } from "../ticket/action.ts";
import type { Silence } from "../ticket/service.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { readClocks } from "./clocks.ts";
import type { Facts } from "./facts.ts";
import type { Happening } from "./happenings.ts";
import { onSilence } from "./lifecycle.ts";
import { voiceOf } from "./reply.ts";

/** What is known of the reporter's silence after some happenings. */
export function followSilence(ticket: Ticket, happened: readonly Happening[]): Silence {
  const before = ticket.silence ?? {
    pendingSince: null,
    reporterSpokeAt: ticket.createdAt,
    remindedAt: null,
  };
  const spoke = happened.filter(({ type }) => type === "reporter-spoke").map(({ at }) => at);
  const known = before.pendingSince ?? ticket.triage?.at ?? null;
  const asked = happened.findLast(({ type }) => type === "waiting")?.at ?? known;
  return {
    ...before,
    reporterSpokeAt: Math.max(before.reporterSpokeAt, ...spoke),
    pendingSince: ticket.status === "pending" ? asked : null,
  };
}

/** What the silence leads to by the settings, and when to look again. */
function outcomeOf(ticket: Ticket, settings: Settings, now: number): ReturnType<typeof onSilence> {
  const { silence, status, service } = ticket;
  if (!silence || ticket.withdrawn || ticket.muted || settings.mode !== "reply")
    return { action: "none", dueAt: null };
  const owed = service ? readClocks(service.clocks).owed : false;
  const { remindAfter, closeAfter } = settings.lifecycle;
  return onSilence({ ...silence, status, owed }, { remindAfter, closeAfter }, now);
}

/** When the reporter's silence leads to something; null: it does not. */
export function silenceDue(ticket: Ticket, settings: Settings, now: number): number | null {
  const { action, dueAt } = outcomeOf(ticket, settings, now);
  return action === "none" ? dueAt : now;
}

/** What the reporter's silence leads to: one polite reminder, then a closing where the settings want that. */
export function onReportersSilence(
  ticket: Ticket,
  { thread, authorOnTeam }: Facts,
  settings: Settings,
  now: number,
): { ticket: Ticket; actions: Action[]; dueAt: number | null } {
  const { silence } = ticket;
  const rests = { ticket, actions: [], dueAt: null };
  if (!silence || thread.locked || thread.archived || authorOnTeam || thread.state === "closed") return rests;
  const { action, dueAt } = outcomeOf(ticket, settings, now);
  if (action === "none") return { ...rests, dueAt };
  const voice = voiceOf(ticket, settings);
  const since = Math.max(silence.pendingSince ?? 0, silence.reporterSpokeAt);
  const { closeAfter } = settings.lifecycle;
  if (action === "remind") {
    const slot: CommentSlot = `reminder:${since}`;
    const missing = ticket.triage?.missing ?? [];
    const body = reminderComment(voice, slot, { silence: now - since, closesIn: closeAfter, missing });
    return {
      ticket: { ...ticket, silence: { ...silence, remindedAt: now } },
      actions: [{ type: "comment", slot, body }],
      dueAt: closeAfter === null ? null : now + closeAfter,
    };
  }
  const slot: CommentSlot = `reminder:closed-${since}`;
  const said: Action = { type: "comment", slot, body: closedComment(voice, slot, now - since) };
  return { ticket, actions: [said, { type: "close", reason: "not_planned" }], dueAt: null };
}
