import { scopeKey } from "../ticket/delivery.ts";
import type { Desk } from "./desk.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { wakesAt } from "../triage/watch.ts";
import { lookAtReactions } from "./reactions.ts";
import { listenForHeart, owe } from "./heartbeat.ts";
import { wakeHistories } from "./history.ts";
import { reconcile } from "./reconcile.ts";
import { repeat } from "./repeat.ts";
import { forgetOld } from "./retention.ts";
import { wakeReports } from "./tend-reports.ts";
import { wakeRosters } from "./roster.ts";
import { standingOfScope } from "./standing.ts";

/** As many due tickets are woken in one round; the rest is still due in the next. */
export const MOST_DUE = 1_000;

export interface Intervals {
  reconcileSeconds: number;
  tickSeconds: number;
}

/** What is looked at again and again: due clocks, and what we missed. Starts with a look at what we missed. */
export function startRounds(
  desk: Desk,
  { reconcileSeconds, tickSeconds }: Intervals,
): { stop(): Promise<void> } {
  const rounds = [
    {
      name: "reconcile",
      seconds: reconcileSeconds,
      atOnce: true,
      async run() {
        const complete = await reconcile(desk);
        await wakeOpenWork(desk);
        return complete;
      },
    },
    {
      name: "tick",
      seconds: tickSeconds,
      atOnce: false,
      async run() {
        await tick(desk);
        return true;
      },
    },
  ].map((round) => repeat(round, (error) => desk.log.error({ err: error }, `a round failed: ${round.name}`)));
  return {
    async stop() {
      await Promise.all(rounds.map((round) => round.stop()));
    },
  };
}

/** Work that the store has and the queue may have lost, or that a command gave another chance. */
export async function wakeOpenWork(desk: Desk): Promise<void> {
  for (const { scope, notBefore } of await desk.store.openScopes()) {
    // What waits for an unsuspension is neither owed nor woken.
    if ((await standingOfScope(desk, scope)) === "suspended") continue;
    if (notBefore <= desk.now()) owe(desk);
    await desk.queue.push(scope, { notBefore });
  }
  await wakeHistories(desk);
}

/** Wakes the tickets whose clocks are due, and what reports; looks at reactions where it is time. */
export async function tick(desk: Desk): Promise<void> {
  // First: a round that fails at what follows is what the alarm is for.
  await listenForHeart(desk);
  const watched: Ticket[] = [];
  for (const key of await desk.store.due(desk.now(), MOST_DUE)) {
    const ticket = await desk.store.read("ticket", key);
    if (!ticket || (await isAway(desk, ticket))) continue;
    const wakeAt = wakesAt(ticket);
    // Where both are due the clock comes first: the reactions are still due in the next round.
    if (ticket.watch && (wakeAt === null || wakeAt > desk.now())) watched.push(ticket);
    else await desk.queue.push(scopeKey("ticket", key));
  }
  await lookAtReactions(desk, watched);
  await wakeReports(desk);
  await wakeRosters(desk);
  await forgetOld(desk);
}

/** How often it is looked whether a suspended installation's clocks may go on. */
const SUSPENDED_LOOK_MS = 3_600_000;

/** A clock of what we may not work on: it comes up again later, or never, so that it is not in the way of the others. */
async function isAway(desk: Desk, { key }: Ticket): Promise<boolean> {
  const standing = await standingOfScope(desk, scopeKey("ticket", key));
  if (standing === "served") return false;
  const patch =
    standing === "gone" ? { wakeAt: null, dueAt: null } : { dueAt: desk.now() + SUSPENDED_LOOK_MS };
  await desk.store.merge("ticket", key, patch);
  return true;
}
