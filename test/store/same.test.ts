import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import type { ScopeKey } from "../../src/ticket/delivery.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import { NOON, sampleDelivery, sampleEntry, sampleLesson, sampleTicket } from "./samples.ts";

const KEYS = ["1/1", "1/2", "2/1"];
const IDS = ["a", "b", "c", "d", "e", "f"];
const ACTIONS = ["x", "y", "z"];
const scopeOf = (key: string): ScopeKey => `ticket:${key}`;

const key = fc.constantFrom(...KEYS);
const id = fc.constantFrom(...IDS);
const action = fc.constantFrom(...ACTIONS);
const time = fc.integer({ min: 0, max: 20 }).map((n) => NOON + n);

/** Anything that can be done to a store, as data: the same is done to both. */
const step = fc.oneof(
  fc.record({ do: fc.constant("receive" as const), key, id }),
  fc.record({
    do: fc.constant("commit" as const),
    key,
    dueAt: fc.option(time),
    ids: fc.uniqueArray(id, { maxLength: 3 }),
    actions: fc.uniqueArray(action, { maxLength: 3 }),
    notBefore: time,
    lesson: fc.boolean(),
  }),
  fc.record({ do: fc.constant("merge" as const), key, dueAt: fc.option(time) }),
  fc.record({ do: fc.constant("settle" as const), key, action, patched: fc.boolean() }),
  fc.record({
    do: fc.constant("save" as const),
    key,
    action,
    parked: fc.option(fc.constant("broken")),
    notBefore: time,
  }),
  fc.record({ do: fc.constant("fail" as const), id, park: fc.boolean() }),
  fc.record({ do: fc.constant("discard" as const), id }),
  fc.record({ do: fc.constant("retry" as const) }),
  fc.record({ do: fc.constant("reopen" as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What the caller sees of a step; "failed" for an error. */
async function apply(store: Store, step: Step, now: number): Promise<unknown> {
  switch (step.do) {
    case "receive":
      return store.receive(sampleDelivery(step.id, scopeOf(step.key)));
    case "commit":
      return store.commit({
        scope: "ticket",
        id: step.key,
        document: sampleTicket(step.key, { dueAt: step.dueAt, seenAt: now }),
        deliveries: step.ids,
        outbox: step.actions.map((name) => sampleEntry(name, { notBefore: step.notBefore, decidedAt: now })),
        lessons: step.lesson ? [sampleLesson(step.key, `at ${now}`, now)] : [],
      });
    case "merge":
      return store.merge("ticket", step.key, { dueAt: step.dueAt });
    case "settle": {
      const outcome = { type: "skipped", reason: `at ${now}` } as const;
      const patch = step.patched ? { seenAt: now } : {};
      return store.settle({ scope: "ticket", id: step.key, key: step.action, outcome, patch, at: now });
    }
    case "save": {
      const entry = sampleEntry(step.action, { parked: step.parked, notBefore: step.notBefore, failures: 1 });
      return store.saveEntry(scopeOf(step.key), entry);
    }
    case "fail":
      return store.fail(step.id, `at ${now}`, step.park).catch(() => "failed");
    case "discard":
      return store.discard([step.id]);
    case "retry":
      return (await store.retryParked()).sort();
    case "reopen":
      return undefined;
  }
}

const by = <T>(items: T[], name: (item: T) => string) =>
  [...items].sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));

/** Everything that can be asked of a store. */
async function everything(store: Store) {
  const scopes = await Promise.all(
    KEYS.map(async (each) => ({
      document: await store.read("ticket", each),
      pending: await store.pending(scopeOf(each)),
      outbox: await store.outbox(scopeOf(each)),
      outcomes: await store.outcomes(scopeOf(each)),
    })),
  );
  const lessons = await Promise.all([1, 2].map((repository) => store.lessons(repository)));
  return {
    scopes,
    lessons,
    open: by(await store.openScopes(), ({ scope }) => scope),
    due: await Promise.all(
      (await store.due(NOON + 10, 10)).map(async (each) => (await store.read("ticket", each))?.dueAt),
    ),
    parked: by(await store.parked(), ({ what, scope }) => what + scope),
  };
}

describe("the two stores", () => {
  let database: Database;
  let dir: string;
  beforeEach(async () => {
    database = await createDatabase();
    dir = mkdtempSync(join(tmpdir(), "frontdesk-same-"));
  });
  afterEach(async () => {
    await database.drop();
    rmSync(dir, { recursive: true });
  });

  it("answer alike whatever is done to them, in any order", async () => {
    let now = NOON;
    let run = 0;
    const onError = (error: Error) => {
      throw error;
    };
    const enqueue = async () => undefined;
    const postgres = await openPostgresStore({ url: database.url, now: () => now, enqueue, onError });
    const property = fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      run += 1;
      await database.empty();
      const open = () =>
        openLowdbStore({ dir: join(dir, `${run}`), now: () => now, cached: 2, segmentBytes: 900 });
      let lowdb = await open();
      try {
        for (const each of steps) {
          now += 1;
          if (each.do === "reopen") {
            await lowdb.close();
            lowdb = await open();
          }
          expect(await apply(lowdb, each, now)).toEqual(await apply(postgres, each, now));
        }
        expect(await everything(lowdb)).toEqual(await everything(postgres));
        await lowdb.close();
        lowdb = await open();
        expect(await everything(lowdb)).toEqual(await everything(postgres));
      } finally {
        await lowdb.close();
      }
    });
    try {
      await fc.assert(property, { numRuns: Number(process.env.STORE_RUNS ?? 40), seed: 7 });
    } finally {
      await postgres.close();
    }
  }, 120_000);
});
