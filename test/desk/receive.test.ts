import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { MAX_BODY_BYTES } from "../../src/desk/receive.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "../e2e/world.ts";
import { open, openWorld, ownComments, requestsSince } from "../e2e/world.ts";
import type { Headers } from "./deliver.ts";
import { deliver, headersOf, post, sent } from "./deliver.ts";

let world: World;
let opened: Record<string, unknown>;
beforeAll(async () => {
  world = await openWorld({ settings: "acknowledge: always\n" });
  open(world.sandbox, "issue", "mona", TEXTS.bug);
  await world.rest();
  opened = sent(world, "issues", "opened").payload;
});
afterAll(() => world.close());

/** All that the desk has written to its folder. */
function stored(folder = world.dataDir): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isDirectory() ? stored(path) : readFileSync(path, "latin1")))
    .join("\n");
}

const body = () => JSON.stringify(opened);

describe("a delivery that is refused leaves nothing behind", () => {
  const cases: [string, Headers, number][] = [
    ["without a signature", { "x-hub-signature-256": undefined }, 400],
    ["with only the old signature", { "x-hub-signature-256": undefined, "x-hub-signature": "sha1=00" }, 400],
    ["with an empty signature", { "x-hub-signature-256": "" }, 400],
    ["with a wrong signature", { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }, 401],
    ["with half a signature", { "x-hub-signature-256": "sha256=12" }, 401],
    ["with a signature of another scheme", { "x-hub-signature-256": `sha1=${"0".repeat(40)}` }, 401],
    ["without a delivery id", { "x-github-delivery": undefined }, 400],
    ["with an endless delivery id", { "x-github-delivery": "x".repeat(5_000) }, 400],
    ["without an event", { "x-github-event": undefined }, 400],
  ];
  it.each(cases)("%s", async (_, change, status) => {
    const mark = `refused-${cases.findIndex(([, one]) => one === change)}`;
    const text = JSON.stringify({ ...opened, mark });
    expect(await post(world.frontdesk.url, headersOf(world, "issues", text, change), text)).toBe(status);
    await world.rest();
    expect(stored()).not.toContain(mark);
  });

  it("signed with the secret that everybody knows", async () => {
    const known = { ...world, app: { ...world.app, webhookSecret: "development" } };
    expect(await deliver(known, "issues", opened)).toBe(401);
  });

  it.each<[string, (signature: string) => string]>([
    [
      "whose first digit is another",
      (good) => good.replace(/=./, ([, digit]) => `=${digit === "0" ? 1 : 0}`),
    ],
    ["whose last digit is another", (good) => `${good.slice(0, -1)}${good.endsWith("0") ? 1 : 0}`],
    ["that lacks its last digit", (good) => good.slice(0, -1)],
    ["with a digit too many", (good) => `${good}0`],
    ["in capitals", (good) => good.replace(/[0-9a-f]{64}/, (digits) => digits.toUpperCase())],
    ["without its scheme", (good) => good.replace("sha256=", "")],
    ["under the name of the old scheme", (good) => good.replace("sha256=", "sha1=")],
  ])("under its own signature %s", async (_, change) => {
    const { "x-hub-signature-256": good = "", ...headers } = headersOf(world, "issues", body());
    const changed = { ...headers, "x-hub-signature-256": change(good) };
    expect(changed["x-hub-signature-256"]).not.toBe(good);
    expect(await post(world.frontdesk.url, changed, body())).toBe(401);
  });

  it("is compared in constant time: by a library that does so, and says so in its code", () => {
    const path = fileURLToPath(import.meta.resolve("@octokit/webhooks-methods"));
    expect(readFileSync(path, "utf8")).toMatch(
      /return timingSafeEqual\(signatureBuffer, verificationBuffer\)/,
    );
  });

  it("whose text was changed on the way", async () => {
    const headers = headersOf(world, "issues", body());
    expect(await post(world.frontdesk.url, headers, body().replace("octo-org", "evil-org"))).toBe(401);
  });

  it.each([
    ["no JSON", "{", 400],
    ["a form", "payload=%7B%7D", 400],
    ["empty, which nobody can sign", "", 401],
  ])("whose body is %s", async (_, text, status) => {
    expect(await deliver(world, "issues", text)).toBe(status);
  });

  it("over 25 MB, announced", async () => {
    const text = `${" ".repeat(MAX_BODY_BYTES - 1)}{}`;
    expect(await deliver(world, "issues", text)).toBe(413);
  });

  it("over 25 MB, of unknown length: refused before it ends", async () => {
    const endless = Readable.from(
      (function* () {
        const piece = Buffer.alloc(1024 * 1024, " ");
        for (let megabytes = 0; megabytes < 200; megabytes++) yield piece;
      })(),
    );
    expect(await post(world.frontdesk.url, headersOf(world, "issues", ""), endless)).toBe(413);
    endless.destroy();
  });
});

describe("a delivery that means nothing to us is answered and left alone", () => {
  it.each<[string, string, unknown]>([
    ["an event that nobody knows", "quantum_leap", { action: "created" }],
    ["an event named like a member of every object", "constructor", {}],
    ["ping", "ping", { zen: "Design for failure.", hook_id: 1 }],
    ["a pull request", "pull_request", { action: "opened" }],
    ["no fields at all", "issues", {}],
    ["null", "issues", null],
    ["a list", "issues", []],
    ["a number", "issues", 7],
    ["a text", "issues", '"text"'],
  ])("%s", async (_, event, payload) => {
    expect(await deliver(world, event, payload)).toBe(200);
  });

  it("a comment on a pull request", async () => {
    const issue = { ...(opened.issue as object), pull_request: { url: "x" } };
    expect(await deliver(world, "issue_comment", { ...opened, action: "created", issue })).toBe(200);
  });
});

describe("a delivery that lacks something is taken, looked at, and let go", () => {
  it.each([
    ["its action", { action: undefined }],
    ["its title and body", { issue: { number: 900 } }],
    ["its sender", { sender: undefined }],
    ["its repository's name", { repository: { id: 77 } }],
    ["what changed", { action: "edited", changes: undefined }],
  ])("%s", async (_, change) => {
    expect([200, 202]).toContain(await deliver(world, "issues", { ...opened, ...change }));
    await world.rest();
    expect(await world.frontdesk.desk.store.parked()).toEqual([]);
    expect(await world.frontdesk.desk.store.openScopes()).toEqual([]);
  });

  it("a known action of a kind that we do not serve", async () => {
    for (const action of ["milestoned", "pinned", "typed", "something-new"]) {
      expect(await deliver(world, "issues", { ...opened, action })).toBe(202);
    }
    await world.rest();
    expect(await world.frontdesk.desk.store.openScopes()).toEqual([]);
  });
});

describe("a delivery that comes again", () => {
  it("under the same id changes nothing, whatever it says", async () => {
    const place = open(world.sandbox, "issue", "mona", TEXTS.bug);
    await world.rest();
    const { guid, payload } = sent(world, "issues", "opened");
    world.sandbox.as("maria").unlabel(place, "bug");
    await world.rest();
    const before = await world.ticket(place);
    const from = world.sandbox.requests.length;
    expect(await deliver(world, "issues", payload, { "x-github-delivery": guid })).toBe(200);
    const other = { ...payload, action: "deleted" };
    expect(await deliver(world, "issues", other, { "x-github-delivery": guid })).toBe(200);
    await world.rest();
    expect(requestsSince(world.sandbox, from)).toEqual([]);
    expect(await world.ticket(place)).toEqual(before);
  });

  it("under another id is not trusted: the thread is read, and stays as it is", async () => {
    const place = open(world.sandbox, "discussion", "mona", TEXTS.bug);
    await world.rest();
    const { payload } = sent(world, "discussion", "created");
    world.sandbox.as("maria").unlabel(place, "bug");
    await world.rest();
    expect(await deliver(world, "discussion", payload)).toBe(202);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual([]);
    expect(ownComments(world.sandbox, place)).toHaveLength(1);
  });
});
