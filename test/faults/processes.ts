import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WEBHOOK_PATH } from "../../src/app.ts";
import type { InstalledApp, Sandbox } from "../../src/sandbox/sandbox.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import type { DeskProcess } from "../e2e/desk-process.ts";
import { startDesk } from "../e2e/desk-process.ts";
import { EVENTS, furnish, PERMISSIONS, until } from "../e2e/world.ts";
import type { Generator } from "../generator.ts";
import { generator } from "../generator.ts";
import { faultsOf } from "./faults.ts";
import { complaints } from "./run.ts";
import type { ScriptedTicket } from "./script.ts";
import { act, openTicket } from "./script.ts";

/** What a dead process held is free after 25 s: until then work may be left. */
const PATIENCE_MS = 60_000;

export interface ProcessRun {
  /** null: one process on a folder. */
  databaseUrl: string | null;
  processes: 1 | 2;
}

interface Office {
  sandbox: Sandbox;
  app: InstalledApp;
  desks: DeskProcess[];
  variables: NodeJS.ProcessEnv;
}

/** A whole run with real processes, which are killed at random moments: what is wrong in the end. */
export async function runProcesses(seed: number, { databaseUrl, processes }: ProcessRun): Promise<string[]> {
  const chance = generator(seed);
  let faulty = false;
  const { onRequest, onDelivery } = faultsOf(seed, 1, new Set());
  const sandbox = await createSandbox({
    latencyMs: chance.pick([0, 10, 40]),
    deliveryConcurrency: chance.pick([1, 4]),
    faults: {
      onRequest: (request) => (faulty ? onRequest(request) : undefined),
      onDelivery: (parcel) => (faulty ? spared(onDelivery(parcel)) : undefined),
    },
  });
  furnish(sandbox, { settings: "acknowledge: always\n" });
  const app = sandbox.installApp({
    slug: "frontdesk",
    account: "octo-org",
    permissions: PERMISSIONS,
    events: EVENTS,
  });
  const dataDir = mkdtempSync(join(tmpdir(), "frontdesk-kill-"));
  const rounds = { FRONTDESK_RECONCILE_SECONDS: "2", FRONTDESK_TICK_SECONDS: "1" };
  const store = databaseUrl === null ? { DATA_DIR: dataDir } : { DATABASE_URL: databaseUrl };
  const office: Office = { sandbox, app, desks: [], variables: { ...rounds, ...store } };
  try {
    for (let i = 0; i < processes; i++) await hire(office);
    faulty = true;
    const tickets = await play(chance, office, processes);
    faulty = false;
    return databaseUrl === null
      ? await inspectFolder(office, dataDir, tickets)
      : await inspectDatabase(office, databaseUrl, tickets);
  } finally {
    for (const desk of office.desks) await desk.end("SIGKILL");
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The clock is the real one: of two changes within a second, one of which is lost, no look can tell. */
function spared<T extends { do: string }>(fault: T | undefined): T | undefined {
  return fault?.do === "drop" ? undefined : fault;
}

/** Starts a desk, which serves what is opened from the moment on at which it knows its repositories. */
async function hire({ sandbox, app, desks, variables }: Office): Promise<void> {
  const desk = await startDesk(sandbox, app, variables);
  desks.push(desk);
  await until(() => desk.output().includes("looked for what was missed"));
}

/** Kill -9; deliveries go to whoever is left. */
async function kill(chance: Generator, { sandbox, desks }: Office): Promise<void> {
  const victim = chance.pick(desks);
  desks.splice(desks.indexOf(victim), 1);
  await victim.end("SIGKILL");
  const [left] = desks;
  if (left) sandbox.setWebhookUrl(`${left.url}${WEBHOOK_PATH}`);
}

/** The script, in which a process dies in the middle of the work on what was just done. */
async function play(chance: Generator, office: Office, processes: number): Promise<ScriptedTicket[]> {
  const tickets: ScriptedTicket[] = [];
  const steps = 10;
  const deadly = [chance.integer(2, 4), ...(processes === 1 ? [chance.integer(6, 8)] : [])];
  for (let step = 0; step < steps; step++) {
    if (tickets.length < 5 && chance.chance(0.6)) tickets.push(openTicket(chance, office.sandbox));
    else if (tickets.length > 0) act(chance, office.sandbox, chance.pick(tickets));
    await sleep(chance.integer(0, 300));
    if (!deadly.includes(step)) continue;
    await kill(chance, office);
    if (processes === 1) await hire(office);
  }
  return tickets;
}

/** Looks until nothing is wrong, or patience ends. */
async function inspectDatabase(
  { sandbox }: Office,
  url: string,
  tickets: ScriptedTicket[],
): Promise<string[]> {
  const store = await openPostgresStore({
    url,
    now: Date.now,
    enqueue: async () => undefined,
    onError: () => undefined,
  });
  try {
    return await patiently(sandbox, () => complaints(sandbox, store, tickets));
  } finally {
    await store.close();
  }
}

/** A folder can be looked into only while nobody works there. */
async function inspectFolder(office: Office, dir: string, tickets: ScriptedTicket[]): Promise<string[]> {
  return patiently(office.sandbox, async () => {
    await sleep(1_500);
    for (const desk of office.desks.splice(0)) await desk.end("SIGTERM");
    const store: Store = await openLowdbStore({ dir, now: Date.now });
    const wrong = await complaints(office.sandbox, store, tickets);
    await store.close();
    if (wrong.length > 0) await hire(office);
    return wrong;
  });
}

async function patiently(sandbox: Sandbox, look: () => Promise<string[]>): Promise<string[]> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    await sandbox.settled();
    const wrong = await look();
    if (wrong.length === 0 || Date.now() > end) return wrong;
    await sleep(250);
  }
}
