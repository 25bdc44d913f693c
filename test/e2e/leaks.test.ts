import { execFile } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import type { Faults, InstalledApp, Opened, Sandbox } from "../../src/sandbox/sandbox.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import { headersOf, post } from "../desk/deliver.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import type { DeskProcess } from "./desk-process.ts";
import { MAIN, startDesk } from "./desk-process.ts";
import { EVENTS, furnish, KINDS_OF_THREADS, open, PERMISSIONS, until } from "./world.ts";

const CLI = MAIN.replace(/main\.js$/, "cli.js");
const SPY = new URL("connections.mjs", import.meta.url).href;

/** A secret of this run, which no other text can contain. */
const secret = () => randomBytes(18).toString("hex");
const SECRETS = {
  database: secret(),
  FRONTDESK_SPONSORS_SECRET: secret(),
  FRONTDESK_SPONSORS_TOKEN: `ghp_${secret()}`,
  FRONTDESK_API_TOKEN: secret(),
  slack: secret(),
  mail: secret(),
};

/** What becomes of the desk's requests. */
let fault: (
  request: Parameters<NonNullable<Faults["onRequest"]>>[0],
) => ReturnType<NonNullable<Faults["onRequest"]>>;

const PRIVATE = "octo-org/cellar";
/** The sandbox gives its first repository this id. */
const PUBLIC_ID = 700_000_001;

let sandbox: Sandbox;
let app: InstalledApp;
let database: Database;
let databaseUrl: string;
/** A server that nobody has a reason to ask, though every text names it. */
let trap: Server;
let trapped = 0;
let desk: DeskProcess;
let dataDir: string;

const trapHost = () => `127.0.0.1:${(trap.address() as AddressInfo).port}`;

/** A text full of addresses, in all the ways in which texts have them. */
const full = ({ title, body }: { title: string; body: string }) => ({
  title: `${title} http://${trapHost()}/title`,
  body: `${body}\n\nhttp://${trapHost()}/plain <http://${trapHost()}/a> [x](http://${trapHost()}/b "t") ![i](http://${trapHost()}/c.png)
<img src="http://${trapHost()}/d.png"> <script src="//${trapHost()}/e.js"></script>
[ref]: http://${trapHost()}/ref

\`\`\`\ncurl http://${trapHost()}/code file:///etc/passwd\n\`\`\`\n`,
});

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "frontdesk-leaks-"));
  trap = createServer((_, response) => {
    trapped += 1;
    response.end();
  }).listen(0, "127.0.0.1");
  fault = () => undefined;
  sandbox = await createSandbox({ faults: { onRequest: (request) => fault(request) } });
  const settings = `acknowledge: always\nprivacy: { notice: "https://${trapHost()}/privacy" }\n`;
  const notices =
    "notifications: { slack: [SLACK_ADDRESS], email: [MAIL_ADDRESS], webhooks: [SLACK_ADDRESS] }\n";
  furnish(sandbox, { settings, organisation: { private: notices } });
  sandbox.createRepository(PRIVATE, {
    private: true,
    hasDiscussions: true,
    files: { ".github/frontdesk.yml": "acknowledge: always\n" },
  });
  sandbox.as("octocat").setRole(PRIVATE, "mona", "read");
  app = sandbox.installApp({
    slug: "frontdesk",
    account: "octo-org",
    permissions: PERMISSIONS,
    events: EVENTS,
  });
  database = await createDatabase();
  databaseUrl = await withRole(database.url, SECRETS.database);
  desk = await startDesk(sandbox, app, environment());
  await story();
}, 60_000);

afterAll(async () => {
  await desk?.end("SIGKILL");
  await sandbox.close();
  trap.close();
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

/** The same database, for a user whose password is a secret of this run. */
async function withRole(url: string, password: string): Promise<string> {
  const name = `desk_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client(url);
  await client.connect();
  await client
    .query(`create role ${name} login superuser password '${password}'`)
    .finally(() => client.end());
  return Object.assign(new URL(url), { username: name, password }).href;
}

function environment(): NodeJS.ProcessEnv {
  const { FRONTDESK_SPONSORS_SECRET, FRONTDESK_SPONSORS_TOKEN, FRONTDESK_API_TOKEN } = SECRETS;
  return {
    ...{ FRONTDESK_SPONSORS_SECRET, FRONTDESK_SPONSORS_TOKEN, FRONTDESK_API_TOKEN },
    SLACK_ADDRESS: `http://${trapHost()}/services/${SECRETS.slack}`,
    MAIL_ADDRESS: `smtp://desk:${SECRETS.mail}@${trapHost()}/?to=support@example.com`,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: "trace",
    NODE_OPTIONS: `--import=${SPY}`,
    FRONTDESK_RECONCILE_SECONDS: "0.5",
    FRONTDESK_TICK_SECONDS: "0.3",
  };
}

/** Everything that makes a desk talk: good days, strangers at the door, GitHub's bad days, and a database that goes. */
async function story(): Promise<void> {
  const said = (text: string, times = 1) => until(() => desk.output().split(text).length > times);
  const openBoth = () => KINDS_OF_THREADS.map(([, kind]) => open(sandbox, kind, "mona", full(TEXTS.bug)));
  const labelled = (places: Opened[]) =>
    until(() => places.every((place) => sandbox.labels(place).includes("bug")));
  await labelled(openBoth());

  const body = JSON.stringify({ action: "opened", note: app.webhookSecret.slice(0, 4) });
  const forged = { ...app, webhookSecret: secret() };
  await post(desk.url, headersOf({ app: forged }, "issues", body), body);
  await post(desk.url, headersOf({ app }, "issues", "{"), "{");
  await post(desk.url, headersOf({ app }, "issues", body, { "x-hub-signature-256": "sha256=0" }), body);
  await fetch(`${desk.url}/api/feedback`, { method: "POST", headers: { authorization: "Bearer wrong" } });

  const token = (path: string) => path.endsWith("/access_tokens");
  for (const answer of [
    { do: "answer", status: 502 },
    { do: "reset" },
    { do: "secondary-limit", retryAfter: 1 },
  ] as const) {
    fault = ({ path }) => (token(path) ? undefined : answer);
    const before = desk.output().split("will try again").length;
    const places = openBoth();
    await until(() => desk.output().split("will try again").length > before);
    fault = () => undefined;
    await labelled(places);
  }
  // A refused installation: its token's request fails, then what the token may do.
  fault = ({ path }) => (token(path) ? { do: "answer", status: 500 } : undefined);
  sandbox.as("octocat").suspend(app.installationId);
  open(sandbox, "issue", "mona", full(TEXTS.feature));
  await said("could not reconcile");
  fault = () => undefined;
  sandbox.as("octocat").suspend(app.installationId, false);
  await database.cut();
  await said("the database failed");
  await labelled(openBoth());
}

/** The secret parts of a PEM: each of its lines. */
const keyLines = (pem: string) =>
  pem.split("\n").filter((line) => line.length > 20 && !line.startsWith("---"));

const secrets = (): [string, string[]][] => [
  ["the private key", keyLines(app.privateKey)],
  ["the webhook secret", [app.webhookSecret]],
  ["tokens of the installation", [...sandbox.state.tokens.keys()]],
  ...Object.entries(SECRETS).map(([name, value]): [string, string[]] => [name, [value]]),
];

/** Names of the secrets that a text contains. */
const leaked = (text: string) =>
  secrets()
    .filter(([, values]) => values.some((value) => text.includes(value)))
    .map(([name]) => name);

describe("what a desk at LOG_LEVEL=trace says in good and in bad times", () => {
  it("holds none of its secrets, and no token that is made of them", () => {
    const output = desk.output();
    // The story was told: each of its paths has left its line.
    for (const line of [
      "executed",
      "its signature does not match",
      "is not JSON",
      "will try again",
      "the database failed",
    ]) {
      expect(output).toContain(line);
    }
    expect(sandbox.state.tokens.size).toBeGreaterThan(0);
    expect(leaked(output)).toEqual([]);
    expect(output).not.toMatch(/\beyJ[\w-]{10,}\.[\w-]{10,}/);
    expect(output).not.toMatch(/(?:bearer|token) (?!\[REDACTED\])[\w.-]{16,}/i);
  });

  it("would show them if they were there", () => {
    for (const [name, [value = ""]] of secrets()) expect(leaked(`x ${value} y`)).toContain(name);
  });
});

describe("what a desk at LOG_LEVEL=trace says of a private repository", () => {
  it("holds nothing of a ticket's text", async () => {
    // The last one: that the text speaks of a stack trace may not be told either.
    const words = ["Wobblegrommet", "flibbers", "zornified", '"because":["'];
    const report = {
      title: "Wobblegrommet crashes when it flibbers",
      body: "It crashes with an exception.\n\n```\nTypeError: zornified is not a function\n```",
    };
    const from = desk.output().length;
    const places = KINDS_OF_THREADS.map(([, kind]) => open(sandbox, kind, "mona", report, PRIVATE));
    await until(() => places.every((place) => sandbox.labels(place).includes("bug")));
    sandbox.as("mona").comment(places[0] as Opened, "It flibbers still.");
    await until(() => desk.output().slice(from).split('"type":"commented"').length > 1);
    const said = desk.output().slice(from);
    expect(said).toContain('"msg":"decided"');
    const telling = said.split("\n").filter((line) => words.some((word) => line.includes(word)));
    // Tickets of the public repository are still decided on: their reasons may be told.
    expect(telling.filter((line) => !line.includes(`"scope":"ticket:${PUBLIC_ID}/`))).toEqual([]);
    const reasons = said.split("\n").filter((line) => line.includes('"msg":"decided"'));
    expect(reasons.some((line) => /"because":[1-9]/.test(line))).toBe(true);
  });
});

describe("whom a desk asks", () => {
  it("is GitHub and its database, whatever texts and settings name", () => {
    const asked = new Set([...desk.output().matchAll(/spied (\S+)/g)].map(([, host]) => host));
    const { host } = new URL(databaseUrl);
    const hostOf = (address: string) =>
      address.replace(/^localhost(?=:)|^127\.0\.0\.1(?=:)|^::1(?=:)/, "here");
    expect(
      [...asked]
        .filter((one) => one?.includes(":"))
        .map((one) => hostOf(one ?? ""))
        .sort(),
    ).toEqual([sandbox.host, host].map(hostOf).sort());
    const lookedUp = [...asked].filter((one) => !one?.includes(":"));
    expect(lookedUp.filter((one) => one !== "localhost" && one !== "127.0.0.1")).toEqual([]);
    expect(trapped).toBe(0);
  });
});

describe("a start or a command that fails", () => {
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const otherKey = other.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const broken = otherKey.slice(0, otherKey.length / 2);

  it.each<[string, string[], () => NodeJS.ProcessEnv]>([
    ["with a key that is cut short", [MAIN], () => ({ PRIVATE_KEY: broken })],
    ["with a database that refuses its user", [MAIN], () => ({ DATABASE_URL: wrongUser() })],
    [
      "with an address of no database",
      [MAIN],
      () => ({ DATABASE_URL: `mysql://desk:${SECRETS.database}@x/y` }),
    ],
    ["with a broken address", [MAIN], () => ({ DATABASE_URL: `postgres://desk:${SECRETS.database}@:x/y` })],
    [
      "the doctor's, with another App's key",
      [CLI, "doctor"],
      () => ({ PRIVATE_KEY: otherKey, DATA_DIR: dataDir }),
    ],
    [
      "the doctor's, with a database that refuses its user",
      [CLI, "doctor"],
      () => ({ DATABASE_URL: wrongUser() }),
    ],
    ["a backup's", [CLI, "backup", "/nowhere/desk.gz"], () => ({ DATABASE_URL: wrongUser() })],
  ])("%s names no secret", async (_, command, variables) => {
    const env = {
      ...{ PATH: process.env.PATH, APP_ID: `${app.appId}`, PRIVATE_KEY: app.privateKey },
      ...{ WEBHOOK_SECRET: app.webhookSecret, GHE_HOST: sandbox.host, GHE_PROTOCOL: "http", PORT: "0" },
      ...environment(),
      NODE_OPTIONS: "",
      ...variables(),
    };
    const { code, output } = await run(command, env);
    expect([1, 2, 3]).toContain(code);
    expect(leaked(output)).toEqual([]);
    for (const line of keyLines(otherKey)) expect(output).not.toContain(line);
  });

  const wrongUser = () => Object.assign(new URL(databaseUrl), { username: "nobody" }).href;

  /** Runs a program to its end; the sandbox must be able to answer it meanwhile. */
  const run = (command: string[], env: NodeJS.ProcessEnv) =>
    new Promise<{ code: number | null; output: string }>((resolve) => {
      const child = execFile(process.execPath, command, { env, timeout: 20_000 }, (_, stdout, stderr) =>
        resolve({ code: child.exitCode, output: stdout + stderr }),
      );
    });
});
