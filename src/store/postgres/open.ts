import { type Execute, openPool, transact } from "../../postgres/connection.ts";
import type { ScopeKey } from "../../ticket/delivery.ts";
import type { Store } from "../store.ts";
import { deliveriesOf, forgetOld } from "./deliveries.ts";
import { documentsOf, listsOf } from "./documents.ts";
import { migrateSchema } from "./migrate.ts";
import { outboxOf, workOf } from "./outbox.ts";
import { rewriteRecord } from "./rewrite.ts";

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  url: string;
  now: () => number;
  /** Puts a scope in the queue within the transaction that makes work for it: neither is ever without the other. */
  enqueue: (execute: Execute, scope: ScopeKey) => Promise<void>;
  /** Failures of idle connections, which nobody waits for. */
  onError: (error: Error) => void;
  /** How long GitHub can send a delivery again, milliseconds; 3 days on github.com. */
  redeliveryWindowMs?: number;
  connections?: number;
}

/**
 * The store for many processes on many hosts. Each method is one statement or one transaction, and each finds its rows by
 * an index, so that its cost does not grow with the number of tickets.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const pool = openPool(options.url, options.connections ?? 10, options.onError);
  try {
    await migrateSchema(pool);
    await forgetOld(pool, options);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    ...deliveriesOf(pool, options),
    ...documentsOf(pool, options.now),
    ...outboxOf(pool, options.now),
    ...workOf(pool, options),
    ...listsOf(pool),
    rewrite: (scope, change) => transact(pool, (client) => rewriteRecord(client, scope, change)),
    async ping() {
      await pool.query("select 1");
    },
    async close() {
      await pool.end();
    },
  };
}
