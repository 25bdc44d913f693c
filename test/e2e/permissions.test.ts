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

/** Nothing waits, nothing is parked: what cannot be done is over, and the log says why. */
async function settledQuietly(): Promise<void> {
  const { store } = world.frontdesk.desk;
  expect(await store.parked()).toEqual([]);
  expect(await store.openScopes()).toEqual([]);
  const reasons = warnings(world).map(({ reason }) => reason);
  expect(reasons.join("\n")).toMatch(/not accessible by integration/);
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
    await settledQuietly();
  });

  it("whose files may not be read, nothing is done: what its settings want cannot be known", async () => {
    const { contents: _contents, ...permissions } = PERMISSIONS;
    world = await openWorld({ settings: SETTINGS, permissions });
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual([]);
    await settledQuietly();
  });

  it("is served again from the moment at which the permission is given", async () => {
    world = await openWorld({ settings: SETTINGS, permissions: { ...PERMISSIONS, [permission]: "read" } });
    const { sandbox } = world;
    open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("octocat").setPermissions(world.app.installationId, PERMISSIONS);
    await world.rest();
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["bug"]);
    expect(ownComments(sandbox, place)).toHaveLength(1);
  });

  it("of a suspended installation waits without a write", async () => {
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
