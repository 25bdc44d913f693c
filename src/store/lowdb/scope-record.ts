import type { OutboxEntry, Outcome } from "../../ticket/action.ts";
import type { Scope } from "../../ticket/delivery.ts";
import type { Lesson } from "../../ticket/lesson.ts";
import { type Work, workOf } from "../../ticket/work.ts";
import type { Commit, Documents, Settlement } from "../store.ts";

/** All that one file holds: whatever changes together is replaced together. */
export interface ScopeRecord<S extends Scope = Scope> {
  document: Documents[S];
  /** `savedAt`: when the entry was written last, milliseconds since 1970; for a parked one, when it was parked. */
  outbox: { entry: OutboxEntry; savedAt: number }[];
  outcomes: Record<string, { outcome: Outcome; at: number }>;
  lessons: Lesson[];
  /** Deliveries that are done with this, by id and the inbox's order, as long as the inbox remembers them. */
  done: [id: string, order: number][];
}

/** What the store keeps in memory of every record: enough to find work without opening files. */
export interface Summary {
  dueAt: number | null;
  /** The earliest `notBefore` of open outbox entries; null when there is none. */
  open: number | null;
  parked: boolean;
  lessons: boolean;
  /** Whose open work it is; not there when it is nobody's. */
  work?: Work;
  done: ScopeRecord["done"];
}

export function summarize({ document, outbox, lessons, done }: ScopeRecord): Summary {
  const work = "wroteAt" in document ? workOf(document) : null;
  const open = outbox.filter(({ entry }) => entry.parked === null).map(({ entry }) => entry.notBefore);
  return {
    dueAt: "dueAt" in document ? document.dueAt : null,
    open: open.length > 0 ? Math.min(...open) : null,
    parked: open.length < outbox.length,
    lessons: lessons.length > 0,
    ...(work ? { work } : {}),
    done,
  };
}

/**
 * The record after a commit; null when there is neither one nor a document for it. `orderOf` is null for a delivery that
 * the inbox forgot: nor does the record need it.
 */
export function withCommit(
  record: ScopeRecord | null,
  commit: Commit<Scope>,
  orderOf: (delivery: string) => number | null,
  now: number,
): ScopeRecord | null {
  const document = commit.document ?? record?.document;
  if (!document) return null;
  const outbox = [...(record?.outbox ?? [])];
  for (const entry of commit.outbox ?? []) {
    const place = outbox.findIndex((waiting) => waiting.entry.key === entry.key);
    outbox.splice(place < 0 ? outbox.length : place, place < 0 ? 0 : 1, { entry, savedAt: now });
  }
  return {
    document,
    outbox,
    outcomes: record?.outcomes ?? {},
    lessons: [...(record?.lessons ?? []), ...(commit.lessons ?? [])],
    done: withDone(record?.done ?? [], commit.deliveries ?? [], orderOf),
  };
}

function withDone(
  done: ScopeRecord["done"],
  deliveries: string[],
  orderOf: (delivery: string) => number | null,
): ScopeRecord["done"] {
  const kept = new Map(done.filter(([id, order]) => orderOf(id) === order));
  for (const id of deliveries) {
    const order = orderOf(id);
    if (order !== null) kept.set(id, order);
  }
  return [...kept];
}

export function withPatch(record: ScopeRecord, patch: Partial<Documents[Scope]>): ScopeRecord {
  return { ...record, document: { ...record.document, ...patch } as Documents[Scope] };
}

/** The record with another document; a new one begins empty. */
export function withDocument(record: ScopeRecord | null, document: Documents[Scope]): ScopeRecord {
  return { ...(record ?? { outbox: [], outcomes: {}, lessons: [], done: [] }), document };
}

/** Keeps an entry's progress. An entry that left the outbox meanwhile does not come back. */
export function withEntry(record: ScopeRecord, entry: OutboxEntry, now: number): ScopeRecord {
  const outbox = record.outbox.map((waiting) =>
    waiting.entry.key === entry.key ? { entry, savedAt: now } : waiting,
  );
  return { ...record, outbox };
}

export function withSettlement(record: ScopeRecord, settlement: Settlement<Scope>): ScopeRecord {
  const { key, outcome, at, patch } = settlement;
  return {
    ...withPatch(record, patch),
    outbox: record.outbox.filter(({ entry }) => entry.key !== key),
    outcomes: outcome ? { ...record.outcomes, [key]: { outcome, at } } : record.outcomes,
  };
}

export function withoutParking(record: ScopeRecord, now: number): ScopeRecord {
  const outbox = record.outbox.map((waiting) =>
    waiting.entry.parked === null
      ? waiting
      : { entry: { ...waiting.entry, parked: null, failures: 0, notBefore: 0 }, savedAt: now },
  );
  return { ...record, outbox };
}
