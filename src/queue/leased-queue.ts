import pg from "pg";
import type PgBoss from "pg-boss";
import { connectTo, type Execute, executeOn, transact } from "../postgres/connection.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import {
  dropLease,
  type Lease,
  type Returned,
  renewLeases,
  returnLease,
  sweepLeases,
  takeLeases,
} from "./leases.ts";
import type { Queue } from "./queue.ts";

export interface PostgresQueueOptions {
  /** `postgres://user:password@host:port/database`. */
  url: string;
  /** How many scopes this process works on at once. */
  concurrency: number;
  /** How long a scope stays taken after the last sign of life of its worker, milliseconds. */
  leaseMs?: number;
  /** How often a worker gives that sign, and looks for scopes of dead ones. */
  heartbeatMs?: number;
  /** How often jobs for later are looked for; jobs for now announce themselves. */
  pollMs?: number;
  /** Failures of the database, after which the queue goes on trying. */
  onError: (error: Error) => void;
}

export interface PostgresQueue extends Queue {
  /** `push` as a part of somebody else's transaction. */
  enqueue(
    execute: Execute,
    scope: ScopeKey,
    options?: { notBefore?: number; priority?: number },
  ): Promise<void>;
}

/** pg-boss's tables and the leases'. */
export const SCHEMA = "frontdesk_queue";
/** pg-boss's queue: a job is a scope that has work. */
export const JOBS = "scope";
const CHANNEL = "frontdesk_queue";

/** Works off pg-boss's jobs under leases: see `createPostgresQueue`, which makes the tables. */
export class LeasedQueue implements PostgresQueue {
  readonly #pool: pg.Pool;
  readonly #boss: PgBoss;
  readonly #options: Required<PostgresQueueOptions>;
  /** What this process works on, by its lease's grip. */
  readonly #running = new Map<string, Promise<void>>();
  #work: ((scope: ScopeKey) => Promise<void>) | null = null;
  #onBug: (error: unknown, scope: ScopeKey) => void = () => undefined;
  #stopped = false;
  #taking: Promise<void> | null = null;
  #takeAgain = false;
  #listener: pg.Client | null = null;
  #timers: NodeJS.Timeout[] = [];

  constructor(pool: pg.Pool, boss: PgBoss, options: Required<PostgresQueueOptions>) {
    this.#pool = pool;
    this.#boss = boss;
    this.#options = options;
  }

  push(scope: ScopeKey, options?: { notBefore?: number; priority?: number }): Promise<void> {
    return transact(this.#pool, (client) => this.enqueue(executeOn(client), scope, options));
  }

  async enqueue(
    execute: Execute,
    scope: ScopeKey,
    { notBefore = 0, priority = 0 }: { notBefore?: number; priority?: number } = {},
  ): Promise<void> {
    const wish = { singletonKey: scope, priority, db: { executeSql: execute } };
    const startAfter = notBefore > 0 ? { startAfter: new Date(notBefore) } : {};
    while ((await this.#boss.send(JOBS, { scope }, { ...wish, ...startAfter })) === null) {
      // The update also locks the waiting job until our transaction ends: else it could be worked off before anybody
      // can see what we push it for. When it was taken meanwhile, there is room for a new one.
      const { rows } = await execute(
        `update ${SCHEMA}.job set start_after = least(start_after, to_timestamp($3)), priority = greatest(priority, $4)
         where name = $1 and singleton_key = $2 and state = 'created' returning id`,
        [JOBS, scope, notBefore / 1_000, priority],
      );
      if (rows.length > 0) break;
    }
    await execute("select pg_notify($1, '')", [CHANNEL]);
  }

  async start(
    work: (scope: ScopeKey) => Promise<void>,
    onBug: (error: unknown, scope: ScopeKey) => void,
  ): Promise<void> {
    this.#work = work;
    this.#onBug = onBug;
    await this.#listen();
    const { heartbeatMs, pollMs } = this.#options;
    this.#timers = [
      setInterval(() => this.#watched(this.#beat()), heartbeatMs),
      setInterval(() => this.#watched(this.#poll()), pollMs),
    ];
    this.#take();
  }

  async idle(): Promise<void> {
    for (;;) {
      const { rows } = await this.#pool.query<{ busy: boolean }>(
        `select exists (select from ${SCHEMA}.job where name = $1 and state < 'active' and start_after <= now())
           or exists (select from ${SCHEMA}.lease) as busy`,
        [JOBS],
      );
      if (this.#running.size === 0 && !rows[0]?.busy) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await this.#taking;
    // Signs of life go on until the last piece of work is done.
    await Promise.all(this.#running.values());
    for (const timer of this.#timers) clearInterval(timer);
    await this.#listener?.end().catch(() => undefined);
    await this.#pool.end();
  }

  async ping(): Promise<void> {
    await this.#pool.query("select 1");
  }

  async size(): Promise<{ waiting: number; running: number }> {
    const { rows } = await this.#pool.query<{ waiting: number; running: number }>(
      `select (select count(*) from ${SCHEMA}.job where name = $1 and state < 'active')::int as waiting,
         (select count(*) from ${SCHEMA}.lease)::int as running`,
      [JOBS],
    );
    return rows[0] ?? { waiting: 0, running: 0 };
  }

  /** For what runs beside: a failure is reported, and the next beat or poll tries again. */
  #watched(running: Promise<void>): void {
    running.catch((error: Error) => {
      if (!this.#stopped) this.#options.onError(error);
    });
  }

  async #listen(): Promise<void> {
    const listener = new pg.Client(connectTo(this.#options.url));
    const gone = (): void => {
      if (this.#listener === listener) this.#listener = null;
    };
    listener.on("error", gone).on("end", gone);
    listener.on("notification", () => this.#take());
    await listener.connect();
    await listener.query(`listen ${CHANNEL}`);
    this.#listener = listener;
  }

  async #poll(): Promise<void> {
    if (this.#stopped) return;
    this.#take();
    if (this.#listener === null) await this.#listen();
  }

  /** Fills the free places; one taking at a time, and once more when something was pushed meanwhile. */
  #take(): void {
    this.#takeAgain = true;
    if (this.#taking !== null || this.#work === null || this.#stopped) return;
    this.#taking = this.#fill(this.#work)
      .catch((error: Error) => this.#options.onError(error))
      .finally(() => {
        this.#taking = null;
      });
  }

  async #fill(work: (scope: ScopeKey) => Promise<void>): Promise<void> {
    while (this.#takeAgain && !this.#stopped) {
      this.#takeAgain = false;
      const free = this.#options.concurrency - this.#running.size;
      if (free <= 0) return;
      const { fetched, leases } = await transact(this.#pool, (client) =>
        this.#lease(executeOn(client), free),
      );
      if (fetched === free) this.#takeAgain = true;
      for (const lease of leases) this.#run(lease, work);
    }
  }

  /** Turns jobs into leases. A job whose scope is taken leaves word with its lease instead. */
  async #lease(execute: Execute, free: number): Promise<{ fetched: number; leases: Lease[] }> {
    const db = { executeSql: execute };
    const options = { batchSize: free, includeMetadata: true, db } as const;
    const jobs = await this.#boss.fetch<{ scope: ScopeKey }>(JOBS, options);
    if (jobs.length === 0) return { fetched: 0, leases: [] };
    const wishes = jobs.map(({ data, priority }) => ({ scope: data.scope, priority }));
    const leases = await takeLeases(execute, wishes, this.#options.leaseMs);
    const ids = jobs.map(({ id }) => id);
    await this.#boss.deleteJob(JOBS, ids, { db });
    return { fetched: jobs.length, leases };
  }

  #run(lease: Lease, work: (scope: ScopeKey) => Promise<void>): void {
    const run = Promise.resolve(lease.scope)
      .then(work)
      .catch((error) => this.#onBug(error, lease.scope))
      .then(() => this.#release(lease))
      // A lease that cannot be given back runs out, since nobody renews it any more.
      .catch((error: Error) => this.#options.onError(error))
      .finally(() => {
        this.#running.delete(lease.grip);
        this.#take();
      });
    this.#running.set(lease.grip, run);
  }

  async #release(lease: Lease): Promise<void> {
    if (await dropLease(executeOn(this.#pool), lease)) return;
    await transact(this.#pool, async (client) => {
      await this.#putBack(executeOn(client), await returnLease(executeOn(client), lease));
    });
  }

  /** Renews what is worked on here, and puts back what dead workers held. */
  async #beat(): Promise<void> {
    const { leaseMs } = this.#options;
    await renewLeases(executeOn(this.#pool), [...this.#running.keys()], leaseMs);
    await transact(this.#pool, async (client) => {
      await this.#putBack(executeOn(client), await sweepLeases(executeOn(client)));
    });
  }

  async #putBack(execute: Execute, returned: Returned[]): Promise<void> {
    for (const { scope, priority } of returned) await this.enqueue(execute, scope, { priority });
  }
}
