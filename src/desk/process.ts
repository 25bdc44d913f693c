import type { Delivery } from "../ticket/delivery.ts";
import { scopeKey } from "../ticket/delivery.ts";
import type { OutboxEntry } from "../ticket/action.ts";
import { idempotencyKey } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Thread } from "../ticket/thread.ts";
import { ticketKey } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { urgencyOf } from "../ticket/urgency.ts";
import { readThread } from "../github/threads.ts";
import type { Decision } from "../triage/decide.ts";
import { decide } from "../triage/decide.ts";
import { learnAliases } from "./articles.ts";
import { followThread } from "./backlog.ts";
import type { Desk } from "./desk.ts";
import { executeOutbox } from "./execute.ts";
import { learnFrom } from "./lessons.ts";
import { announceMove } from "./moved.ts";
import { gather } from "./gather.ts";

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
  if (gathered) await followThread(desk, gathered.event, gathered.settings);
  if (gathered) await learnFrom(desk, gathered, known);
  const decision = gathered && decide(known, gathered.event, gathered.facts, gathered.settings, desk.now());
  if (!gathered || !decision) {
    desk.log.debug({ ticket: key, type: event.type }, "not a ticket of ours");
    return desk.store.discard(deliveries);
  }
  explain(desk, event, decision, gathered.settings.mode);
  const outbox = decision.plan.map((action): OutboxEntry => {
    const idempotent = idempotencyKey(key, action);
    return {
      key: idempotent,
      action,
      decidedAt: desk.now(),
      snapshotAt: gathered.snapshotAt,
      failures: 0,
      notBefore: 0,
      parked: null,
    };
  });
  const { ticket: document, lessons } = decision;
  await announceMove(desk, event);
  await desk.store.commit({ scope: "ticket", id: key, document, deliveries, outbox, lessons });
  learnAliases(desk, gathered.event.thread, lessons);
  // A wish that takes the place of one that was tried already is not fresh: the try may have been applied.
  const fresh = outbox.map((entry) => entry.key).filter((one) => !waiting.some((tried) => tried.key === one));
  await executeOutbox(desk, scope, new Set(fresh));
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
    because,
  };
  const actions = plan.map((action) => action.type);
  desk.log.info({ ticket: ticket.key, type: event.type, mode, ...decided, actions }, "decided");
}
