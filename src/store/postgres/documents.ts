import type pg from "pg";
import { transact } from "../../postgres/connection.ts";
import { type Scope, type ScopeKey, scopeKey } from "../../ticket/delivery.ts";
import type { Lesson } from "../../ticket/lesson.ts";
import type { Commit, Documents, Store } from "../store.ts";

const PAGE = 500;

/**
 * One statement, hence one transaction, and one journey to the database. What is searched for comes in columns beside the
 * JSON: reading it out of the JSON fails on `\\u0000`.
 */
const COMMIT = `
  with documents as (
    insert into frontdesk.document (scope, type, repository_id, due_at, body) values ($1, $2, $3, $4, $5)
    on conflict (scope) do update set due_at = excluded.due_at, body = excluded.body
  ), entries as (
    insert into frontdesk.outbox (scope, key, not_before, parked, entry, saved_at)
    select $1, key, not_before, parked, entry, $6
    from unnest($7::text[], $8::float8[], $9::bool[], $10::json[])
      with ordinality as entries(key, not_before, parked, entry, place) order by place
    on conflict (scope, key) do update set not_before = excluded.not_before, saved_at = excluded.saved_at,
      parked = excluded.parked, entry = excluded.entry
  ), lessons as (
    insert into frontdesk.lesson (repository_id, at, body)
    select repository_id, at, body from unnest($11::float8[], $12::float8[], $13::json[])
      with ordinality as lessons(repository_id, at, body, place) order by place
  )
  update frontdesk.delivery set done_at = $6, parked_at = null, payload = '' where id = any($14)`;

function commitValues<S extends Scope>(commit: Commit<S>, now: number): unknown[] {
  const { scope, id, document, deliveries = [], lessons = [] } = commit;
  const { repositoryId, dueAt } = ticketColumns(document);
  // Of two wishes with one key the later counts.
  const outbox = [...new Map(commit.outbox?.map((entry) => [entry.key, entry])).values()];
  return [
    scopeKey(scope, id),
    scope,
    repositoryId,
    dueAt,
    JSON.stringify(document),
    now,
    outbox.map(({ key }) => key),
    outbox.map(({ notBefore }) => notBefore),
    outbox.map(({ parked }) => parked !== null),
    outbox.map((entry) => JSON.stringify(entry)),
    lessons.map(({ repositoryId }) => repositoryId),
    lessons.map(({ at }) => at),
    lessons.map((lesson) => JSON.stringify(lesson)),
    deliveries,
  ];
}

export function documentsOf(pool: pg.Pool, now: () => number): Pick<Store, "read" | "commit" | "merge"> {
  return {
    async read<S extends Scope>(scope: S, id: string) {
      const { rows } = await pool.query<{ body: Documents[S] }>(
        "select body from frontdesk.document where scope = $1",
        [scopeKey(scope, id)],
      );
      return rows[0]?.body ?? null;
    },
    async commit<S extends Scope>(commit: Commit<S>) {
      await pool.query(COMMIT, commitValues(commit, now()));
    },
    merge: <S extends Scope>(scope: S, id: string, patch: Partial<Documents[S]>) =>
      transact(pool, (client) => mergeDocument(client, scopeKey(scope, id), patch)),
  };
}

/** What a document says that is searched for. */
function ticketColumns(document: Documents[Scope]): { repositoryId: number | null; dueAt: number | null } {
  if (!("dueAt" in document)) return { repositoryId: null, dueAt: null };
  return { repositoryId: document.repositoryId, dueAt: document.dueAt };
}

/** Reads, changes and writes under a row lock: SQL could merge `jsonb` by itself, but that refuses some texts. */
export async function mergeDocument(
  client: pg.PoolClient,
  key: ScopeKey,
  patch: Partial<Documents[Scope]>,
): Promise<void> {
  const { rows } = await client.query<{ body: Documents[Scope] }>(
    "select body from frontdesk.document where scope = $1 for update",
    [key],
  );
  if (!rows[0]) return;
  const document = { ...rows[0].body, ...patch } as Documents[Scope];
  await client.query("update frontdesk.document set due_at = $2, body = $3 where scope = $1", [
    key,
    ticketColumns(document).dueAt,
    JSON.stringify(document),
  ]);
}

export function listsOf(
  pool: pg.Pool,
): Pick<Store, "tickets" | "repositories" | "installations" | "lessons"> {
  const all = async <S extends Scope>(type: S): Promise<Documents[S][]> => {
    const { rows } = await pool.query<{ body: Documents[S] }>(
      "select body from frontdesk.document where type = $1 and type <> 'ticket' order by scope",
      [type],
    );
    return rows.map(({ body }) => body);
  };
  return {
    async *tickets({ repositoryId } = {}) {
      let last = "";
      for (;;) {
        const { rows } = await pool.query<{ scope: string; body: Documents["ticket"] }>(
          `select scope, body from frontdesk.document
           where ${repositoryId === undefined ? "type = 'ticket'" : "repository_id = $3"} and scope > $1
           order by scope limit $2`,
          repositoryId === undefined ? [last, PAGE] : [last, PAGE, repositoryId],
        );
        for (const { body } of rows) yield body;
        const end = rows.at(-1);
        if (!end || rows.length < PAGE) return;
        last = end.scope;
      }
    },
    repositories: () => all("repository"),
    installations: () => all("installation"),
    async lessons(repositoryId) {
      const { rows } = await pool.query<{ body: Lesson }>(
        "select body from frontdesk.lesson where repository_id = $1 order by at, number",
        [repositoryId],
      );
      return rows.map(({ body }) => body);
    },
  };
}
