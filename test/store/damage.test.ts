import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type LowdbOptions, openLowdbStore } from "../../src/store/lowdb/open.ts";
import type { Store } from "../../src/store/store.ts";
import { NOON, sampleDelivery, sampleEntry, sampleTicket } from "./samples.ts";

const DAY = 86_400_000;

describe("the lowdb store on damaged files", () => {
  let dir: string;
  let store: Store;
  let damage: string[];
  let now: number;

  const open = async (options: Partial<LowdbOptions> = {}) => {
    const onDamage = (message: string) => damage.push(message);
    store = await openLowdbStore({ dir, now: () => now, onDamage, ...options });
    return store;
  };
  const ticketFile = () => join(dir, "tickets/1/7.json");
  const segments = () => readdirSync(join(dir, "inbox")).map((name) => join(dir, "inbox", name));
  const pendingIds = async () => (await store.pending("ticket:1/7")).map(({ id }) => id);

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "frontdesk-damage-"));
    damage = [];
    now = NOON;
    await open();
    for (const id of ["a", "b", "c"]) await store.receive(sampleDelivery(id, "ticket:1/7"));
    await store.discard(["c"]);
    const document = sampleTicket("1/7", { status: "open" });
    const outbox = [sampleEntry("k")];
    await store.commit({ scope: "ticket", id: "1/7", document, deliveries: ["a"], outbox });
    await store.close();
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true });
  });

  it.each<[string, () => void]>([
    ["is cut short", () => truncateSync(ticketFile(), readFileSync(ticketFile()).length - 9)],
    ["is empty", () => truncateSync(ticketFile(), 0)],
    ["is full of zeros", () => writeFileSync(ticketFile(), Buffer.alloc(700))],
    ["is not JSON", () => writeFileSync(ticketFile(), "hello\n")],
    ["is other JSON", () => writeFileSync(ticketFile(), '{"a":1,\n"b":2}\n')],
    [
      "is damaged in the middle",
      () =>
        writeFileSync(
          ticketFile(),
          readFileSync(ticketFile(), "utf8").replace('"document":{', '"document":['),
        ),
    ],
  ])("moves a ticket's file that %s aside, names it, and plays its deliveries again", async (_, spoil) => {
    spoil();
    await open();
    expect(await store.read("ticket", "1/7")).toBeNull();
    expect(damage).toEqual([expect.stringContaining(ticketFile())]);
    expect(damage[0]).toContain(join(dir, "corrupt"));
    expect(readdirSync(join(dir, "corrupt"))).toHaveLength(1);
    // What had been done is to be done again; what concerned nothing is not.
    expect(await pendingIds()).toEqual(["a", "b"]);
    expect(await store.openScopes()).toEqual([{ scope: "ticket:1/7", notBefore: 0 }]);
    await store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7"), deliveries: ["a", "b"] });
    await store.close();
    await open();
    expect(await store.read("ticket", "1/7")).toEqual(sampleTicket("1/7"));
    expect(await pendingIds()).toEqual([]);
    expect(damage).toHaveLength(1);
  });

  it("plays a ticket's deliveries again when its file was deleted", async () => {
    rmSync(ticketFile());
    await open();
    expect(await pendingIds()).toEqual(["a", "b"]);
  });

  it.each([
    ["in a note", '{"type":"delivery","id":"d","ev'],
    ["in a payload", '{"type":"delivery","id":"d","event":"x","scope":"ticket:1/7","bytes":50}\n{"half'],
    ["before a line end", '{"type":"delivery","id":"d","event":"x","scope":"ticket:1/7","bytes":4}\nfour'],
  ])("drops what a crash left at the end of the inbox, cut off %s", async (_, tail) => {
    appendFileSync(segments()[0] as string, tail);
    await open();
    expect(await pendingIds()).toEqual(["b"]);
    expect(damage).toEqual([expect.stringContaining(segments()[0] as string)]);
    expect(await store.receive(sampleDelivery("d", "ticket:1/7"))).toBe(true);
    await store.close();
    await open();
    expect(await pendingIds()).toEqual(["b", "d"]);
  });

  it("reads the inbox on after damage in its middle", async () => {
    const [segment] = segments() as [string];
    writeFileSync(
      segment,
      readFileSync(segment, "utf8").replace('{"type":"delivery","id":"a"', '{"type":"del\0\0\0'),
    );
    await open();
    expect(damage).toHaveLength(1);
    expect(await pendingIds()).toEqual(["b"]);
    expect(await store.receive(sampleDelivery("a", "ticket:1/7"))).toBe(true);
  });

  it("removes half-written files of a crash", async () => {
    writeFileSync(`${ticketFile()}.tmp`, '{"summary":{');
    await open();
    expect(existsSync(`${ticketFile()}.tmp`)).toBe(false);
    expect(await store.read("ticket", "1/7")).toEqual(sampleTicket("1/7", { status: "open" }));
    expect(damage).toEqual([]);
  });

  it("changes nothing when a commit cannot be written, and goes on when it can", async () => {
    await open();
    mkdirSync(`${ticketFile()}.tmp`);
    const commit = () =>
      store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7"), deliveries: ["b"] });
    await expect(commit()).rejects.toThrow("EISDIR");
    expect((await store.read("ticket", "1/7"))?.status).toBe("open");
    expect(await pendingIds()).toEqual(["b"]);
    rmSync(`${ticketFile()}.tmp`, { recursive: true });
    await commit();
    expect((await store.read("ticket", "1/7"))?.status).toBe("new");
    expect(await pendingIds()).toEqual([]);
  });

  it.each([
    "ticket:../../etc/passwd",
    "ticket:1",
    "ticket:1/7/8",
    "repository:..",
    "installation:1/7",
    "x:1",
  ])("refuses %s as a path", async (key) => {
    await open();
    const scope = key as "ticket:1/7";
    await expect(store.outbox(scope)).rejects.toThrow("is not the key of a scope");
    await expect(store.saveEntry(scope, sampleEntry("a"))).rejects.toThrow("is not the key of a scope");
  });
});

describe("the lowdb store's old deliveries", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "frontdesk-old-"));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it("are forgotten after three days, but for those that are open", async () => {
    let now = NOON;
    const open = () => openLowdbStore({ dir, now: () => now, segmentBytes: 600 });
    let store = await open();
    const receive = (id: string) => store.receive(sampleDelivery(id, "ticket:1/7", { receivedAt: now }));
    for (let i = 0; i < 20; i++) await receive(`old-${i}`);
    const deliveries = Array.from({ length: 20 }, (_, i) => `old-${i}`).filter(
      (id) => id !== "old-3" && id !== "old-5",
    );
    await store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7"), deliveries });
    await store.fail("old-5", "broken", true);
    await store.fail("old-3", "once", false);
    const before = readdirSync(join(dir, "inbox")).length;
    expect(before).toBeGreaterThan(5);
    now += 3 * DAY + 1;
    for (let i = 0; i < 4; i++) await receive(`new-${i}`);
    await store.close();
    expect(readdirSync(join(dir, "inbox")).length).toBeLessThan(before);
    store = await open();
    expect((await store.pending("ticket:1/7")).map(({ id }) => id)).toEqual([
      "old-3",
      "new-0",
      "new-1",
      "new-2",
      "new-3",
    ]);
    expect(await store.parked()).toEqual([
      { scope: "ticket:1/7", what: "old-5", reason: "broken", at: NOON },
    ]);
    expect(await store.fail("old-3", "twice", false)).toBe(2);
    expect(await store.receive(sampleDelivery("old-5", "ticket:1/7"))).toBe(false);
    expect(await store.receive(sampleDelivery("old-0", "ticket:1/7"))).toBe(true);
    await store.close();
    store = await open();
    expect((await store.pending("ticket:1/7")).map(({ id }) => id)).toContain("old-0");
    // A ticket remembers only the ids that the inbox still knows.
    await store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7"), deliveries: ["new-0"] });
    const [summary = ""] = readFileSync(join(dir, "tickets/1/7.json"), "utf8").split("\n");
    expect(summary).toMatch(/"done":\[\["new-0",\d+\]\]/);
    await store.close();
  });
});

describe("the lowdb store's lock", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "frontdesk-lock-"));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const lock = (holder: unknown, ageMs = 0) => {
    const path = join(dir, "frontdesk.lock");
    writeFileSync(path, typeof holder === "string" ? holder : JSON.stringify(holder));
    const touched = new Date(Date.now() - ageMs);
    utimesSync(path, touched, touched);
  };
  const open = () => openLowdbStore({ dir, now: Date.now });

  it("refuses a second opening in the same process", async () => {
    const store = await open();
    await expect(open()).rejects.toThrow(`held by process ${process.pid} on ${hostname()}`);
    await store.close();
    await (await open()).close();
  });

  it.each<[string, unknown, number]>([
    [
      "of a container's earlier process with the same id",
      { host: hostname(), pid: process.pid, started: "x/1" },
      0,
    ],
    ["of a process that is gone", { host: hostname(), pid: 2 ** 22 + 1, started: "x/1" }, 0],
    ["of another host that fell silent", { host: "elsewhere", pid: 1, started: "x/1" }, 31_000],
    ["that is cut short", '{"host":"else', 0],
  ])("takes over a lock %s", async (_, holder, age) => {
    lock(holder, age);
    const store = await open();
    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();
  });

  it("respects a lock of another host that was touched lately", async () => {
    lock({ host: "elsewhere", pid: 1, started: "x/1" }, 20_000);
    await expect(open()).rejects.toThrow("held by process 1 on elsewhere");
  });

  it("fails the ping, and writes nothing more, when somebody else has taken the folder", async () => {
    const store = await openLowdbStore({ dir, now: Date.now, lockTouchMs: 20 });
    await store.receive(sampleDelivery("a", "ticket:1/7"));
    lock({ host: "elsewhere", pid: 1, started: "x/1" });
    await expect(store.ping()).rejects.toThrow("another process has taken");
    await new Promise((resolve) => setTimeout(resolve, 60));
    await expect(store.receive(sampleDelivery("b", "ticket:1/7"))).rejects.toThrow(
      "another process has taken",
    );
    const commit = store.commit({
      scope: "ticket",
      id: "1/7",
      document: sampleTicket("1/7"),
      deliveries: ["a"],
    });
    await expect(commit).rejects.toThrow("another process has taken");
    expect((await store.pending("ticket:1/7")).map(({ id }) => id)).toEqual(["a"]);
    await store.close();
    expect(readFileSync(join(dir, "frontdesk.lock"), "utf8")).toContain("elsewhere");
  });
});
