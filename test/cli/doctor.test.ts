import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createProbot } from "probot";
import { examineGitHub } from "../../src/cli/doctor/github-checks.ts";
import { newInstallation, newRepository } from "../../src/desk/knowledge.ts";
import { newSponsorBook } from "../../src/customers/sponsor-book.ts";
import { clientsOf, DeskOctokit } from "../../src/github/client.ts";
import type { InstalledApp, Sandbox } from "../../src/sandbox/sandbox.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { openLowdbStore } from "../../src/store/lowdb/open.ts";
import { EVENTS, furnish, PERMISSIONS } from "../e2e/world.ts";
import { sampleDelivery, sampleTicket } from "../store/samples.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const HOUR = 3_600_000;

let sandbox: Sandbox;
let app: InstalledApp;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "frontdesk-doctor-"));
  sandbox = await createSandbox();
  furnish(sandbox, {});
  app = sandbox.installApp({
    slug: "frontdesk",
    account: "octo-org",
    permissions: PERMISSIONS,
    events: EVENTS,
  });
  sandbox.setWebhookUrl("https://desk.example.com/api/github/webhooks");
  await keep(async (store) =>
    store.commit({ scope: "ticket", id: "1/7", document: sampleTicket("1/7", { status: "open" }) }),
  );
});
afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** Puts something into the desk's folder. */
async function keep(
  put: (store: Awaited<ReturnType<typeof openLowdbStore>>) => Promise<unknown>,
): Promise<void> {
  const store = await openLowdbStore({ dir: join(folder, "data"), now: Date.now });
  await put(store);
  await store.close();
}

const otherKey = () =>
  generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ type: "pkcs1", format: "pem" })
    .toString();

/** Asks the doctor, as a process of its own. */
function doctor(variables: NodeJS.ProcessEnv = {}, argv: string[] = []) {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    APP_ID: `${app.appId}`,
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: "http",
    DATA_DIR: join(folder, "data"),
    ...variables,
  };
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [CLI, "doctor", ...argv], { env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

describe("frontdesk doctor", () => {
  it("finds a healthy desk well, and ends with 0", async () => {
    const { code, stdout, stderr } = await doctor();
    expect([code, stderr]).toEqual([0, ""]);
    const checks = [...stdout.matchAll(/^ok {7}([^:]+):/gm)].map(([, check]) => check);
    const asked = ["environment", "credentials", "clock", "permissions", "events", "webhook", "deliveries"];
    expect(checks).toEqual([...asked, "installation on octo-org", "store", "queue"]);
    // Lines are broken where the folder's name is long.
    expect(stdout.replace(/\s+/g, " ")).toContain("holds 1 tickets");
  });

  it("gives the same to machines", async () => {
    const { code, stdout } = await doctor({}, ["--json"]);
    const findings = JSON.parse(stdout) as { check: string; state: string; says: string; mend?: string }[];
    expect(code).toBe(0);
    expect(findings).toHaveLength(10);
    expect(findings.every(({ state, mend }) => state === "ok" && mend === undefined)).toBe(true);
  });

  it.each<[string, () => unknown, () => NodeJS.ProcessEnv, RegExp, RegExp]>([
    ["a key that is none", () => 0, () => ({ PRIVATE_KEY: "x" }), /FAILURE {2}PRIVATE_KEY: /, /-> Set it/],
    [
      "a key's file that is not there",
      () => 0,
      () => ({ PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/no.pem" }),
      /FAILURE {2}PRIVATE_KEY_PATH: ENOENT/,
      /-> Set it to the App's \.pem file/,
    ],
    [
      "another App's key",
      () => 0,
      () => ({ PRIVATE_KEY: otherKey() }),
      /FAILURE {2}credentials: GitHub does not accept them: 401/,
      /-> APP_ID and PRIVATE_KEY must be of one App/,
    ],
    [
      "a GitHub that is not there",
      () => 0,
      () => ({ GHE_HOST: "127.0.0.1:9" }),
      /FAILURE {2}GitHub: it cannot be asked/,
      /-> Check the network and GHE_HOST/,
    ],
    [
      "no credentials",
      () => 0,
      () => ({ APP_ID: "", PRIVATE_KEY: "" }),
      /warning {2}credentials: none/,
      /-> Set APP_ID/,
    ],
    [
      "a webhook that leads elsewhere",
      () => sandbox.setWebhookUrl("https://desk.example.com/"),
      () => ({}),
      /FAILURE {2}webhook: goes to https:\/\/desk\.example\.com\//,
      /-> Set its URL to/,
    ],
    [
      "permissions that the owner has not accepted",
      () => sandbox.as("octocat").setPermissions(app.installationId, { ...PERMISSIONS, issues: "read" }),
      () => ({}),
      /FAILURE {2}installation on octo-org: not granted: issues: write/,
      /-> Its owner must accept/,
    ],
    [
      "an installation that is suspended",
      () => sandbox.as("octocat").suspend(app.installationId),
      () => ({}),
      /warning {2}installation on octo-org: suspended/,
      /-> Its owner can unsuspend it/,
    ],
    [
      "a folder that is not there",
      () => 0,
      () => ({ DATA_DIR: join(folder, "new") }),
      /warning {2}store: There is no folder/,
      /-> The desk makes it/,
    ],
    [
      "a database that does not answer",
      () => 0,
      () => ({ DATABASE_URL: "postgres://u:hidden@127.0.0.1:1/desk" }),
      /FAILURE {2}store: Cannot use the database 127\.0\.0\.1:1\/desk/,
      /-> Check DATA_DIR or DATABASE_URL/,
    ],
    [
      "a file that is damaged",
      () => writeFileSync(join(folder, "data/tickets/1/7.json"), "half"),
      () => ({}),
      /warning {2}store: .*7\.json/s,
      /-> It is rebuilt by itself/,
    ],
    [
      "work that waits for hours",
      () =>
        keep((store) =>
          store.receive({ ...sampleDelivery("a", "ticket:1/8"), receivedAt: Date.now() - 3 * HOUR }),
        ),
      () => ({}),
      /warning {2}queue: of 1 piece of work the oldest waits since/,
      /-> Is the desk running\?/,
    ],
    [
      "work that is parked",
      () =>
        keep(async (store) => {
          await store.receive(sampleDelivery("a", "ticket:1/8"));
          await store.fail("a", "the reason", true);
        }),
      () => ({}),
      /warning {2}parked: ticket:1\/8: the reason/,
      /-> Mend the cause, then: frontdesk retry/,
    ],
    [
      "settings with a Problem",
      () =>
        keep((store) => {
          const where = {
            installationId: 1,
            repositoryId: 1,
            repository: "octo-org/lantern",
            private: false,
          };
          const file = { sha: "1", lastGood: null, broken: "mode: observ\n", readAt: 1 };
          const document = { ...newRepository({ ...where, archived: false }, 0), settings: file };
          return store.commit({ scope: "repository", id: "1", document });
        }),
      () => ({}),
      /warning {2}settings of octo-org\/lantern: line 1, mode: /,
      /-> Write observe in\s+\.github\/frontdesk\.yml/,
    ],
    [
      "a list of sponsors that cannot be read",
      () =>
        keep((store) => {
          const failing = { since: 1, reason: "it answers 401" };
          const synced = { entries: [], readAt: 0, failing, includesPrivate: true };
          const document = { ...newSponsorBook("octo-org"), synced };
          return store.commit({ scope: "sponsors", id: "octo-org", document });
        }),
      () => ({}),
      /warning {2}members: the sponsors of octo-org cannot be read since\s+1970/,
      /-> The last known list stays in force/,
    ],
    [
      "a receiver of notices that is not allowed",
      () =>
        keep((store) => {
          const lastGood = "notifications: { slack: [DESK_SLACK] }\n";
          const privateSettings = { sha: "1", lastGood, broken: null, readAt: 1 };
          const document = { ...newInstallation(1, "octo-org", 0), privateSettings };
          return store.commit({ scope: "installation", id: "1", document });
        }),
      () => ({ DESK_SLACK: "https://hooks.slack.com/hidden" }),
      /warning {2}notifications: DESK_SLACK leads to hooks\.slack\.com, which is/,
      /-> Set it as README says under notices/,
    ],
  ])("names %s, says what to do, and ends with 1", async (_, arrange, variables, found, mend) => {
    await arrange();
    const { code, stdout, stderr } = await doctor(variables());
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(found);
    expect(stdout).toMatch(mend);
    expect(stdout).not.toContain("hidden");
    // A path of this machine may be longer than a line, but nothing that we say is.
    const tooWide = stdout.split("\n").filter((line) => line.length > 80 && !line.includes(folder));
    expect(tooWide).toEqual([]);
  });

  it.each([
    [120_000, "failure", /^1[12]\d s ahead of GitHub's$/],
    [-120_000, "failure", /^1[12]\d s behind GitHub's$/],
    [0, "ok", /^within \d s/],
  ])("judges a clock that is %d ms ahead: %s", async (skew, state, says) => {
    const env = {
      APP_ID: `${app.appId}`,
      PRIVATE_KEY: app.privateKey,
      WEBHOOK_SECRET: app.webhookSecret,
      GHE_HOST: sandbox.host,
      GHE_PROTOCOL: "http",
      LOG_LEVEL: "fatal",
    } as NodeJS.ProcessEnv;
    const probot = await createProbot({ env, overrides: { Octokit: DeskOctokit } }).ready();
    const findings = await examineGitHub(clientsOf(probot, Date.now), () => Date.now() + skew);
    const clock = findings.find(({ check }) => check === "clock");
    expect(clock).toMatchObject({ state, says: expect.stringMatching(says) });
  });
});
