import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TEXTS } from "../builders/facts.ts";
import type { KindOfThread, World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, REPOSITORY, requestsSince } from "./world.ts";

const { bug, feature } = TEXTS;

/** A ticket of each kind has come and gone before: labels, forms, settings and roles are known. */
let world: World;
beforeAll(async () => {
  world = await openWorld({ settings: "acknowledge: always\n" });
  for (const [, kind] of KINDS_OF_THREADS) {
    open(world.sandbox, kind, "mona", bug);
    open(world.sandbox, kind, "mona", feature);
  }
  await world.rest();
});
afterAll(() => world.close());

/** What happens costs so many writes and reads of GitHub. */
async function cost(happens: () => void) {
  world.pass(2);
  const from = world.sandbox.requests.length;
  happens();
  await world.rest();
  const requests = requestsSince(world.sandbox, from);
  return {
    writes: requests.filter(({ isWrite }) => isWrite).length,
    reads: requests.filter(({ isWrite }) => !isWrite).map(({ path, about }) => about ?? path),
  };
}

const another = (kind: KindOfThread) => open(world.sandbox, kind, "mona", bug);

describe.each(KINDS_OF_THREADS)("in steady state %s", (_, kind) => {
  it("that is opened costs two writes and no read: its labels, its comment", async () => {
    let place = { repository: REPOSITORY, number: 0 };
    const spent = await cost(() => {
      place = another(kind);
    });
    expect(spent).toEqual({ writes: 2, reads: [] });
    expect(world.sandbox.labels(place)).toEqual(["bug"]);
    expect(ownComments(world.sandbox, place)).toHaveLength(1);
  });

  it("of a reporter who is new costs no more", async () => {
    world.sandbox.createUser(`new-${kind}`);
    const spent = await cost(() => void open(world.sandbox, kind, `new-${kind}`, bug));
    expect(spent).toEqual({ writes: 2, reads: [] });
  });

  it("that is edited without consequence costs nothing", async () => {
    const place = another(kind);
    await world.rest();
    const spent = await cost(() => world.sandbox.as("mona").edit(place, { body: `${bug.body}\n` }));
    expect(spent).toEqual({ writes: 0, reads: [] });
  });

  it("on which people talk, label, close and reopen costs nothing", async () => {
    const place = another(kind);
    await world.rest();
    const { sandbox } = world;
    for (const act of [
      () => void sandbox.as("maria").comment(place, "I look at it."),
      () => void sandbox.as("mona").comment(place, "Thank you."),
      () => sandbox.as("maria").label(place, "help wanted"),
      () => sandbox.as("maria").close(place),
      () => sandbox.as("maria").reopen(place),
      () => sandbox.as("maria").lock(place),
    ]) {
      expect(await cost(act)).toEqual({ writes: 0, reads: [] });
    }
  });
});
