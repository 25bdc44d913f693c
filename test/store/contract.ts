import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { newRosterBook } from "../../src/customers/roster-book.ts";
import { newSponsorBook } from "../../src/customers/sponsor-book.ts";
import type { Kept, Store } from "../../src/store/store.ts";
import type { ScopeKey } from "../../src/ticket/delivery.ts";
import type { Example } from "../../src/ticket/example.ts";
import type { Lesson } from "../../src/ticket/lesson.ts";
import type { Priority } from "../../src/ticket/priority.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";
import { newService } from "../../src/triage/serve.ts";
import {
  NOON,
  sampleDelivery,
  sampleEntry,
  sampleExample,
  sampleInstallation,
  sampleLesson,
  sampleRepository,
  sampleThread,
  sampleTicket,
} from "./samples.ts";

/** A place for a store: `open` opens it, again after `store.close()` with all that it held. */
export interface StorePlace {
  open(now: () => number): Promise<Store>;
  remove(): Promise<void>;
}

const SCOPE: ScopeKey = "ticket:1/7";

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** What every store does: the same tests run against each implementation. */
export function describeStore(name: string, makePlace: () => Promise<StorePlace>): void {
  describe(`the ${name} store`, () => {
    let place: StorePlace;
    let store: Store;
    let now = NOON;

    /** Every promise of the port means durable: so each test may look at a store that was opened again. */
    const reopened = async (): Promise<Store> => {
      await store.close();
      store = await place.open(() => now);
      return store;
    };
    const commitTicket = (key: string, changes: Partial<Ticket> = {}) =>
      store.commit({ scope: "ticket", id: key, document: sampleTicket(key, changes) });
    const pendingIds = async (scope = SCOPE) => (await store.pending(scope)).map(({ id }) => id);
    const openKeys = async (scope = SCOPE) => (await store.outbox(scope)).map(({ key }) => key);

    beforeEach(async () => {
      now = NOON;
      place = await makePlace();
      store = await place.open(() => now);
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    describe("its deliveries", () => {
      it("come back as they came, in the order in which they came", async () => {
        const sent = ["b", "a", "c"].map((id) => sampleDelivery(id, SCOPE));
        for (const delivery of sent) expect(await store.receive(delivery)).toBe(true);
        expect(await store.pending(SCOPE)).toEqual(sent);
        expect(await store.pending(SCOPE, 2)).toEqual(sent.slice(0, 2));
        expect(await (await reopened()).pending(SCOPE)).toEqual(sent);
      });

      it("keep payloads with line ends, 2 MB of text and nothing at all", async () => {
        const payloads = ['{\n "a": 1\n}\n', JSON.stringify({ body: "\u{1F600}\\n".repeat(400_000) }), ""];
        for (const [i, payload] of payloads.entries())
          await store.receive(sampleDelivery(`${i}`, SCOPE, { payload }));
        expect((await (await reopened()).pending(SCOPE)).map(({ payload }) => payload)).toEqual(payloads);
      });

      it("are refused when their id is known, even when both arrive at once or after they are done", async () => {
        const delivery = sampleDelivery("once", SCOPE);
        const answers = await Promise.all([1, 2, 3].map(() => store.receive(delivery)));
        expect(answers.filter(Boolean)).toHaveLength(1);
        await store.commit({
          scope: "ticket",
          id: "1/7",
          document: sampleTicket("1/7"),
          deliveries: ["once"],
        });
        expect(await store.receive(delivery)).toBe(false);
        expect(await (await reopened()).receive(delivery)).toBe(false);
        expect(await pendingIds()).toEqual([]);
      });

      it("are pending in their own scope only", async () => {
        await store.receive(sampleDelivery("a", "ticket:1/7"));
        await store.receive(sampleDelivery("b", "ticket:1/8"));
        await store.receive(sampleDelivery("c", "repository:1"));
        await store.receive(sampleDelivery("d", "installation:3"));
        expect(await pendingIds("ticket:1/8")).toEqual(["b"]);
        expect(await pendingIds("repository:1")).toEqual(["c"]);
        expect(await pendingIds("installation:3")).toEqual(["d"]);
        expect(await pendingIds("ticket:2/7")).toEqual([]);
      });

      it("are gone for good when they are discarded", async () => {
        for (const id of ["a", "b", "c"]) await store.receive(sampleDelivery(id, SCOPE));
        await store.discard(["a", "c", "never seen"]);
        expect(await pendingIds()).toEqual(["b"]);
        await reopened();
        expect(await pendingIds()).toEqual(["b"]);
        expect(await store.receive(sampleDelivery("a", SCOPE))).toBe(false);
      });

      it("count their failures and are parked when told so", async () => {
        await store.receive(sampleDelivery("a", SCOPE));
        expect(await store.fail("a", "first", false)).toBe(1);
        expect(await pendingIds()).toEqual(["a"]);
        await reopened();
        now += 5_000;
        expect(await store.fail("a", "second", true)).toBe(2);
        await reopened();
        expect(await pendingIds()).toEqual([]);
        expect(await store.parked()).toEqual([
          { scope: SCOPE, what: "a", reason: "second", at: NOON + 5_000 },
        ]);
        expect(await store.openScopes()).toEqual([]);
      });

      it("arrive by the hundred at once without losing one", async () => {
        const ids = Array.from({ length: 300 }, (_, i) => `id-${i}`);
        await Promise.all(ids.map((id) => store.receive(sampleDelivery(id, SCOPE))));
        expect(new Set(await pendingIds())).toEqual(new Set(ids));
        await reopened();
        expect(new Set(await pendingIds())).toEqual(new Set(ids));
      });
    });

    describe("its documents", () => {
      it("are null when nobody committed them", async () => {
        expect(await store.read("ticket", "1/7")).toBeNull();
        expect(await store.read("repository", "1")).toBeNull();
        expect(await store.read("installation", "3")).toBeNull();
      });

      it("come back as they were committed, whatever the caller does with his copy", async () => {
        const ticket = sampleTicket("1/7", {
          ownLabels: ["bug"],
          vetoedLabels: ["\u65e5\u672c\u8a9e", 'a"b'],
        });
        await store.commit({ scope: "ticket", id: "1/7", document: ticket });
        const copy = (await store.read("ticket", "1/7")) as Ticket;
        copy.ownLabels.push("changed");
        expect(await store.read("ticket", "1/7")).toEqual(ticket);
        expect(await (await reopened()).read("ticket", "1/7")).toEqual(ticket);
      });

      it("keep scopes apart that share an id", async () => {
        await store.commit({ scope: "repository", id: "3", document: sampleRepository(3) });
        await store.commit({ scope: "installation", id: "3", document: sampleInstallation(3) });
        expect(await store.read("repository", "3")).toEqual(sampleRepository(3));
        expect(await store.read("installation", "3")).toEqual(sampleInstallation(3));
        expect(await store.repositories()).toEqual([sampleRepository(3)]);
        expect(await store.installations()).toEqual([sampleInstallation(3)]);
      });

      it("merge fields that many set at once", async () => {
        await store.commit({ scope: "repository", id: "1", document: sampleRepository(1) });
        await Promise.all([
          store.merge("repository", "1", { labels: [] }),
          store.merge("repository", "1", { forms: [] }),
          store.merge("repository", "1", { fullName: "octo-org/renamed" }),
        ]);
        const expected = sampleRepository(1, { labels: [], forms: [], fullName: "octo-org/renamed" });
        expect(await store.read("repository", "1")).toEqual(expected);
        expect(await (await reopened()).read("repository", "1")).toEqual(expected);
      });

      it("are not made by a merge", async () => {
        await store.merge("ticket", "1/7", { status: "open" });
        expect(await store.read("ticket", "1/7")).toBeNull();
      });

      it("are made by the first who revises them, and changed by all that come at once", async () => {
        let made = 0;
        const add = () =>
          store.revise("repository", "1", (document) => {
            if (document === null) made += 1;
            const { readUntil, ...rest } = document ?? sampleRepository(1, { readUntil: 0 });
            return { ...rest, readUntil: readUntil + 1 };
          });
        const results = await Promise.all(Array.from({ length: 10 }, add));
        expect(new Set(results.map((result) => result?.readUntil)).size).toBe(10);
        expect(made).toBeGreaterThanOrEqual(1);
        expect((await (await reopened()).read("repository", "1"))?.readUntil).toBe(10);
      });

      it("stay as they are when a revision gives null", async () => {
        expect(await store.revise("repository", "1", () => null)).toBeNull();
        expect(await store.read("repository", "1")).toBeNull();
        await store.commit({ scope: "repository", id: "1", document: sampleRepository(1) });
        expect(await store.revise("repository", "1", () => null)).toEqual(sampleRepository(1));
      });

      it("stay as they are in a commit of actions alone, whoever else writes them", async () => {
        await store.commit({ scope: "repository", id: "1", document: sampleRepository(1) });
        const document = null;
        await Promise.all([
          store.merge("repository", "1", { labels: [] }),
          store.commit({ scope: "repository", id: "1", document, outbox: [sampleEntry("k")] }),
          store.merge("repository", "1", { forms: [] }),
        ]);
        expect(await store.read("repository", "1")).toEqual(sampleRepository(1, { labels: [], forms: [] }));
        expect((await store.outbox("repository:1")).map(({ key }) => key)).toEqual(["k"]);
      });

      it("set a field to null by a merge", async () => {
        await store.commit({ scope: "repository", id: "1", document: sampleRepository(1, { labels: [] }) });
        await store.merge("repository", "1", { labels: null });
        expect((await store.read("repository", "1"))?.labels).toBeNull();
      });

      it("are listed, all or those of one repository", async () => {
        for (const key of ["1/7", "1/8", "2/7"]) await commitTicket(key);
        const keys = async (repositoryId?: number) => {
          const found: string[] = [];
          const filter = repositoryId === undefined ? undefined : { repositoryId };
          for await (const ticket of store.tickets(filter)) found.push(ticket.key);
          return found.sort();
        };
        expect(await keys()).toEqual(["1/7", "1/8", "2/7"]);
        expect(await keys(1)).toEqual(["1/7", "1/8"]);
        expect(await keys(9)).toEqual([]);
      });
    });

    describe("what is kept of a repository beside its tickets", () => {
      it("comes back, and is listed by repository, apart from tickets", async () => {
        const shelf = {
          repositoryId: 1,
          servedId: 2,
          files: [{ path: "a.md", sha: "1f", text: "# \u0000A" }],
        };
        await store.commit({ scope: "shelf", id: "1/2", document: shelf });
        await commitTicket("1/7");
        for (const [repositoryId, number] of [
          [1, 7],
          [1, 8],
          [2, 7],
        ] as const) {
          const id = `${repositoryId}/${number}`;
          await store.commit({ scope: "thread", id, document: sampleThread(repositoryId, number) });
        }
        await reopened();
        expect(await store.read("shelf", "1/2")).toEqual(shelf);
        expect(await collect(store.shelves(1))).toEqual([shelf]);
        expect(await collect(store.shelves(2))).toEqual([]);
        expect(new Set((await collect(store.threads(1))).map(({ number }) => number))).toEqual(
          new Set([7, 8]),
        );
        expect(await collect(store.threads(2))).toEqual([sampleThread(2, 7)]);
        expect((await collect(store.tickets({ repositoryId: 1 }))).map(({ key }) => key)).toEqual(["1/7"]);
      });

      it("is there for what the desk does besides: notices, rosters, sponsors", async () => {
        const board = { installationId: 3, sentAt: { DESK: [NOON] } };
        const book = { ...newRosterBook(3), readAt: NOON };
        const sponsors = newSponsorBook("Octo-Cat");
        await store.commit({ scope: "notices", id: "3", document: board });
        await store.commit({ scope: "roster", id: "3", document: book });
        await store.commit({ scope: "sponsors", id: "octo-cat", document: sponsors });
        await reopened();
        expect(await store.read("notices", "3")).toEqual(board);
        expect(await store.read("roster", "3")).toEqual(book);
        expect(await store.read("sponsors", "octo-cat")).toEqual(sponsors);
        expect(await collect(store.tickets())).toEqual([]);
      });

      it("of what threads teach are told by repository, as they were committed last", async () => {
        const keep = (repositoryId: number, number: number, labels: Example["labels"] = []) => {
          const document = sampleExample(repositoryId, number, labels);
          return store.commit({ scope: "example", id: `${repositoryId}/${number}`, document });
        };
        const odd = [{ name: '\u0000"\ud800', by: "person" as const }];
        await Promise.all([keep(1, 7), keep(1, 8), keep(2, 7), commitTicket("1/9")]);
        await keep(1, 8, odd);
        await reopened();
        const found = (await collect(store.examples(1))).sort((a, b) => a.number - b.number);
        expect(found).toEqual([sampleExample(1, 7), sampleExample(1, 8, odd)]);
        expect(await store.read("example", "2/7")).toEqual(sampleExample(2, 7));
        expect(await collect(store.examples(3))).toEqual([]);
        expect((await collect(store.tickets())).map(({ key }) => key)).toEqual(["1/9"]);
      });
    });

    describe("a commit", () => {
      it("changes document, outbox, lessons and deliveries at once", async () => {
        await store.receive(sampleDelivery("a", SCOPE));
        await store.receive(sampleDelivery("b", SCOPE));
        const entry = sampleEntry("k");
        const lesson = sampleLesson("1/7", "bug");
        const document = sampleTicket("1/7", { status: "open" });
        await store.commit({
          scope: "ticket",
          id: "1/7",
          document,
          deliveries: ["a"],
          outbox: [entry],
          lessons: [lesson],
        });
        await reopened();
        expect(await store.read("ticket", "1/7")).toEqual(document);
        expect(await store.outbox(SCOPE)).toEqual([entry]);
        expect(await store.lessons(1)).toEqual([lesson]);
        expect(await pendingIds()).toEqual(["b"]);
      });

      it("puts an action with a known key in the waiting one's place", async () => {
        const commit = (outbox: ReturnType<typeof sampleEntry>[]) =>
          store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7"), outbox });
        await commit([
          sampleEntry("a"),
          sampleEntry("b", { failures: 3, parked: "broken" }),
          sampleEntry("c"),
        ]);
        const again = sampleEntry("b", { decidedAt: NOON + 1 });
        await commit([again, sampleEntry("d")]);
        expect(await openKeys()).toEqual(["a", "b", "c", "d"]);
        await reopened();
        expect(await openKeys()).toEqual(["a", "b", "c", "d"]);
        expect((await store.outbox(SCOPE))[1]).toEqual(again);
      });

      it("that follows others keeps their outbox, outcomes and lessons", async () => {
        const first = { outbox: [sampleEntry("a"), sampleEntry("b")], lessons: [sampleLesson("1/7", "x")] };
        await store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7"), ...first });
        const outcome = { type: "done", url: "https://github.com/" } as const;
        await store.settle({ scope: "ticket", id: "1/7", key: "a", outcome, patch: {}, at: NOON });
        await commitTicket("1/7", { status: "solved" });
        await reopened();
        expect(await openKeys()).toEqual(["b"]);
        expect(await store.outcomes(SCOPE)).toEqual({ a: { outcome, at: NOON } });
        expect(await store.lessons(1)).toHaveLength(1);
      });

      it("keeps every text that GitHub may send: null characters, unpaired surrogates, any key", async () => {
        const odd = 'nul \u0000, surrogate \ud800, "quotes" \\u0000 and \u2028';
        const body = { type: "comment", slot: "triage", body: odd } as const;
        const outbox = [sampleEntry(`k ${"'; drop table x; --"}`, { action: body })];
        const lessons = [sampleLesson("1/7", odd)];
        const document = sampleTicket("1/7", { language: odd, ownLabels: ["__proto__", "constructor"] });
        await store.commit({ scope: "ticket", id: "1/7", document, outbox, lessons });
        await store.merge("ticket", "1/7", { author: odd });
        await reopened();
        expect(await store.read("ticket", "1/7")).toEqual({ ...document, author: odd });
        expect(await store.outbox(SCOPE)).toEqual(outbox);
        expect(await store.lessons(1)).toEqual(lessons);
        await store.receive(sampleDelivery("a", SCOPE));
        await store.fail("a", odd, true);
        await store.saveEntry(SCOPE, { ...(outbox[0] as (typeof outbox)[0]), parked: odd });
        expect((await store.parked()).map(({ what }) => what)).toEqual(["a", outbox[0]?.key]);
      });

      it("by the hundred at once keeps every one of them", async () => {
        const keys = Array.from({ length: 100 }, (_, i) => `1/${i}`);
        await Promise.all(keys.map((key) => commitTicket(key)));
        await reopened();
        const found: string[] = [];
        for await (const { key } of store.tickets()) found.push(key);
        expect(found.sort()).toEqual(keys.sort());
      });
    });

    describe("its outbox", () => {
      beforeEach(async () => {
        const outbox = [sampleEntry("a"), sampleEntry("b")];
        await store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7"), outbox });
      });

      it("keeps an entry's progress in its place", async () => {
        const later = sampleEntry("a", { failures: 2, notBefore: NOON + 60_000 });
        await store.saveEntry(SCOPE, later);
        await reopened();
        expect(await store.outbox(SCOPE)).toEqual([later, sampleEntry("b")]);
      });

      it("loses a settled entry, whose outcome and lesson for the document stay", async () => {
        const outcome = { type: "done", commentNodeId: "IC_1" } as const;
        const patch = { comments: { triage: { nodeId: "IC_1", digest: "d" } } };
        await store.settle({ scope: "ticket", id: "1/7", key: "a", outcome, patch, at: NOON + 1 });
        await reopened();
        expect(await openKeys()).toEqual(["b"]);
        expect(await store.outcomes(SCOPE)).toEqual({ a: { outcome, at: NOON + 1 } });
        expect(await store.read("ticket", "1/7")).toEqual(sampleTicket("1/7", patch));
      });

      it("loses an entry whose outcome nobody asks for without a trace", async () => {
        const patch = { comments: {} };
        await store.settle({ scope: "ticket", id: "1/7", key: "a", outcome: null, patch, at: NOON + 1 });
        await store.settle({ scope: "ticket", id: "1/7", key: "b", outcome: null, patch: {}, at: NOON + 1 });
        await reopened();
        expect(await openKeys()).toEqual([]);
        expect(await store.outcomes(SCOPE)).toEqual({});
      });

      it("does not take back an entry that was settled", async () => {
        const outcome = { type: "skipped", reason: "locked" } as const;
        await store.settle({ scope: "ticket", id: "1/7", key: "a", outcome, patch: {}, at: NOON });
        await store.saveEntry(SCOPE, sampleEntry("a", { failures: 1 }));
        expect(await openKeys()).toEqual(["b"]);
      });

      it("may see a settled key again, whose newer outcome then counts", async () => {
        const settle = (outcome: { type: "refused"; reason: string } | { type: "done" }, at: number) =>
          store.settle({ scope: "ticket", id: "1/7", key: "a", outcome, patch: {}, at });
        await settle({ type: "done" }, NOON);
        const outbox = [sampleEntry("a")];
        await store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7"), outbox });
        expect(await openKeys()).toEqual(["b", "a"]);
        const refused = { type: "refused", reason: "deleted by a person" } as const;
        await settle(refused, NOON + 1);
        expect(await store.outcomes(SCOPE)).toEqual({ a: { outcome: refused, at: NOON + 1 } });
      });

      it("hides parked entries until they are retried", async () => {
        now += 1_000;
        await store.saveEntry(
          SCOPE,
          sampleEntry("a", { failures: 8, parked: "422", notBefore: NOON + 9_000 }),
        );
        await reopened();
        expect(await openKeys()).toEqual(["b"]);
        expect(await store.parked()).toEqual([{ scope: SCOPE, what: "a", reason: "422", at: NOON + 1_000 }]);
        expect(await store.retryParked()).toEqual([SCOPE]);
        await reopened();
        expect(await store.outbox(SCOPE)).toEqual([sampleEntry("a"), sampleEntry("b")]);
        expect(await store.parked()).toEqual([]);
      });

      it("is empty, and has no outcomes, where nothing was committed", async () => {
        expect(await store.outbox("ticket:1/99")).toEqual([]);
        expect(await store.outcomes("ticket:1/99")).toEqual({});
      });
    });

    describe("its parked deliveries", () => {
      it("are pending again, in their old order and with no failures, when they are retried", async () => {
        for (const id of ["a", "b", "c"]) await store.receive(sampleDelivery(id, SCOPE));
        for (const id of ["a", "c"]) await store.fail(id, "broken", true);
        expect(await pendingIds()).toEqual(["b"]);
        expect(await store.retryParked()).toEqual([SCOPE]);
        await reopened();
        expect(await pendingIds()).toEqual(["a", "b", "c"]);
        expect(await store.parked()).toEqual([]);
        expect(await store.fail("a", "again", false)).toBe(1);
        expect(await store.retryParked()).toEqual([]);
      });
    });

    describe("its work to take up", () => {
      it("is every scope with pending deliveries or open actions, and when", async () => {
        await store.receive(sampleDelivery("a", "ticket:1/1"));
        await store.receive(sampleDelivery("b", "repository:1"));
        await store.receive(sampleDelivery("c", "ticket:1/4"));
        await commitTicket("1/2");
        const outbox = [sampleEntry("x", { notBefore: NOON + 9 }), sampleEntry("y", { notBefore: NOON + 5 })];
        await store.commit({ scope: "ticket", id: "1/3", document: sampleTicket("1/3"), outbox });
        await store.commit({ scope: "ticket", id: "1/4", document: sampleTicket("1/4"), outbox });
        const expected = [
          { scope: "repository:1", notBefore: 0 },
          { scope: "ticket:1/1", notBefore: 0 },
          { scope: "ticket:1/3", notBefore: NOON + 5 },
          { scope: "ticket:1/4", notBefore: 0 },
        ];
        const open = async () =>
          (await store.openScopes()).sort((one, other) => (one.scope < other.scope ? -1 : 1));
        expect(await open()).toEqual(expected);
        await reopened();
        expect(await open()).toEqual(expected);
      });

      it("is the tickets whose clock is due, the earliest first", async () => {
        await commitTicket("1/1", { dueAt: NOON + 30 });
        await commitTicket("1/2", { dueAt: NOON + 10 });
        await commitTicket("1/3", { dueAt: null });
        await commitTicket("1/4", { dueAt: NOON + 20 });
        expect(await store.due(NOON + 9, 10)).toEqual([]);
        expect(await store.due(NOON + 20, 10)).toEqual(["1/2", "1/4"]);
        expect(await store.due(NOON + 99, 2)).toEqual(["1/2", "1/4"]);
        await commitTicket("1/2", { dueAt: null });
        await store.merge("ticket", "1/4", { dueAt: NOON + 40 });
        await reopened();
        expect(await store.due(NOON + 99, 10)).toEqual(["1/1", "1/4"]);
      });
    });

    it("adds up the open work of people by installation, with and without private repositories", async () => {
      const work = (login: string, level: Priority, changes: Partial<Ticket> = {}): Partial<Ticket> => ({
        service: {
          ...newService(NOON),
          given: [login],
          priority: { level, value: 0, weight: 0, because: [] },
        },
        ...changes,
      });
      await commitTicket("1/1", work("Maria", "P0"));
      await commitTicket("1/2", work("maria", "P2", { assignees: ["maria", "octocat"] }));
      await commitTicket("1/3", work("octocat", "P1", { private: true }));
      await commitTicket("1/4", work("octocat", "P1", { status: "closed" }));
      await commitTicket("1/5", work("octocat", "P1", { installationId: 4 }));
      await commitTicket("1/6");
      expect(await store.workload(3, "public")).toEqual(
        new Map([
          ["maria", 5],
          ["octocat", 1],
        ]),
      );
      expect(await store.workload(3, "all")).toEqual(
        new Map([
          ["maria", 5],
          ["octocat", 3],
        ]),
      );
      await store.merge("ticket", "1/1", { status: "solved" });
      await reopened();
      expect(await store.workload(3, "public")).toEqual(
        new Map([
          ["maria", 1],
          ["octocat", 1],
        ]),
      );
      expect(await store.workload(5, "all")).toEqual(new Map());
    });

    it("puts something else in the place of all that is kept of a scope, and leaves the others", async () => {
      const lessons = [sampleLesson("1/7", "a", NOON), sampleLesson("1/7", "b", NOON + 1)];
      const outbox = [sampleEntry("a"), sampleEntry("b")];
      const both = (id: string, theirs: Lesson[]) =>
        store.commit({ scope: "ticket", id, document: sampleTicket(id), lessons: theirs, outbox });
      await both("1/7", lessons);
      const others = [sampleLesson("1/8", "c", NOON + 2)];
      await both("1/8", others);
      const done = { outcome: { type: "done" }, at: NOON } as const;
      await store.settle({ scope: "ticket", id: "1/7", key: "a", ...done, patch: {} });
      const seen: Kept[] = [];
      const change = (kept: Kept): Kept => {
        seen.push(kept);
        return {
          document: { ...(kept.document as Ticket), author: "ghost" },
          outbox: kept.outbox.map(({ entry, savedAt }) => ({ entry: { ...entry, key: "c" }, savedAt })),
          outcomes: { z: { outcome: { type: "skipped", reason: "gone" }, at: NOON } },
          lessons: kept.lessons.map((lesson) => ({ ...lesson, by: null })),
        };
      };
      await store.rewrite("ticket:1/7", change);
      await store.rewrite("ticket:1/9", change);
      expect(seen).toMatchObject([{ lessons, outbox: [{ entry: { key: "b" } }], outcomes: { a: done } }]);
      const after = await reopened();
      expect(await after.lessons(1)).toEqual([
        ...lessons.map((lesson) => ({ ...lesson, by: null })),
        ...others,
      ]);
      expect((await after.read("ticket", "1/7"))?.author).toBe("ghost");
      expect((await after.read("ticket", "1/8"))?.author).toBe("mona");
      expect((await after.outbox("ticket:1/7")).map(({ key }) => key)).toEqual(["c"]);
      expect((await after.outbox("ticket:1/8")).map(({ key }) => key)).toEqual(["a", "b"]);
      expect(Object.keys(await after.outcomes("ticket:1/7"))).toEqual(["z"]);
      expect(await after.read("ticket", "1/9")).toBeNull();
    });

    it("forgets what was said by deliveries that are done, and no others", async () => {
      for (const id of ["a", "b", "c"]) await store.receive(sampleDelivery(id, SCOPE));
      await store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7"), deliveries: ["a"] });
      await store.forgetPayloads(["a", "b", "x"]);
      const after = await reopened();
      expect((await after.pending(SCOPE)).map(({ id, payload }) => [id, payload])).toEqual(
        ["b", "c"].map((id) => [id, sampleDelivery(id, SCOPE).payload]),
      );
      expect(await after.receive(sampleDelivery("a", SCOPE))).toBe(false);
    });

    it("forgets deliveries that are done when GitHub cannot send them again", async () => {
      for (const id of ["a", "b"]) await store.receive(sampleDelivery(id, SCOPE));
      await store.discard(["a"]);
      now += 2 * 86_400_000;
      await store.expire();
      expect(await store.receive(sampleDelivery("a", SCOPE))).toBe(false);
      now += 2 * 86_400_000;
      await store.expire();
      expect(await store.receive(sampleDelivery("a", SCOPE, { receivedAt: now }))).toBe(true);
      expect(await store.receive(sampleDelivery("b", SCOPE))).toBe(false);
      await store.expire();
      expect(await pendingIds()).toEqual(["b", "a"]);
      now = NOON;
    });

    it("tells lessons by repository, the oldest first", async () => {
      const lessons = [sampleLesson("1/7", "b", NOON + 2), sampleLesson("1/7", "a", NOON)];
      await store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7"), lessons });
      const others = [sampleLesson("1/8", "c", NOON + 1)];
      await store.commit({ scope: "ticket", id: "1/8", document: sampleTicket("1/8"), lessons: others });
      const foreign = [sampleLesson("2/7", "d")];
      await store.commit({ scope: "ticket", id: "2/7", document: sampleTicket("2/7"), lessons: foreign });
      expect((await store.lessons(1)).map(({ subject }) => subject)).toEqual(["a", "c", "b"]);
      expect(await (await reopened()).lessons(2)).toEqual(foreign);
      expect(await store.lessons(3)).toEqual([]);
    });

    it("answers a ping", async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });
}
