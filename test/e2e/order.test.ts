import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Faults } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments } from "./world.ts";

const { bug, feature, vagueBug } = TEXTS;

/** How the post goes wrong. */
let post: NonNullable<Faults["onDelivery"]>;
let world: World;
beforeAll(async () => {
  const settings = "missingInformation:\n  required: [Version, Steps to reproduce]\n";
  const faults: Faults = { onDelivery: (parcel) => post(parcel) };
  world = await openWorld({ settings, sandbox: { faults, deliveryConcurrency: 8 } });
});
beforeEach(() => {
  post = () => undefined;
});
afterAll(() => world.close());

/** Holds back deliveries of an action, so that all others overtake them. */
const late =
  (...actions: string[]): typeof post =>
  ({ action }) =>
    actions.includes(action ?? "") ? { do: "delay", ms: 250 } : undefined;

describe.each(KINDS_OF_THREADS)("%s", (_, kind) => {
  it("whose edit overtakes its opening ends as it was edited", async () => {
    const { sandbox } = world;
    post = late("opened", "created");
    const place = open(sandbox, kind, "mona", bug);
    world.pass(2);
    sandbox.as("mona").edit(place, { title: feature.title, body: feature.body });
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["enhancement"]);
  });

  it("whose edits come in the wrong order ends as the last one left it", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", vagueBug);
    await world.rest();
    let edits = 0;
    post = ({ action }) => (action === "edited" && ++edits === 1 ? { do: "delay", ms: 250 } : undefined);
    world.pass(2);
    sandbox.as("mona").edit(place, { body: `${vagueBug.body} It is version 3.2.1.` });
    world.pass(2);
    sandbox.as("mona").edit(place, { body: bug.body });
    await world.rest();
    expect(ownComments(sandbox, place)).toHaveLength(1);
    expect(ownComments(sandbox, place)[0]).toContain("that is all we asked for");
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("whose closing comes after its reopening is open", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    post = late("closed");
    world.pass(2);
    sandbox.as("maria").close(place);
    world.pass(2);
    sandbox.as("maria").reopen(place);
    await world.rest();
    expect(await world.ticket(place)).toMatchObject({ status: "open" });
  });

  it("whose reopening comes after its second closing is closed", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("maria").close(place);
    await world.rest();
    post = late("reopened");
    world.pass(2);
    sandbox.as("maria").reopen(place);
    world.pass(2);
    sandbox.as("maria").close(place);
    await world.rest();
    expect(await world.ticket(place)).toMatchObject({ status: "closed" });
  });

  it("whose label a person takes off before we hear that we set it stays without it", async () => {
    const { sandbox } = world;
    post = late("labeled");
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("maria").unlabel(place, "bug");
    await world.rest();
    sandbox.as("mona").edit(place, { body: `${bug.body}\n\nStill there.` });
    await world.rest();
    expect(sandbox.labels(place)).toEqual([]);
  });

  it("whose deliveries all come twice is served once", async () => {
    const { sandbox } = world;
    post = () => ({ do: "duplicate" });
    const place = open(sandbox, kind, "mona", vagueBug);
    await world.rest();
    sandbox.as("mona").edit(place, { body: bug.body });
    await world.rest();
    expect(ownComments(sandbox, place)).toHaveLength(1);
    expect(sandbox.labels(place)).toEqual(["bug"]);
    expect(sandbox.thread(place).events.filter(({ type }) => type === "labeled")).toHaveLength(2);
  });

  it("whose deliveries come all at once, in any order, ends as it is on GitHub", async () => {
    const { sandbox } = world;
    let seed = 7;
    post = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return { do: "delay", ms: seed % 120 };
    };
    const place = open(sandbox, kind, "mona", vagueBug);
    for (let edit = 0; edit < 12; edit++) {
      world.pass(1);
      sandbox.as("mona").edit(place, { body: `${edit % 2 ? vagueBug.body : bug.body} ${edit}` });
      if (edit === 5) sandbox.as("mona").comment(place, "Any news?");
    }
    world.pass(1);
    sandbox.as("mona").edit(place, { body: bug.body });
    await world.rest();
    expect(ownComments(sandbox, place).length).toBeLessThanOrEqual(1);
    expect(ownComments(sandbox, place).join()).not.toContain("- Version");
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });
});
