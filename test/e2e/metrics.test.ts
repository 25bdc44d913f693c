import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { isAdmitted } from "../../src/desk/access.ts";
import { TEXTS } from "../builders/facts.ts";
import { open, openWorld, type World } from "./world.ts";

const TOKEN = randomUUID();

let world: World;
beforeAll(async () => {
  world = await openWorld({ settings: "acknowledge: always\n", apiToken: TOKEN });
  const { sandbox } = world;
  const place = open(sandbox, "issue", "mona", TEXTS.bug);
  open(sandbox, "discussion", "mona", TEXTS.feature);
  await world.rest();
  world.pass(3_600);
  sandbox.as("maria").comment(place, "I look at it.");
  sandbox.as("mona").comment(place, "/not-helpful");
  await world.rest();
  sandbox.as("maria").close(place);
  await world.rest();
});
afterAll(() => world.close());

const ask = (headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${world.frontdesk.url}/metrics`, { headers, method });

/** Samples by their names with labels; throws where a line is not of Prometheus' text format. */
async function samples(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const line of (await (await ask()).text()).trimEnd().split("\n")) {
    if (/^# (?:HELP frontdesk_\w+ \S.*|TYPE frontdesk_\w+ (?:counter|gauge))$/.test(line)) continue;
    const [, name, value] =
      /^(frontdesk_\w+(?:\{\w+="[^"\\]*"(?:,\w+="[^"\\]*")*\})?) (-?[\d.e+]+)$/.exec(line) ?? [];
    if (!name || found.has(name)) throw new Error(`not a sample, or twice: ${line}`);
    found.set(name, Number(value));
  }
  return found;
}

describe("GET /metrics", () => {
  it("tells Prometheus what was done, what waits, and how people are served", async () => {
    const found = await samples();
    expect(found.get('frontdesk_deliveries_total{outcome="accepted"}')).toBeGreaterThanOrEqual(5);
    expect(found.get('frontdesk_decisions_total{type="opened"}')).toBe(2);
    expect(found.get('frontdesk_decisions_total{type="commented"}')).toBe(2);
    expect(found.get('frontdesk_actions_total{type="comment",outcome="done"}')).toBe(3);
    expect(found.get("frontdesk_open_tickets")).toBe(1);
    expect(found.get("frontdesk_queue_waiting_jobs")).toBe(0);
    expect(found.get("frontdesk_parked_items")).toBe(0);
    expect(found.get('frontdesk_ratings{rating="dissatisfied"}')).toBe(1);
    expect(found.get('frontdesk_ratings{rating="satisfied"}')).toBe(0);
    expect(found.get("frontdesk_first_response_tickets")).toBe(1);
    expect(found.get('frontdesk_first_response_seconds{quantile="0.5"}')).toBeCloseTo(3_600, -2);
    const budget = `frontdesk_budget_content_requests{installation="${world.app.installationId}"}`;
    // 80 a minute, of which an hour later none are used: our comments were edited, which creates nothing.
    expect(found.get(budget)).toBe(80);
  });

  it("names units, and says of each metric what it is", async () => {
    const lines = (await (await ask()).text()).split("\n");
    const names = lines.flatMap((line) => /^# TYPE (\w+)/.exec(line)?.[1] ?? []);
    const units = /_(?:total|seconds|jobs|items|tickets|requests|points|ratings)$/;
    expect(names.filter((name) => !units.test(name))).toEqual([]);
    expect(lines.filter((line) => line.startsWith("# HELP"))).toHaveLength(names.length);
  });

  it("answers in the format's type, and is not kept by anybody", async () => {
    const { status, headers } = await ask();
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("is not there for other methods", async () => {
    expect((await ask({}, "POST")).status).toBe(404);
  });

  it.each<[string, Record<string, string>, number]>([
    ["passed on without a token", { "x-forwarded-for": "203.0.113.7" }, 401],
    ["passed on with a wrong token", { "x-real-ip": "203.0.113.7", authorization: `Bearer ${TOKEN}x` }, 401],
    ["passed on with half a header", { forwarded: "for=203.0.113.7", authorization: TOKEN }, 401],
    ["passed on with the token", { "x-forwarded-for": "127.0.0.1", authorization: `Bearer ${TOKEN}` }, 200],
    ["from here with a wrong token", { authorization: "Bearer x" }, 401],
  ])("a request %s gets %3$d", async (_, headers, status) => {
    const answer = await ask(headers);
    expect(answer.status).toBe(status);
    if (status === 401) expect(await answer.text()).not.toMatch(/frontdesk_|[0-9a-f]{8}-/);
  });
});

describe("who may ask", () => {
  const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
    ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

  it.each<[string, IncomingMessage, string | null, boolean]>([
    ["this machine", from("127.0.0.1"), null, true],
    ["this machine, by IPv6", from("::1"), null, true],
    ["this machine, by both", from("::ffff:127.0.0.1"), null, true],
    ["another machine", from("203.0.113.7"), TOKEN, false],
    [
      "another machine with the token",
      from("203.0.113.7", { authorization: `Bearer ${TOKEN}` }),
      TOKEN,
      true,
    ],
    ["nobody knows who", from(undefined), TOKEN, false],
    ["an empty token where there is none", from("203.0.113.7", { authorization: "Bearer " }), null, false],
    ["any token where there is none", from("203.0.113.7", { authorization: "Bearer null" }), null, false],
  ])("%s", (_, request, token, expected) => {
    expect(isAdmitted(request, token)).toBe(expected);
  });
});
