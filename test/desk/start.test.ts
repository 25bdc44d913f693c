import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { takeUp } from "../../src/desk/start.ts";
import { createInProcessQueue } from "../../src/queue/in-process.ts";
import type { World } from "../e2e/world.ts";
import { openWorld, until } from "../e2e/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("a desk that is told to stop while it opens", () => {
  it("begins no rounds, asks GitHub nothing more, and lets its queue go", async () => {
    const { desk } = world.frontdesk;
    const queue = createInProcessQueue({ concurrency: 1, now: desk.now });
    let looked: () => void = () => undefined;
    const looking = new Promise<void>((resolve) => {
      looked = resolve;
    });
    let tell: () => void = () => undefined;
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    // What waits in the store is being looked at when the word comes.
    const openScopes = async () => {
      looked();
      await told;
      return desk.store.openScopes();
    };
    const lines = world.logs.length;
    const intervals = { reconcileSeconds: 0.001, tickSeconds: 0.001 };
    const working = takeUp(
      { ...desk, queue, store: { ...desk.store, openScopes } },
      async () => undefined,
      intervals,
    );
    await looking;
    const from = world.sandbox.requests.length;
    const stopped = working.stop();
    tell();
    await stopped;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(world.sandbox.requests.length).toBe(from);
    expect(world.logs.slice(lines).map(({ msg }) => msg)).not.toContain("the desk is open");
  });

  it("is told of what goes wrong with the store while it opens, and tries again", async () => {
    const { desk } = world.frontdesk;
    const queue = createInProcessQueue({ concurrency: 1, now: desk.now });
    let tries = 0;
    const openScopes = async () => {
      tries += 1;
      if (tries === 1) throw new Error("the disk is away");
      return [];
    };
    const said: string[] = [];
    const log = {
      ...desk.log,
      error: (_: unknown, message: string) => void said.push(message),
      info: () => undefined,
    };
    const working = takeUp(
      {
        ...desk,
        queue,
        log: Object.assign(Object.create(desk.log), log),
        store: { ...desk.store, openScopes },
      },
      async () => undefined,
      { reconcileSeconds: 3_600, tickSeconds: 3_600 },
    );
    await until(() => tries > 1);
    await working.stop();
    expect(said).toEqual(["what waits cannot be taken up: will try again"]);
  });
});
