import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseScopeKey, type Scope, type ScopeKey, scopeKey } from "../../ticket/delivery.ts";
import { sumWork } from "../../ticket/work.ts";
import type { Commit, Documents, Parked, Settlement, Store } from "../store.ts";
import { Inbox } from "./inbox.ts";
import { takeLock } from "./lock.ts";
import type { CorruptFile } from "./record-file.ts";
import { Records } from "./records.ts";
import { withCommit, withEntry, withoutParking, withPatch, withSettlement } from "./scope-record.ts";

export interface LowdbOptions {
  /** The folder; it is made when it is missing. */
  dir: string;
  now: () => number;
  /** What was damaged, by the file's name, and what became of it. */
  onDamage?: (message: string) => void;
  /** How long GitHub can send a delivery again, milliseconds; 3 days on github.com. */
  redeliveryWindowMs?: number;
  /** Size at which a segment of the inbox is closed. */
  segmentBytes?: number;
  /** How often the lock is shown to be alive. */
  lockTouchMs?: number;
  /** How many documents stay in memory. */
  cached?: number;
}

const DAY = 86_400_000;

/**
 * The embedded store: one folder, one process. Deliveries are appended to an inbox; each ticket, repository and
 * installation is one file with its outbox, outcomes, lessons and the ids of its deliveries, so that replacing the file
 * is the commit. Indexes are rebuilt at start from the files' first lines. Throws when another process has the folder.
 */
export async function openLowdbStore(options: LowdbOptions): Promise<Store> {
  const { dir, now, onDamage = (message) => process.emitWarning(message) } = options;
  mkdirSync(dir, { recursive: true });
  const lock = takeLock(dir, options.lockTouchMs);
  const inbox = new Inbox({
    dir: join(dir, "inbox"),
    now,
    windowMs: options.redeliveryWindowMs ?? 3 * DAY,
    segmentBytes: options.segmentBytes ?? 64 * 2 ** 20,
    onDamage,
    mayWrite: lock.mayWrite,
  });
  const onCorrupt = (key: ScopeKey, error: CorruptFile, movedTo: string): void => {
    inbox.reopen(key);
    onDamage(
      `${error.message}. It is now ${movedTo}; ${key} is rebuilt from the deliveries of the last days.`,
    );
  };
  const records = new Records(dir, options.cached ?? 1_000, onCorrupt, lock.mayWrite);
  for (const { done } of records.summaries.values()) {
    // An id may have come again after it was forgotten: that one has another order and is not done.
    inbox.markDone(done.filter(([id, order]) => inbox.orderOf(id) === order).map(([id]) => id));
  }
  await inbox.expire();

  const store = storeOf(records, inbox, now);
  return {
    ...store,
    async ping() {
      lock.check();
    },
    async close() {
      await inbox.close();
      await records.settled();
      lock.release();
    },
  };
}

function storeOf(records: Records, inbox: Inbox, now: () => number): Omit<Store, "ping" | "close"> {
  const documents = async function* <S extends Scope>(keys: ScopeKey[]): AsyncGenerator<Documents[S]> {
    for (const key of keys) {
      const document = await records.peek(key, (record) => record.document as Documents[S]);
      if (document) yield document;
    }
  };
  return {
    receive: (delivery) => inbox.receive(delivery),
    pending: async (scope, limit) => inbox.pending(scope, limit),
    discard: (deliveries) => inbox.discard(deliveries),
    fail: (delivery, reason, park) => inbox.fail(delivery, reason, park),

    read: <S extends Scope>(scope: S, id: string) =>
      records.read(scopeKey(scope, id), (record) => record.document as Documents[S]),
    async commit<S extends Scope>(commit: Commit<S>) {
      const orderOf = (delivery: string) => inbox.orderOf(delivery);
      const wish = structuredClone(commit);
      await records.change(scopeKey(wish.scope, wish.id), (record) =>
        withCommit(record, wish, orderOf, now()),
      );
      inbox.markDone(wish.deliveries ?? []);
    },
    merge<S extends Scope>(scope: S, id: string, patch: Partial<Documents[S]>) {
      const wish = structuredClone(patch);
      return records.change(scopeKey(scope, id), (record) => record && withPatch(record, wish));
    },

    outbox: async (scope) =>
      (await records.read(scope, ({ outbox }) => outbox.map(({ entry }) => entry)))?.filter(
        ({ parked }) => parked === null,
      ) ?? [],
    saveEntry: (scope, entry) =>
      records.change(scope, (record) => record && withEntry(record, structuredClone(entry), now())),
    settle: <S extends Scope>(settlement: Settlement<S>) =>
      records.change(
        scopeKey(settlement.scope, settlement.id),
        (record) => record && withSettlement(record, settlement),
      ),
    outcomes: async (scope) => (await records.read(scope, ({ outcomes }) => outcomes)) ?? {},

    async openScopes() {
      const open = new Map<ScopeKey, number>(inbox.pendingScopes().map((scope) => [scope, 0]));
      for (const [scope, summary] of records.summaries) {
        if (summary.open !== null && !open.has(scope)) open.set(scope, summary.open);
      }
      return [...open].map(([scope, notBefore]) => ({ scope, notBefore }));
    },
    // A pass over 100,000 summaries takes about 2 ms; a sorted index would have to be kept at every write.
    async due(at, limit) {
      const due: { key: ScopeKey; dueAt: number }[] = [];
      for (const [key, { dueAt }] of records.summaries)
        if (dueAt !== null && dueAt <= at) due.push({ key, dueAt });
      due.sort((a, b) => a.dueAt - b.dueAt);
      return due.slice(0, limit).map(({ key }) => parseScopeKey(key)[1]);
    },
    async workload(installationId, repositories) {
      const works = [...records.working].flatMap((key) => records.summaries.get(key)?.work ?? []);
      return sumWork(
        works.filter(
          (one) => one.installationId === installationId && (repositories === "all" || !one.private),
        ),
      );
    },
    parked: async () => [...inbox.parked(), ...(await parkedEntries(records))],
    async retryParked() {
      const scopes = await inbox.retryParked();
      for (const [scope, { parked }] of records.summaries) {
        if (!parked) continue;
        await records.change(scope, (record) => record && withoutParking(record, now()));
        scopes.push(scope);
      }
      return [...new Set(scopes)];
    },

    tickets: (filter) => documents<"ticket">(records.keys("ticket", filter?.repositoryId)),
    shelves: (repositoryId) => documents<"shelf">(records.keys("shelf", repositoryId)),
    threads: (repositoryId) => documents<"thread">(records.keys("thread", repositoryId)),
    repositories: () => collect(documents<"repository">(records.keys("repository"))),
    installations: () => collect(documents<"installation">(records.keys("installation"))),
    examples: (repositoryId) => documents<"example">(records.keys("example", repositoryId)),
    async lessons(repositoryId) {
      const scopes = [scopeKey("repository", repositoryId), ...records.keys("ticket", repositoryId)];
      const keys = scopes.filter((key) => records.summaries.get(key)?.lessons);
      const lessons = await Promise.all(keys.map((key) => records.peek(key, (record) => record.lessons)));
      return lessons.flatMap((some) => some ?? []).sort((a, b) => a.at - b.at);
    },
  };
}

async function parkedEntries(records: Records): Promise<Parked[]> {
  const parked: Parked[] = [];
  for (const [scope, summary] of records.summaries) {
    if (!summary.parked) continue;
    for (const { entry, savedAt } of (await records.read(scope, ({ outbox }) => outbox)) ?? []) {
      if (entry.parked !== null) parked.push({ scope, what: entry.key, reason: entry.parked, at: savedAt });
    }
  }
  return parked;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
