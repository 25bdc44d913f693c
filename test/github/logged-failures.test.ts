import { generateKeyPairSync, randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import nock from "nock";
import { pino } from "pino";
import { Probot } from "probot";
import { clientsOf, DeskOctokit, type Octokit } from "../../src/github/client.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const TOKEN = randomBytes(20).toString("hex");
const HOME = "https://api.github.com";

describe("a failure of GitHub, written to the log with all that it carries", () => {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => nock.cleanAll());
  afterAll(() => nock.enableNetConnect());

  const token = () =>
    nock(HOME)
      .post("/app/installations/12/access_tokens")
      .reply(201, { token: TOKEN, expires_at: "2099-01-01T00:00:00Z", permissions: {} });

  /** A client and what is logged. */
  const begin = async () => {
    const lines: string[] = [];
    const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
    const probot = new Probot({ appId: 7, privateKey, secret: "of this test", Octokit: DeskOctokit, log });
    return { octokit: await clientsOf(probot, Date.now).installation(12), log, said: () => lines.join("") };
  };

  const read = (octokit: Octokit) => octokit.rest.repos.get({ owner: "o", repo: "n" });
  const query = (octokit: Octokit) => octokit.graphql("query { viewer { login } }");

  it.each<[string, () => void, (octokit: Octokit) => Promise<unknown>]>([
    ["an answer of 500", () => nock(HOME).get("/repos/o/n").reply(500, { message: "no" }), read],
    [
      "a refusal",
      () => nock(HOME).get("/repos/o/n").reply(403, { message: "Resource not accessible" }),
      read,
    ],
    ["a connection that breaks", () => nock(HOME).get("/repos/o/n").replyWithError("reset"), read],
    [
      "GraphQL's errors",
      () =>
        nock(HOME)
          .post("/graphql")
          .reply(200, { errors: [{ type: "FORBIDDEN" }] }),
      query,
    ],
    ["GraphQL's answer of 502", () => nock(HOME).post("/graphql").reply(502, "<html>"), query],
  ])("%s shows no token", async (_, answer, ask) => {
    token();
    answer();
    const { octokit, log, said } = await begin();
    const error: unknown = await ask(octokit).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(Error);
    log.error({ err: error }, "failed");
    log.error({ error, cause: (error as Error).cause }, "failed, whatever the field");
    expect(nock.isDone()).toBe(true);
    expect(said()).toContain("failed, whatever the field");
    expect(said()).not.toContain(TOKEN);
  });

  it("a token that cannot be had shows no signature of the App's", async () => {
    nock(HOME).post("/app/installations/12/access_tokens").reply(401, { message: "Bad credentials" });
    const { octokit, log, said } = await begin();
    const error: unknown = await read(octokit).catch((failure: unknown) => failure);
    log.error({ err: error, error }, "failed");
    expect(said()).toContain("Bad credentials");
    expect(said()).not.toMatch(/eyJ[\w-]{10,}\.[\w-]{10,}/);
  });
});
