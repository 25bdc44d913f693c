import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { LABELS } from "../../src/messages/label.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, SELF } from "./world.ts";

const { bug, feature } = TEXTS;

/** The repository's own words for two kinds; neither label exists yet. */
const MAPPED = "labels:\n  bug: 'Kind: Defect'\n  feature: null\n";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const labelsOf = (repository: string) => {
  const [, name] = repository.split("/");
  const found = [...world.sandbox.state.repositories.values()].find((one) => one.name === name);
  return [...(found?.labels.values() ?? [])].map(({ name, color, description }) => ({
    name,
    color,
    description,
  }));
};

describe.each(KINDS_OF_THREADS)("%s", (_, kind) => {
  it("that reports a bug gets its label and no comment", async () => {
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual(["bug"]);
    expect(ownComments(world.sandbox, place)).toEqual([]);
  });

  it("gets a label that the repository lacks: created with colour and description, under the name of the settings", async () => {
    const { sandbox } = world;
    const repository = world.repository(`mapped-${kind}`, MAPPED);
    expect(labelsOf(repository).map(({ name }) => name)).not.toContain("Kind: Defect");
    const place = open(sandbox, kind, "mona", bug, repository);
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["Kind: Defect"]);
    expect(labelsOf(repository)).toContainEqual({ name: "Kind: Defect", ...LABELS.bug });
  });

  it("gets no label of a kind that the settings never want labelled", async () => {
    const repository = world.repository(`never-${kind}`, MAPPED);
    const place = open(world.sandbox, kind, "mona", feature, repository);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual([]);
    expect((await world.ticket(place))?.triage?.kind).toBe("feature");
  });

  it("gets no label when nobody could be sure", async () => {
    const place = open(world.sandbox, kind, "mona", TEXTS.unclear);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual([]);
    expect((await world.ticket(place))?.triage).toMatchObject({ kind: null });
  });

  it("keeps the kind that a person gives it within the quiet period", async () => {
    const { sandbox } = world;
    const settings = "classification: { quietPeriod: 1h }\n";
    const place = open(sandbox, kind, "mona", bug, world.repository(`quiet-${kind}`, settings));
    await world.rest();
    expect((await world.ticket(place))?.triage).toBeNull();
    sandbox.as("maria").label(place, "question");
    await world.rest();
    world.pass(3_601);
    const { key = "" } = (await world.ticket(place)) ?? {};
    await world.frontdesk.desk.queue.push(`ticket:${key}`);
    await world.rest();
    expect((await world.ticket(place))?.triage).not.toBeNull();
    sandbox.as("mona").edit(place, { title: `${bug.title}!` });
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["question"]);
  });

  it("never gets back a label that a person removed: not by an edit, a close, or a reopening", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("maria").unlabel(place, "bug");
    await world.rest();
    sandbox.as("mona").edit(place, { body: `${bug.body}\nAnd again.` });
    await world.rest();
    sandbox.as("maria").close(place);
    await world.rest();
    sandbox.as("maria").reopen(place);
    await world.rest();
    sandbox.as("mona").edit(place, { title: `${bug.title}, once more` });
    await world.rest();
    expect(sandbox.labels(place)).toEqual([]);
    const set = sandbox.thread(place).events.filter(({ type }) => type === "labeled");
    expect(set).toHaveLength(1);
  });

  it("keeps the label with which a person corrected it, and only that", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("maria").unlabel(place, "bug");
    sandbox.as("maria").label(place, "documentation");
    await world.rest();
    sandbox.as("mona").edit(place, { title: feature.title, body: feature.body });
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["documentation"]);
  });

  it("whose text becomes another kind gets the other label, and loses ours", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("mona").edit(place, { title: feature.title, body: feature.body });
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["enhancement"]);
  });

  it("that a bot opened is left alone, and so is what a bot says", async () => {
    const { sandbox } = world;
    sandbox.createUser("helper[bot]");
    const place = open(sandbox, kind, "helper[bot]", bug);
    const other = open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("helper[bot]").comment(other, "/not-helpful\n/close");
    await world.rest();
    expect(sandbox.labels(place)).toEqual([]);
    expect(sandbox.comments(place)).toEqual([]);
    expect(sandbox.thread(other).state).toBe("open");
    expect(sandbox.labels(other)).toEqual(["bug"]);
  });

  it("of ours is not triaged: our own events change nothing", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    const own = sandbox.deliveries().filter(({ request }) => {
      const { sender } = JSON.parse(request.body) as { sender: { login: string } };
      return sender.login === SELF;
    });
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ statusCode }) => statusCode < 300)).toBe(true);
    expect(sandbox.labels(place)).toEqual(["bug"]);
    expect(ownComments(sandbox, place)).toEqual([]);
  });
});
