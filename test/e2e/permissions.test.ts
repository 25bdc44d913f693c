import { afterEach, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import {
  KINDS_OF_THREADS,
  open,
  openWorld,
  ownComments,
  PERMISSIONS,
  REPOSITORY,
  requestsSince,
  warnings,
} from "./world.ts";

const { bug } = TEXTS;
const SETTINGS = "acknowledge: always\n";

let world: World;
afterEach(() => world.close());

/** Nothing is parked: what may not be done rests without a request, and the log says once why. */
async function restsQuietly(): Promise<void> {
  const { store, queue } = world.frontdesk.desk;
  expect(await store.parked()).toEqual([]);
  const said = () =>
    warnings(world).filter(
      ({ scope, reason }) =>
        `${scope}`.startsWith("ticket:") && /not accessible by integration/.test(`${reason}`),
    ).length;
  expect(said()).toBe(1);
  const from = world.sandbox.requests.length;
  for (const { scope } of await store.openScopes()) {
    if (scope.startsWith("ticket:")) await queue.push(scope);
  }
  await world.rest();
  expect(requestsSince(world.sandbox, from).filter(({ isWrite }) => isWrite)).toEqual([]);
  expect(said()).toBe(1);
}

/** All permissions are given (back). */
async function permit(): Promise<void> {
  world.sandbox.as("octocat").setPermissions(world.app.installationId, PERMISSIONS);
  await world.rest();
}

describe.each(KINDS_OF_THREADS)("on %s", (_, kind) => {
  const permission = kind === "issue" ? "issues" : "discussions";

  it("that may only be read, nothing is written, and the log says why", async () => {
    world = await openWorld({ settings: SETTINGS, permissions: { ...PERMISSIONS, [permission]: "read" } });
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual([]);
    expect(ownComments(world.sandbox, place)).toEqual([]);
    expect((await world.ticket(place))?.triage).toMatchObject({ kind: "bug" });
    await restsQuietly();
  });

  it("whose files may not be read, nothing is done: what its settings want cannot be known", async () => {
    const { contents: _contents, ...permissions } = PERMISSIONS;
    world = await openWorld({ settings: SETTINGS, permissions });
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual([]);
    await restsQuietly();
  });

  const { contents: _contents, ...withoutContents } = PERMISSIONS;
  it.each([
    [`to write ${permission}`, { ...PERMISSIONS, [permission]: "read" as const }],
    ["to read files", withoutContents],
  ])("rests without the permission %s, and is served when that is given", async (_lacking, permissions) => {
    world = await openWorld({ settings: SETTINGS, permissions });
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    await permit();
    expect(sandbox.labels(place)).toEqual(["bug"]);
    expect(ownComments(sandbox, place)).toHaveLength(1);
    expect(await world.frontdesk.desk.store.openScopes()).toEqual([]);
  });

  it("whose permission does not come back for days is left alone", async () => {
    world = await openWorld({ settings: SETTINGS, permissions: { ...PERMISSIONS, [permission]: "read" } });
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    world.pass(4 * 86_400);
    const { store, queue } = world.frontdesk.desk;
    for (const { scope } of await store.openScopes()) await queue.push(scope);
    await world.rest();
    expect(await store.openScopes()).toEqual([]);
    expect(await store.parked()).toEqual([]);
    await permit();
    expect(world.sandbox.labels(place)).toEqual([]);
  });

  it("of a suspended installation waits without a write, and is served when it is not any more", async () => {
    world = await openWorld({ settings: SETTINGS });
    const { sandbox } = world;
    open(sandbox, kind, "mona", bug);
    await world.rest();
    const place = open(sandbox, kind, "mona", bug);
    sandbox.as("octocat").suspend(world.app.installationId);
    const from = sandbox.requests.length;
    await world.rest();
    expect(requestsSince(sandbox, from).filter(({ status, isWrite }) => isWrite && status < 300)).toEqual([]);
    expect(sandbox.labels(place)).toEqual([]);
    sandbox.as("octocat").suspend(world.app.installationId, false);
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["bug"]);
    expect(ownComments(sandbox, place)).toHaveLength(1);
  });
});

describe("without discussions", () => {
  it("switched off, issues are served as ever", async () => {
    world = await openWorld({ settings: SETTINGS });
    const { sandbox } = world;
    sandbox.as("octocat").setDiscussions(REPOSITORY, false);
    const place = open(sandbox, "issue", "mona", bug);
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("switched off while one is open, nothing breaks", async () => {
    world = await openWorld({ settings: SETTINGS });
    const { sandbox } = world;
    open(sandbox, "discussion", "mona", bug);
    sandbox.as("octocat").setDiscussions(REPOSITORY, false);
    await world.rest();
    const { store } = world.frontdesk.desk;
    expect(await store.parked()).toEqual([]);
    expect(await store.openScopes()).toEqual([]);
  });
});
