import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, ownSaid } from "./world.ts";

const { bug, feature, vagueBug } = TEXTS;
const SETTINGS = "missingInformation:\n  required: [Version, Steps to reproduce]\n";

let world: World;
beforeAll(async () => {
  world = await openWorld({ settings: SETTINGS });
});
afterAll(() => world.close());

describe.each(KINDS_OF_THREADS)("%s", (_, kind) => {
  it("that is transferred takes along what people refused", async () => {
    const { sandbox } = world;
    const to = world.repository(`target-${kind}`, SETTINGS);
    const place = open(sandbox, kind, "mona", vagueBug);
    await world.rest();
    sandbox.as("maria").unlabel(place, "bug");
    for (const said of ownSaid(sandbox, place)) sandbox.as("octocat").deleteComment(said);
    await world.rest();
    const moved = sandbox.as("octocat").transfer(place, to);
    await world.rest();
    sandbox.as("mona").edit(moved, { body: `${vagueBug.body} Again and again.` });
    await world.rest();
    expect(sandbox.labels(moved)).not.toContain("bug");
    // A discussion's new place is not told where it came from: word of that may come a moment later.
    if (kind === "issue") expect(ownComments(sandbox, moved)).toEqual([]);
    const before = await world.ticket(place);
    const after = await world.ticket(moved);
    expect(before).toMatchObject({ status: "moved", movedTo: after?.key });
    expect(after).toMatchObject({ movedFrom: before?.key, vetoedLabels: ["bug"] });
  });

  it("that is transferred keeps its one comment", async () => {
    const { sandbox } = world;
    const to = world.repository(`home-${kind}`, SETTINGS);
    const place = open(sandbox, kind, "mona", vagueBug);
    await world.rest();
    const moved = sandbox.as("octocat").transfer(place, to);
    await world.rest();
    sandbox.as("mona").edit(moved, { body: `${vagueBug.body} It is version 3.2.1.` });
    await world.rest();
    expect(ownComments(sandbox, moved)).toHaveLength(1);
    expect(ownComments(sandbox, moved)[0]).not.toContain("- Version");
    expect(sandbox.labels(moved)).toEqual(["bug", "needs-info"]);
  });

  it("that is closed is left alone until it is open again", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("mona").close(place);
    await world.rest();
    expect(await world.ticket(place)).toMatchObject({ status: "closed" });
    sandbox.as("mona").edit(place, { title: feature.title, body: feature.body });
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["bug"]);
    sandbox.as("mona").reopen(place);
    await world.rest();
    expect(await world.ticket(place)).toMatchObject({ status: "open" });
    sandbox.as("mona").edit(place, { title: `${feature.title}!` });
    await world.rest();
    expect(sandbox.labels(place)).toEqual(["enhancement"]);
  });

  it("that is deleted ends there", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", vagueBug);
    await world.rest();
    sandbox.as("octocat").delete(place);
    await world.rest();
    expect(await world.ticket(place)).toMatchObject({ status: "deleted" });
  });

  it("that is deleted before we came to it ends quietly", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", vagueBug);
    sandbox.as("octocat").delete(place);
    await world.rest();
    expect(["deleted", undefined]).toContain((await world.ticket(place))?.status);
  });

  it("that is locked gets labels and no comment", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", feature);
    await world.rest();
    sandbox.as("maria").lock(place);
    await world.rest();
    sandbox.as("maria").edit(place, { title: vagueBug.title, body: vagueBug.body });
    await world.rest();
    expect(ownComments(sandbox, place)).toEqual([]);
    expect(sandbox.labels(place)).toEqual(["bug", "needs-info"]);
  });

  it("of an archived repository is not touched", async () => {
    const { sandbox } = world;
    const repository = world.repository(`archived-${kind}`, "acknowledge: always\n");
    const before = open(sandbox, kind, "mona", bug, repository);
    await world.rest();
    const place = open(sandbox, kind, "mona", bug, repository);
    sandbox.as("octocat").archive(repository);
    await world.rest();
    expect(sandbox.labels(before)).toEqual(["bug"]);
    expect(sandbox.labels(place)).toEqual([]);
    expect(ownComments(sandbox, place)).toEqual([]);
  });

  it("is served under the repository's new name", async () => {
    const { sandbox } = world;
    const repository = world.repository(`before-${kind}`, SETTINGS);
    const place = open(sandbox, kind, "mona", vagueBug, repository);
    await world.rest();
    sandbox.as("octocat").renameRepository(repository, `after-${kind}`);
    await world.rest();
    const there = { ...place, repository: `octo-org/after-${kind}` };
    sandbox.as("mona").edit(there, { body: `${vagueBug.body} It is version 3.2.1.` });
    const other = open(sandbox, kind, "mona", bug, there.repository);
    await world.rest();
    expect(ownComments(sandbox, there)).toHaveLength(1);
    expect(ownComments(sandbox, there)[0]).not.toContain("- Version");
    expect(sandbox.labels(other)).toEqual(["bug"]);
    expect(await world.ticket(there)).toMatchObject({ repository: there.repository });
  });
});
