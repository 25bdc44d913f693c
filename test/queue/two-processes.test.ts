import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { PostgresQueue } from "../../src/queue/leased-queue.ts";
import { createPostgresQueue, HEARTBEAT_MS, LEASE_MS } from "../../src/queue/postgres.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import { sampleDelivery } from "../store/samples.ts";

const WORKER = fileURLToPath(new URL("worker.mjs", import.meta.url));

interface Worker {
  process: ChildProcess;
  lines: () => string[];
  killedAt: number;
}

interface Span {
  scope: string;
  from: number;
  to: number;
}

const nowMs = () => Number(process.hrtime.bigint() / 1_000_000n);

async function startWorker(url: string, milliseconds: number): Promise<Worker> {
  const child = spawn(process.execPath, [WORKER, url, `${milliseconds}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("ready\n")) resolve();
    });
    child.on("exit", (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  return { process: child, lines: () => text.split("\n").slice(0, -1), killedAt: Number.POSITIVE_INFINITY };
}

async function kill(worker: Worker): Promise<void> {
  const closed = new Promise((resolve) => worker.process.on("close", resolve));
  worker.process.kill("SIGKILL");
  await closed;
  worker.killedAt = nowMs();
}

/** When a worker worked on what; what a killed one had begun ended with it. */
function spans(worker: Worker): Span[] {
  const open = new Map<string, number>();
  const done: Span[] = [];
  for (const [verb, scope, at] of worker.lines().map((line) => line.split(" ") as [string, string, string])) {
    if (verb === "begin") open.set(scope, Number(at));
    const from = open.get(scope);
    if (verb !== "end" || from === undefined) continue;
    done.push({ scope, from, to: Number(at) });
    open.delete(scope);
  }
  return [...done, ...[...open].map(([scope, from]) => ({ scope, from, to: worker.killedAt }))];
}

async function until(condition: () => boolean | Promise<boolean>, milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${milliseconds} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("two processes on one PostgreSQL", () => {
  let database: Database;
  let queue: PostgresQueue;
  let store: Store;
  let workers: Worker[];
  let errors: string[];
  const onError = (error: Error) => errors.push(error.message);

  beforeEach(async () => {
    workers = [];
    errors = [];
    database = await createDatabase();
    queue = await createPostgresQueue({ url: database.url, concurrency: 1, onError });
    const enqueue = queue.enqueue.bind(queue);
    store = await openPostgresStore({ url: database.url, now: Date.now, enqueue, onError });
  });
  afterEach(async () => {
    for (const worker of workers) if (worker.killedAt === Number.POSITIVE_INFINITY) await kill(worker);
    await queue.stop();
    await store.close();
    await database.drop();
  });

  const start = async (milliseconds: number) => {
    const worker = await startWorker(database.url, milliseconds);
    workers.push(worker);
    return worker;
  };

  it("frees the scope of a worker that was killed: its lease runs out, and another takes the scope up", async () => {
    const first = await start(3_600_000);
    await store.receive(sampleDelivery("a", "ticket:1/7"));
    await until(() => first.lines().length === 2, 5_000);
    const second = await start(1);
    // While the first lives it keeps the scope, well beyond the time of one lease.
    await new Promise((resolve) => setTimeout(resolve, 1_800));
    expect(second.lines()).toEqual(["ready"]);
    await kill(first);
    await until(() => second.lines().some((line) => line.startsWith("end ticket:1/7")), 5_000);
    const [taken] = spans(second);
    // A lease of 1,000 ms, looked at each 200 ms.
    expect((taken?.from ?? 0) - first.killedAt).toBeLessThan(2_500);
    expect(await store.openScopes()).toEqual([]);
  });

  it("frees it within 30 s with the times that are not set", () => {
    expect(LEASE_MS + HEARTBEAT_MS).toBeLessThanOrEqual(25_000);
    // One sign of life may fail without the scope being lost.
    expect(LEASE_MS).toBeGreaterThan(2 * HEARTBEAT_MS);
  });

  it("works everything off, one scope at one place at a time, though one process is killed", async () => {
    const [first, second] = await Promise.all([start(15), start(15)]);
    const ids: string[] = [];
    for (let round = 0; round < 12; round++) {
      for (let number = 0; number < 10; number++) {
        const id = `${number}-${round}`;
        ids.push(id);
        await store.receive(sampleDelivery(id, `ticket:1/${number}`));
      }
      if (round === 6) await kill(first as Worker);
    }
    await until(async () => (await store.openScopes()).length === 0, 15_000);
    await queue.idle();
    for (let number = 0; number < 10; number++) {
      const document = (await store.read("ticket", `1/${number}`)) as unknown as { seen: string[] };
      // Each once, and in the order in which they came.
      expect(document.seen).toEqual(ids.filter((id) => id.startsWith(`${number}-`)));
    }
    const worked = [...spans(first as Worker), ...spans(second as Worker)].sort((a, b) => a.from - b.from);
    expect(new Set(spans(first as Worker).map(({ scope }) => scope)).size).toBeGreaterThan(3);
    const overlaps = worked.filter((span, i) =>
      worked.some((other, j) => j < i && other.scope === span.scope && other.to > span.from),
    );
    expect(overlaps).toEqual([]);
  }, 40_000);

  it("goes on after the database has cut all connections", async () => {
    const worker = await start(1);
    await store.receive(sampleDelivery("a", "ticket:1/1"));
    await until(() => worker.lines().some((line) => line.startsWith("end ticket:1/1")), 5_000);
    await database.cut();
    await until(async () => {
      return await store.receive(sampleDelivery("b", "ticket:1/2")).catch(() => false);
    }, 5_000);
    await until(() => worker.lines().some((line) => line.startsWith("end ticket:1/2")), 5_000);
    expect(errors).toContain("terminating connection due to administrator command");
  });
});
