import type pg from "pg";
import { executeOn, transact } from "../../postgres/connection.ts";
import type { Delivery } from "../../ticket/delivery.ts";
import type { Store } from "../store.ts";
import type { PostgresOptions } from "./open.ts";

const DAY = 86_400_000;

/** Deliveries that GitHub cannot send again need not be known any more. */
export async function forgetOld(
  pool: pg.Pool,
  { now, redeliveryWindowMs = 3 * DAY }: PostgresOptions,
): Promise<void> {
  await pool.query("delete from frontdesk.delivery where done_at < $1", [now() - redeliveryWindowMs]);
}

export function deliveriesOf(
  pool: pg.Pool,
  options: PostgresOptions,
): Pick<Store, "receive" | "pending" | "discard" | "fail" | "forgetPayloads" | "expire" | "lastDone"> {
  const { now, enqueue } = options;
  return {
    receive: ({ id, event, scope, payload, receivedAt }) =>
      transact(pool, async (client) => {
        const { rowCount } = await client.query(
          `insert into frontdesk.delivery (id, event, scope, payload, received_at) values ($1, $2, $3, $4, $5)
           on conflict (id) do nothing`,
          [id, event, scope, payload, receivedAt],
        );
        if (rowCount === 0) return false;
        await enqueue(executeOn(client), scope);
        return true;
      }),
    async pending(scope, limit) {
      const { rows } = await pool.query<Delivery>(
        `select id, event, scope, payload, received_at as "receivedAt" from frontdesk.delivery
         where scope = $1 and done_at is null and parked_at is null order by number limit $2`,
        [scope, limit ?? null],
      );
      return rows;
    },
    async discard(deliveries) {
      await pool.query(
        `update frontdesk.delivery set done_at = $2, parked_at = null, payload = '' where id = any($1)`,
        [deliveries, now()],
      );
    },
    async fail(delivery, reason, park) {
      const { rows } = await pool.query<{ failures: number }>(
        `update frontdesk.delivery set failures = failures + 1, reason = $2,
           parked_at = case when done_at is null then coalesce($3, parked_at) end where id = $1
         returning failures`,
        [delivery, reason.replaceAll("\0", "\u{FFFD}"), park ? now() : null],
      );
      if (!rows[0]) throw new Error(`there is no delivery ${delivery}`);
      return rows[0].failures;
    },
    // They go with the commit that makes a delivery done.
    forgetPayloads: async () => undefined,
    expire: () => forgetOld(pool, options),
    async lastDone() {
      const { rows } = await pool.query<{ at: number }>(
        `select done_at as at from frontdesk.delivery where done_at is not null and scope not like 'notices:%'
         order by done_at desc limit 1`,
      );
      return rows[0]?.at ?? null;
    },
  };
}
