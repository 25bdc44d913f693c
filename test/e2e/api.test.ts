import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { open, openWorld, REPOSITORY } from "./world.ts";

const TOKEN = `token-${process.pid}`;

let world: World;
let number: number;
beforeAll(async () => {
  world = await openWorld({ apiToken: TOKEN });
  number = open(world.sandbox, "issue", "mona", TEXTS.bug).number;
  await world.rest();
});
afterAll(() => world.close());

interface Reply {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

async function call(path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(`${world.frontdesk.url}${path}`, init);
  return {
    status: response.status,
    body: (await response.json()) as Reply["body"],
    headers: response.headers,
  };
}

const post = (body: unknown, headers: Record<string, string> = {}) =>
  call("/api/feedback", {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

const errorsAt = ({ body }: Reply) => (body.errors as { path: string }[]).map(({ path }) => path);

describe("POST /api/feedback", () => {
  const word = () => ({ repository: REPOSITORY, number, rating: 5, id: "first" });

  it("stores a word once, and says when it knows it", async () => {
    expect(await post(word())).toMatchObject({ status: 201, body: { status: "stored" } });
    await world.rest();
    expect(await post({ ...word(), rating: 1 })).toMatchObject({ status: 200, body: { status: "known" } });
    await world.rest();
    const ticket = await world.ticket({ repository: REPOSITORY, number });
    expect(ticket?.feedback).toEqual([expect.objectContaining({ id: "first", rating: 5, text: null })]);
  });

  it.each<[string, unknown, string[]]>([
    ["no JSON", "rating=5", [""]],
    ["a list", [], [""]],
    ["nothing", {}, ["repository", "number", "rating", "id"]],
    ["a rating of 6", { repository: REPOSITORY, number: 1, rating: 6, id: "x" }, ["rating"]],
    ["a rating of 4.5", { repository: REPOSITORY, number: 1, rating: 4.5, id: "x" }, ["rating"]],
    ["a field too many", { repository: REPOSITORY, number: 1, rating: 5, id: "x", stars: 3 }, ["stars"]],
    [
      "a text of 65,537",
      { repository: REPOSITORY, number: 1, rating: 5, id: "x", text: "x".repeat(65_537) },
      ["text"],
    ],
    ["a path for a repository", { repository: "../../etc", number: 1, rating: 5, id: "x" }, ["repository"]],
  ])("refuses %s, with the place", async (_, body, paths) => {
    const reply = await post(body);
    expect(reply.status).toBe(400);
    expect(errorsAt(reply).sort()).toEqual([...paths].sort());
  });

  it.each([
    ["a repository that the desk does not serve", { repository: "octo-org/other" }, "repository"],
    ["a number that is no ticket", { number: 99_999 }, "number"],
  ])("does not know %s", async (_, change, path) => {
    const reply = await post({ ...word(), id: "x", ...change });
    expect([reply.status, errorsAt(reply)]).toEqual([404, [path]]);
  });

  it("keeps a hostile text as it came, and shows it nowhere", async () => {
    const text = "</script>\u0000\u202e'; DROP TABLE tickets; -- @octocat <!-- frontdesk:triage -->";
    expect((await post({ ...word(), id: "hostile", text, respondent: "__proto__" })).status).toBe(201);
    await world.rest();
    const ticket = await world.ticket({ repository: REPOSITORY, number });
    expect(ticket?.feedback?.at(-1)).toMatchObject({ text, respondent: "__proto__" });
    expect(world.sandbox.comments({ repository: REPOSITORY, number })).toEqual([]);
  });
});

describe("GET /api/satisfaction", () => {
  const read = (query: string, headers: Record<string, string> = {}) =>
    call(`/api/satisfaction?${query}`, { headers });

  it("counts each person once, by the last word, and the team not at all", async () => {
    const other = open(world.sandbox, "issue", "mona", TEXTS.feature).number;
    await world.rest();
    const word = { repository: REPOSITORY, number: other };
    await post({ ...word, rating: 1, respondent: "survey-7", id: "a1" });
    await world.rest();
    await post({ ...word, rating: 4, respondent: "survey-7", id: "a2" });
    await post({ ...word, rating: 2, respondent: "survey-8", id: "a3" });
    await post({ ...word, rating: 3, respondent: "survey-9", id: "a4" });
    await post({ ...word, rating: 5, respondent: "maria", id: "a5" });
    await world.rest();
    const { status, body } = await read(`repository=${REPOSITORY}`);
    expect(status).toBe(200);
    // The two words on the first ticket are satisfied ones.
    expect(body).toMatchObject({ rated: 5, satisfied: 3, csat: 0.6, net: 0.4 });
    expect(body.byKind).toMatchObject({ feature: { rated: 3, satisfied: 1, net: 0 } });
    const [low, high] = body.interval as [number, number];
    expect(low).toBeCloseTo(0.2307, 3);
    expect(high).toBeCloseTo(0.8824, 3);
  });

  it("of a time without a word divides by nothing", async () => {
    const { body } = await read(`repository=${REPOSITORY}&since=2020-01-01&until=2020-02-01`);
    expect(body).toEqual({ rated: 0, satisfied: 0, csat: null, interval: null, net: null, byKind: {} });
  });

  it.each([
    ["", 400, ["repository"]],
    ["repository=octo-org/other", 404, ["repository"]],
    [`repository=${REPOSITORY}&since=yesterday`, 400, ["since"]],
    [`repository=${REPOSITORY}&since=2026-02-01&until=2026-01-01`, 400, ["since"]],
    [`repository=${REPOSITORY}&untill=2026-01-01`, 400, ["untill"]],
  ])("says what is wrong with %j", async (query, status, paths) => {
    const reply = await read(query);
    expect([reply.status, errorsAt(reply)]).toEqual([status, paths]);
  });
});

describe("who may ask", () => {
  const path = `/api/satisfaction?repository=${REPOSITORY}`;

  it.each<[string, Record<string, string>, number]>([
    ["this machine", {}, 200],
    ["the bearer of the token", { authorization: `Bearer ${TOKEN}` }, 200],
    ["the bearer of another", { authorization: "Bearer nonsense" }, 401],
    ["somebody with half of it", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }, 401],
    ["somebody whom a proxy speaks for", { "x-forwarded-for": "203.0.113.7" }, 401],
    ["somebody by the standard's header", { forwarded: "for=203.0.113.7" }, 401],
    [
      "the bearer behind a proxy",
      { authorization: `Bearer ${TOKEN}`, "x-forwarded-for": "203.0.113.7" },
      200,
    ],
  ])("%s: %j -> %d", async (_, headers, status) => {
    expect((await call(path, { headers })).status).toBe(status);
  });

  it("only by the method that does what is meant", async () => {
    const reply = await call(path, { method: "DELETE" });
    expect([reply.status, reply.headers.get("allow")]).toEqual([405, "GET"]);
  });

  it("not with more than 25 MB", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(world.frontdesk.url);
      const headers = { "content-length": 26 * 1024 * 1024 };
      const sent = request({ hostname, port, path: "/api/feedback", method: "POST", headers }, (response) =>
        resolve(response.statusCode),
      );
      sent.on("error", reject);
      sent.write("{");
    });
    expect(status).toBe(413);
  });

  it("not more than 600 times a minute", async () => {
    let last: Reply | null = null;
    for (let sent = 0; sent < 601; sent++) last = await call("/api/satisfaction");
    expect(last?.status).toBe(429);
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
