import type pg from "pg";

/** Fills a store's tables with open tickets of one repository, each with a clock, numbered from 0. */
export async function seedTickets(client: pg.Client, count: number, body: string): Promise<void> {
  await client.query(
    `insert into frontdesk.document (scope, type, repository_id, due_at, body)
     select 'ticket:1/' || n, 'ticket', 1, 1e12 + n * 1000, $2::json from generate_series(0, $1 - 1) as n`,
    [count, body],
  );
  await client.query("analyze frontdesk.document");
}
