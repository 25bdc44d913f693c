import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ScopeKey } from "../../ticket/delivery.ts";
import type { Store } from "../store.ts";
import { documentsOf, listsOf } from "./documents.ts";
import { Inbox } from "./inbox.ts";
import { takeLock } from "./lock.ts";
import { outboxOf, workOf } from "./outbox.ts";
import type { CorruptFile } from "./record-file.ts";
import { Records } from "./records.ts";

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

  return {
    ...deliveriesOf(inbox),
    ...documentsOf(records, inbox, now),
    ...listsOf(records),
    ...outboxOf(records, now),
    ...workOf(records, inbox, now),
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

function deliveriesOf(
  inbox: Inbox,
): Pick<Store, "receive" | "pending" | "discard" | "fail" | "forgetPayloads" | "expire" | "lastDone"> {
  return {
    receive: (delivery) => inbox.receive(delivery),
    pending: async (scope, limit) => inbox.pending(scope, limit),
    discard: (deliveries) => inbox.discard(deliveries),
    fail: (delivery, reason, park) => inbox.fail(delivery, reason, park),
    forgetPayloads: (deliveries) => inbox.forgetPayloads(deliveries),
    expire: () => inbox.expire(),
    // The folder is this process's alone.
    lastDone: async () => null,
  };
}
