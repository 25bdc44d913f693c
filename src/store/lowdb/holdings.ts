import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Holding, NotEmpty } from "../holding.ts";
import type { Parked } from "../store.ts";
import { Inbox } from "./inbox.ts";
import { takeLock } from "./lock.ts";
import { CorruptFile, recordFile } from "./record-file.ts";
import { listRecords, Records } from "./records.ts";

/** How many files are written at once: more than 16 bring nothing. */
const AT_ONCE = 16;

/**
 * All that a folder holds, without changing it or taking its lock: also while a desk works in it. A file that cannot be
 * read is left out and given to `onDamage`; its deliveries then count as not done. `payloads`: also those of deliveries
 * that are done.
 */
export async function* readLowdbHoldings(
  dir: string,
  onDamage: (message: string) => void,
  payloads: "open" | "all" = "open",
): AsyncGenerator<Holding> {
  const done = new Map<string, number>();
  for (const { key, path } of listRecords(dir)) {
    try {
      const record = await recordFile(path).read();
      if (record === null) continue;
      for (const [id, order] of record.done) done.set(id, order);
      const { document, outbox, outcomes, lessons } = record;
      yield { type: "record", scope: key, document, outbox, outcomes, lessons };
    } catch (error) {
      if (!(error instanceof CorruptFile)) throw error;
      onDamage(`${error.message}; it is left out`);
    }
  }
  const inbox = openInbox(dir, () => undefined, onDamage);
  inbox.markDone([...done].filter(([id, order]) => inbox.orderOf(id) === order).map(([id]) => id));
  yield* inbox.holdings(payloads);
}

/** Deliveries of a folder that were given up. What cannot be read of its inbox is left out: the desk is writing there. */
export function readParkedDeliveries(dir: string): Parked[] {
  return openInbox(
    dir,
    () => undefined,
    () => undefined,
  ).parked();
}

/** Fills a new folder. Throws when it holds something already, or is in use. */
export async function loadLowdbHoldings(dir: string, holdings: AsyncIterable<Holding>): Promise<void> {
  mkdirSync(dir, { recursive: true });
  const lock = takeLock(dir);
  try {
    const used = [
      "tickets",
      "repositories",
      "installations",
      "shelves",
      "threads",
      "examples",
      "inbox",
    ].filter((name) => existsSync(join(dir, name)));
    if (used.length > 0) throw new NotEmpty(`${dir} is not empty: it has ${used.join(", ")}`);
    const records = new Records(dir, AT_ONCE, () => undefined, lock.mayWrite);
    const inbox = openInbox(dir, lock.mayWrite, () => undefined);
    let writing: Promise<void>[] = [];
    for await (const holding of holdings) {
      writing.push(loadHolding(records, inbox, holding));
      if (writing.length < AT_ONCE) continue;
      await Promise.all(writing);
      writing = [];
    }
    await Promise.all(writing);
    await inbox.close();
  } finally {
    lock.release();
  }
}

function loadHolding(records: Records, inbox: Inbox, holding: Holding): Promise<void> {
  switch (holding.type) {
    case "record": {
      const { document, outbox, outcomes, lessons } = holding;
      return records.change(holding.scope, () => ({ document, outbox, outcomes, lessons, done: [] }));
    }
    case "delivery":
      return inbox.load(holding);
  }
}

function openInbox(dir: string, mayWrite: () => void, onDamage: (message: string) => void): Inbox {
  const path = join(dir, "inbox");
  // Nothing expires here: what is old is for the desk to judge, by its clock.
  return new Inbox({ dir: path, now: () => 0, windowMs: 0, segmentBytes: 64 * 2 ** 20, onDamage, mayWrite });
}
