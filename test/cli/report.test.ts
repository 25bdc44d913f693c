import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { close, DAY, HOUR, label, life, MONDAY, rate, reply } from "../builders/lives.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import { sampleDelivery, sampleEntry, sampleRepository, sampleTicket } from "../store/samples.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const WEEK = ["--since", "2026-03-02", "--until", "2026-03-09"];
const LANTERN = ["--repository", "octo-org/lantern"];

let folder: string;
let data: string;
let database: Database;
let working: Store;

async function fill(store: Store): Promise<void> {
  const repository = sampleRepository(12, { fullName: "octo-org/lantern" });
  await store.commit({ scope: "repository", id: "12", document: repository });
  const lives = [
    life(1, [
      [2, reply, label("area: ui | web", "desk")],
      [4, rate(1)],
      [26, close],
    ]),
    life(2, [[1, rate(-1)]]),
    life(3, [[1, reply]], { createdAt: MONDAY - 5 * DAY }),
  ];
  for (const { number, timeline, createdAt, author } of lives) {
    const document = { ...sampleTicket(`12/${number}`), timeline, createdAt, author };
    await store.commit({ scope: "ticket", id: `12/${number}`, document });
  }
  const other = { ...sampleTicket("13/1"), timeline: life(1).timeline };
  await store.commit({ scope: "ticket", id: "13/1", document: other });
  for (const scope of ["ticket:12/1", "repository:12", "ticket:13/1"] as const) {
    const entry = { ...sampleEntry(scope), failures: 8, parked: "TypeError" };
    const [kind, id] = scope.split(":") as ["ticket" | "repository", string];
    await store.commit({ scope: kind, id, document: null, outbox: [sampleEntry(`${scope}:waits`), entry] });
    await store.saveEntry(scope, entry);
  }
  // A mirror's would tell of private customers.
  for (const scope of ["ticket:12/2", "mirror:12/2", "installation:12", "ticket:13/1"] as const) {
    await store.receive(sampleDelivery(scope, scope));
    await store.fail(scope, "TypeError", true);
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "frontdesk-report-"));
  data = join(folder, "data");
  database = await createDatabase();
  const enqueue = async () => undefined;
  const onError = () => undefined;
  const inDatabase = await openPostgresStore({ url: database.url, now: Date.now, enqueue, onError });
  await fill(inDatabase);
  await inDatabase.close();
  // The folder's desk is at work: it holds the lock.
  working = await openLowdbStore({ dir: data, now: Date.now });
  await fill(working);
});
afterAll(async () => {
  await working.close();
  rmSync(folder, { recursive: true });
  await database.drop();
});

function report(argv: string[], variables: Record<string, string> = { DATA_DIR: data }) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "report", ...argv], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...variables },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

interface Row {
  metric: string;
  of: string;
  value: number | null;
  unit: string;
  count: number;
}

describe("frontdesk report", () => {
  it("counts a period, while a desk works in the folder", () => {
    const { status, stdout, stderr } = report([...LANTERN, ...WEEK, "--format", "json"]);
    expect([status, stderr]).toEqual([0, ""]);
    const { repository, since, until, figures } = JSON.parse(stdout) as Record<string, string> & {
      figures: Row[];
    };
    expect([repository, since, until]).toEqual([
      "octo-org/lantern",
      "2026-03-02T00:00:00.000Z",
      "2026-03-09T00:00:00.000Z",
    ]);
    const found = (name: string) => {
      const row = figures.find(({ metric }) => metric === name);
      return [row?.value, row?.unit, row?.count];
    };
    expect(found("opened")).toEqual([2, "tickets", 2]);
    expect(found("open")).toEqual([2, "tickets", 2]);
    expect(found("csat")).toEqual([0.5, "share", 2]);
    expect(found("first response, calendar, median")).toEqual([2, "hours", 1]);
    expect(found("first response, business, median")).toEqual([2, "hours", 1]);
    expect(found("resolution, calendar, median")).toEqual([26, "hours", 1]);
    expect(found("next response, calendar, median")).toEqual([null, "hours", 0]);
    expect(figures.find(({ metric }) => metric === "label precision")).toMatchObject({
      of: "area: ui | web",
      value: 1,
      low: expect.closeTo(0.2065, 3),
    });
  });

  it("tells the same of a database, and in every format", () => {
    const json = report([...LANTERN, ...WEEK, "--format", "json"]).stdout;
    expect(report([...LANTERN, ...WEEK, "--format", "json"], { DATABASE_URL: database.url })).toEqual({
      status: 0,
      stdout: json,
      stderr: "",
    });
    expect(report([...LANTERN, ...WEEK, "--json"]).stdout).toBe(json);
    const { figures } = JSON.parse(json) as { figures: Row[] };
    const csv = report([...LANTERN, ...WEEK, "--format", "csv"])
      .stdout.trimEnd()
      .split("\r\n");
    expect(csv[0]).toBe("metric,of,value,unit,count,low,high,before,beforeCount");
    expect(csv.slice(1)).toHaveLength(figures.length);
    const markdown = report([...LANTERN, ...WEEK]).stdout;
    expect(markdown).toContain("# octo-org/lantern, 2026-03-02 to 2026-03-09");
    expect(markdown.split("\n").filter((line) => line.startsWith("| ")).length).toBe(figures.length + 2);
  });

  it.each(["--organization", "--organisation"])("tells of all repositories together with %s", (option) => {
    for (const variables of [undefined, { DATABASE_URL: database.url }]) {
      const { status, stdout } = report([option, "Octo-Org", ...WEEK, "--format", "json"], variables);
      const { organization, figures } = JSON.parse(stdout) as { organization: string; figures: Row[] };
      expect([status, organization]).toEqual([0, "Octo-Org"]);
      expect(figures.find(({ metric }) => metric === "opened")).toMatchObject({ value: 2 });
      expect(figures.find(({ metric }) => metric === "cost")).toMatchObject({ value: 0, unit: "USD" });
      expect(report([...LANTERN, ...WEEK, "--format", "json"], variables).stdout).not.toContain("USD");
    }
  });

  it("counts parked work on tickets and on the repository, and no other", () => {
    for (const variables of [undefined, { DATABASE_URL: database.url }]) {
      const { stdout } = report([...LANTERN, ...WEEK, "--format", "csv"], variables);
      expect(stdout).toContain("parked work,,3,pieces,3,,,,0");
    }
    expect(report([...LANTERN, ...WEEK]).stdout).toMatch(/^\| parked work +\| +3 \|/m);
  });

  it("is readable at 80 columns", () => {
    const lines = report([...LANTERN, ...WEEK]).stdout.split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(new Set(lines.filter((line) => line.startsWith("|")).map((line) => line.length)).size).toBe(1);
  });

  it("takes the last 30 days when no period is named", () => {
    const { stdout } = report([...LANTERN, "--format", "json"]);
    const { since, until } = JSON.parse(stdout) as { since: string; until: string };
    expect(Date.parse(until) - Date.parse(since)).toBe(30 * DAY);
    expect(Math.abs(Date.parse(until) - Date.now())).toBeLessThan(HOUR);
  });

  it("leaves out a ticket that cannot be read, and says so", async () => {
    const document = sampleTicket("12/9");
    await working.commit({ scope: "ticket", id: "12/9", document });
    truncateSync(join(data, "tickets/12/9.json"), 30);
    const { status, stderr } = report([...LANTERN, ...WEEK]);
    expect([status, stderr]).toEqual([0, expect.stringContaining("9.json")]);
    await working.commit({ scope: "ticket", id: "12/9", document: { ...document, status: "deleted" } });
  });

  it("counts each of thousands of tickets once, whichever thread reads it", async () => {
    const { createdAt, timeline } = life(1);
    const document = { ...sampleTicket("14/0"), timeline, createdAt };
    await working.commit({
      scope: "repository",
      id: "14",
      document: sampleRepository(14, { fullName: "octo-org/vast" }),
    });
    await working.commit({ scope: "ticket", id: "14/0", document });
    const text = readFileSync(join(data, "tickets/14/0.json"), "utf8");
    for (let i = 1; i < 7_000; i++) {
      // One is longer than all the room that a batch begins with, and one is cut short.
      const body =
        i === 6_900 ? text.replace('"status"', `"filler":"${"é".repeat(700_000)}","status"`) : text;
      writeFileSync(join(data, `tickets/14/${i}.json`), i === 6_950 ? body.slice(0, 200) : body);
    }
    const { status, stdout, stderr } = report(["--repository", "octo-org/vast", ...WEEK, "--format", "csv"]);
    expect([status, stderr.match(/left out/g)?.length]).toEqual([0, 1]);
    expect(stderr).toContain("6950.json");
    expect(stdout).toContain("opened,,6999,tickets,6999,,,0,0");
  });

  it.each<[string, string[], Record<string, string> | undefined, number, RegExp]>([
    ["without a repository", [], undefined, 2, /frontdesk report --repository octo-org\/lantern/],
    ["of half a name", ["--repository", "lantern"], undefined, 2, /Say which repository/],
    ["of both", [...LANTERN, "--organization", "octo-org"], undefined, 2, /either --repository or/],
    ["of a foreign organisation", ["--organization", "acme"], undefined, 2, /no repository of acme/],
    ["of a path for one", ["--organization", "octo-org/lantern"], undefined, 2, /--organization octo-org/],
    [
      "of a stranger",
      ["--repository", "a/b"],
      undefined,
      2,
      /knows no repository a\/b\. It knows octo-org\/lantern/,
    ],
    ["in a format that is none", [...LANTERN, "--format", "pdf"], undefined, 2, /markdown, json, csv/],
    [
      "in two formats",
      [...LANTERN, "--format", "csv", "--json"],
      undefined,
      2,
      /either --json or --format csv/,
    ],
    ["since a day that is none", [...LANTERN, "--since", "2026-02-30"], undefined, 2, /--since 2026-02-30/],
    ["backwards", [...LANTERN, "--since", "2026-03-09", "--until", "2026-03-02"], undefined, 2, /before/],
    ["of a folder that is not there", LANTERN, { DATA_DIR: "no" }, 3, /There is no folder no/],
    [
      "of a database that does not answer",
      LANTERN,
      { DATABASE_URL: "postgres://u:hidden@127.0.0.1:1/desk" },
      3,
      /Cannot use the database 127\.0\.0\.1:1\/desk/,
    ],
  ])("%s fails, and says why", (_, argv, variables, code, reason) => {
    const { status, stdout, stderr } = report(argv, variables);
    expect([status, stdout]).toEqual([code, ""]);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toContain("hidden");
  });
});
