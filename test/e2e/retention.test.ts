import { afterEach, describe, expect, it } from "@jest/globals";
import { tick } from "../../src/desk/rounds.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld } from "./world.ts";

const DAY = 86_400_000;

describe.each(KINDS_OF_THREADS)("people of %s", (_name, kind) => {
  let world: World;
  let offset = 0;
  const now = () => Date.now() + offset;
  afterEach(() => world.close());

  it("are forgotten after as many days of silence as the settings say, and known again when they come back", async () => {
    offset = 0;
    world = await openWorld({ settings: "privacy: { retentionDays: 30 }\n", sandbox: { now } });
    const place = open(world.sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    offset += 29 * DAY;
    await tick(world.frontdesk.desk);
    await world.rest();
    expect((await world.ticket(place))?.author).toBe("mona");
    offset += 3 * DAY;
    await tick(world.frontdesk.desk);
    await world.rest();
    const forgotten = await world.ticket(place);
    expect(forgotten).toMatchObject({ author: null, anonymous: true });
    expect(JSON.stringify(forgotten)).not.toContain("mona");
    world.sandbox.as("mona").comment(place, "It still happens.");
    await world.rest();
    expect((await world.ticket(place))?.author).toBe("mona");
    expect((await world.ticket(place))?.anonymous).toBeUndefined();
  });
});
