import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments } from "./world.ts";

const { bug, vagueBug } = TEXTS;
const SETTINGS = "missingInformation:\n  required: [Version, Steps to reproduce]\n";

let world: World;
beforeAll(async () => {
  world = await openWorld({ settings: SETTINGS });
});
afterAll(() => world.close());

describe.each(KINDS_OF_THREADS)("on %s", (_, kind) => {
  it("/not-helpful takes our words back, says that people take over, and is the last word", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", vagueBug);
    await world.rest();
    sandbox.as("mona").comment(place, "/not-helpful");
    await world.rest();
    const [comment = "", ...others] = ownComments(sandbox, place);
    expect(others).toEqual([]);
    expect(comment).toContain("I have taken it back");
    expect(comment).not.toContain("- Version");
    expect(sandbox.labels(place)).toEqual(["bug", "needs-human"]);
    sandbox.as("mona").edit(place, { body: "Now it is something else." });
    sandbox.as("mona").comment(place, "Version 3.2.1");
    await world.rest();
    expect(ownComments(sandbox, place)).toEqual([comment]);
    expect(sandbox.labels(place)).toEqual(["bug", "needs-human"]);
  });

  it("/close of the reporter closes it, and their next comment opens it again", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("mona").comment(place, "It was my own mistake.\n\n/close");
    await world.rest();
    expect(sandbox.thread(place).state).toBe("closed");
    expect(await world.ticket(place)).toMatchObject({ status: "closed", closedByUs: true });
    sandbox.as("mona").comment(place, "No, it happens again.");
    await world.rest();
    expect(sandbox.thread(place).state).toBe("open");
    expect(await world.ticket(place)).toMatchObject({ status: "open", closedByUs: false });
  });

  it("/reopen of the reporter opens it, whoever closed it", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("maria").close(place);
    await world.rest();
    sandbox.as("mona").comment(place, "Still there");
    await world.rest();
    expect(sandbox.thread(place).state).toBe("closed");
    sandbox.as("mona").comment(place, "/reopen");
    await world.rest();
    expect(sandbox.thread(place).state).toBe("open");
    expect(await world.ticket(place)).toMatchObject({ status: "open" });
  });

  it("/close and /reopen work again and again", async () => {
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    for (let time = 0; time < 3; time++) {
      sandbox.as("mona").comment(place, "/close");
      await world.rest();
      expect(sandbox.thread(place).state).toBe("closed");
      sandbox.as("mona").comment(place, "/reopen");
      await world.rest();
      expect(sandbox.thread(place).state).toBe("open");
    }
  });

  it("commands of strangers, in code and in quotes do nothing", async () => {
    const { sandbox } = world;
    sandbox.createUser("stranger");
    const place = open(sandbox, kind, "mona", bug);
    await world.rest();
    sandbox.as("stranger").comment(place, "/close");
    sandbox.as("mona").comment(place, "> /close\n\nwrites\n\n```\n/close\n```\n\nand `/not-helpful`");
    await world.rest();
    expect(sandbox.thread(place).state).toBe("open");
    expect(sandbox.labels(place)).toEqual(["bug"]);
    expect(ownComments(sandbox, place)).toEqual([]);
  });
});
