import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { WEBHOOK_PATH } from "../../src/app.ts";
import type { PostgresQueue } from "../../src/queue/leased-queue.ts";
import { createPostgresQueue, HEARTBEAT_MS, LEASE_MS } from "../../src/queue/postgres.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { createSandbox, type InstalledApp, type Opened, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import { EVENTS, ownComments, PERMISSIONS, REPOSITORY } from "./world.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const TICKETS = 24;
/** From the third comment until the first desk is dead, GitHub takes this long to answer. */
const STALL_MS = 2_000;

interface DeskProcess {
  child: ChildProcess;
  url: string;
}

async function until(condition: () => boolean | Promise<boolean>, milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${milliseconds} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The unmodified app as a process of its own. */
async function startDesk(sandbox: Sandbox, app: InstalledApp, databaseUrl: string): Promise<DeskProcess> {
  const env = {
    PATH: process.env.PATH,
    APP_ID: `${app.appId}`,
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: "http",
    DATABASE_URL: databaseUrl,
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_LEVEL: "info",
    LOG_FORMAT: "json",
  } as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  await until(() => text.includes("the desk is open") && text.includes("takes deliveries"), 20_000);
  const url = /takes deliveries at (http:\/\/[^/"]+)/.exec(text)?.[1];
  if (url === undefined) throw new Error(text);
  return { child, url };
}

async function kill({ child }: DeskProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGKILL");
  await closed;
}

describe("two desks on one PostgreSQL", () => {
  let database: Database;
  let sandbox: Sandbox;
  let desks: DeskProcess[];
  let store: Store;
  let queue: PostgresQueue;
  let places: Opened[];
  let stalls: boolean;

  const commented = () => places.filter((place) => ownComments(sandbox, place).length > 0).length;

  beforeEach(async () => {
    desks = [];
    places = [];
    stalls = true;
    database = await createDatabase();
    // Stalls once some are done, however fast the machine is: a desk is killed in the middle of its work.
    const onRequest = () => (stalls && commented() >= 3 ? { do: "delay" as const, ms: STALL_MS } : undefined);
    sandbox = await createSandbox({ faults: { onRequest }, deliveryConcurrency: 4 });
    for (const login of ["mona", "octocat"]) sandbox.createUser(login);
    sandbox.createOrganization("octo-org", { admins: ["octocat"] });
    const files = { ".github/frontdesk.yml": "acknowledge: always\n" };
    sandbox.createRepository(REPOSITORY, { files, hasDiscussions: true });
    const app = sandbox.installApp({
      slug: "frontdesk",
      account: "octo-org",
      permissions: PERMISSIONS,
      events: EVENTS,
    });
    for (let i = 0; i < 2; i++) desks.push(await startDesk(sandbox, app, database.url));
    const onError = (error: Error) => {
      throw error;
    };
    queue = await createPostgresQueue({ url: database.url, concurrency: 1, onError });
    store = await openPostgresStore({
      url: database.url,
      now: Date.now,
      enqueue: async () => undefined,
      onError,
    });
  }, 60_000);
  afterEach(async () => {
    for (const desk of desks) await kill(desk);
    await queue.stop();
    await store.close();
    await sandbox.close();
    await database.drop();
  });

  it("leave one label and one comment on every ticket though one of them is killed at work", async () => {
    const [first, second] = desks as [DeskProcess, DeskProcess];
    sandbox.setWebhookUrl(`${first.url}${WEBHOOK_PATH}`);
    const mona = sandbox.as("mona");
    for (let i = 0; i < TICKETS; i++) {
      places.push(
        i % 2 === 0 ? mona.openIssue(REPOSITORY, TEXTS.bug) : mona.openDiscussion(REPOSITORY, TEXTS.bug),
      );
    }
    // All are taken and some are done: the first desk holds leases, and so does the second.
    await until(() => commented() >= 3, 20_000);
    await sandbox.settled();
    sandbox.setWebhookUrl(`${second.url}${WEBHOOK_PATH}`);
    await kill(first);
    stalls = false;
    expect(commented()).toBeLessThan(TICKETS);
    const killedAt = Date.now();
    await until(async () => {
      await sandbox.settled();
      await queue.idle();
      return (await store.openScopes()).length === 0;
    }, 45_000);
    expect(Date.now() - killedAt).toBeLessThan(LEASE_MS + HEARTBEAT_MS + 15_000);
    for (const place of places) {
      expect(sandbox.labels(place)).toEqual(["bug"]);
      expect(ownComments(sandbox, place)).toHaveLength(1);
    }
    expect(await store.parked()).toEqual([]);
  }, 90_000);
});
