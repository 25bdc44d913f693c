import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { createDatabase } from "../postgres/database.ts";
import { NOON, sampleDelivery, sampleEntry, sampleTicket } from "../store/samples.ts";
import { seedFolder, seedTickets } from "../store/seed.ts";
import { median, type Row } from "./row.ts";

const EVENTS = 1_500;
const AT_ONCE = 16;
const RUNS = 3;
const PAYLOAD = JSON.stringify({ action: "opened", body: 'It "wobbles".\n'.repeat(900) });

/** Deliveries have ids of their own in every run. */
let runs = 0;

/** Calls `work` for 0, 1, ... up to `count`, some at once. Gives how many were done a second. */
async function perSecond(count: number, atOnce: number, work: (i: number) => Promise<void>): Promise<number> {
  let next = 0;
  const began = performance.now();
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return count / ((performance.now() - began) / 1_000);
}

/** The whole way of a delivery through the store: arrival, decision, one action, its outcome. */
async function event(store: Store, run: number, i: number, tickets: number): Promise<void> {
  // Most events are about tickets that are there already, spread over all of them.
  const number = tickets === 0 ? i : (i * 7_919 + run) % tickets;
  const key = `1/${number}`;
  const scope = `ticket:${key}` as const;
  const id = `${run}-${i}`;
  await store.receive(sampleDelivery(id, scope, { payload: PAYLOAD, receivedAt: NOON }));
  const deliveries = (await store.pending(scope, 1)).map((delivery) => delivery.id);
  await store.read("ticket", key);
  const document = sampleTicket(key, { status: "open", dueAt: NOON + number });
  await store.commit({ scope: "ticket", id: key, document, deliveries, outbox: [sampleEntry(id)] });
  for (const { key: action } of await store.outbox(scope)) {
    const patch = { ownLabels: ["bug"] };
    await store.settle({ scope: "ticket", id: key, key: action, outcome: { type: "done" }, patch, at: NOON });
  }
}

async function eventsPerSecond(store: Store, tickets: number): Promise<number> {
  const figures: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    runs += 1;
    const run = runs;
    figures.push(await perSecond(EVENTS, AT_ONCE, (n) => event(store, run, n, tickets)));
  }
  return median(figures);
}

async function lowdbRows(tickets: number): Promise<{ rows: Row[]; events: number }> {
  const dir = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  try {
    if (tickets > 0) await seedFolder(dir, tickets);
    const began = performance.now();
    const store = await openLowdbStore({ dir, now: () => NOON });
    const start = performance.now() - began;
    const events = await eventsPerSecond(store, tickets);
    const rows: Row[] = [
      { what: `lowdb, ${tickets} tickets: events`, value: Math.round(events), unit: "events/s" },
    ];
    if (tickets === 0) {
      const receive = (i: number) =>
        store.receive(sampleDelivery(`r${i}`, `ticket:2/${i}`, { payload: PAYLOAD })).then(() => undefined);
      const value = Math.round(await perSecond(10_000, 32, receive));
      rows.push({ what: "lowdb: deliveries made durable, 32 at once", value, unit: "deliveries/s" });
    } else {
      rows.push({ what: `lowdb, ${tickets} tickets: start`, value: Math.round(start), unit: "ms" });
    }
    await store.close();
    return { rows, events };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function postgresRows(tickets: number): Promise<{ rows: Row[]; events: number }> {
  const database = await createDatabase();
  const onError = (error: Error) => {
    throw error;
  };
  const enqueue = async () => undefined;
  const store = await openPostgresStore({ url: database.url, now: () => NOON, enqueue, onError });
  const client = new pg.Client(database.url);
  await client.connect();
  await seedTickets(client, tickets, JSON.stringify(sampleTicket("1/0")));
  await client.query("vacuum analyze");
  await client.end();
  const events = await eventsPerSecond(store, tickets);
  const rows: Row[] = [
    { what: `PostgreSQL, ${tickets} tickets: events`, value: Math.round(events), unit: "events/s" },
  ];
  if (tickets > 0) {
    const began = performance.now();
    const due = await store.due(1e12 + tickets * 500, 500);
    if (due.length !== 500) throw new Error(`${due.length} tickets were due`);
    const value = performance.now() - began;
    rows.push({ what: `PostgreSQL, ${tickets} tickets: what is due`, value, unit: "ms", must: "< 50" });
  }
  await store.close();
  await database.drop();
  return { rows, events };
}

/**
 * Events a second through the store alone, and whether their cost grows with the tickets that are stored. lowdb flushes
 * every write to the disk; the tests' own PostgreSQL does not (`fsync=off`), so the two are not to be compared.
 */
export async function storeBench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, measure, sizes] of [
    ["lowdb", lowdbRows, [0, 10_000, 100_000]],
    ["PostgreSQL", postgresRows, [0, 10_000, 100_000, 1_000_000]],
  ] as const) {
    const figures: number[] = [];
    for (const size of sizes) {
      const { rows: more, events } = await measure(size);
      rows.push(...more);
      figures.push(events);
    }
    const value = (figures[0] ?? 0) / (figures.at(-1) ?? 1);
    rows.push({ what: `${name}: cost of an event, most tickets / none`, value, unit: "x", aim: "<= 1.2" });
  }
  return rows;
}
