import type { Pool } from "pg";
import { transact } from "../../postgres/connection.ts";
import { MIGRATIONS } from "./migrations.ts";

/** Any number that no other program locks on. */
const LOCK = 7_261_044_118;

/**
 * Brings the schema to the newest version; processes that start together wait for one another. Throws when the database
 * is of a newer Frontdesk.
 */
export async function migrateSchema(pool: Pool, migrations: readonly string[] = MIGRATIONS): Promise<void> {
  await transact(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    await client.query("create schema if not exists frontdesk");
    await client.query(
      "create table if not exists frontdesk.migration (number int primary key, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ version: number }>(
      "select coalesce(max(number), 0) as version from frontdesk.migration",
    );
    const version = rows[0]?.version ?? 0;
    if (version > migrations.length) {
      throw new Error(
        `The database has version ${version} of the schema, this Frontdesk knows ${migrations.length}: ` +
          "run the newer Frontdesk, or restore a backup that this one made.",
      );
    }
    for (const [index, sql] of migrations.entries()) {
      if (index < version) continue;
      await client.query(sql);
      await client.query("insert into frontdesk.migration (number) values ($1)", [index + 1]);
    }
  });
}
