import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, ownSaid, requestsSince } from "./world.ts";

const { bug, vagueBug } = TEXTS;
const SETTINGS = "missingInformation:\n  required: [Version, Steps to reproduce]\n";

let world: World;
beforeAll(async () => {
  world = await openWorld({ settings: SETTINGS });
});
afterAll(() => world.close());

describe.each(KINDS_OF_THREADS)("%s", (_, kind) => {
  it("is acknowledged where the settings say always", async () => {
    const repository = world.repository(`always-${kind}`, "acknowledge: always\n");
    const place = open(world.sandbox, kind, "mona", bug, repository);
    await world.rest();
    const [comment = "", ...others] = ownComments(world.sandbox, place);
    expect(others).toEqual([]);
    expect(comment).toContain("Your message has reached the team.");
    expect(comment).toContain("I am Frontdesk, a bot.");
    expect(world.sandbox.labels(place)).toEqual(["bug"]);
  });

  it("gets labels and no comment in the mode label", async () => {
    const repository = world.repository(`label-${kind}`, `${SETTINGS}mode: label\nacknowledge: always\n`);
    const place = open(world.sandbox, kind, "mona", vagueBug, repository);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual(["bug", "needs-info"]);
    expect(ownComments(world.sandbox, place)).toEqual([]);
  });

  it("is only looked at in the mode observe: nothing at all is written", async () => {
    const { sandbox } = world;
    const repository = world.repository(`observe-${kind}`, "mode: observe\nacknowledge: always\n");
    const from = sandbox.requests.length;
    const place = open(sandbox, kind, "mona", vagueBug, repository);
    const other = open(sandbox, kind, "mona", TEXTS.vulnerability, repository);
    await world.rest();
    sandbox.as("mona").comment(place, "/not-helpful\n/close");
    sandbox.as("mona").edit(place, { body: bug.body });
    await world.rest();
    expect(requestsSince(sandbox, from).filter(({ isWrite }) => isWrite)).toEqual([]);
    expect(await world.ticket(place)).toMatchObject({ triage: { kind: "bug" } });
    expect(await world.ticket(other)).toMatchObject({ triage: { kind: "security" } });
  });

  it("of the team gets its label and no comment", async () => {
    const place = open(world.sandbox, kind, "maria", vagueBug);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual(["bug", "needs-info"]);
    expect(ownComments(world.sandbox, place)).toEqual([]);
  });

  it("gets no second comment when a person deleted ours", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", vagueBug);
    await world.rest();
    for (const said of ownSaid(sandbox, place)) sandbox.as("octocat").deleteComment(said);
    await world.rest();
    sandbox.as("mona").edit(place, { body: `${vagueBug.body} It is version 3.2.1.` });
    await world.rest();
    sandbox.as("mona").comment(place, "Steps:\n1. Open a board");
    await world.rest();
    expect(ownComments(sandbox, place)).toEqual([]);
    expect(sandbox.labels(place)).toEqual(["bug"]);
  });

  it("gets no second comment when a person deleted ours and nobody told us", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", vagueBug);
    await world.rest();
    const before = sandbox.thread(place).comments;
    sandbox.thread(place).comments = [];
    for (const { nodeId } of before) sandbox.state.nodes.delete(nodeId);
    for (const more of ["It is version 3.2.1.", "It is version 3.2.2. Steps: 1. Start it."]) {
      sandbox.as("mona").edit(place, { body: `${vagueBug.body} ${more}` });
      await world.rest();
    }
    expect(ownComments(sandbox, place)).toEqual([]);
  });

  it("whose account is gone is served like any other", async () => {
    const { sandbox } = world;
    sandbox.createUser(`gone-${kind}`);
    const place = open(sandbox, kind, `gone-${kind}`, vagueBug);
    await world.rest();
    sandbox.deleteUser(`gone-${kind}`);
    sandbox.as("maria").edit(place, { body: `${vagueBug.body} It is version 3.2.1.` });
    await world.rest();
    expect(ownComments(sandbox, place)).toHaveLength(1);
    expect(ownComments(sandbox, place)[0]).not.toContain("- Version");
  });
});
