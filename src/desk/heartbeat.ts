import { defaultSettings } from "../settings/schema.ts";
import type { Desk } from "./desk.ts";
import { raiseAlarm } from "./hand-over.ts";
import { effectiveSettings } from "./settings.ts";

/** Whether work moves, as one process sees it; what others do the store tells. Times are milliseconds since 1970. */
export interface Pulse {
  /** Since when there has been something to do and nothing was done; null: nothing to do, or it moves. */
  owedSince: number | null;
  /** Why readiness is red; null: all is well. */
  alarm: string | null;
}

export function newPulse(): Pulse {
  return { owedSince: null, alarm: null };
}

/** GitHub shows activity that waits for us: a failed delivery, a change that nobody told us of, open work that is due. */
export function owe(desk: Desk): void {
  desk.memory.pulse.owedSince ??= desk.now();
}

/** Something was done: a delivery, or an action. */
export function beat(desk: Desk): void {
  desk.memory.pulse = newPulse();
}

/**
 * Raises the alarm when work has been waiting for longer than `lifecycle.heartbeat` (the smallest of all repositories')
 * and no process of this desk did any: a desk that is dead while everything looks green is worse than none. Said once.
 */
export async function listenForHeart(desk: Desk): Promise<void> {
  const { pulse } = desk.memory;
  if (pulse.owedSince === null || desk.now() - pulse.owedSince <= (await patience(desk))) return;
  const elsewhere = await desk.store.lastDone();
  if (elsewhere !== null && elsewhere > pulse.owedSince) {
    // Others work; whether something still waits the next look at GitHub tells.
    beat(desk);
    return;
  }
  if (pulse.alarm !== null) return;
  const since = new Date(elsewhere ?? pulse.owedSince).toISOString();
  pulse.alarm = `work waits, and nothing was done since ${since}: see frontdesk doctor`;
  desk.log.error({ since }, "the desk does not move: see frontdesk doctor");
  // The same for all processes of a desk, so that people hear of it once.
  const silent = { slot: `heartbeat/${since}`, title: "The desk does not move", text: pulse.alarm };
  for (const { id, gone } of await desk.store.installations()) {
    if (!gone) await raiseAlarm(desk, { installationId: id, repositoryId: null }, silent);
  }
}

async function patience(desk: Desk): Promise<number> {
  const served = (await desk.store.repositories()).filter(({ gone, archived }) => !gone && !archived);
  const settings = await Promise.all(served.map((repository) => effectiveSettings(desk, repository)));
  return Math.min(...[defaultSettings, ...settings].map(({ lifecycle }) => lifecycle.heartbeat));
}
