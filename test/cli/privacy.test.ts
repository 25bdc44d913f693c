import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import { sampleLesson, sampleRepository, sampleThread, sampleTicket } from "../store/samples.ts";

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
  });
}

async function fill(store: Store): Promise<void> {
  const lessons = [sampleLesson("1/7", "bug")];
  await store.commit({
    scope: "ticket",
    id: "1/7",
    document: sampleTicket("1/7", { author: "mona" }),
    lessons,
  });
  await store.commit({ scope: "ticket", id: "1/8", document: sampleTicket("1/8", { author: "otto" }) });
  const thread = { ...sampleThread(1, 7), author: "mona", title: "My lamp", body: "It burns." };
  await store.commit({ scope: "thread", id: "1/7", document: thread });
  const roles = { at: 1, complete: true, byLogin: { mona: "read", otto: "triage" } };
  await store.commit({ scope: "repository", id: "1", document: { ...sampleRepository(1), roles } });
  await store.close();
}

describe.each<Kind>(["files", "PostgreSQL"])("on %s", (kind) => {
  it("shows what is held of a person, then takes it away, and nobody else's", async () => {
    const { env, open } = await place(kind);
    await fill(await open());
    const shown = JSON.parse(frontdesk(["export", "@Mona"], env).stdout);
    const scopes = shown.held.map(({ scope }: { scope: string }) => scope).sort();
    expect(scopes).toEqual(["repository:1", "thread:1/7", "ticket:1/7"]);
    expect(JSON.stringify(shown)).toContain("It burns.");
    expect(JSON.stringify(shown)).not.toContain("otto");

    const erased = frontdesk(["erase", "mona", "--json"], env);
    expect([erased.status, JSON.parse(erased.stdout).erased.sort()]).toEqual([0, scopes]);
    expect(JSON.parse(frontdesk(["export", "mona"], env).stdout).held).toEqual([]);
    const store = await open();
    expect(await store.read("ticket", "1/7")).toMatchObject({ author: "ghost" });
    expect(await store.read("ticket", "1/8")).toMatchObject({ author: "otto" });
    expect(await store.read("thread", "1/7")).toMatchObject({ author: "ghost", title: "", body: "" });
    expect((await store.read("repository", "1"))?.roles?.byLogin).toEqual({ otto: "triage" });
    expect(await store.lessons(1)).toEqual([{ ...sampleLesson("1/7", "bug"), by: "ghost" }]);
    await store.close();
  });

  it("says so when nothing is held", async () => {
    const { env, open } = await place(kind);
    await fill(await open());
    const { status, stdout } = frontdesk(["erase", "nobody"], env);
    expect([status, stdout]).toEqual([0, "The desk holds nothing of nobody.\n"]);
  });
});

it.each([[[]], [["export"]], [["forget", "mona"]], [["erase", "mona", "otto"]]])(
  "%j is wrong use",
  (argv) => {
    const { status, stderr } = frontdesk(argv, { DATA_DIR: folder });
    expect(status).toBe(2);
    expect(stderr).toContain("frontdesk privacy erase LOGIN");
  },
);

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
