import type pg from "pg";
import { executeOn, openPool, transactOnce } from "../../postgres/connection.ts";
import type { Delivery, ScopeKey } from "../../ticket/delivery.ts";
import { type HeldDelivery, type HeldRecord, type Holding, NotEmpty } from "../holding.ts";
import { writeRecord } from "./documents.ts";
import { migrateSchema } from "./migrate.ts";

/** How many rows are read at a time. */
const PAGE = 500;

/** All that a database holds, as at one moment, whoever writes to it meanwhile. */
export async function* readPostgresHoldings(url: string): AsyncGenerator<Holding> {
  const pool = openPool(url, 1, () => undefined);
  try {
    await migrateSchema(pool);
    const client = await pool.connect();
    try {
      await client.query("begin isolation level repeatable read read only");
      yield* readRecords(client);
      yield* readDeliveries(client);
      await client.query("commit");
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}

/** Fills a database, all or nothing. Throws when it holds something already. */
export async function loadPostgresHoldings(url: string, holdings: AsyncIterable<Holding>): Promise<void> {
  const pool = openPool(url, 1, () => undefined);
  try {
    await migrateSchema(pool);
    await transactOnce(pool, async (client) => {
      const { rows } = await client.query<{ used: boolean }>(
        "select exists (select from frontdesk.document) or exists (select from frontdesk.delivery) as used",
      );
      if (rows[0]?.used) throw new NotEmpty("The database is not empty: it holds a desk already");
      for await (const holding of holdings) await loadHolding(client, holding);
    });
  } finally {
    await pool.end();
  }
}

async function loadHolding(client: pg.PoolClient, holding: Holding): Promise<void> {
  switch (holding.type) {
    case "record":
      return loadRecord(client, holding);
    case "delivery":
      return loadDelivery(client, holding);
  }
}

async function loadRecord(client: pg.PoolClient, record: HeldRecord): Promise<void> {
  await writeRecord(executeOn(client), record, [], 0);
  const outcomes = Object.entries(record.outcomes);
  if (outcomes.length === 0) return;
  await client.query(
    `insert into frontdesk.outcome (scope, key, at, outcome)
     select $1, * from unnest($2::text[], $3::float8[], $4::json[])`,
    [
      record.scope,
      outcomes.map(([key]) => key),
      outcomes.map(([, { at }]) => at),
      outcomes.map(([, { outcome }]) => JSON.stringify(outcome)),
    ],
  );
}

async function loadDelivery(client: pg.PoolClient, held: HeldDelivery): Promise<void> {
  const { id, event, scope, payload, receivedAt } = held.delivery;
  await client.query(
    `insert into frontdesk.delivery (id, event, scope, payload, received_at, failures, reason, parked_at, done_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    // When it was done is not told; it is forgotten as long after its arrival.
    [
      id,
      event,
      scope,
      payload,
      receivedAt,
      held.failures,
      held.reason,
      held.parkedAt,
      held.done ? receivedAt : null,
    ],
  );
}

async function* readRecords(client: pg.PoolClient): AsyncGenerator<HeldRecord> {
  let last = "";
  for (;;) {
    const { rows } = await client.query<Pick<HeldRecord, "scope" | "document">>(
      "select scope, body as document from frontdesk.document where scope > $1 order by scope limit $2",
      [last, PAGE],
    );
    const end = rows.at(-1);
    if (!end) return;
    const scopes = rows.map(({ scope }) => scope);
    const outbox = await groupByScope<HeldRecord["outbox"][number]>(
      client,
      "select scope, json_build_object('entry', entry, 'savedAt', saved_at) as part from frontdesk.outbox",
      scopes,
    );
    const outcomes = await groupByScope<{ key: string; outcome: HeldRecord["outcomes"][string] }>(
      client,
      `select scope, key as number, json_build_object('key', key, 'outcome',
         json_build_object('outcome', outcome, 'at', at)) as part from frontdesk.outcome`,
      scopes,
    );
    const lessons = await groupByScope<HeldRecord["lessons"][number]>(
      client,
      "select scope, number, body as part from frontdesk.lesson",
      scopes,
    );
    for (const { scope, document } of rows) {
      yield {
        type: "record",
        scope,
        document,
        outbox: outbox.get(scope) ?? [],
        outcomes: Object.fromEntries((outcomes.get(scope) ?? []).map(({ key, outcome }) => [key, outcome])),
        lessons: lessons.get(scope) ?? [],
      };
    }
    last = end.scope;
  }
}

/** The parts of some scopes; `query` gives `scope`, `part` and the `number` that orders them. */
async function groupByScope<Part>(
  client: pg.PoolClient,
  query: string,
  scopes: ScopeKey[],
): Promise<Map<ScopeKey, Part[]>> {
  const { rows } = await client.query<{ scope: ScopeKey; part: Part }>(
    `${query} where scope = any($1) order by number`,
    [scopes],
  );
  const groups = new Map<ScopeKey, Part[]>();
  for (const { scope, part } of rows) groups.set(scope, [...(groups.get(scope) ?? []), part]);
  return groups;
}

async function* readDeliveries(client: pg.PoolClient): AsyncGenerator<HeldDelivery> {
  let last = "0";
  for (;;) {
    const { rows } = await client.query<
      Delivery & Omit<HeldDelivery, "type" | "delivery"> & { number: string }
    >(
      `select number, id, event, scope, payload, received_at as "receivedAt", failures, reason,
         parked_at as "parkedAt", done_at is not null as done
       from frontdesk.delivery where number > $1 order by number limit $2`,
      [last, PAGE],
    );
    for (const { id, event, scope, payload, receivedAt, done, failures, reason, parkedAt } of rows) {
      const delivery = { id, event, scope, payload, receivedAt };
      yield { type: "delivery", delivery, done, failures, reason, parkedAt };
    }
    const end = rows.at(-1);
    if (!end) return;
    last = end.number;
  }
}
