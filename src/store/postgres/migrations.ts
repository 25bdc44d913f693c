/**
 * The schema in numbered steps: the n-th entry leads from version n - 1 to n. A step that was released is never changed.
 *
 * Times are milliseconds since 1970 as `double precision`, which holds them exactly and arrives as a number. Documents
 * are `json` and not `jsonb`, which refuses what GitHub's texts may hold: `\u0000` and unpaired surrogates. Scopes sort by
 * their bytes, so that those of one type lie together in an index whatever language the database speaks.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table frontdesk.delivery (
    number bigint generated always as identity primary key,
    id text not null unique,
    event text not null,
    scope text collate "C" not null,
    -- Emptied when it is done: then only the id is needed, to know the delivery again.
    payload text not null,
    received_at double precision not null,
    failures int not null default 0,
    reason text not null default '',
    parked_at double precision,
    done_at double precision
  );
  create index delivery_pending on frontdesk.delivery (scope, number) where done_at is null and parked_at is null;
  create index delivery_parked on frontdesk.delivery (parked_at) where parked_at is not null;
  create index delivery_done on frontdesk.delivery (done_at) where done_at is not null;

  create table frontdesk.document (
    scope text collate "C" primary key,
    type text not null,
    -- Of what belongs to a repository.
    repository_id double precision,
    -- Of tickets.
    due_at double precision,
    body json not null
  );
  create index document_due on frontdesk.document (due_at) where due_at is not null;
  create index document_of_repository on frontdesk.document (repository_id, scope) where repository_id is not null;
  create index document_other on frontdesk.document (type, scope) where type <> 'ticket';

  create table frontdesk.outbox (
    scope text collate "C" not null,
    key text not null,
    number bigint generated always as identity,
    not_before double precision not null,
    saved_at double precision not null,
    parked boolean not null,
    entry json not null,
    primary key (scope, key)
  );
  create index outbox_parked on frontdesk.outbox (scope) where parked;

  create table frontdesk.outcome (
    scope text collate "C" not null,
    key text not null,
    at double precision not null,
    outcome json not null,
    primary key (scope, key)
  );

  create table frontdesk.lesson (
    number bigint generated always as identity primary key,
    scope text collate "C" not null,
    repository_id double precision not null,
    at double precision not null,
    body json not null
  );
  create index lesson_of_scope on frontdesk.lesson (scope, number);
  create index lesson_of_repository on frontdesk.lesson (repository_id, at, number);
  `,
  `
  -- Whose open work a ticket is: json as ticket/work.ts has it, null when it is nobody's.
  alter table frontdesk.document add column installation_id double precision;
  alter table frontdesk.document add column work json;
  create index document_work on frontdesk.document (installation_id) where work is not null;
  `,
  `
  -- A scope says its type and its repository first: the primary key lists both. An index less is a page less that each
  -- event touches, and with a million tickets hardly two events touch the same.
  drop index frontdesk.document_of_repository, frontdesk.document_other;
  alter table frontdesk.document drop column type, drop column repository_id;
  -- Room in a page for the next versions of its rows: where nothing changes that is searched for, no index is touched.
  alter table frontdesk.document set (fillfactor = 75);
  `,
];
