import { afterEach, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each(KINDS_OF_THREADS)("a label that people take off %s again and again", (_name, kind) => {
  let world: World;
  let offset = 0;
  const now = () => Date.now() + offset;
  afterEach(() => world.close());

  it("falls silent by itself, says so, and is tried again when that is long ago", async () => {
    offset = 0;
    world = await openWorld({ sandbox: { now } });
    const { sandbox, frontdesk } = world;
    for (const login of ["otto", "lisa"]) sandbox.createUser(login);
    const opened = async (title: string, as = "mona") => {
      const place = open(sandbox, kind, as, { ...TEXTS.bug, title });
      await world.rest();
      return place;
    };
    const measure = async (ms: number) => {
      offset += ms;
      const [home] = (await frontdesk.desk.store.repositories()).filter(({ fullName }) =>
        fullName.endsWith("/lantern"),
      );
      await frontdesk.desk.queue.push(`repository:${home?.id ?? 0}`);
      await world.rest();
      return (await frontdesk.desk.store.read("repository", String(home?.id)))?.silent ?? [];
    };
    const takenOff = async (title: string, as: string) => {
      const place = await opened(`${title} with a stack trace when a widget is removed`, as);
      expect(sandbox.labels(place)).toContain("bug");
      sandbox.as("maria").unlabel(place, "bug");
      await world.rest();
    };
    for (const title of ["One crash", "Two crashes", "Three crashes", "Four crashes"])
      await takenOff(title, "mona");
    await takenOff("Five crashes", "otto");
    // Tickets of two people are their affair.
    expect(await measure(2 * HOUR)).toEqual([]);
    await takenOff("Six crashes", "lisa");
    expect(await measure(2 * HOUR)).toEqual([
      expect.objectContaining({ what: "label", subject: "bug", precision: 0, count: 6, target: 0.85 }),
    ]);
    expect(sandbox.labels(await opened("Another crash with a stack trace"))).not.toContain("bug");
    expect(world.logs.map(({ msg }) => msg)).toContainEqual(
      expect.stringContaining('label "bug" falls silent'),
    );
    expect(await measure(91 * DAY)).toEqual([]);
    expect(sandbox.labels(await opened("One more crash with a stack trace"))).toContain("bug");
  });
});
