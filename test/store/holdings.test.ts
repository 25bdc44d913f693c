import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { newRosterBook } from "../../src/customers/roster-book.ts";
import { newSponsorBook } from "../../src/customers/sponsor-book.ts";
import { BrokenBackup, checkBackup, readBackup, writeBackup } from "../../src/store/backup-file.ts";
import { type Holding, NotEmpty } from "../../src/store/holding.ts";
import { loadLowdbHoldings, readLowdbHoldings } from "../../src/store/lowdb/holdings.ts";
import { FolderInUse } from "../../src/store/lowdb/lock.ts";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { loadPostgresHoldings, readPostgresHoldings } from "../../src/store/postgres/holdings.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import type { Outcome } from "../../src/ticket/action.ts";
import { createDatabase } from "../postgres/database.ts";
import {
  NOON,
  sampleDelivery,
  sampleEntry,
  sampleInstallation,
  sampleLesson,
  sampleRepository,
  sampleTicket,
} from "./samples.ts";

/** A place of either kind. */
interface Kind {
  open(): Promise<Store>;
  read(): AsyncIterable<Holding>;
  load(holdings: AsyncIterable<Holding>): Promise<void>;
  remove(): Promise<void>;
}

const damage: string[] = [];

async function makeLowdb(): Promise<Kind & { dir: string }> {
  const dir = mkdtempSync(join(tmpdir(), "frontdesk-holdings-"));
  return {
    dir,
    open: () => openLowdbStore({ dir, now: () => NOON }),
    read: () => readLowdbHoldings(dir, (message) => damage.push(message)),
    load: (holdings) => loadLowdbHoldings(dir, holdings),
    remove: async () => rmSync(dir, { recursive: true }),
  };
}

async function makePostgres(): Promise<Kind> {
  const { url, drop } = await createDatabase();
  const onError = (error: Error) => {
    throw error;
  };
  return {
    open: () => openPostgresStore({ url, now: () => NOON, enqueue: async () => undefined, onError }),
    read: () => readPostgresHoldings(url),
    load: (holdings) => loadPostgresHoldings(url, holdings),
    remove: drop,
  };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A little of everything that a store can hold. */
async function fill(store: Store): Promise<void> {
  for (let number = 0; number < 30; number++) {
    const key = `1/${number}`;
    const scope = `ticket:${key}` as const;
    for (const part of ["done", "open"]) await store.receive(sampleDelivery(`${number}-${part}`, scope));
    await store.commit({
      scope: "ticket",
      id: key,
      document: sampleTicket(key, { dueAt: number % 3 === 0 ? NOON + number : null, language: "nul \u0000" }),
      deliveries: [`${number}-done`],
      outbox: [sampleEntry("b"), sampleEntry("a"), sampleEntry("c", { notBefore: NOON + number })],
      lessons: [sampleLesson(key, "z"), sampleLesson(key, "a")],
    });
    const outcome: Outcome = { type: "done", labels: ["bug"] };
    await store.settle({ scope: "ticket", id: key, key: "a", outcome, patch: {}, at: NOON + 1 });
  }
  await store.saveEntry("ticket:1/3", sampleEntry("b", { parked: "422", failures: 8 }));
  await store.fail("4-open", "broken", true);
  await store.fail("5-open", "once", false);
  await store.receive(sampleDelivery("nothing", "installation:3"));
  await store.discard(["nothing"]);
  await store.commit({ scope: "repository", id: "1", document: sampleRepository(1) });
  await store.commit({ scope: "installation", id: "3", document: sampleInstallation(3) });
  await store.commit({
    scope: "notices",
    id: "3",
    document: { installationId: 3, sentAt: { DESK: [NOON] } },
  });
  await store.commit({ scope: "roster", id: "3", document: newRosterBook(3) });
  await store.commit({ scope: "sponsors", id: "octo-cat", document: newSponsorBook("octo-cat") });
}

const sortedRecords = (holdings: Holding[]) =>
  holdings
    .map((holding) =>
      holding.type === "record" ? { ...holding, order: holding.scope } : { ...holding, order: "" },
    )
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));

describe.each<[string, () => Promise<Kind>, () => Promise<Kind>]>([
  ["lowdb to lowdb", makeLowdb, makeLowdb],
  ["lowdb to PostgreSQL", makeLowdb, makePostgres],
  ["PostgreSQL to lowdb", makePostgres, makeLowdb],
  ["PostgreSQL to PostgreSQL", makePostgres, makePostgres],
])("from %s", (_, makeSource, makeTarget) => {
  let source: Kind;
  let target: Kind;
  let dir: string;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "frontdesk-backup-"));
    [source, target] = [await makeSource(), await makeTarget()];
  });
  afterEach(async () => {
    await source.remove();
    await target.remove();
    rmSync(dir, { recursive: true });
  });

  it("nothing is lost or changed, through a backup's file", async () => {
    const store = await source.open();
    await fill(store);
    const file = join(dir, "desk.ndjson.gz");
    // The desk goes on working while it is read.
    const written = await writeBackup(file, source.read());
    expect(written).toEqual({ record: 35, delivery: 61 });
    expect(await checkBackup(file)).toEqual(written);
    await target.load(readBackup(file));
    const before = await collect(source.read());
    expect(sortedRecords(await collect(target.read()))).toEqual(sortedRecords(before));
    await store.close();

    const loaded = await target.open();
    expect(await loaded.due(NOON + 6, 10)).toEqual(["1/0", "1/3", "1/6"]);
    expect((await loaded.pending("ticket:1/5")).map(({ id }) => id)).toEqual(["5-open"]);
    expect(await loaded.fail("5-open", "again", false)).toBe(2);
    expect((await loaded.outbox("ticket:1/3")).map(({ key }) => key)).toEqual(["c"]);
    expect((await loaded.parked()).map(({ what }) => what).sort()).toEqual(["4-open", "b"]);
    expect(await loaded.receive(sampleDelivery("7-done", "ticket:1/7"))).toBe(false);
    expect(await loaded.receive(sampleDelivery("nothing", "installation:3"))).toBe(false);
    expect((await loaded.lessons(1)).length).toBe(60);
    expect(await loaded.openScopes()).toHaveLength(30);
    await loaded.close();
  });

  it("a place that holds something already is not filled", async () => {
    for (const place of [source, target]) {
      const store = await place.open();
      await store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7") });
      await store.close();
    }
    await expect(target.load(source.read())).rejects.toThrow(NotEmpty);
  });
});

describe("a lowdb folder", () => {
  let source: Kind & { dir: string };
  beforeEach(async () => {
    damage.length = 0;
    source = await makeLowdb();
  });
  afterEach(() => source.remove());

  it("that is damaged is read as far as it can be, and not changed", async () => {
    const store = await source.open();
    await fill(store);
    await store.close();
    const file = join(source.dir, "tickets/1/8.json");
    truncateSync(file, 100);
    const held = await collect(source.read());
    expect(held.filter(({ type }) => type === "record")).toHaveLength(34);
    expect(damage).toEqual([expect.stringContaining(file)]);
    // What the lost ticket had done is to be done again.
    const pending = held.filter((piece) => piece.type === "delivery" && !piece.done);
    expect(pending.map((piece) => piece.type === "delivery" && piece.delivery.id)).toContain("8-done");
    expect(readFileSync(file).length).toBe(100);
    expect(readdirSync(source.dir)).not.toContain("corrupt");
  });

  it("that a desk works in is not filled", async () => {
    const store = await source.open();
    await expect(source.load(source.read())).rejects.toThrow(FolderInUse);
    await store.close();
  });
});

describe("a backup's file", () => {
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "frontdesk-backup-"));
    file = join(dir, "desk.ndjson.gz");
    const { document } = { document: sampleTicket("1/7") };
    const record: Holding = {
      type: "record",
      scope: "ticket:1/7",
      document,
      outbox: [],
      outcomes: {},
      lessons: [],
    };
    await writeBackup(
      file,
      (async function* () {
        for (let i = 0; i < 50; i++) yield record;
      })(),
    );
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const rewrite = (change: (text: string) => string) =>
    writeFileSync(file, gzipSync(change(gunzipSync(readFileSync(file)).toString())));

  it.each<[string, () => void, RegExp]>([
    [
      "is cut short as a file",
      () => truncateSync(file, readFileSync(file).length - 30),
      /unexpected end of file/,
    ],
    ["lacks its last line", () => rewrite((text) => text.split("\n").slice(0, -2).join("\n")), /cut short/],
    ["lacks a line", () => rewrite((text) => text.split("\n").toSpliced(5, 1).join("\n")), /cut short/],
    ["has a broken line", () => rewrite((text) => text.replace('"record"', '"rec')), /line 2: /],
    ["is not packed", () => writeFileSync(file, "hello"), /incorrect header check/],
    ["is another file", () => writeFileSync(file, gzipSync('{"a":1}\n')), /not a backup of Frontdesk/],
    [
      "is of a later version",
      () => rewrite((text) => text.replace('"version":1', '"version":2')),
      /version 2/,
    ],
    ...[
      "../../outside",
      "ticket:../1",
      "ticket:1/../../../x",
      "ticket:1",
      "constructor:1",
      "__proto__:1/1",
    ].map((scope): [string, () => void, RegExp] => [
      `has the scope ${scope}`,
      () => rewrite((text) => text.replace('"ticket:1/7"', JSON.stringify(scope))),
      /line 2: not a piece of a backup/,
    ]),
    [
      "has pieces of no type",
      () => rewrite((text) => text.replace('"type":"record"', '"type":"__proto__"')),
      /line 2: not a piece of a backup/,
    ],
    ["is empty", () => writeFileSync(file, ""), /cut short|unexpected end/],
    ["is not there", () => rmSync(file), /ENOENT/],
  ])("that %s is refused with the reason", async (_, spoil, reason) => {
    spoil();
    await expect(checkBackup(file)).rejects.toThrow(BrokenBackup);
    await expect(checkBackup(file)).rejects.toThrow(reason);
  });

  it("appears only when it is complete", async () => {
    const failing = (async function* (): AsyncGenerator<Holding> {
      yield* readBackup(file);
      throw new Error("the source failed");
    })();
    await expect(writeBackup(join(dir, "other.gz"), failing)).rejects.toThrow("the source failed");
    expect(readdirSync(dir)).toEqual(["desk.ndjson.gz"]);
  });
});
