import { setTimeout as sleep } from "node:timers/promises";
import { reconcile } from "../../src/desk/reconcile.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Store } from "../../src/store/store.ts";
import { ownComments } from "../e2e/world.ts";
import type { Generator } from "../generator.ts";
import { generator } from "../generator.ts";
import { Killed } from "./life.ts";
import { faultsOf, fates, noted, secondaryLimits } from "./faults.ts";
import type { ScriptedTicket } from "./script.ts";
import { act, expectedLabels, openTicket } from "./script.ts";
import type { Trial } from "./trial.ts";
import { openTrial } from "./trial.ts";

/** What is wrong in the end, in words; empty: all is well. */
export async function complaints(
  sandbox: Sandbox,
  store: Store,
  tickets: ScriptedTicket[],
): Promise<string[]> {
  const found: string[] = [];
  for (const ticket of tickets) {
    const name = `${ticket.kind} #${ticket.place.number} (${ticket.text}, vetoed: ${ticket.vetoed}, withdrawn: ${ticket.withdrawn})`;
    const labels = sandbox.labels(ticket.place).sort().join();
    const expected = expectedLabels(ticket).join();
    if (labels !== expected) found.push(`${name} has the labels [${labels}], not [${expected}]`);
    const comments = ownComments(sandbox, ticket.place).length;
    if (comments !== 1) found.push(`${name} has ${comments} comments of ours`);
  }
  let known = 0;
  for await (const _ of store.tickets()) known += 1;
  if (known !== tickets.length) found.push(`${known} of ${tickets.length} tickets are known`);
  for (const { scope, what, reason } of await store.parked())
    found.push(`parked ${scope} ${what}: ${reason}`);
  for (const { scope } of await store.openScopes()) found.push(`${scope} is not done`);
  return found;
}

export interface RunOptions {
  databaseUrl?: string;
  /** The kinds of faults that came up are put in here. */
  met?: Set<string>;
}

/** A whole run: a script that the seed writes, faults that the seed chooses, and what is wrong in the end. */
export async function run(
  seed: number,
  { databaseUrl, met = new Set() }: RunOptions = {},
): Promise<string[]> {
  const chance = generator(seed);
  const limits = secondaryLimits(chance);
  const concurrency = chance.pick([1, 1, 4]);
  const fateOf = fates(seed);
  const trial = await openTrial({
    fateOf: (boundary) => noted(fateOf(boundary), (fate) => met.add(fate)),
    sandbox: {
      faults: faultsOf(seed, 20, met),
      deliveryConcurrency: concurrency,
      ...(limits ? { limits: { secondary: limits } } : {}),
    },
    ...(databaseUrl ? { databaseUrl } : {}),
  });
  try {
    const tickets = await play(chance, trial);
    await trial.heal();
    return await complaints(trial.sandbox, trial.frontdesk().desk.store, tickets);
  } finally {
    await trial.close();
  }
}

async function play(chance: Generator, trial: Trial): Promise<ScriptedTicket[]> {
  const tickets: ScriptedTicket[] = [];
  const wanted = chance.integer(3, 6);
  for (let steps = wanted * 4; steps > 0; steps--) {
    if (tickets.length < wanted && chance.chance(0.5)) tickets.push(openTicket(chance, trial.sandbox));
    else if (tickets.length > 0) act(chance, trial.sandbox, chance.pick(tickets));
    if (chance.chance(0.3)) await trial.rest();
    else await sleep(chance.integer(0, 10));
    trial.pass(chance.integer(1, 90) * 1_000);
    if (chance.chance(0.5)) await trial.revive();
    if (chance.chance(0.1) && !trial.life().dead) await lookAround(trial);
  }
  while (tickets.length < wanted) tickets.push(openTicket(chance, trial.sandbox));
  return tickets;
}

/** The hourly look may come, and the desk may die, at any time. */
async function lookAround(trial: Trial): Promise<void> {
  const { desk } = trial.frontdesk();
  try {
    await reconcile(desk);
    for (const { scope, notBefore } of await desk.store.openScopes())
      await desk.queue.push(scope, { notBefore });
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
}
