import type pg from "pg";
import type { OutboxEntry, Outcome } from "../../ticket/action.ts";
import type { ScopeKey } from "../../ticket/delivery.ts";
import type { Lesson } from "../../ticket/lesson.ts";
import type { Kept } from "../store.ts";
import { reviseDocument } from "./documents.ts";

interface Rows {
  entries: { number: string; entry: OutboxEntry; savedAt: number }[];
  outcomes: { key: string; outcome: Outcome; at: number }[];
  lessons: { number: string; body: Lesson }[];
}

/** Changes all that is kept of a scope under the lock of its document. Rows that stay as they are are not touched. */
export async function rewriteRecord(
  client: pg.PoolClient,
  scope: ScopeKey,
  change: (kept: Kept) => Kept,
): Promise<void> {
  const rows = await lockRows(client, scope);
  let after: Kept | null = null;
  await reviseDocument(client, scope, (document) => {
    after = document && change({ document, ...partsOf(rows) });
    return (after as Kept | null)?.document ?? null;
  });
  if (after !== null) await writeParts(client, scope, rows, after);
}

async function lockRows(client: pg.PoolClient, scope: ScopeKey): Promise<Rows> {
  // The document's lock first, as everybody who writes takes it.
  await client.query("select from frontdesk.document where scope = $1 for update", [scope]);
  const entries = await client.query<Rows["entries"][number]>(
    `select number, entry, saved_at as "savedAt" from frontdesk.outbox where scope = $1 order by number for update`,
    [scope],
  );
  const outcomes = await client.query<Rows["outcomes"][number]>(
    "select key, outcome, at from frontdesk.outcome where scope = $1 for update",
    [scope],
  );
  const lessons = await client.query<Rows["lessons"][number]>(
    "select number, body from frontdesk.lesson where scope = $1 order by number for update",
    [scope],
  );
  return { entries: entries.rows, outcomes: outcomes.rows, lessons: lessons.rows };
}

function partsOf({ entries, outcomes, lessons }: Rows): Omit<Kept, "document"> {
  return {
    outbox: entries.map(({ entry, savedAt }) => ({ entry, savedAt })),
    outcomes: Object.fromEntries(outcomes.map(({ key, outcome, at }) => [key, { outcome, at }])),
    lessons: lessons.map(({ body }) => body),
  };
}

async function writeParts(client: pg.PoolClient, scope: ScopeKey, rows: Rows, after: Kept): Promise<void> {
  const before = partsOf(rows);
  if (!same(before.outbox, after.outbox)) {
    await client.query("delete from frontdesk.outbox where scope = $1", [scope]);
    for (const { entry, savedAt } of after.outbox) {
      await client.query(
        `insert into frontdesk.outbox (scope, key, not_before, saved_at, parked, entry) values ($1, $2, $3, $4, $5, $6)`,
        [scope, entry.key, entry.notBefore, savedAt, entry.parked !== null, JSON.stringify(entry)],
      );
    }
  }
  if (!same(before.outcomes, after.outcomes)) {
    await client.query("delete from frontdesk.outcome where scope = $1", [scope]);
    for (const [key, { outcome, at }] of Object.entries(after.outcomes)) {
      await client.query("insert into frontdesk.outcome (scope, key, at, outcome) values ($1, $2, $3, $4)", [
        scope,
        key,
        at,
        JSON.stringify(outcome),
      ]);
    }
  }
  if (same(before.lessons, after.lessons)) return;
  await client.query("delete from frontdesk.lesson where scope = $1", [scope]);
  for (const lesson of after.lessons) {
    await client.query(
      "insert into frontdesk.lesson (scope, repository_id, at, body) values ($1, $2, $3, $4)",
      [scope, lesson.repositoryId, lesson.at, JSON.stringify(lesson)],
    );
  }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
