import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import { sampleDelivery, sampleTicket } from "../store/samples.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

let folder: string;
let data: string;
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "frontdesk-cli-store-"));
  data = join(folder, "data");
  database = await createDatabase();
  const store = await openLowdbStore({ dir: data, now: Date.now });
  await store.receive(sampleDelivery("a", "ticket:1/7"));
  await store.receive(sampleDelivery("b", "ticket:1/7"));
  const document = sampleTicket("1/7", { status: "open" });
  await store.commit({ scope: "ticket", id: "1/7", document, deliveries: ["a"] });
  await store.close();
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

function frontdesk(argv: string[], variables: Record<string, string>) {
  const env = { PATH: process.env.PATH, ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...argv], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** What the desk of the samples must hold wherever it is. */
async function expectDesk(place: { dir: string } | { url: string }): Promise<void> {
  const unexpected = (error: Error) => {
    throw error;
  };
  const store =
    "dir" in place
      ? await openLowdbStore({ ...place, now: Date.now })
      : await openPostgresStore({
          ...place,
          now: Date.now,
          enqueue: async () => undefined,
          onError: unexpected,
        });
  expect(await store.read("ticket", "1/7")).toEqual(sampleTicket("1/7", { status: "open" }));
  expect(await store.pending("ticket:1/7")).toEqual([sampleDelivery("b", "ticket:1/7")]);
  await store.close();
}

describe("frontdesk backup and restore", () => {
  it("carry a desk from a folder into another, and into a database", async () => {
    expect(frontdesk(["backup", "desk.gz"], { DATA_DIR: data })).toEqual({
      status: 0,
      stdout: `desk.gz holds 1 records and 2 deliveries of the folder ${data}.\n`,
      stderr: "",
    });
    const other = join(folder, "other");
    expect(frontdesk(["restore", "desk.gz"], { DATA_DIR: other }).status).toBe(0);
    await expectDesk({ dir: other });
    const { status, stdout } = frontdesk(["restore", "desk.gz", "--json"], { DATABASE_URL: database.url });
    expect([status, JSON.parse(stdout)]).toEqual([0, { file: "desk.gz", record: 1, delivery: 2 }]);
    await expectDesk({ url: database.url });
    expect(frontdesk(["backup", "again.gz"], { DATABASE_URL: database.url }).stdout).not.toMatch(/postgres:/);
  });

  it("read ./data when nothing is set", () => {
    expect(frontdesk(["backup", "desk.gz"], {}).stdout).toContain("the folder ./data");
  });

  it("leave out what is damaged, name it, and end with 1", () => {
    truncateSync(join(data, "tickets/1/7.json"), 20);
    const { status, stdout, stderr } = frontdesk(["backup", "desk.gz"], { DATA_DIR: data });
    expect([status, stdout]).toEqual([
      1,
      `desk.gz holds 0 records and 2 deliveries of the folder ${data}.\n`,
    ]);
    expect(stderr).toContain(join(data, "tickets/1/7.json"));
  });

  it.each<[string, string[], () => Record<string, string>, number, RegExp]>([
    ["without a file", ["backup"], () => ({}), 2, /frontdesk backup desk\.ndjson\.gz/],
    ["without a file", ["restore"], () => ({}), 2, /frontdesk restore desk\.ndjson\.gz/],
    [
      "of a folder that is not there",
      ["backup", "x"],
      () => ({ DATA_DIR: "no" }),
      3,
      /There is no folder no/,
    ],
    ["of a file that is not there", ["restore", "x"], () => ({ DATA_DIR: "new" }), 3, /ENOENT.*x/],
    ["of a file that is no backup", ["restore", "text"], () => ({ DATA_DIR: "new" }), 3, /text: incorrect/],
    ["with a wrong address", ["backup", "x"], () => ({ DATABASE_URL: "mysql://a/b" }), 2, /postgres:\/\//],
    [
      "of a database that does not answer",
      ["backup", "x"],
      () => ({ DATABASE_URL: "postgres://u:hidden@127.0.0.1:1/desk" }),
      3,
      /Cannot use the database 127\.0\.0\.1:1\/desk/,
    ],
  ])("%s: %j fails, and says why", (_, argv, variables, code, reason) => {
    writeFileSync(join(folder, "text"), "hello");
    const { status, stdout, stderr } = frontdesk(argv, variables());
    expect([status, stdout]).toEqual([code, ""]);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toContain("hidden");
    expect(readdirSync(folder).sort()).toEqual(["data", "text"]);
  });

  it("does not write over a desk", () => {
    frontdesk(["backup", "desk.gz"], { DATA_DIR: data });
    const { status, stderr } = frontdesk(["restore", "desk.gz"], { DATA_DIR: data });
    expect([status, stderr]).toEqual([2, `${data} is not empty: it has tickets, inbox.\n`]);
  });
});

describe("frontdesk migrate", () => {
  it("moves a folder's desk into a database, and leaves the folder", async () => {
    const { status, stdout } = frontdesk(["migrate"], { DATA_DIR: data, DATABASE_URL: database.url });
    expect(status).toBe(0);
    expect(stdout).toContain("1 records and 2 deliveries are in the database 127.0.0.1");
    await expectDesk({ url: database.url });
    await expectDesk({ dir: data });
    const again = frontdesk(["migrate", "--from", data], { DATABASE_URL: database.url });
    expect([again.status, again.stderr]).toEqual([
      2,
      "The database is not empty: it holds a desk already.\n",
    ]);
  });

  it("refuses while a desk still works in the folder", async () => {
    const store = await openLowdbStore({ dir: data, now: Date.now });
    const { status, stderr } = frontdesk(["migrate"], { DATA_DIR: data, DATABASE_URL: database.url });
    await store.close();
    expect(status).toBe(2);
    expect(stderr).toContain(`held by process ${process.pid}`);
  });

  it("needs to know where to", () => {
    expect(frontdesk(["migrate"], { DATA_DIR: data })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("DATABASE_URL=postgres://"),
    });
  });
});
