import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pino from "pino";
import type { Frontdesk } from "../../src/app.ts";
import { startFrontdesk, WEBHOOK_PATH } from "../../src/app.ts";
import { TEXTS } from "../builders/facts.ts";
import { APP_ID, type Emulated, listening, SECRET, startEmulated } from "../github/emulated.ts";
import { SELF, until as soon } from "./world.ts";

/** The stories of issues, by the whole app, on a GitHub that others wrote. It has no GraphQL, so no discussions. */

/** It counts requests: to ask more often would use up its limit. */
const until = (so: () => Promise<boolean>) => soon(so, 150);

let github: Emulated;
let hooks: Server;
let frontdesk: Frontdesk;
let dataDir: string;
const failures: string[] = [];

/** The emulator wants to know where to send webhooks before anything else starts: they are handed on from here. */
function postOffice(): Server {
  return createServer(async (request, response) => {
    const { host: _host, connection: _connection, ...headers } = request.headers;
    const answer = await fetch(`${frontdesk.url}${WEBHOOK_PATH}`, {
      method: "POST",
      headers: headers as Record<string, string>,
      body: await buffer(request),
    });
    response.writeHead(answer.status).end(await answer.text());
  });
}

beforeAll(async () => {
  hooks = postOffice();
  github = await startEmulated(`http://127.0.0.1:${await listening(hooks)}/`);
  dataDir = mkdtempSync(join(tmpdir(), "frontdesk-emulate-"));
  const write = (line: string) => void failures.push(line);
  frontdesk = await startFrontdesk({
    credentials: { appId: APP_ID, privateKey: github.privateKey, webhookSecret: SECRET },
    github: { host: github.host, protocol: "http" },
    logLevel: "error",
    logFormat: "json",
    log: pino({ level: "error" }, { write }),
    dataDir,
    databaseUrl: null,
    host: "127.0.0.1",
    port: 0,
    reconcileSeconds: 3600,
    tickSeconds: 3600,
  });
  await until(async () => (await fetch(`${frontdesk.url}/readyz`)).status === 200);
});

afterAll(async () => {
  await frontdesk.stop();
  hooks.closeAllConnections();
  hooks.close();
  await github.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const ISSUES = "/repos/acme/widgets/issues";

async function open(report: { title: string; body: string }): Promise<number> {
  const { number } = (await github.rita("POST", ISSUES, report)) as { number: number };
  return number;
}

async function labels(number: number): Promise<string[]> {
  const found = (await github.rita("GET", `${ISSUES}/${number}/labels`)) as { name: string }[];
  return found.map(({ name }) => name).sort();
}

async function ownComments(number: number): Promise<string[]> {
  const found = (await github.rita("GET", `${ISSUES}/${number}/comments`)) as {
    body: string;
    user: { login: string };
  }[];
  return found.filter(({ user }) => user.login === SELF).map(({ body }) => body);
}

describe("an issue on a GitHub that others wrote", () => {
  it("that reports a bug gets its label", async () => {
    const number = await open(TEXTS.bug);
    await until(async () => (await labels(number)).length > 0);
    expect(await labels(number)).toEqual(["bug"]);
    expect(await ownComments(number)).toEqual([]);
  });

  it("gets one comment that follows what its reporter does", async () => {
    const number = await open(TEXTS.vulnerability);
    await until(async () => (await ownComments(number)).length > 0);
    const [pointer = ""] = await ownComments(number);
    expect(pointer).toContain("keep the details out of this thread");
    expect(await labels(number)).toEqual([]);
    await github.rita("PATCH", `${ISSUES}/${number}`, { title: `${TEXTS.vulnerability.title}!` });
    await github.rita("POST", `${ISSUES}/${number}/comments`, { body: "/not-helpful" });
    await until(async () => (await labels(number)).includes("needs-human"));
    await until(async () => (await ownComments(number))[0] !== pointer);
    expect(await ownComments(number)).toHaveLength(1);
  });

  it("is closed and opened again at its reporter's word", async () => {
    const number = await open(TEXTS.feature);
    const state = async () => ((await github.rita("GET", `${ISSUES}/${number}`)) as { state: string }).state;
    await until(async () => (await labels(number)).includes("enhancement"));
    await github.rita("POST", `${ISSUES}/${number}/comments`, { body: "/close" });
    await until(async () => (await state()) === "closed");
    await github.rita("POST", `${ISSUES}/${number}/comments`, { body: "It is still missing." });
    await until(async () => (await state()) === "open");
  });

  it("made the desk log no error", () => {
    expect(failures).toEqual([]);
  });
});
