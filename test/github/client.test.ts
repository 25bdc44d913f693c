import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import nock from "nock";
import { pino } from "pino";
import { Probot } from "probot";
import { Budget, GITHUB_LIMITS, type Limits } from "../../src/github/budget.ts";
import { clientsOf, DeskOctokit, ownLogin, withBudget } from "../../src/github/client.ts";
import { classifyFailure } from "../../src/github/failure.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

const probotAt = (baseUrl?: string, timeout?: number) =>
  new Probot({
    appId: 7,
    privateKey,
    secret: "chosen for this test",
    Octokit: DeskOctokit,
    log: pino({ level: "silent" }),
    ...(baseUrl ? { baseUrl } : {}),
    ...(timeout ? { request: { timeout } } : {}),
  });

const tokenAnswer = (token: string) => ({
  token,
  expires_at: "2099-01-01T00:00:00Z",
  permissions: { issues: "write" },
  repository_selection: "all",
});

describe("the clients", () => {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => nock.cleanAll());
  afterAll(() => nock.enableNetConnect());

  it("keep one Octokit an installation and fetch its token once", async () => {
    nock("https://api.github.com")
      .post("/app/installations/12/access_tokens")
      .once()
      .reply(201, tokenAnswer("t".repeat(520)))
      .get("/repos/o/n")
      .matchHeader("authorization", `token ${"t".repeat(520)}`)
      .matchHeader("user-agent", /^frontdesk /)
      .twice()
      .reply(200, { id: 1 });
    const clients = clientsOf(probotAt(), Date.now);
    const octokit = await clients.installation(12);
    await octokit.rest.repos.get({ owner: "o", repo: "n" });
    await (await clients.installation(12)).rest.repos.get({ owner: "o", repo: "n" });
    expect(await clients.installation(12)).toBe(octokit);
    expect(await clients.installation(13)).not.toBe(octokit);
    expect(nock.isDone()).toBe(true);
  });

  it("speak with another urgency by the same token, out of the same budget", async () => {
    nock("https://api.github.com")
      .post("/app/installations/12/access_tokens")
      .once()
      .reply(201, tokenAnswer("t"))
      .get("/repos/o/n")
      .matchHeader("authorization", "token t")
      .matchHeader("user-agent", /^frontdesk /)
      .times(895)
      .reply(200, { id: 1 });
    const clients = clientsOf(probotAt(), () => 0);
    const [ordinary, urgent] = [await clients.installation(12), await clients.installation(12, 2)];
    expect(urgent).not.toBe(ordinary);
    expect(await clients.installation(12, 2)).toBe(urgent);
    const read = (octokit: typeof urgent) => octokit.rest.repos.get({ owner: "o", repo: "n" });
    // The token was a write: 5 points of 900.
    for (let i = 0; i < 895; i++) await read(i % 2 === 0 ? ordinary : urgent);
    await expect(read(ordinary)).rejects.toThrow("used up");
    await expect(read(urgent)).rejects.toThrow("used up");
    expect(nock.isDone()).toBe(true);
  });

  it("speak as the App with its own signature", async () => {
    nock("https://api.github.com")
      .get("/app")
      .matchHeader("authorization", /^bearer [\w-]+\.[\w-]+\.[\w-]+$/i)
      .reply(200, { slug: "frontdesk" });
    const app = await clientsOf(probotAt(), Date.now).app();
    const { data } = await app.rest.apps.getAuthenticated();
    expect(data?.slug).toBe("frontdesk");
  });

  it("know under which name they write", async () => {
    nock("https://api.github.com").get("/app").reply(200, { slug: "frontdesk" }).get("/app").reply(200, {});
    const clients = clientsOf(probotAt(), Date.now);
    expect(await ownLogin(clients)).toBe("frontdesk[bot]");
    await expect(ownLogin(clients)).rejects.toThrow("are APP_ID and PRIVATE_KEY of one app?");
  });

  it("neither wait between writes nor repeat a failed request", async () => {
    nock("https://api.github.com")
      .post("/app/installations/12/access_tokens")
      .reply(201, tokenAnswer("t"))
      .post("/repos/o/n/issues/1/comments")
      .times(4)
      .reply(201, { id: 1 })
      .get("/repos/o/n")
      .once()
      .reply(502, {});
    const octokit = await clientsOf(probotAt(), Date.now).installation(12);
    const began = performance.now();
    for (let n = 0; n < 4; n++) {
      await octokit.rest.issues.createComment({ owner: "o", repo: "n", issue_number: 1, body: "x" });
    }
    // Probot's own throttling would take 3 s for each comment after the first.
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect(octokit.rest.repos.get({ owner: "o", repo: "n" })).rejects.toMatchObject({ status: 502 });
  });
});

describe("the budget of a client", () => {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => nock.cleanAll());
  afterAll(() => nock.enableNetConnect());

  const NOW = Date.parse("2026-05-04T10:00:00Z");
  const ISSUE = { owner: "o", repo: "n", issue_number: 1 };
  const clientWith = (limits: Partial<Limits>, now: () => number) =>
    withBudget(
      new DeskOctokit({ auth: { token: "for tests" } }),
      new Budget({ ...GITHUB_LIMITS, ...limits }),
      now,
    );

  it("holds a request back before it is sent, and says until when", async () => {
    nock("https://api.github.com").get("/repos/o/n").twice().reply(200, {});
    const octokit = clientWith({ restPointsPerMinute: 2 }, () => NOW);
    const read = () => octokit.rest.repos.get({ owner: "o", repo: "n" });
    await read();
    await read();
    const failure = classifyFailure(await read().catch((error: unknown) => error), NOW);
    expect(failure).toMatchObject({ type: "limit", until: NOW + 61_000 });
  });

  it("leaves an installation alone for as long as GitHub says", async () => {
    nock("https://api.github.com")
      .post("/repos/o/n/issues/1/comments")
      .once()
      .reply(403, { message: "You have exceeded a secondary rate limit" }, { "retry-after": "90" })
      .get("/repos/o/n")
      .once()
      .reply(200, {});
    let now = NOW;
    const octokit = clientWith({}, () => now);
    const comment = octokit.rest.issues.createComment({ ...ISSUE, body: "x" });
    await expect(comment).rejects.toMatchObject({ status: 403 });
    const early = octokit.rest.repos.get({ owner: "o", repo: "n" });
    await expect(early).rejects.toMatchObject({ name: "BudgetExhausted", until: NOW + 90_000 });
    now = NOW + 90_000;
    await octokit.rest.repos.get({ owner: "o", repo: "n" });
  });

  it("hears GraphQL's refusals, which come with status 200", async () => {
    nock("https://api.github.com")
      .post("/graphql")
      .once()
      .reply(
        200,
        { data: null, errors: [{ message: "You have exceeded a secondary rate limit" }] },
        { "retry-after": "30" },
      );
    const octokit = clientWith({}, () => NOW);
    await expect(octokit.graphql("query { viewer { login } }")).rejects.toThrow("secondary rate limit");
    const early = octokit.rest.repos.get({ owner: "o", repo: "n" });
    await expect(early).rejects.toMatchObject({ name: "BudgetExhausted", until: NOW + 30_000 });
  });

  it("uses the hour's requests up to the last one and waits for the reset", async () => {
    const reset = NOW / 1_000 + 600;
    nock("https://api.github.com")
      .get("/repos/o/n")
      .once()
      .reply(
        200,
        {},
        {
          "x-ratelimit-resource": "core",
          "x-ratelimit-limit": "5000",
          "x-ratelimit-remaining": "0",
          "x-ratelimit-reset": String(reset),
        },
      );
    const octokit = clientWith({}, () => NOW);
    const read = () => octokit.rest.repos.get({ owner: "o", repo: "n" });
    await read();
    await expect(read()).rejects.toMatchObject({ name: "BudgetExhausted", until: reset * 1_000 });
  });

  it("counts GraphQL apart", async () => {
    nock("https://api.github.com")
      .post("/graphql")
      .once()
      .reply(200, { data: {} })
      .get("/repos/o/n")
      .once()
      .reply(200, {});
    const octokit = clientWith({ restPointsPerMinute: 1, graphqlPointsPerMinute: 1 }, () => NOW);
    await octokit.graphql("query { viewer { login } }");
    await expect(octokit.graphql("query { viewer { login } }")).rejects.toThrow("used up");
    await octokit.rest.repos.get({ owner: "o", repo: "n" });
    await expect(octokit.rest.repos.get({ owner: "o", repo: "n" })).rejects.toThrow("used up");
  });
});

describe("a server that does not answer", () => {
  let server: Server;
  let baseUrl: string;
  let answersTokens: boolean;

  beforeAll(async () => {
    nock.restore();
    server = createServer((request: IncomingMessage, response: ServerResponse) => {
      if (!answersTokens || !request.url?.endsWith("/access_tokens")) return;
      response.writeHead(201, { "content-type": "application/json" });
      response.end(JSON.stringify(tokenAnswer("t")));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ["for anything", true],
    ["even for a token", false],
  ])("%s is given up in time, by REST and by GraphQL", async (_, tokens) => {
    answersTokens = tokens;
    const octokit = await clientsOf(probotAt(baseUrl, 300), Date.now).installation(12);
    const began = performance.now();
    const calls = [
      octokit.rest.repos.get({ owner: "o", repo: "n" }),
      octokit.graphql("{ viewer { login } }"),
    ];
    const answers = await Promise.allSettled(calls);
    expect(performance.now() - began).toBeGreaterThan(250);
    expect(performance.now() - began).toBeLessThan(5_000);
    const failures = answers.map((it) => it.status === "rejected" && classifyFailure(it.reason, 0).type);
    expect(failures).toEqual(["passing", "passing"]);
  });
});

it("logs that a request was sent, and not what it says of a ticket", async () => {
  const said: unknown[][] = [];
  const tell = (...line: unknown[]) => void said.push(line);
  const fetch = async () =>
    new Response("{}", { status: 201, headers: { "content-type": "application/json" } });
  const octokit = new DeskOctokit({
    auth: { token: "t" },
    log: { debug: tell, info: tell, warn: tell, error: tell },
    request: { fetch },
  });
  await octokit.request("POST /repos/o/n/issues/7/comments", { body: "the zornified lamp" });
  expect(JSON.stringify(said)).toContain("GitHub request: POST");
  expect(JSON.stringify(said)).not.toContain("zornified");
});
