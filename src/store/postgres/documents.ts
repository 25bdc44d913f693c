import type pg from "pg";
import { type Execute, executeOn, transact } from "../../postgres/connection.ts";
import { type Scope, type ScopeKey, scopeKey } from "../../ticket/delivery.ts";
import type { Lesson } from "../../ticket/lesson.ts";
import { workOf } from "../../ticket/work.ts";
import type { HeldRecord } from "../holding.ts";
import type { Commit, Documents, Store } from "../store.ts";

const PAGE = 500;

/**
 * One statement, hence one transaction, and one journey to the database. What is searched for comes in columns beside
 * the JSON: reading it out of the JSON fails on `\\u0000`.
 */
const WRITE = `
  with documents as (
    insert into frontdesk.document (scope, due_at, body, installation_id, work)
    select $1, $2::float8, $3::json, $4::float8, $5::json where $3::json is not null
    on conflict (scope) do update set due_at = excluded.due_at, body = excluded.body,
      installation_id = excluded.installation_id, work = excluded.work
  ), entries as (
    insert into frontdesk.outbox (scope, key, not_before, parked, entry, saved_at)
    select $1, key, not_before, parked, entry, saved_at
    from unnest($6::text[], $7::float8[], $8::bool[], $9::json[], $10::float8[])
      with ordinality as entries(key, not_before, parked, entry, saved_at, place) order by place
    on conflict (scope, key) do update set not_before = excluded.not_before, saved_at = excluded.saved_at,
      parked = excluded.parked, entry = excluded.entry
  ), lessons as (
    insert into frontdesk.lesson (scope, repository_id, at, body)
    select $1, repository_id, at, body from unnest($11::float8[], $12::float8[], $13::json[])
      with ordinality as lessons(repository_id, at, body, place) order by place
  )
  update frontdesk.delivery set done_at = $15, parked_at = null, payload = '' where id = any($14)`;

/** What is written with a document; null: that stays as it is. */
type Written = Omit<HeldRecord, "type" | "outcomes" | "document"> & { document: Documents[Scope] | null };

/** Writes a document, puts its actions and lessons to those that are there, and marks deliveries done. */
export async function writeRecord(
  execute: Execute,
  { scope, document, outbox, lessons }: Written,
  deliveries: string[],
  now: number,
): Promise<void> {
  const { dueAt, installationId, work } = columnsOf(document);
  await execute(WRITE, [
    scope,
    dueAt,
    document && JSON.stringify(document),
    installationId,
    work,
    outbox.map(({ entry }) => entry.key),
    outbox.map(({ entry }) => entry.notBefore),
    outbox.map(({ entry }) => entry.parked !== null),
    outbox.map(({ entry }) => JSON.stringify(entry)),
    outbox.map(({ savedAt }) => savedAt),
    lessons.map(({ repositoryId }) => repositoryId),
    lessons.map(({ at }) => at),
    lessons.map((lesson) => JSON.stringify(lesson)),
    deliveries,
    now,
  ]);
}

export function documentsOf(
  pool: pg.Pool,
  now: () => number,
): Pick<Store, "read" | "commit" | "merge" | "revise"> {
  return {
    async read<S extends Scope>(scope: S, id: string) {
      const { rows } = await pool.query<{ body: Documents[S] }>(
        "select body from frontdesk.document where scope = $1",
        [scopeKey(scope, id)],
      );
      return rows[0]?.body ?? null;
    },
    commit<S extends Scope>({ scope, id, document, deliveries, outbox, lessons }: Commit<S>) {
      const at = now();
      // Of two wishes with one key the later counts.
      const wishes = [...new Map(outbox?.map((entry) => [entry.key, { entry, savedAt: at }])).values()];
      const record = { scope: scopeKey(scope, id), document, outbox: wishes, lessons: lessons ?? [] };
      return writeRecord(executeOn(pool), record, deliveries ?? [], at);
    },
    merge: <S extends Scope>(scope: S, id: string, patch: Partial<Documents[S]>) =>
      transact(pool, (client) => mergeDocument(client, scopeKey(scope, id), patch)),
    revise: <S extends Scope>(scope: S, id: string, change: Change<S>) =>
      transact(pool, (client) => reviseDocument(client, scopeKey(scope, id), change)),
  };
}

type Change<S extends Scope> = (document: Documents[S] | null) => Documents[S] | null;

interface Columns {
  dueAt: number | null;
  installationId: number | null;
  work: string | null;
}

/** What a document says that is searched for. */
function columnsOf(document: Documents[Scope] | null): Columns {
  if (document === null) return { dueAt: null, installationId: null, work: null };
  const work = "wroteAt" in document ? workOf(document) : null;
  return {
    dueAt: "dueAt" in document ? document.dueAt : null,
    installationId: work?.installationId ?? null,
    work: work && JSON.stringify(work),
  };
}

/** Sets single fields of a document; nothing when it does not exist. */
export async function mergeDocument(
  client: pg.PoolClient,
  key: ScopeKey,
  patch: Partial<Documents[Scope]>,
): Promise<void> {
  await reviseDocument(
    client,
    key,
    (document) => document && ({ ...document, ...patch } as Documents[Scope]),
  );
}

const INSERT = `
  insert into frontdesk.document (scope, due_at, body, installation_id, work)
  values ($1, $2, $3, $4, $5) on conflict do nothing returning scope`;
const UPDATE =
  "update frontdesk.document set due_at = $2, body = $3, installation_id = $4, work = $5 where scope = $1";

/** Reads, changes and writes under a row lock: SQL could merge `jsonb` by itself, but that refuses some texts. */
export async function reviseDocument<S extends Scope>(
  client: pg.PoolClient,
  key: ScopeKey,
  change: Change<S>,
): Promise<Documents[S] | null> {
  for (;;) {
    const { rows } = await client.query<{ body: Documents[S] }>(
      "select body from frontdesk.document where scope = $1 for update",
      [key],
    );
    const before = rows[0]?.body ?? null;
    const document = change(before);
    if (document === null) return before;
    const { dueAt, installationId, work } = columnsOf(document);
    const values = [key, dueAt, JSON.stringify(document), installationId, work];
    const written = await client.query(before === null ? INSERT : UPDATE, values);
    // What does not exist cannot be locked: then somebody else may have made it meanwhile.
    if (before !== null || written.rows.length > 0) return document;
  }
}

export function listsOf(
  pool: pg.Pool,
): Pick<
  Store,
  "tickets" | "shelves" | "threads" | "examples" | "repositories" | "installations" | "lessons"
> {
  /** The documents of a type, or of one repository: they lie together in the primary key. */
  const pages = async function* <S extends Scope>(
    type: S,
    repositoryId?: number,
  ): AsyncGenerator<Documents[S]> {
    let last = repositoryId === undefined ? `${type}:` : `${type}:${repositoryId}/`;
    // The key's last sign is followed by the next one in the alphabet: no such document is behind it.
    const end = last.slice(0, -1) + String.fromCharCode(last.charCodeAt(last.length - 1) + 1);
    for (;;) {
      const { rows } = await pool.query<{ scope: string; body: Documents[S] }>(
        "select scope, body from frontdesk.document where scope > $1 and scope < $2 order by scope limit $3",
        [last, end, PAGE],
      );
      for (const { body } of rows) yield body;
      if (rows.length < PAGE) return;
      last = rows.at(-1)?.scope ?? end;
    }
  };
  const all = async <S extends Scope>(type: S): Promise<Documents[S][]> => {
    const documents: Documents[S][] = [];
    for await (const document of pages(type)) documents.push(document);
    return documents;
  };
  return {
    tickets: ({ repositoryId } = {}) => pages("ticket", repositoryId),
    shelves: (repositoryId) => pages("shelf", repositoryId),
    threads: (repositoryId) => pages("thread", repositoryId),
    examples: (repositoryId) => pages("example", repositoryId),
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
