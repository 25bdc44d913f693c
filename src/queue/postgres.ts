import pg from "pg";
import PgBoss from "pg-boss";
import { connectTo, executeOn, openPool } from "../postgres/connection.ts";
import { JOBS, LeasedQueue, type PostgresQueue, type PostgresQueueOptions, SCHEMA } from "./leased-queue.ts";
import { LEASE_TABLE } from "./leases.ts";

/** A dead worker's scope is free after the two together, at the latest. */
export const LEASE_MS = 20_000;
export const HEARTBEAT_MS = 5_000;

/** Any number that no other program locks on. */
const LOCK = 7_261_044_119;

/**
 * The queue for many processes on many hosts: pg-boss 10 keeps the jobs, a table of leases keeps who works on what.
 *
 * Why pg-boss: its `fetch`, `send` and `deleteJob` run inside our transactions, so that a job becomes a lease, and a
 * lease a job, without a moment at which a crash loses both; and its dependencies are under licences that we take
 * (graphile-worker 0.17 brings `argparse` under Python-2.0). Neither engine frees a dead worker's job soon enough
 * (graphile-worker: 4 hours; pg-boss: a fixed time for the whole job, however alive its worker is), hence the leases:
 * a worker renews those it holds, and whoever finds one that has run out puts its scope back. With 20 s and a look each
 * 5 s, the scope of a dead worker is free after 25 s at the latest.
 */
export async function createPostgresQueue(options: PostgresQueueOptions): Promise<PostgresQueue> {
  const { url, onError } = options;
  const pool = openPool(url, 4, onError);
  const boss = new PgBoss({
    db: { executeSql: executeOn(pool) },
    schema: SCHEMA,
    // Nothing to maintain: a job is deleted in the transaction that takes it.
    supervise: false,
    schedule: false,
  });
  boss.on("error", onError);
  try {
    await prepare(url, boss);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return new LeasedQueue(pool, boss, {
    leaseMs: LEASE_MS,
    heartbeatMs: HEARTBEAT_MS,
    pollMs: 1_000,
    ...options,
    onError,
  });
}

/** Makes the tables. Processes that start together wait for one another: pg-boss leaves a broken connection behind else. */
async function prepare(url: string, boss: PgBoss): Promise<void> {
  const client = new pg.Client(connectTo(url));
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await boss.start();
    // `short`: at most one waiting job a scope.
    await boss.createQueue(JOBS, { name: JOBS, policy: "short" });
    await client.query(LEASE_TABLE);
  } finally {
    await client.end();
  }
}
