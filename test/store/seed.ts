import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { NOON, sampleTicket } from "./samples.ts";

/**
 * Fills a store's tables with open tickets of one repository, each with a clock.
 * @param first the first one's key; the others' numbers follow
 */
export async function seedTickets(
  client: pg.Client,
  count: number,
  body: string,
  first = "1/0",
): Promise<void> {
  const [repository, number] = first.split("/").map(Number);
  await client.query(
    `insert into frontdesk.document (scope, due_at, body)
     select 'ticket:' || $3::text || '/' || $4::int + n, 1e12 + n * 1000, $2::json
     from generate_series(0, $1 - 1) as n`,
    [count, body, repository, number],
  );
  await client.query("analyze frontdesk.document");
}

/** As `seedTickets`, in a folder: copies of one file, so that no fsync delays it. */
export async function seedFolder(dir: string, count: number, first = "1/0"): Promise<void> {
  const store = await openLowdbStore({ dir, now: () => NOON });
  const document = sampleTicket(first, { dueAt: NOON + 9e9 });
  await store.commit({ scope: "ticket", id: first, document });
  await store.close();
  const [repository, number] = first.split("/").map(Number) as [number, number];
  const folder = join(dir, `tickets/${repository}`);
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(join(folder, `${number}.json`), "utf8");
  for (let i = number + 1; i < number + count; i++)
    writeFileSync(join(folder, `${i}.json`), text.replaceAll(`"${first}"`, `"${repository}/${i}"`));
}
