import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import { deliver, sent } from "../desk/deliver.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ settings: "acknowledge: always\nteam: [{ login: maria }]\n", errors: true });
});
afterAll(() => world.close());

/** Names that every object knows: by index alone they are always there. */
const INHERITED = ["constructor", "valueOf", "toString", "hasOwnProperty"];

const unpolluted = () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
};

describe.each(KINDS_OF_THREADS)("%s of somebody whose login every object knows", (_, kind) => {
  it.each(INHERITED)("is served like anybody's: %s", async (login) => {
    const { sandbox } = world;
    if (![...sandbox.state.accounts.values()].some((account) => account.login === login))
      sandbox.createUser(login);
    const place = open(sandbox, kind, login, TEXTS.bug);
    await world.rest();
    expect(sandbox.labels(place)).toContain("bug");
    expect(sandbox.comments(place)).toHaveLength(1);
  });
});

describe("a payload", () => {
  const POLLUTION = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';

  it.each([
    ["in itself", (text: string) => text.replace("{", `{${POLLUTION},`)],
    ["in its thread", (text: string) => text.replace('"issue":{', `"issue":{${POLLUTION},`)],
    ["in its repository", (text: string) => text.replace('"repository":{', `"repository":{${POLLUTION},`)],
  ])("that reaches for prototypes %s changes no other object", async (_, change) => {
    open(world.sandbox, "issue", "mona", TEXTS.bug);
    await world.rest();
    const good = JSON.stringify(sent(world, "issues", "opened").payload);
    const text = change(good);
    expect(text).not.toBe(good);
    expect(await deliver(world, "issues", text)).toBe(202);
    await world.rest();
    unpolluted();
    expect(await world.frontdesk.desk.store.parked()).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["a path", "../../outside"],
    ["a number that is none", 1.5],
    ["a negative number", -1],
    ["a list", [1]],
    ["a member of every object", "constructor"],
  ])("whose ids are %s writes no file elsewhere", async (_, id) => {
    const { payload } = sent(world, "issues", "opened") as { payload: Record<string, object> };
    for (const body of [
      { ...payload, repository: { ...payload.repository, id } },
      { ...payload, issue: { ...payload.issue, number: id } },
      { ...payload, installation: { id } },
    ]) {
      expect([200, 202, 500]).toContain(await deliver(world, "issues", body));
    }
    await world.rest();
    const folders = [
      "corrupt",
      "examples",
      "frontdesk.lock",
      "inbox",
      "installations",
      "repositories",
      "shelves",
    ];
    const expected = [...folders, "threads", "tickets"];
    expect(readdirSync(world.dataDir).filter((name) => !expected.includes(name))).toEqual([]);
    expect(existsSync(join(dirname(world.dataDir), "outside"))).toBe(false);
    expect(existsSync(join(dirname(world.dataDir), "outside.json"))).toBe(false);
  });

  it("of a delivery whose id is a path is kept under that id, not at that path", async () => {
    const { payload } = sent(world, "issues", "opened");
    expect(await deliver(world, "issues", payload, { "x-github-delivery": "../../../outside" })).toBe(202);
    await world.rest();
    expect(existsSync(join(dirname(world.dataDir), "outside"))).toBe(false);
  });
});
