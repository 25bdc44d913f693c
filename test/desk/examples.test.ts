import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "../e2e/world.ts";
import { open, openWorld, REPOSITORY } from "../e2e/world.ts";
import { asInstalled, EXAMPLES } from "../github/webhook-examples.ts";
import { deliver, sent } from "./deliver.ts";

/** A world fails at its end when the desk logged an error: so does a payload that trips the worker. */
let world: World;
let home: unknown;
beforeAll(async () => {
  world = await openWorld({ settings: "acknowledge: always\n" });
  for (const kind of ["issue", "discussion"] as const) open(world.sandbox, kind, "mona", TEXTS.bug);
  await world.rest();
  home = sent(world, "issues", "opened").payload.repository;
});
afterAll(() => world.close());

const nothingIsLeft = async () => {
  const { store } = world.frontdesk.desk;
  expect(await store.parked()).toEqual([]);
  expect(await store.openScopes()).toEqual([]);
};

type Adoption = (payload: Record<string, unknown>) => Record<string, unknown>;
const ways: [string, Adoption][] = [
  ["as it was recorded", (payload) => payload],
  ["as an installation that is not ours", asInstalled],
  [
    "as our installation, of a repository that is not there",
    (payload) => ({ ...payload, installation: { id: world.app.installationId } }),
  ],
  [
    "as our installation, of our repository",
    (payload) => ({ ...payload, installation: { id: world.app.installationId }, repository: home }),
  ],
];

describe.each(ways)("every example payload of GitHub's, %s", (_, adopt) => {
  it("is taken and worked off without an error", async () => {
    // An installation that goes would end the world for all that come after it.
    const served = EXAMPLES.filter(
      ({ name, payload }) =>
        !(
          ["installation", "repository"].includes(name) &&
          /delete|remove|suspend|archive/.test(String(payload.action))
        ),
    );
    expect(served.length).toBeGreaterThan(500);
    for (const { name, payload, source } of served) {
      const status = await deliver(world, name, adopt(payload));
      if (status !== 200 && status !== 202) throw new Error(`${source} ${name}: ${status}`);
    }
    await world.rest();
    await nothingIsLeft();
  });
});

describe("what is hard to read", () => {
  const hard: [string, (thread: Record<string, unknown>) => Record<string, unknown>][] = [
    [
      "a body of 65,536 characters",
      (thread) => ({ ...thread, body: "crash ".repeat(10_923).slice(0, 65_536) }),
    ],
    ["a body of 65,536 brackets", (thread) => ({ ...thread, body: "[".repeat(65_536) })],
    ["a body of 65,536 quotes and lists", (thread) => ({ ...thread, body: "> - ".repeat(16_384) })],
    ["a body of 65,536 backticks", (thread) => ({ ...thread, body: "`".repeat(65_536) })],
    ["a body of 65,536 Han characters", (thread) => ({ ...thread, body: "漢".repeat(65_536) })],
    ["a body of 65,536 line breaks", (thread) => ({ ...thread, body: "\n".repeat(65_536) })],
    ["a body of 65,536 spaces and line breaks", (thread) => ({ ...thread, body: " \r\n".repeat(21_845) })],
    ["an empty body", (thread) => ({ ...thread, body: "" })],
    ["no body", (thread) => ({ ...thread, body: null })],
    [
      "halves of characters",
      (thread) => ({ ...thread, title: "Bug \ud83d", body: "crash \udc00 error \ud800" }),
    ],
    ["NUL characters", (thread) => ({ ...thread, title: "Bug\u0000", body: "crash \u0000 error" })],
    ["nobody as its author", (thread) => ({ ...thread, user: null })],
    ["labels without names", (thread) => ({ ...thread, labels: [{}, "bug"] })],
    ["a title of 5,000 characters", (thread) => ({ ...thread, title: "crash ".repeat(833) })],
    ["a right-to-left title", (thread) => ({ ...thread, title: "\u202Eerror crash" })],
  ];
  let number = 1_000;
  const both = hard.flatMap(([what, change]) => {
    return (["issue", "discussion"] as const).map((kind) => [kind, what, change] as const);
  });
  it.each(both)("is taken: %s, with %s", async (kind, _, change) => {
    const [event, action] = kind === "issue" ? ["issues", "opened"] : ["discussion", "created"];
    const { payload } = sent(world, event, action);
    number += 1;
    const thread = change({ ...(payload[kind] as unknown as object), number });
    expect(await deliver(world, event, { ...payload, [kind]: thread })).toBe(202);
    await world.rest();
    await nothingIsLeft();
    const decided = await world.ticket({ repository: REPOSITORY, number });
    expect(decided?.triage).toBeTruthy();
  });
});
