import { afterEach, describe, expect, it } from "@jest/globals";
import { reconcile } from "../../src/desk/reconcile.ts";
import { tick } from "../../src/desk/rounds.ts";
import type { Faults, Opened } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import {
  KINDS_OF_THREADS,
  open,
  openWorld,
  ownComments,
  REPOSITORY,
  requestsSince,
  warnings,
} from "./world.ts";

const DAY = 86_400;
const SETTINGS = "acknowledge: always\n";

let world: World;
/** GitHub hands nothing over. */
let deaf = false;
/** GitHub refuses the next look at an installation's repositories. */
let isLimited = false;
afterEach(async () => {
  deaf = false;
  isLimited = false;
  await world.close();
});

/** Every other world fails when an error is logged; here warnings are counted, too. */
async function begin() {
  const onDelivery = () => (deaf ? ({ do: "drop" } as const) : undefined);
  const onRequest: Faults["onRequest"] = ({ path }) => {
    if (!isLimited || !path.includes("/installation/repositories")) return undefined;
    isLimited = false;
    return { do: "secondary-limit", retryAfter: 3_600 };
  };
  world = await openWorld({ settings: SETTINGS, sandbox: { faults: { onDelivery, onRequest } } });
  const { sandbox, frontdesk } = world;
  return { sandbox, desk: frontdesk.desk, admin: sandbox.as("octocat"), id: world.app.installationId };
}

/** An hour's round and a minute's, and all that comes of them. */
async function rounds(): Promise<void> {
  const { desk } = world.frontdesk;
  await reconcile(desk);
  await tick(desk);
  for (const { scope } of await desk.store.openScopes()) await desk.queue.push(scope);
  await world.rest();
}

/** What the desk asks about a repository, and what it says aloud, while something happens. */
async function stir(during: () => Promise<void>): Promise<{ asked: string[]; said: string[] }> {
  const requests = world.sandbox.requests.length;
  const lines = warnings(world).length;
  await during();
  return {
    asked: requestsSince(world.sandbox, requests).map(({ method, path }) => `${method} ${path}`),
    said: warnings(world)
      .slice(lines)
      .map(({ msg, reason, what }) => `${msg} ${reason ?? ""} ${what ?? ""}`),
  };
}

const isServed = (place: Opened) =>
  world.sandbox.labels(place).includes("bug") && ownComments(world.sandbox, place).length === 1;
const isUntouched = (place: Opened) =>
  world.sandbox.labels(place).length === 0 && ownComments(world.sandbox, place).length === 0;

describe.each(KINDS_OF_THREADS)("%s", (_, kind) => {
  it("of an installation that is suspended costs nothing and is not spoken of, until it is served again", async () => {
    const { sandbox, admin, id, desk } = await begin();
    const before = open(sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    admin.suspend(id);
    await world.rest();
    const { asked, said } = await stir(async () => {
      open(sandbox, kind, "mona", TEXTS.bug);
      await rounds();
      world.pass(2 * 3_600);
      await rounds();
    });
    expect(asked.filter((line) => !line.includes("/app/"))).toEqual([]);
    expect(said).toEqual([]);
    expect(await desk.store.parked()).toEqual([]);
    admin.suspend(id, false);
    world.pass(120);
    await world.rest();
    await rounds();
    const after = open(sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    expect([before, after].map(isServed)).toEqual([true, true]);
  });

  it("of an installation that is gone costs nothing and is not spoken of", async () => {
    const { sandbox, admin, id, desk } = await begin();
    const place = open(sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    admin.uninstall(id);
    await world.rest();
    const { asked, said } = await stir(async () => {
      sandbox.as("mona").edit(place, { title: "Another title" });
      await rounds();
      world.pass(DAY);
      await rounds();
    });
    expect(asked).toEqual([]);
    expect(said).toEqual([]);
    expect(await desk.store.parked()).toEqual([]);
    expect(await desk.store.openScopes()).toEqual([]);
  });

  it.each([
    ["is told of it", false],
    ["has to find out", true],
  ])(
    "of a repository that is taken away is left alone, and served from the day on which it is given back; the desk %s",
    async (_, silently) => {
      const { sandbox, admin, id, desk } = await begin();
      const other = world.repository("other", SETTINGS);
      await world.rest();
      const known = open(sandbox, kind, "mona", TEXTS.bug, other);
      await world.rest();
      expect(isServed(known)).toBe(true);
      deaf = silently;
      admin.selectRepositories(id, { remove: [other] });
      await world.rest();
      await rounds();
      const { asked, said } = await stir(async () => {
        sandbox.as("mona").edit(known, { body: `${TEXTS.bug.body} More.` });
        await rounds();
      });
      expect(asked.filter((line) => line.includes("/other"))).toEqual([]);
      expect(said).toEqual([]);
      const meanwhile = open(sandbox, kind, "mona", TEXTS.bug, other);
      await world.rest();
      world.pass(60);
      admin.selectRepositories(id, { add: [other] });
      await world.rest();
      deaf = false;
      await rounds();
      world.pass(60);
      const after = open(sandbox, kind, "mona", TEXTS.bug, other);
      await world.rest();
      await rounds();
      expect([meanwhile, after].map(isUntouched)).toEqual([true, false]);
      expect(isServed(after)).toBe(true);
      expect(await desk.store.parked()).toEqual([]);
    },
  );

  it("heals after a day on which the desk heard nothing: opened, edited, commented, unlabelled, closed", async () => {
    const { sandbox } = await begin();
    const [unlabelled, closed, refused, edited] = [0, 1, 2, 3].map(() =>
      open(sandbox, kind, "mona", TEXTS.bug),
    ) as [Opened, Opened, Opened, Opened];
    await world.rest();
    expect([unlabelled, closed, refused, edited].map(isServed)).toEqual([true, true, true, true]);
    world.pass(120);
    await rounds();
    deaf = true;
    world.pass(DAY / 2);
    sandbox.as("maria").unlabel(unlabelled, "bug");
    sandbox.as("mona").close(closed);
    sandbox.as("mona").comment(refused, "/not-helpful");
    sandbox.as("mona").edit(edited, { title: TEXTS.feature.title, body: TEXTS.feature.body });
    const opened = open(sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    world.pass(DAY / 2);
    deaf = false;
    await rounds();
    await rounds();
    expect(isServed(opened)).toBe(true);
    expect(await world.ticket(closed)).toMatchObject({ status: "closed" });
    expect(await world.ticket(unlabelled)).toMatchObject({ vetoedLabels: expect.arrayContaining(["bug"]) });
    expect(await world.ticket(refused)).toMatchObject({ withdrawn: true });
    expect(sandbox.labels(edited)).toContain("enhancement");
    for (const place of [unlabelled, closed, edited, opened])
      expect(ownComments(sandbox, place)).toHaveLength(1);
  });
});

describe("an organisation's repository that is new", () => {
  it.each([
    ["is told of", false],
    ["has to be found", true],
  ])("and %s is served from then on, and its older threads are not acted on", async (_, silently) => {
    const { sandbox, admin, id } = await begin();
    admin.selectRepositories(id, { remove: [REPOSITORY] });
    await world.rest();
    const older = KINDS_OF_THREADS.map(([, kind]) => open(sandbox, kind, "mona", TEXTS.bug));
    world.pass(60);
    deaf = silently;
    admin.selectRepositories(id, { add: [REPOSITORY] });
    await world.rest();
    deaf = false;
    await rounds();
    world.pass(60);
    const newer = KINDS_OF_THREADS.map(([, kind]) => open(sandbox, kind, "mona", TEXTS.bug));
    await world.rest();
    expect(newer.map(isServed)).toEqual([true, true]);
    for (const place of older) sandbox.as("mona").edit(place, { body: `${TEXTS.bug.body} More.` });
    await world.rest();
    await rounds();
    expect(older.map(isUntouched)).toEqual([true, true]);
  });
});

describe("a second organisation", () => {
  it("is found although GitHub's limits refuse the look at the first", async () => {
    const { sandbox, desk } = await begin();
    sandbox.createOrganization("acme", { admins: ["octocat"] });
    sandbox.createRepository("acme/lamp");
    deaf = true;
    sandbox.installOn(world.app.appId, "acme");
    await world.rest();
    deaf = false;
    isLimited = true;
    await reconcile(desk);
    expect(isLimited).toBe(false);
    expect((await desk.store.repositories()).map(({ fullName }) => fullName)).toContain("acme/lamp");
  });
});
