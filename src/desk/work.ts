import { classifyFailure } from "../github/failure.ts";
import { parseEvent } from "../github/parse-event.ts";
import type { Delivery, Scope, ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey } from "../ticket/delivery.ts";
import type { DeskEvent, ThreadEvent } from "../ticket/event.ts";
import { tendBacklog } from "./backlog.ts";
import { wakesAt } from "../triage/watch.ts";
import type { Desk } from "./desk.ts";
import { FEEDBACK, keepFeedback } from "./feedback.ts";
import { tendDemotions } from "./demotions.ts";
import { executeOutbox } from "./execute.ts";
import { beat } from "./heartbeat.ts";
import { postpone } from "./failure.ts";
import { readOldThreads } from "./history.ts";
import { IMPROVED, noteImprovement } from "./improvements.ts";
import { followInstallation } from "./installation.ts";
import { followRepository } from "./repository.ts";
import { tendArticles } from "./shelving.ts";
import { standingOfScope } from "./standing.ts";
import { tendProblems } from "./tend-problems.ts";
import { workNotices } from "./notices.ts";
import { REPORT_ORDERED } from "./ordered-reports.ts";
import { tendReports, writeReports } from "./tend-reports.ts";
import { workMirror } from "./mirror.ts";
import { MOVED, movedEvent } from "./moved.ts";
import { NOTICED, noticedEvent } from "./noticed.ts";
import { noteOwnEvent } from "./own-events.ts";
import { restUntil } from "./permission.ts";
import { processThreadEvent, readAgain } from "./process.ts";
import { hearReactions, REACTED } from "./reactions.ts";
import { workRoster } from "./roster.ts";
import { workSponsors } from "./sponsors.ts";
import { RECOMPUTED, recompute } from "./recompute.ts";

/** Word of our own that changes a ticket as it is stored, and asks GitHub nothing. */
const KEPT: Readonly<Record<string, (desk: Desk, delivery: Delivery) => Promise<void>>> = {
  [FEEDBACK]: keepFeedback,
  [RECOMPUTED]: recompute,
  [IMPROVED]: noteImprovement,
};

/** Scopes about which GitHub sends the App nothing. */
const OWN: Partial<Record<Scope, (desk: Desk, scope: ScopeKey) => Promise<void>>> = {
  notices: workNotices,
  roster: workRoster,
  sponsors: workSponsors,
  mirror: workMirror,
};

/**
 * Does all the work that waits on a scope: first the deliveries in the order in which they came, then what was begun
 * before (what we have heard tells what a try whose answer was lost may have done, and what people did to it), then
 * clocks that are due. Called by the queue for one scope at a time; may be called for nothing.
 */
export async function work(desk: Desk, scope: ScopeKey): Promise<void> {
  try {
    const own = OWN[parseScopeKey(scope)[0]];
    if (own) return await own(desk, scope);
    const heard = await hear(desk, scope);
    await executeOutbox(desk, scope, null);
    if (!heard || (await standingOfScope(desk, scope)) !== "served") return;
    await wakeIfDue(desk, scope);
    await tendArticles(desk, scope);
    await tendProblems(desk, scope);
    await tendDemotions(desk, scope);
    await tendReports(desk, scope);
    await tendBacklog(desk, scope);
    await readOldThreads(desk, scope);
  } catch (error) {
    if ((await restUntil(desk, scope, classifyFailure(error, desk.now()), desk.now())) !== null) return;
    await postpone(desk, scope, null, error);
  }
}

/** False when a delivery has to wait, and those behind it. */
async function hear(desk: Desk, scope: ScopeKey): Promise<boolean> {
  for (;;) {
    const [delivery] = await desk.store.pending(scope, 1);
    if (!delivery) return true;
    if (!(await handle(desk, delivery))) return false;
    desk.memory.failuresInARow.delete(scope);
    beat(desk);
  }
}

/** False when the delivery has to wait: then later ones wait too, so that their order stays. */
async function handle(desk: Desk, delivery: Delivery): Promise<boolean> {
  const log = desk.log.child({ delivery: delivery.id, event: delivery.event, scope: delivery.scope });
  try {
    if (delivery.event === NOTICED) {
      await processThreadEvent({ ...desk, log }, noticedEvent(delivery), delivery);
      return true;
    }
    if (delivery.event === MOVED) {
      const event = await movedEvent(desk, delivery);
      await (event
        ? processThreadEvent({ ...desk, log }, event, delivery)
        : desk.store.discard([delivery.id]));
      return true;
    }
    if (delivery.event === REACTED) {
      const refused = await hearReactions(desk, delivery);
      await (refused ? hearRefusal({ ...desk, log }, delivery) : desk.store.discard([delivery.id]));
      return true;
    }
    const keep = KEPT[delivery.event];
    if (keep) {
      await keep({ ...desk, log }, delivery);
      return true;
    }
    if (delivery.event === REPORT_ORDERED) {
      await writeReports(desk, delivery.scope, true);
      await desk.store.discard([delivery.id]);
      return true;
    }
    const parsed = parseEvent(delivery.event, JSON.parse(delivery.payload), delivery.receivedAt);
    if ("ignored" in parsed) {
      log.debug({ reason: parsed.ignored }, "ignored a delivery");
      await desk.store.discard([delivery.id]);
      return true;
    }
    if (parsed.event.actor?.login === desk.self) {
      await noteOwnEvent(desk, parsed.event, delivery);
      return true;
    }
    await dispatch({ ...desk, log }, parsed.event, delivery);
    return true;
  } catch (error) {
    const failure = classifyFailure(error, desk.now());
    if ((await restUntil(desk, delivery.scope, failure, delivery.receivedAt)) !== null) return false;
    return postpone({ ...desk, log }, delivery.scope, delivery.id, error);
  }
}

async function dispatch(desk: Desk, event: DeskEvent, delivery: Delivery): Promise<void> {
  switch (event.scope) {
    case "ticket":
      return processThreadEvent(desk, event, delivery);
    case "repository":
      return followRepository(desk, event, delivery);
    case "installation":
      return followInstallation(desk, event, delivery);
  }
}

/** The reporter's thumbs-down on our comment, found by looking: the thread is read, then it is an event like any. */
async function hearRefusal(desk: Desk, delivery: Delivery): Promise<void> {
  const ticket = await desk.store.read("ticket", parseScopeKey(delivery.scope)[1]);
  const thread = ticket && (await readAgain(desk, ticket));
  if (!ticket || !thread) return desk.store.discard([delivery.id]);
  const event: ThreadEvent = { scope: "ticket", type: "disliked", thread, actor: thread.author };
  return processThreadEvent(desk, event, delivery);
}

/** What is due within this is waited for; what is due later is found by the tick. */
const SOON_MS = 3_600_000;

/** A clock of the ticket is due: it comes in by the same door, as an event. */
async function wakeIfDue(desk: Desk, scope: ScopeKey): Promise<void> {
  const [kind, id] = parseScopeKey(scope);
  if (kind !== "ticket") return;
  const ticket = await desk.store.read("ticket", id);
  const wakeAt = ticket && wakesAt(ticket);
  if (!ticket || wakeAt === null) return;
  if (wakeAt > desk.now() + SOON_MS) return;
  if (wakeAt > desk.now()) return desk.queue.push(scope, { notBefore: wakeAt });
  const thread = await readAgain(desk, ticket);
  if (!thread) {
    const document = { ...ticket, status: "deleted", wakeAt: null, dueAt: null } as const;
    return desk.store.commit({ scope: "ticket", id, document });
  }
  const event: ThreadEvent = { scope: "ticket", type: "due", thread, actor: null };
  return processThreadEvent(desk, event, null);
}
