import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Faults, InstalledApp, Opened, Sandbox } from "../../src/sandbox/sandbox.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import type { DeskProcess } from "./desk-process.ts";
import { MAIN, startDesk } from "./desk-process.ts";
import { EVENTS, KINDS_OF_THREADS, open, ownComments, PERMISSIONS, REPOSITORY, until } from "./world.ts";

let dataDir: string;
let sandbox: Sandbox;
let app: InstalledApp;
let desks: DeskProcess[];
/** What becomes of the desk's writes. */
let writes: ReturnType<NonNullable<Faults["onRequest"]>>;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "frontdesk-process-"));
  desks = [];
  writes = undefined;
  const onRequest: Faults["onRequest"] = ({ method, path, body }) => {
    const isWrite = path.endsWith("/graphql") ? /"query":"\s*mutation/.test(body) : method !== "GET";
    return isWrite && !path.endsWith("/access_tokens") ? writes : undefined;
  };
  sandbox = await createSandbox({ faults: { onRequest } });
  sandbox.createUser("mona");
  sandbox.createOrganization("octo-org", { admins: ["octocat"] });
  const files = { ".github/frontdesk.yml": "acknowledge: always\n" };
  sandbox.createRepository(REPOSITORY, { files, hasDiscussions: true });
  app = sandbox.installApp({
    slug: "frontdesk",
    account: "octo-org",
    permissions: PERMISSIONS,
    events: EVENTS,
  });
});

afterEach(async () => {
  for (const desk of desks) await desk.end("SIGKILL");
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(variables: NodeJS.ProcessEnv = {}): Promise<DeskProcess> {
  const desk = await startDesk(sandbox, app, { DATA_DIR: dataDir, ...variables });
  desks.push(desk);
  return desk;
}

const ready = async (desk: DeskProcess) => (await fetch(`${desk.url}/readyz`)).status === 200;

function openSome(count: number): Opened[] {
  return Array.from({ length: count }).flatMap(() =>
    KINDS_OF_THREADS.map(([, kind]) => open(sandbox, kind, "mona", TEXTS.bug)),
  );
}

const isDone = (place: Opened) =>
  sandbox.labels(place).includes("bug") && ownComments(sandbox, place).length > 0;

/** Each ticket has one label and one comment, and neither was set twice. */
async function allDoneOnce(places: Opened[]): Promise<void> {
  await until(() => places.every(isDone));
  await sandbox.settled();
  for (const place of places) {
    expect(sandbox.labels(place)).toEqual(["bug"]);
    expect(sandbox.thread(place).events.filter(({ type }) => type === "labeled")).toHaveLength(1);
    expect(ownComments(sandbox, place)).toHaveLength(1);
  }
}

describe("a desk that is killed", () => {
  it("at any moment does all of it, and nothing twice, when it comes back", async () => {
    let desk = await start();
    await until(() => ready(desk));
    const places = openSome(3);
    await sandbox.settled();
    await desk.end("SIGKILL");

    // Between the decision, which is committed, and the writes.
    writes = { do: "answer", status: 503 };
    desk = await start();
    const decided = openSome(2);
    places.push(...decided);
    await until(() => (desk.output().match(/"msg":"decided"/g) ?? []).length >= decided.length);
    await desk.end("SIGKILL");

    // After writes whose answers were lost.
    writes = { do: "reset", after: true };
    desk = await start();
    const written = openSome(2);
    places.push(...written);
    await until(() => written.every((place) => sandbox.labels(place).includes("bug")));
    await desk.end("SIGKILL");

    writes = undefined;
    await start();
    await allDoneOnce(places);
  }, 90_000);
});

describe("a desk that is told to stop", () => {
  it("finishes or keeps what it began, and exits 0", async () => {
    const desk = await start();
    await until(() => ready(desk));
    const places = openSome(3);
    await sandbox.settled();
    writes = { do: "answer", status: 502 };
    places.push(...openSome(1));
    await sandbox.settled();
    expect(await desk.end("SIGTERM")).toBe(0);
    expect(desk.output()).not.toMatch(/"level":(?:50|60)/);
    writes = undefined;
    await start();
    await allDoneOnce(places);
  }, 60_000);
});

describe("a desk that does not reach GitHub", () => {
  it("lives, is not ready and says why, takes deliveries, and stops when it is told to", async () => {
    const desk = await start({ GHE_HOST: "127.0.0.1:1" });
    expect((await fetch(`${desk.url}/healthz`)).status).toBe(200);
    const answer = await fetch(`${desk.url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ reasons: [expect.stringContaining("github")] });
    open(sandbox, "issue", "mona", TEXTS.bug);
    await sandbox.settled();
    expect(sandbox.deliveries().at(-1)?.statusCode).toBe(202);
    expect(await desk.end("SIGINT")).toBe(0);
  });
});

describe("the story", () => {
  it("ends as it is told: npm start -- --once exits 0", () => {
    const env = { PATH: process.env.PATH, PORT: "0", HOST: "127.0.0.1" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, "--once"], {
      env,
      encoding: "utf8",
      timeout: 60_000,
    });
    expect({ status, end: stdout.slice(-2_000), stderr }).toMatchObject({ status: 0, stderr: "" });
  }, 90_000);
});
