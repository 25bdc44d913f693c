import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Place } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, REPOSITORY } from "./world.ts";

const { bug, feature } = TEXTS;

let world: World;
beforeAll(async () => {
  world = await openWorld({ settings: "labels: { priorities: [P0, P1, P2, P3] }\n" });
  for (const name of ["area/board", "P0"]) world.sandbox.as("octocat").createLabel(REPOSITORY, { name });
});
afterAll(() => world.close());

/** Somebody comments; what the desk makes of it is done. Returns our reactions to the comment. */
async function say(place: Place, as: string, body: string): Promise<string[]> {
  const { sandbox } = world;
  const said = sandbox.as(as).comment(place, body);
  await world.rest();
  return (
    sandbox
      .comments(place)
      .find(({ nodeId }) => nodeId === said.nodeId)
      ?.reactions.map(({ content }) => content) ?? []
  );
}

describe.each(KINDS_OF_THREADS)("on %s", (_, kind) => {
  it("the team chooses kind, priority and a label, and takes the last back", async () => {
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    expect(world.sandbox.labels(place)).toContain("bug");
    expect(await say(place, "maria", "/kind question\n/priority P0\n/label area/board")).toEqual(["+1"]);
    expect([...world.sandbox.labels(place)].sort()).toEqual(["P0", "area/board", "question"]);
    expect(await say(place, "maria", "/undo")).toEqual(["+1"]);
    expect([...world.sandbox.labels(place)].sort()).toEqual(["P0", "question"]);
    expect(ownComments(world.sandbox, place)).toEqual([]);
  });

  it("a kind's and a priority's label that the team asks for stay when the text changes", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    expect(await say(place, "maria", "/label documentation\n/label p0")).toEqual(["+1"]);
    sandbox.as("mona").edit(place, { body: `${bug.body}\n\nIt is Linux.` });
    await world.rest();
    expect([...sandbox.labels(place)].sort()).toEqual(["P0", "bug", "documentation"]);
    expect(await say(place, "maria", "/label question")).toEqual(["+1"]);
    expect(await say(place, "maria", "/undo")).toEqual(["+1"]);
    expect([...sandbox.labels(place)].sort()).toEqual(["P0", "bug", "documentation"]);
  });

  it("a typo gets one hint, and nothing else happens", async () => {
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    expect(await say(place, "maria", "/prioritty P0")).toEqual(["confused"]);
    const [hint = "", ...others] = ownComments(world.sandbox, place);
    expect(others).toEqual([]);
    expect(hint).toContain("Did you mean `/priority P0|P1|P2|P3`?");
    expect(await say(place, "maria", "/prioritty P0")).toEqual(["confused"]);
    expect(ownComments(world.sandbox, place)).toEqual([hint]);
    expect(world.sandbox.labels(place)).not.toContain("P0");
  });

  it("a stranger's command is nobody's", async () => {
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    world.sandbox.createUser(`otto-${kind}`);
    expect(await say(place, `otto-${kind}`, "/close")).toEqual([]);
    expect(world.sandbox.thread(place).state).toBe("open");
  });

  it("a command that an edit adds is obeyed, and once", async () => {
    const place = open(world.sandbox, kind, "mona", feature);
    await world.rest();
    const said = world.sandbox.as("maria").comment(place, "Nice.");
    await world.rest();
    world.sandbox.as("maria").editComment(said, "Nice.\n\n/label area/board");
    await world.rest();
    expect(world.sandbox.labels(place)).toContain("area/board");
    world.sandbox.as("maria").unlabel(place, "area/board");
    await world.rest();
    world.sandbox.as("maria").editComment(said, "Very nice.\n\n/label area/board");
    await world.rest();
    expect(world.sandbox.labels(place)).not.toContain("area/board");
  });

  it("/why and /help answer in a comment", async () => {
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    await say(place, "maria", "/why\n/help");
    const [reply = ""] = ownComments(world.sandbox, place);
    expect(reply).toContain("What I went by:\n\n- ");
    expect(reply).toContain("| `/undo` |");
  });

  it("/duplicate links the original until it is undone", async () => {
    const original = open(world.sandbox, kind, "octocat", {
      title: "Lantern is slow on Mondays",
      body: "Very.",
    });
    const place = open(world.sandbox, kind, "mona", bug);
    await world.rest();
    expect(await say(place, "maria", `/duplicate #${original.number}`)).toEqual(["+1"]);
    expect(ownComments(world.sandbox, place).join()).toContain(`/${original.number})`);
    expect(world.sandbox.labels(place)).toContain("possible-duplicate");
    expect(await say(place, "maria", "/duplicate #99999")).toEqual(["confused"]);
    expect(await say(place, "maria", "/undo")).toEqual(["+1"]);
    expect(ownComments(world.sandbox, place)[0]).not.toContain(`/${original.number})`);
    expect(world.sandbox.labels(place)).not.toContain("possible-duplicate");
    expect(world.sandbox.thread(place).state).toBe("open");
  });
});

describe("people", () => {
  it("are assigned and taken off; an unknown one is said to be none", async () => {
    const place = open(world.sandbox, "issue", "mona", bug);
    await world.rest();
    await say(place, "maria", "/assign me @octocat");
    expect([...world.sandbox.assignees(place)].sort()).toEqual(["maria", "octocat"]);
    await say(place, "maria", "/unassign @octocat");
    expect(world.sandbox.assignees(place)).toEqual(["maria"]);
  });

  it("cannot be assigned to a discussion", async () => {
    const place = open(world.sandbox, "discussion", "mona", bug);
    await world.rest();
    expect(await say(place, "maria", "/assign me")).toEqual(["confused"]);
    expect(ownComments(world.sandbox, place)[0]).toContain("Discussions have no assignees.");
  });
});
