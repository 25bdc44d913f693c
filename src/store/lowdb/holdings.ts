import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Holding, NotEmpty } from "../holding.ts";
import { Inbox } from "./inbox.ts";
import { takeLock } from "./lock.ts";
import { CorruptFile, recordFile } from "./record-file.ts";
import { listRecords, Records } from "./records.ts";

/** How many files are written at once: more than 16 bring nothing. */
const AT_ONCE = 16;

const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/**
 * All that a folder holds, without changing it or taking its lock: also while a desk works in it. A file that cannot be
 * read is left out and given to `onDamage`; its deliveries then count as not done.
 */
export async function* readLowdbHoldings(
  dir: string,
  onDamage: (message: string) => void,
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
  const inbox = openInbox(dir, () => 0, onDamage);
  inbox.markDone([...done].filter(([id, order]) => inbox.orderOf(id) === order).map(([id]) => id));
  yield* inbox.holdings();
}

/** Fills a new folder. Throws when it holds something already, or is in use. */
export async function loadLowdbHoldings(dir: string, holdings: AsyncIterable<Holding>): Promise<void> {
  mkdirSync(dir, { recursive: true });
  const lock = takeLock(dir);
  try {
    const used = ["tickets", "repositories", "installations", "inbox"].filter((name) =>
      existsSync(join(dir, name)),
    );
    if (used.length > 0) throw new NotEmpty(`${dir} is not empty: it has ${used.join(", ")}`);
    const records = new Records(dir, AT_ONCE, () => undefined);
    const inbox = openInbox(
      dir,
      () => 0,
      () => undefined,
    );
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

function openInbox(dir: string, now: () => number, onDamage: (message: string) => void): Inbox {
  return new Inbox({
    dir: join(dir, "inbox"),
    now,
    windowMs: NO_LIMIT,
    segmentBytes: 64 * 2 ** 20,
    onDamage,
  });
}
