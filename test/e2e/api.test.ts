import { type IncomingHttpHeaders, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Place } from "../../src/sandbox/sandbox.ts";
import type { Fact } from "../../src/ticket/fact.ts";
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

type Headers = Record<string, string>;

interface Reply {
  status: number;
  body: Record<string, unknown>;
  headers: IncomingHttpHeaders;
  /** Of the body as it came, in characters. */
  length: number;
}

/** Not by `fetch`, which sends no `Host` but its own. */
function call(
  path: string,
  { method = "GET", headers = {}, body = "" }: { method?: string; headers?: Headers; body?: string } = {},
): Promise<Reply> {
  const { hostname, port } = new URL(world.frontdesk.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, async (response) => {
      const text = (await response.toArray()).join("");
      const { statusCode = 0, headers } = response;
      resolve({ status: statusCode, body: JSON.parse(text) as Reply["body"], headers, length: text.length });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const JSON_BODY = { "content-type": "application/json" };

const post = (body: unknown, headers: Headers = JSON_BODY) =>
  call("/api/feedback", {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

const errorsAt = ({ body }: Reply) => (body.errors as { path: string }[]).map(({ path }) => path);

const timelineOf = async (place: Place, type: Fact["type"]) =>
  ((await world.ticket(place))?.timeline ?? []).filter((fact) => fact.type === type);

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
    [
      "a key with a control character",
      { repository: REPOSITORY, number: 1, rating: 5, id: "x\u0000" },
      ["id"],
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

  it("takes the same id on another ticket for another word", async () => {
    const other = open(world.sandbox, "issue", "mona", TEXTS.bug).number;
    await world.rest();
    const replies = [
      await post({ ...word(), id: "round" }),
      await post({ ...word(), number: other, id: "round" }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    await world.rest();
    expect((await world.ticket({ repository: REPOSITORY, number: other }))?.feedback).toHaveLength(1);
  });

  it("knows an id for longer than the inbox does, and than the word is kept", async () => {
    const place = open(world.sandbox, "issue", "mona", TEXTS.bug);
    await world.rest();
    const { store } = world.frontdesk.desk;
    const ticket = await world.ticket(place);
    const old = { rating: 5, text: null, respondent: null, at: 0 } as const;
    const feedback = Array.from({ length: 200 }, (_, i) => ({ ...old, id: `old ${i}` }));
    if (ticket) await store.merge("ticket", ticket.key, { feedback });
    expect((await post({ ...word(), number: place.number, id: "new" })).status).toBe(201);
    await world.rest();
    const kept = (await world.ticket(place))?.feedback?.map(({ id }) => id) ?? [];
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([200, "old 1", "new"]);
    for (const id of ["old 0", "old 1", "new"]) {
      expect((await post({ ...word(), number: place.number, id })).status).toBe(200);
    }
  });

  it("counts neither bots, nor the desk, nor the team, however they are spelled, and a person once", async () => {
    const place = open(world.sandbox, "issue", "mona", TEXTS.bug);
    await world.rest();
    const people = [
      "dependabot[bot]",
      "Frontdesk",
      "frontdesk[bot]",
      "@maria",
      "maria ",
      "Maria",
      "@otto",
      " otto",
    ];
    for (const [i, respondent] of people.entries()) {
      expect((await post({ ...word(), number: place.number, id: `${i}`, respondent })).status).toBe(201);
    }
    await world.rest();
    expect(await timelineOf(place, "rated")).toEqual(
      ["otto", "otto"].map((by) => expect.objectContaining({ by })),
    );
    expect((await world.ticket(place))?.feedback).toHaveLength(people.length);
  });

  it("counts those who do not say who they are one by one, of a kind that nobody knows too", async () => {
    const place = open(world.sandbox, "issue", "mona", TEXTS.unclear);
    await world.rest();
    expect((await world.ticket(place))?.triage?.kind).toBeNull();
    for (const [rating, id] of [
      [5, "one"],
      [1, "two"],
    ] as const)
      await post({ ...word(), number: place.number, rating, id });
    await world.rest();
    const { body } = await call(`/api/satisfaction?repository=${REPOSITORY}&until=2100-01-01`);
    expect((body.byKind as Record<string, unknown>).unknown).toMatchObject({ rated: 2, satisfied: 1 });
  });

  it("takes null for what is left out", async () => {
    expect((await post({ ...word(), id: "nulls", text: null, respondent: null })).status).toBe(201);
  });

  it("names twenty faults of a body that has 30,000", async () => {
    const keys = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`k${i}`, 1]));
    const reply = await post({ ...word(), id: "keys", ...keys });
    expect([reply.status, errorsAt(reply).length]).toEqual([400, 20]);
    expect(reply.length).toBeLessThan(2_000);
  });

  it.each(["text/plain;charset=UTF-8", "application/json; charset=utf-8", ""])(
    "reads JSON whatever the program calls it: %j",
    async (type) => {
      expect((await post({ ...word(), id: type || "none" }, { "content-type": type })).status).toBe(201);
    },
  );

  it("says in JSON that it failed, and may be sent again", async () => {
    const { store, log } = world.frontdesk.desk;
    const logged = jest.spyOn(log, "error").mockReturnValue();
    const receive = jest.spyOn(store, "receive").mockRejectedValueOnce(new Error("disk full"));
    const reply = await post({ ...word(), id: "again" });
    expect([reply.status, errorsAt(reply)]).toEqual([500, [""]]);
    expect(logged).toHaveBeenCalledTimes(1);
    receive.mockRestore();
    logged.mockRestore();
    expect((await post({ ...word(), id: "again" })).status).toBe(201);
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
    const feature = { rated: 3, satisfied: 1, csat: 1 / 3, net: 0 };
    expect(body.byKind).toMatchObject({ feature });
    const [low, high] = (body.byKind as { feature: { interval: [number, number] } }).feature.interval;
    expect(low).toBeCloseTo(0.0615, 3);
    expect(high).toBeCloseTo(0.7923, 3);
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
    [`repository=${REPOSITORY}&since=1`, 400, ["since"]],
    [`repository=${REPOSITORY}&since=%2B2026`, 400, ["since"]],
    [`repository=${REPOSITORY}&since=2026-02-30`, 400, ["since"]],
    [`repository=${REPOSITORY}&since=2026-03-02T09:00:00`, 400, ["since"]],
    [`repository=${REPOSITORY}&until=March%207`, 400, ["until"]],
    [`repository=${REPOSITORY}&since=2026-01-01&since=2026-01-02`, 400, ["since"]],
    [`repository=octo-org/other&repository=${REPOSITORY}`, 400, ["repository"]],
  ])("says what is wrong with %j", async (query, status, paths) => {
    const reply = await read(query);
    expect([reply.status, errorsAt(reply)]).toEqual([status, paths]);
  });

  it.each([
    "since=&until=",
    "since=2026-02-28",
    "since=2026-03-02T09:00:00.5Z",
    "since=2026-03-02T09:00:00%2B02:00",
  ])("takes %j", async (query) => {
    expect((await read(`repository=${REPOSITORY}&${query}`)).body.rated).toBeGreaterThan(0);
  });

  it.each(["since=2099-01-01", "until=1969-01-01"])(
    "of a time with nothing in it, %j, is nothing",
    async (query) => {
      expect(await read(`repository=${REPOSITORY}&${query}`)).toMatchObject({
        status: 200,
        body: { rated: 0 },
      });
    },
  );
});

describe("who may ask", () => {
  const path = `/api/satisfaction?repository=${REPOSITORY}`;

  it.each<[string, Headers, number]>([
    ["this machine", {}, 200],
    ["this machine by its name", { host: "LocalHost:3000" }, 200],
    ["this machine by its name, without a port", { host: "localhost" }, 200],
    ["this machine by its address of IPv6", { host: "[::1]:3000" }, 200],
    ["the bearer of the token", { authorization: `Bearer ${TOKEN}` }, 200],
    ["the bearer in small letters", { authorization: `bearer ${TOKEN}` }, 200],
    ["the bearer of another", { authorization: "Bearer nonsense" }, 401],
    ["somebody with half of it", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }, 401],
    ["somebody who says it without a word", { authorization: TOKEN }, 401],
    [
      "the bearer behind a proxy",
      { authorization: `Bearer ${TOKEN}`, "x-forwarded-for": "203.0.113.7", host: "desk.example" },
      200,
    ],
    ["a page of another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, 401],
    ["a page that hides its name", { origin: "null" }, 401],
    ["a page of another port", { "sec-fetch-site": "same-site" }, 401],
    ["a page whose name became this machine's", { host: "evil.example:3000" }, 401],
    ["a page whose name begins like this machine's", { host: "localhost.evil.example" }, 401],
    ["who types the address", { "sec-fetch-site": "none" }, 200],
  ])("%s: %j -> %d", async (_, headers, status) => {
    expect((await call(path, { headers })).status).toBe(status);
  });

  it.each([
    "forwarded",
    "via",
    "x-forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-original-forwarded-for",
    "x-original-host",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-envoy-external-address",
    "cf-connecting-ip",
    "true-client-ip",
    "fly-client-ip",
    "cdn-loop",
  ])("nobody whom a proxy speaks for by %s", async (name) => {
    expect((await call(path, { headers: { [name]: "203.0.113.7" } })).status).toBe(401);
  });

  it("only by the method that does what is meant", async () => {
    const reply = await call(path, { method: "DELETE" });
    expect([reply.status, reply.headers.allow]).toEqual([405, "GET"]);
  });

  it("not with more than 25 MB", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(world.frontdesk.url);
      const headers = { ...JSON_BODY, "content-length": 26 * 1024 * 1024 };
      const sent = request({ hostname, port, path: "/api/feedback", method: "POST", headers }, (response) =>
        resolve(response.statusCode),
      );
      sent.on("error", reject);
      sent.write("{");
    });
    expect(status).toBe(413);
  });

  it("not by guessing: refusals have their own count, and say how to be admitted", async () => {
    const guess = () => call(path, { headers: { authorization: "Bearer nonsense" } });
    expect((await guess()).headers["www-authenticate"]).toBe("Bearer");
    world.pass(60);
    for (let sent = 0; sent < 600; sent++) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
    expect((await call(path)).status).toBe(200);
  });

  it("not more than 600 times a minute, whatever they ask", async () => {
    world.pass(60);
    for (let sent = 0; sent < 600; sent++) await call("/api/satisfaction");
    const last = await post({});
    expect(last.status).toBe(429);
    expect(Number(last.headers["retry-after"])).toBeGreaterThan(0);
    world.pass(60);
    expect((await post({})).status).toBe(400);
  });
});
