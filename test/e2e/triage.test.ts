import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments } from "./world.ts";

describe.each(KINDS_OF_THREADS)("a %s", (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(async () => {
    await world.close();
  });

  it("that reports a bug gets its label and no comment", async () => {
    const place = open(world.sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    expect(world.sandbox.labels(place)).toEqual(["bug"]);
    expect(ownComments(world.sandbox, place)).toEqual([]);
  });
});
