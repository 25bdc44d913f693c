import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { createSandbox, type Opened, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { TEXTS } from "../builders/facts.ts";
import { createDatabase } from "../postgres/database.ts";
import { NOON, sampleTicket } from "../store/samples.ts";
import { seedFolder, seedTickets } from "../store/seed.ts";
import { type DeskChild, startDeskChild } from "./desk-child.ts";
import { furnishForBench } from "./furnish.ts";
import { median, type Row } from "./row.ts";

const SIZES = [0, 10_000, 100_000];
const ROUNDS = 5;
/** New issues in a round. */
const ISSUES = 60;
/** What each makes: it was opened, and our label and our comment come back. */
const DELIVERIES = 3;
const WARM_UP = 20;
/** A round takes a second or two; a busy machine may take its time. */
const MOST_MS = 120_000;
const NO_LIMITS = { perHour: 1e9, graphqlPerHour: 1e9 };

interface Place {
  place: { dataDir: string } | { databaseUrl: string };
  remove(): Promise<void>;
}

/** Where the seeded tickets are: in the repository of the events, behind them. */
const firstSeeded = (sandbox: Sandbox) => `${[...sandbox.state.repositories.keys()][0]}/1000000`;

async function folder(sandbox: Sandbox, tickets: number): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  if (tickets > 0) await seedFolder(dataDir, tickets, firstSeeded(sandbox));
  return { place: { dataDir }, remove: async () => rmSync(dataDir, { recursive: true }) };
}

async function database(sandbox: Sandbox, tickets: number): Promise<Place> {
  const { url, drop } = await createDatabase();
  const onError = (error: Error) => {
    throw error;
  };
  const store = await openPostgresStore({ url, now: () => NOON, enqueue: async () => undefined, onError });
  await store.close();
  const client = new pg.Client(url);
  await client.connect();
  const first = firstSeeded(sandbox);
  if (tickets > 0) await seedTickets(client, tickets, JSON.stringify(sampleTicket(first)), first);
  await client.query("vacuum analyze");
  await client.end();
  return { place: { databaseUrl: url }, remove: drop };
}

/** Seconds until so many new issues have their label and their comment, and these came back. */
async function round(sandbox: Sandbox, repository: string, name: string, issues: number): Promise<number> {
  const mona = sandbox.as("mona");
  const before = sandbox.deliveries().length;
  const began = performance.now();
  const opened: Opened[] = [];
  for (let i = 0; i < issues; i++) {
    opened.push(mona.openIssue(repository, { ...TEXTS.bug, title: `${TEXTS.bug.title} ${name} ${i}` }));
  }
  const expected = before + issues * DELIVERIES;
  while (sandbox.deliveries().length < expected) {
    if (performance.now() - began > MOST_MS) {
      const came = sandbox.deliveries().length - before;
      throw new Error(`${came} of ${issues * DELIVERIES} deliveries within ${MOST_MS} ms`);
    }
    await sleep(2);
  }
  await sandbox.settled();
  return (performance.now() - began) / 1_000;
}

interface Figures {
  perSecond: number;
  /** Of the desk's process, for one event, milliseconds. */
  cpu: number;
}

async function measure(make: (sandbox: Sandbox, tickets: number) => Promise<Place>, tickets: number) {
  const sandbox = await createSandbox({ limits: NO_LIMITS, deliveryConcurrency: 8 });
  const [app, [repository = ""]] = furnishForBench(sandbox);
  const { place, remove } = await make(sandbox, tickets);
  const desk = await startDeskChild(sandbox, app, place);
  try {
    return await figuresOf(sandbox, repository, desk);
  } finally {
    await desk.kill();
    await sandbox.close();
    await remove();
  }
}

async function figuresOf(sandbox: Sandbox, repository: string, desk: DeskChild): Promise<Figures> {
  await round(sandbox, repository, "warm", WARM_UP);
  const before = await desk.usage();
  const seconds: number[] = [];
  for (let i = 0; i < ROUNDS; i++) seconds.push(await round(sandbox, repository, `${i}`, ISSUES));
  const after = await desk.usage();
  const events = ISSUES * DELIVERIES;
  const cpu = ((after.cpuSeconds - before.cpuSeconds) * 1_000) / (ROUNDS * events);
  return { perSecond: events / median(seconds), cpu };
}

/**
 * Events a second from end to end: an issue is opened, delivered, decided, labelled, commented, and what we wrote comes
 * back as deliveries. The desk is a process of its own, the sandbox another, on the same cores.
 */
export async function eventsBench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, make] of [
    ["lowdb", folder],
    ["PostgreSQL", database],
  ] as const) {
    const figures: Figures[] = [];
    for (const tickets of SIZES) {
      const figure = await measure(make, tickets);
      figures.push(figure);
      const value = Math.round(figure.perSecond);
      rows.push({ what: `${name}, ${tickets} tickets: events`, value, unit: "events/s" });
      rows.push({
        what: `${name}, ${tickets} tickets: CPU of the desk`,
        value: figure.cpu,
        unit: "ms/event",
      });
    }
    const [none, most] = [figures[0], figures.at(-1)] as [Figures, Figures];
    const value = none.perSecond / most.perSecond;
    rows.push({ what: `${name}: cost of an event, most tickets / none`, value, unit: "x", aim: "<= 1.2" });
  }
  return rows;
}
