import type pg from "pg";
import { executeOn, transact } from "../../postgres/connection.ts";
import type { OutboxEntry, Outcome } from "../../ticket/action.ts";
import { parseScopeKey, type Scope, type ScopeKey, scopeKey } from "../../ticket/delivery.ts";
import { sumWork, type Work } from "../../ticket/work.ts";
import type { Parked, Settlement, Store } from "../store.ts";
import { mergeDocument } from "./documents.ts";
import type { PostgresOptions } from "./open.ts";

const SETTLE = `
  with settled as (delete from frontdesk.outbox where scope = $1 and key = $2)
  insert into frontdesk.outcome (scope, key, at, outcome) select $1, $2, $3, $4
  where $4::json is not null and exists (select from frontdesk.document where scope = $1)
  on conflict (scope, key) do update set at = excluded.at, outcome = excluded.outcome`;

export function outboxOf(
  pool: pg.Pool,
  now: () => number,
): Pick<Store, "outbox" | "saveEntry" | "settle" | "outcomes"> {
  return {
    async outbox(scope) {
      const { rows } = await pool.query<{ entry: OutboxEntry }>(
        "select entry from frontdesk.outbox where scope = $1 and not parked order by number",
        [scope],
      );
      return rows.map(({ entry }) => entry);
    },
    async saveEntry(scope, entry) {
      await pool.query(
        `update frontdesk.outbox set not_before = $3, saved_at = $4, parked = $5, entry = $6
         where scope = $1 and key = $2`,
        [scope, entry.key, entry.notBefore, now(), entry.parked !== null, JSON.stringify(entry)],
      );
    },
    async settle<S extends Scope>({ scope, id, key, outcome, patch, at }: Settlement<S>) {
      const values = [scopeKey(scope, id), key, at, outcome && JSON.stringify(outcome)];
      if (Object.keys(patch).length === 0) {
        await pool.query(SETTLE, values);
        return;
      }
      await transact(pool, async (client) => {
        await client.query(SETTLE, values);
        await mergeDocument(client, scopeKey(scope, id), patch);
      });
    },
    async outcomes(scope) {
      const { rows } = await pool.query<{ key: string; outcome: Outcome; at: number }>(
        "select key, outcome, at from frontdesk.outcome where scope = $1",
        [scope],
      );
      return Object.fromEntries(rows.map(({ key, outcome, at }) => [key, { outcome, at }]));
    },
  };
}

export function workOf(
  pool: pg.Pool,
  { now, enqueue }: PostgresOptions,
): Pick<Store, "openScopes" | "due" | "workload" | "parked" | "retryParked"> {
  return {
    async openScopes() {
      const { rows } = await pool.query<{ scope: ScopeKey; notBefore: number }>(
        `select scope, min(not_before) as "notBefore" from (
           select scope, 0 as not_before from frontdesk.delivery where done_at is null and parked_at is null
           union all select scope, not_before from frontdesk.outbox where not parked
         ) as work group by scope`,
      );
      return rows;
    },
    async due(at, limit) {
      const { rows } = await pool.query<{ scope: ScopeKey }>(
        "select scope from frontdesk.document where due_at <= $1 order by due_at limit $2",
        [at, limit],
      );
      return rows.map(({ scope }) => parseScopeKey(scope)[1]);
    },
    async workload(installationId, repositories) {
      const { rows } = await pool.query<{ work: Work }>(
        "select work from frontdesk.document where work is not null and installation_id = $1",
        [installationId],
      );
      return sumWork(rows.map(({ work }) => work).filter((one) => repositories === "all" || !one.private));
    },
    async parked() {
      const { rows: deliveries } = await pool.query<Parked>(
        `select scope, id as what, reason, parked_at as at from frontdesk.delivery where parked_at is not null
         order by parked_at`,
      );
      const { rows: entries } = await pool.query<{ scope: ScopeKey; entry: OutboxEntry; at: number }>(
        "select scope, entry, saved_at as at from frontdesk.outbox where parked order by saved_at",
      );
      const actions = entries.map(({ scope, entry, at }) => {
        return { scope, what: entry.key, reason: entry.parked ?? "", at };
      });
      return [...deliveries, ...actions];
    },
    retryParked: () =>
      transact(pool, async (client) => {
        const { rows } = await client.query<{ scope: ScopeKey }>(
          `update frontdesk.delivery set parked_at = null, failures = 0, reason = '' where parked_at is not null
           returning scope`,
        );
        const { rows: parked } = await client.query<{ scope: ScopeKey; entry: OutboxEntry }>(
          "select scope, entry from frontdesk.outbox where parked for update",
        );
        for (const { scope, entry } of parked) {
          const again: OutboxEntry = { ...entry, parked: null, failures: 0, notBefore: 0 };
          await client.query(
            `update frontdesk.outbox set not_before = 0, saved_at = $3, parked = false, entry = $4
             where scope = $1 and key = $2`,
            [scope, entry.key, now(), JSON.stringify(again)],
          );
        }
        const scopes = [...new Set([...rows, ...parked].map(({ scope }) => scope))].sort();
        for (const scope of scopes) await enqueue(executeOn(client), scope);
        return scopes;
      }),
  };
}
