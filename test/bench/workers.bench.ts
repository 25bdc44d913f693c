import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createPostgresQueue } from "../../src/queue/postgres.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { createDatabase } from "../postgres/database.ts";
import { sampleDelivery } from "../store/samples.ts";
import type { Row } from "./row.ts";

const WORKER = fileURLToPath(new URL("../queue/worker.mjs", import.meta.url));
const TICKETS = 600;

/** What a call to GitHub takes; a worker waits for it, so that cores do not hide what a second worker brings. */
const LATENCY_MS = 50;

const onError = (error: Error): void => {
  throw error;
};

async function startWorker(url: string): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [WORKER, url, `${LATENCY_MS}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    worker.stdout.once("data", () => resolve());
    worker.once("exit", (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  // Read on, or the worker would wait for us.
  worker.stdout.resume();
  return worker;
}

/** Tickets a second that some processes work off one PostgreSQL, each four at once. */
async function perSecond(processes: number): Promise<number> {
  const database = await createDatabase();
  const queue = await createPostgresQueue({ url: database.url, concurrency: 1, onError });
  const enqueue = queue.enqueue.bind(queue);
  const store = await openPostgresStore({ url: database.url, now: Date.now, enqueue, onError });
  const workers = await Promise.all(Array.from({ length: processes }, () => startWorker(database.url)));
  const began = performance.now();
  for (let i = 0; i < TICKETS; i++) await store.receive(sampleDelivery(`${i}`, `ticket:1/${i}`));
  await queue.idle();
  const seconds = (performance.now() - began) / 1_000;
  for (const worker of workers) {
    const ended = new Promise((resolve) => worker.removeAllListeners("exit").once("exit", resolve));
    worker.kill("SIGKILL");
    await ended;
  }
  await queue.stop();
  await store.close();
  await database.drop();
  return TICKETS / seconds;
}

/** What a second process brings on one PostgreSQL. */
export async function workersBench(): Promise<Row[]> {
  const one = await perSecond(1);
  const two = await perSecond(2);
  return [
    { what: "one worker, 50 ms of GitHub, 4 at once", value: one, unit: "tickets/s" },
    { what: "two workers on one PostgreSQL", value: two, unit: "tickets/s" },
    { what: "ratio", value: two / one, unit: "x", must: ">= 1.7" },
  ];
}
