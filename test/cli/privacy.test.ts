import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createPostgresQueue } from "../../src/queue/postgres.ts";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import {
  sampleDelivery,
  sampleEntry,
  sampleExample,
  sampleLesson,
  sampleRepository,
  sampleThread,
  sampleTicket,
} from "../store/samples.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

let folder: string;
let database: Database | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "frontdesk-privacy-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database?.drop();
  database = null;
});

type Kind = "files" | "PostgreSQL";

async function place(kind: Kind): Promise<{ env: Record<string, string>; open: () => Promise<Store> }> {
  if (kind === "files") {
    return { env: { DATA_DIR: folder }, open: () => openLowdbStore({ dir: folder, now: Date.now }) };
  }
  database = await createDatabase();
  const { url } = database;
  const enqueue = () => Promise.resolve();
  const onError = (error: Error) => {
    throw error;
  };
  return {
    env: { DATABASE_URL: url },
    open: () => openPostgresStore({ url, now: Date.now, enqueue, onError }),
  };
}

function frontdesk(argv: string[], env: Record<string, string>) {
  return spawnSync(process.execPath, [CLI, "privacy", ...argv], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    encoding: "utf8",
    timeout: 30_000,
  });
}

const payload = (login: string) =>
  JSON.stringify({ action: "opened", issue: { title: "My lamp", user: { login, node_id: "U_1234" } } });

async function fill(store: Store): Promise<void> {
  for (const [id, login] of [
    ["theirs", "Mona"],
    ["other", "otto"],
  ] as const)
    await store.receive(
      sampleDelivery(id, "ticket:1/7", { payload: payload(login), receivedAt: Date.now() }),
    );
  const suggestions = {
    answers: [],
    duplicates: [],
    related: [
      {
        title: "My lamp",
        url: "https://github.com/octo-org/widgets/issues/7",
        headings: [],
        passage: "It burns.",
      },
    ],
  };
  await store.commit({
    scope: "ticket",
    id: "1/7",
    document: sampleTicket("1/7", { author: "mona" }),
    deliveries: ["theirs", "other"],
    lessons: [sampleLesson("1/7", "bug")],
    outbox: [
      sampleEntry("1/7:assign:mona", { action: { type: "assign", logins: ["mona"] } }),
      sampleEntry("1/7:assign:mona,otto", { action: { type: "assign", logins: ["mona", "otto"] } }),
      sampleEntry("1/7:unassign:mona", { action: { type: "unassign", logins: ["mona"] } }),
    ],
  });
  const settled = { scope: "ticket", id: "1/7", key: "1/7:unassign:mona", patch: {}, at: 1 } as const;
  await store.settle({ ...settled, outcome: { type: "done" } });
  await store.commit({
    scope: "ticket",
    id: "1/8",
    document: sampleTicket("1/8", { author: "otto", suggestions }),
  });
  const thread = { ...sampleThread(1, 7), author: "mona", title: "My lamp", body: "It burns." };
  await store.commit({ scope: "thread", id: "1/7", document: thread });
  await store.commit({ scope: "example", id: "1/7", document: sampleExample(1, 7) });
  const roles = { at: 1, complete: true, byLogin: { mona: "read", otto: "triage" } };
  await store.commit({ scope: "repository", id: "1", document: { ...sampleRepository(1), roles } });
  await store.close();
}

/** Every file of a folder, as it lies on the disk. */
const bytesOf = (dir: string): string =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "latin1"))
    .join("\n");

const EVERYWHERE = ["example:1/7", "repository:1", "thread:1/7", "ticket:1/7", "ticket:1/8"];

describe.each<Kind>(["files", "PostgreSQL"])("on %s", (kind) => {
  it("shows what is held of a person, then takes it away, and nobody else's", async () => {
    const { env, open } = await place(kind);
    await fill(await open());
    const shown = JSON.parse(frontdesk(["export", "@Mona"], env).stdout);
    const scopes = shown.held.map(({ scope }: { scope: string }) => scope).sort();
    expect(scopes).toEqual(EVERYWHERE);
    expect(shown.deliveries.map(({ id }: { id: string }) => id)).toEqual(kind === "files" ? ["theirs"] : []);
    expect(JSON.stringify(shown)).toContain("It burns.");
    expect(JSON.stringify(shown)).not.toContain("otto");

    const erased = frontdesk(["erase", "mona", "--json"], env);
    expect([erased.status, erased.stderr, JSON.parse(erased.stdout).erased.sort()]).toEqual([0, "", scopes]);
    expect(JSON.parse(frontdesk(["export", "mona"], env).stdout)).toMatchObject({ held: [], deliveries: [] });
    const store = await open();
    expect(await store.read("ticket", "1/7")).toMatchObject({ author: "ghost" });
    expect(await store.read("ticket", "1/8")).toMatchObject({
      author: "otto",
      suggestions: { related: [{ title: "#7", passage: null }] },
    });
    expect(await store.read("thread", "1/7")).toMatchObject({
      author: "ghost",
      title: "",
      body: "",
      erased: true,
    });
    expect(await store.read("example", "1/7")).toMatchObject({ features: "", excluded: true, erased: true });
    expect((await store.read("repository", "1"))?.roles?.byLogin).toEqual({ otto: "triage" });
    expect(await store.lessons(1)).toEqual([{ ...sampleLesson("1/7", "bug"), by: "ghost" }]);
    expect((await store.outbox("ticket:1/7")).map(({ key, action }) => [key, action])).toEqual([
      ["1/7:assign:otto", { type: "assign", logins: ["otto"] }],
    ]);
    expect(await store.outcomes("ticket:1/7")).toEqual({});
    await store.close();
    if (kind === "files") {
      const bytes = bytesOf(folder);
      for (const known of [/mona/i, /U_1234.*otto/, /It burns/]) expect(bytes).not.toMatch(known);
      expect(bytes).toContain('"login":"otto"');
    }
  });

  it("says what waits to be worked on, and leaves it", async () => {
    const { env, open } = await place(kind);
    const store = await open();
    await store.receive(sampleDelivery("a", "ticket:1/7", { payload: payload("mona") }));
    await store.close();
    const { status, stderr, stdout } = frontdesk(["erase", "mona"], env);
    expect([status, stdout]).toEqual([1, "Nothing of mona was erased.\n"]);
    expect(stderr).toContain("The delivery a waits to be worked on (ticket:1/7)");
    const after = await open();
    expect((await after.pending("ticket:1/7")).map((one) => one.payload)).toEqual([payload("mona")]);
    await after.close();
  });

  it.each(["open", "issue", "team", "reporter", "timeline", "author", "watch"])(
    "changes nothing when nobody is called %s",
    async (login) => {
      const { env, open } = await place(kind);
      await fill(await open());
      const before = await documents(await open());
      expect(JSON.parse(frontdesk(["export", login], env).stdout)).toMatchObject({
        held: [],
        deliveries: [],
      });
      const { status, stdout } = frontdesk(["erase", login], env);
      expect([status, stdout]).toEqual([0, `The desk holds nothing of ${login}.\n`]);
      expect(await documents(await open())).toEqual(before);
    },
  );

  it("says so when nothing is held", async () => {
    const { env, open } = await place(kind);
    await fill(await open());
    const { status, stdout } = frontdesk(["erase", "nobody"], env);
    expect([status, stdout]).toEqual([0, "The desk holds nothing of nobody.\n"]);
  });
});

async function documents(store: Store): Promise<unknown[]> {
  const all = [
    await store.read("ticket", "1/7"),
    await store.read("ticket", "1/8"),
    await store.read("thread", "1/7"),
    await store.read("example", "1/7"),
    await store.read("repository", "1"),
    await store.lessons(1),
    await store.outbox("ticket:1/7"),
  ];
  await store.close();
  return all;
}

it("names files that cannot be read and hold the name", async () => {
  const { env, open } = await place("files");
  await fill(await open());
  mkdirSync(join(folder, "corrupt"));
  writeFileSync(join(folder, "corrupt", "ticket-1-9-1.json"), '{"document": {"author": "Mona"');
  writeFileSync(join(folder, "corrupt", "ticket-1-9-2.json"), '{"document": {"author": "otto"');
  const { status, stdout, stderr } = frontdesk(["erase", "mona"], env);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^Erased mona\. Records: 5, deliveries: \d+\.\n {2}\w+:/);
  expect(stdout).toContain("ticket:1/7");
  expect(stderr).toContain("ticket-1-9-1.json cannot be read and holds the name: delete it.");
  expect(stderr).not.toContain("ticket-1-9-2.json");
});

it("finds what a worker on PostgreSQL writes back that had read it before", async () => {
  const { env, open } = await place("PostgreSQL");
  await fill(await open());
  const store = await open();
  const queue = await createPostgresQueue({
    url: env.DATABASE_URL ?? "",
    concurrency: 1,
    onError: (error) => {
      throw error;
    },
  });
  const document = await store.read("ticket", "1/7");
  let erasing: Promise<number | null> | null = null;
  await queue.start(
    async () => {
      erasing = exitOf(["erase", "mona"], env);
      // It has passed once when its mark stands; then the worker goes on with what it knows.
      while (!(await store.read("ticket", "1/7"))?.erased) await sleep(20);
      // Longer than another pass would take that did not wait.
      await sleep(1_500);
      await store.commit({ scope: "ticket", id: "1/7", document });
    },
    () => undefined,
  );
  await queue.push("ticket:1/7");
  await queue.idle();
  expect(await erasing).toBe(0);
  expect((await store.read("ticket", "1/7"))?.author).toBe("ghost");
  await queue.stop();
  await store.close();
});

function exitOf(argv: string[], env: Record<string, string>): Promise<number | null> {
  const child = spawn(process.execPath, [CLI, "privacy", ...argv], {
    env: { PATH: process.env.PATH, ...env },
    stdio: "ignore",
  });
  return new Promise((resolve) => child.on("exit", resolve));
}

it.each([
  [[]],
  [["export"]],
  [["forget", "mona"]],
  [["erase", "mona", "otto"]],
  [["export", ".."]],
  [["export", "*"]],
  [["erase", "a/b"]],
  [["erase", "renovate[bot]"]],
])("%j is wrong use", (argv) => {
  const { status, stderr } = frontdesk(argv, { DATA_DIR: folder });
  expect(status).toBe(2);
  expect(stderr).toContain("frontdesk privacy erase LOGIN");
});

it("erases nothing of a folder in which a desk works", async () => {
  const { env, open } = await place("files");
  await fill(await open());
  const working = await open();
  const { status, stderr } = frontdesk(["erase", "mona"], env);
  expect(status).toBe(2);
  expect(stderr).toMatch(/in use|another/i);
  expect(await working.read("ticket", "1/7")).toMatchObject({ author: "mona" });
  await working.close();
});
