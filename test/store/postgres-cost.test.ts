import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { openPool } from "../../src/postgres/connection.ts";
import type { PostgresQueue } from "../../src/queue/leased-queue.ts";
import { createPostgresQueue } from "../../src/queue/postgres.ts";
import { MIGRATIONS } from "../../src/store/postgres/migrations.ts";
import { migrateSchema } from "../../src/store/postgres/migrate.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import { NOON, sampleDelivery, sampleEntry, sampleLesson, sampleTicket } from "./samples.ts";
import { seedTickets } from "./seed.ts";

const TICKETS = 20_000;
const EVENTS = 20;

const onError = (error: Error): void => {
  throw error;
};

describe("with 20,000 tickets in PostgreSQL", () => {
  let database: Database;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createDatabase();
    client = new pg.Client(database.url);
    await client.connect();
    await (await open()).close();
    await seedTickets(client, TICKETS, JSON.stringify(sampleTicket("1/7")));
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const open = (queue?: PostgresQueue) => {
    const enqueue = queue ? queue.enqueue.bind(queue) : async () => undefined;
    return openPostgresStore({ url: database.url, now: () => NOON, enqueue, onError });
  };
  /** Rows that were read without an index. Counted by the server when a connection ends, or soon after. */
  const rowsRead = async () => {
    const { rows } = await client.query<{ read: number }>(
      "select coalesce(sum(seq_tup_read), 0)::int as read from pg_stat_user_tables",
    );
    return rows[0]?.read ?? 0;
  };

  it("an event, from its arrival to its settled action, reads by index what it needs and nothing else", async () => {
    const before = await rowsRead();
    const queue = await createPostgresQueue({ url: database.url, concurrency: 2, onError });
    const store = await open(queue);
    await queue.start(
      async (scope) => {
        const id = scope.slice("ticket:".length);
        const deliveries = (await store.pending(scope)).map((delivery) => delivery.id);
        await store.read("ticket", id);
        const outbox = [sampleEntry(`${scope}:k`)];
        const lessons = [sampleLesson(id, "bug")];
        await store.commit({ scope: "ticket", id, document: sampleTicket(id), deliveries, outbox, lessons });
        await store.saveEntry(scope, sampleEntry(`${scope}:k`, { failures: 1 }));
        for (const { key } of await store.outbox(scope)) {
          const patch = { ownLabels: ["bug"] };
          await store.settle({ scope: "ticket", id, key, outcome: { type: "done" }, patch, at: NOON });
        }
        await store.outcomes(scope);
        await store.merge("ticket", id, { seenAt: NOON });
      },
      (error) => onError(error as Error),
    );
    for (let i = 0; i < EVENTS; i++) await store.receive(sampleDelivery(`${i}`, `ticket:1/${i * 900}`));
    await queue.idle();
    expect(await store.openScopes()).toEqual([]);
    expect(await store.due(NOON, 100)).toHaveLength(100);
    await queue.stop();
    await store.close();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    // Tables of a page or two are read whole, which is quicker; a single pass over the tickets would be 20,000.
    expect((await rowsRead()) - before).toBeLessThan(TICKETS / 4);
  }, 30_000);

  it("what is due comes from the index of clocks", async () => {
    const { rows } = await client.query<{ "QUERY PLAN": string }>(
      "explain select scope from frontdesk.document where due_at <= 5 order by due_at limit 100",
    );
    expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("Index Scan using document_due");
  });
});

describe("the schema's migrations", () => {
  it("are applied once, by processes that start together", async () => {
    const database = await createDatabase();
    const pools = Array.from({ length: 5 }, () => openPool(database.url, 10, onError));
    await Promise.all(pools.map((pool) => migrateSchema(pool)));
    const [pool] = pools as [pg.Pool];
    const count = async () =>
      (await pool.query("select count(*)::int as n from frontdesk.migration")).rows[0].n;
    const known = MIGRATIONS.length;
    expect(await count()).toBe(known);
    const steps = [
      ...MIGRATIONS,
      "create table frontdesk.second (a int)",
      "create table frontdesk.third (a int)",
    ];
    await migrateSchema(pool, steps);
    expect(await count()).toBe(known + 2);
    await expect(pool.query("select * from frontdesk.third")).resolves.toBeDefined();
    await expect(migrateSchema(pool)).rejects.toThrow("run the newer Frontdesk");
    await Promise.all(pools.map((each) => each.end()));
    await database.drop();
  });

  it("leave nothing behind when a step fails", async () => {
    const database = await createDatabase();
    const pool = openPool(database.url, 10, onError);
    await expect(migrateSchema(pool, ["create table frontdesk.a (a int)", "nonsense"])).rejects.toThrow(
      "syntax",
    );
    const { rows } = await pool.query("select to_regnamespace('frontdesk') as schema");
    expect(rows[0].schema).toBeNull();
    await pool.end();
    await database.drop();
  });
});

describe("queues that start together", () => {
  it("prepare the database once", async () => {
    const database = await createDatabase();
    const make = () => createPostgresQueue({ url: database.url, concurrency: 1, onError });
    const queues = await Promise.all([make(), make(), make(), make()]);
    await queues[0]?.push("ticket:1/7");
    expect(await queues[3]?.size()).toEqual({ waiting: 1, running: 0 });
    await Promise.all(queues.map((queue) => queue.stop()));
    await database.drop();
  });
});
