import type { Delivery } from "../ticket/delivery.ts";
import { scopeKey } from "../ticket/delivery.ts";
import type { Action, OutboxEntry } from "../ticket/action.ts";
import { idempotencyKey } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Thread } from "../ticket/thread.ts";
import { ticketKey } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { urgencyOf } from "../ticket/urgency.ts";
import { readThread } from "../github/threads.ts";
import type { Decision } from "../triage/decide.ts";
import { decide } from "../triage/decide.ts";
import { learnAliases } from "./shelving.ts";
import { followThread } from "./backlog.ts";
import { count } from "./counters.ts";
import type { Desk } from "./desk.ts";
import { executeOutbox } from "./execute.ts";
import { learnFrom } from "./lessons.ts";
import { announceMove } from "./moved.ts";
import { type Gathered, gather } from "./gather.ts";
import { noteRota, withPeople } from "./people.ts";
import { noteDeletedReport } from "./report-issue.ts";
import { askOnce } from "./survey.ts";

/** One event on a thread, all the way: gather, decide, commit, execute. */
export async function processThreadEvent(
  desk: Desk,
  event: ThreadEvent,
  delivery: Delivery | null,
): Promise<void> {
  const key = ticketKey(event.thread);
  const deliveries = delivery ? [delivery.id] : [];
  const known = await desk.store.read("ticket", key);
  const scope = scopeKey("ticket", key);
  const waiting = await desk.store.outbox(scope);
  const gathered = await gather(desk, event, known, waiting, delivery?.receivedAt ?? desk.now());
  if (event.type === "deleted") await noteDeletedReport(desk, event.thread);
  if (gathered) await followThread(desk, gathered.event, gathered.settings);
  if (gathered) await learnFrom(desk, gathered, known);
  const fresh =
    gathered && (await withPeople(desk, gathered, (all) => conclude(desk, all, known, waiting, deliveries)));
  if (!fresh) {
    desk.log.debug({ ticket: key, type: event.type }, "not a ticket of ours");
    return desk.store.discard(deliveries);
  }
  await executeOutbox(desk, scope, fresh);
}

/** Decides and commits. Returns the keys of actions that were never tried; null: the thread is none of ours. */
async function conclude(
  desk: Desk,
  gathered: Gathered,
  known: Ticket | null,
  waiting: readonly OutboxEntry[],
  deliveries: string[],
): Promise<Set<string> | null> {
  const { event, settings, snapshotAt } = gathered;
  const decision = await askOnce(desk, gathered, (all) => decide(known, event, all, settings, desk.now()));
  if (!decision) return null;
  explain(desk, event, decision, settings.mode);
  const { ticket: document, lessons, plan } = decision;
  const { key } = document;
  const outbox = plan.map((action) => entryOf(desk, key, action, snapshotAt));
  await announceMove(desk, event);
  await desk.store.commit({ scope: "ticket", id: key, document, deliveries, outbox, lessons });
  await noteRota(desk, gathered, known, document);
  learnAliases(desk, event.thread, lessons);
  // A wish that takes the place of one that was tried already is not fresh: the try may have been applied.
  const tried = new Set(waiting.map((entry) => entry.key));
  return new Set(outbox.map((entry) => entry.key).filter((one) => !tried.has(one)));
}

function entryOf(desk: Desk, ticket: string, action: Action, snapshotAt: number): OutboxEntry {
  return {
    key: idempotencyKey(ticket, action),
    action,
    decidedAt: desk.now(),
    snapshotAt,
    failures: 0,
    notBefore: "notBefore" in action ? (action.notBefore ?? 0) : 0,
    parked: null,
  };
}

/** The thread as it is now on GitHub; null when it is gone. */
export async function readAgain(desk: Desk, ticket: Ticket): Promise<Thread | null> {
  const octokit = await desk.clients.installation(ticket.installationId, urgencyOf(ticket));
  return readThread(octokit, ticket);
}

function explain(desk: Desk, event: ThreadEvent, decision: Decision, mode: string): void {
  const { ticket, plan, because } = decision;
  const decided = {
    kind: ticket.triage?.kind ?? null,
    confidence: ticket.triage?.confidence ?? null,
    // It quotes words of the text: in a private repository no log repeats them.
    because: ticket.private ? because.length : because,
  };
  const actions = plan.map((action) => action.type);
  count(desk.memory.counters, "frontdesk_decisions_total", { type: event.type });
  desk.log.info({ ticket: ticket.key, type: event.type, mode, ...decided, actions }, "decided");
}
