import { createHash } from "node:crypto";
import { digestOfNotices } from "../messages/digest.ts";
import { NotSent } from "../notify/failure.ts";
import type { Receiver } from "../notify/receiver.ts";
import { readReceiver } from "../notify/receiver.ts";
import { sendNotice } from "../notify/send.ts";
import type { Settings } from "../settings/schema.ts";
import type { OutboxEntry } from "../ticket/action.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey } from "../ticket/delivery.ts";
import type { NoticeBoard } from "../ticket/notice-board.ts";
import type { Notice } from "../ticket/notice.ts";
import { gatherNotices } from "../triage/escalation.ts";
import { quietUntil } from "../triage/quiet-hours.ts";
import type { Desk } from "./desk.ts";
import { gapAfter, MAX_FAILURES, retryAt } from "./failure.ts";
import { settingsOf } from "./settings.ts";

const HOUR_MS = 3_600_000;

/** A notice on its way to one receiver. */
export type Waiting = OutboxEntry & { action: OutboxEntry["action"] & { type: "send-notice" } };

/** Sends a receiver what may go now; returns when to look again, milliseconds since 1970, or infinity. */
export async function sendWaiting(desk: Desk, scope: ScopeKey, waiting: Waiting[]): Promise<number> {
  const [first] = waiting;
  if (!first) return Number.POSITIVE_INFINITY;
  const { channel, variable } = first.action;
  const receiver = readReceiver(channel, variable, desk.surroundings);
  if ("unusable" in receiver) {
    sayOnce(desk, receiver.unusable);
    for (const entry of waiting) await settle(desk, scope, entry, null);
    return Number.POSITIVE_INFINITY;
  }
  const { ready, later } = await apart(desk, scope, waiting);
  const { messages, lookAgainAt } = await messagesOf(desk, scope, ready);
  for (const message of messages) {
    const retry = await send(desk, scope, receiver, message);
    // What the line does not carry now it will not carry in a moment: the rest waits too.
    if (retry !== null) return Math.min(retry, ...later);
  }
  return Math.min(lookAgainAt ?? Number.POSITIVE_INFINITY, ...later);
}

function sayOnce(desk: Desk, reason: string): void {
  if (desk.memory.unusable.use(reason)) return;
  desk.memory.unusable.set(reason, true);
  desk.log.warn(
    { reason },
    "notices cannot be sent: see FRONTDESK_ALLOWED_HOSTS and notifications in README",
  );
}

/** What may go now, and when the others may. People are left alone in quiet hours; machines need no sleep. */
async function apart(
  desk: Desk,
  scope: ScopeKey,
  waiting: Waiting[],
): Promise<{ ready: Waiting[]; later: number[] }> {
  const ready: Waiting[] = [];
  const later: number[] = [];
  for (const entry of waiting) {
    const { action, notBefore } = entry;
    const { quietHours } = (await settingsOfEntry(desk, scope, entry)).notifications;
    const wakes = action.notice.urgent || action.channel === "webhook";
    const until = Math.max(notBefore, (wakes ? null : quietUntil(quietHours, desk.now())) ?? 0);
    if (until <= desk.now()) ready.push(entry);
    else later.push(until);
    if (until > notBefore && until > desk.now()) {
      await desk.store.saveEntry(scope, { ...entry, notBefore: until });
    }
  }
  return { ready, later };
}

function settingsOfEntry(desk: Desk, scope: ScopeKey, { action }: Waiting): Promise<Settings> {
  return settingsOf(desk, {
    installationId: Number(parseScopeKey(scope)[1]),
    repositoryId: action.repositoryId,
  });
}

/** Notices to send together: each by itself, or, beyond what people read in an hour, all as a digest. */
async function messagesOf(
  desk: Desk,
  scope: ScopeKey,
  ready: Waiting[],
): Promise<{ messages: Waiting[][]; lookAgainAt: number | null }> {
  const [first] = ready;
  if (!first) return { messages: [], lookAgainAt: null };
  const alone = ready.filter(({ action }) => action.channel === "webhook" || action.notice.urgent);
  const others = ready.filter((entry) => !alone.includes(entry));
  const { digestAbove } = (await settingsOfEntry(desk, scope, first)).notifications;
  const board = await desk.store.read("notices", parseScopeKey(scope)[1]);
  const sentAt = board?.sentAt[first.action.variable] ?? [];
  const gathered = gatherNotices(others, sentAt, { limit: digestAbove, window: HOUR_MS }, desk.now());
  return {
    messages: [...alone.map((entry) => [entry]), ...gathered.messages],
    lookAgainAt: gathered.lookAgainAt,
  };
}

/** Sends one message; returns when to try again, null when it is over. */
async function send(
  desk: Desk,
  scope: ScopeKey,
  receiver: Receiver,
  message: Waiting[],
): Promise<number | null> {
  const { notice, id } = asOne(message, desk.now());
  try {
    await sendNotice(receiver, notice, id, desk.now);
  } catch (error) {
    if (!(error instanceof NotSent)) throw error;
    return keep(desk, scope, message, error);
  }
  desk.memory.failuresInARow.delete(lineOf(scope, message));
  const sentAt = await noteSent(desk, scope, message);
  for (const entry of message) await settle(desk, scope, entry, sentAt);
  desk.log.info({ scope, channel: receiver.channel, notices: message.length }, "notified");
  return null;
}

/** Each receiver fails by itself: the gaps before it is tried again grow by its own failures. */
function lineOf(scope: ScopeKey, [entry]: Waiting[]): ScopeKey {
  return `${scope}/${entry?.action.variable}`;
}

function asOne(message: Waiting[], now: number): { notice: Notice; id: string } {
  const [{ action } = { action: null }, ...others] = message;
  if (!action) throw new Error("a message without a notice");
  if (others.length === 0) return { notice: action.notice, id: action.id };
  const ids = message.map((entry) => entry.action.id).join("\n");
  return {
    notice: {
      ...digestOfNotices(message.map((entry) => entry.action.notice)),
      kind: "digest",
      url: null,
      ticket: null,
      private: message.some((entry) => entry.action.notice.private),
      channels: null,
      at: now,
    },
    id: `digest:${createHash("sha256").update(ids).digest("hex").slice(0, 32)}`,
  };
}

/** When this receiver got its messages of the last hour, this one included. */
async function noteSent(desk: Desk, scope: ScopeKey, message: Waiting[]): Promise<NoticeBoard["sentAt"]> {
  const board = await desk.store.read("notices", parseScopeKey(scope)[1]);
  const variable = message[0]?.action.variable ?? "";
  const recent = (board?.sentAt[variable] ?? []).filter((at) => at > desk.now() - HOUR_MS);
  return { ...board?.sentAt, [variable]: [...recent, desk.now()] };
}

function settle(
  desk: Desk,
  scope: ScopeKey,
  { key }: Waiting,
  sentAt: NoticeBoard["sentAt"] | null,
): Promise<void> {
  const [, id] = parseScopeKey(scope);
  const patch = sentAt ? { sentAt } : {};
  return desk.store.settle({ scope: "notices", id, key, outcome: null, patch, at: desk.now() });
}

/** After a failure: a passing one is tried again and never counted, any other one is parked in the end. */
async function keep(desk: Desk, scope: ScopeKey, message: Waiting[], failure: NotSent): Promise<number> {
  const { passing, until, message: reason } = failure;
  const variable = message[0]?.action.variable;
  if (passing) {
    const notBefore = retryAt(desk, lineOf(scope, message), until);
    desk.log.warn({ scope, variable, reason, notBefore: new Date(notBefore) }, "will try again");
    for (const entry of message) await desk.store.saveEntry(scope, { ...entry, notBefore });
    return notBefore;
  }
  let next = Number.POSITIVE_INFINITY;
  for (const entry of message) {
    const failures = entry.failures + 1;
    const parked = failures >= MAX_FAILURES ? reason : null;
    const notBefore = desk.now() + gapAfter(failures);
    await desk.store.saveEntry(scope, { ...entry, failures, parked, notBefore });
    if (!parked) next = Math.min(next, notBefore);
    desk.log.warn({ scope, variable, reason, failures }, parked ? "parked a notice" : "a notice was refused");
  }
  return next;
}
