import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { retryAt } from "../../src/desk/failure.ts";
import { newRepository } from "../../src/desk/knowledge.ts";
import { reconcile } from "../../src/desk/reconcile.ts";
import { RecentlyUsed } from "../../src/desk/recently-used.ts";
import { effectiveSettings } from "../../src/desk/settings.ts";
import type { Faults } from "../../src/sandbox/sandbox.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World } from "../e2e/world.ts";
import { open, openWorld } from "../e2e/world.ts";

let world: World;
let broken = false;
beforeAll(async () => {
  const onDelivery: NonNullable<Faults["onDelivery"]> = () => (broken ? { do: "drop" } : undefined);
  world = await openWorld({ sandbox: { faults: { onDelivery } } });
});
afterAll(() => world.close());

describe("what a process remembers stays bounded", () => {
  it("of the settings of very many repositories", async () => {
    const { desk } = world.frontdesk;
    for (let id = 1; id <= 2_500; id++) {
      const where = {
        installationId: 1,
        repositoryId: id,
        repository: "o/r",
        private: false,
        archived: false,
      };
      await effectiveSettings(desk, newRepository(where, 0));
    }
    expect(desk.memory.settings.size).toBeLessThanOrEqual(2_000);
  });

  it("of failures of very many tickets, and a ticket that is served again begins anew", async () => {
    const { desk } = world.frontdesk;
    for (let number = 1; number <= 2_500; number++) retryAt(desk, `ticket:1/${number}`, null);
    expect(desk.memory.failuresInARow.size).toBeLessThanOrEqual(2_000);
    const place = open(world.sandbox, "issue", "mona", TEXTS.bug);
    const ticket = world.sandbox.state;
    const repository = [...ticket.repositories.values()].find(({ name }) => name === "lantern");
    const scope = `ticket:${repository?.id}/${place.number}` as const;
    retryAt(desk, scope, null);
    await world.rest();
    expect(desk.memory.failuresInARow.peek(scope)).toBeUndefined();
  });

  it("of deliveries that failed: those that GitHub still lists", async () => {
    const { desk } = world.frontdesk;
    for (let n = 0; n < 500; n++) desk.memory.redeliveries.set(`gone-${n}`, 1);
    broken = true;
    open(world.sandbox, "issue", "mona", TEXTS.feature);
    await world.sandbox.settled();
    broken = false;
    await reconcile(desk);
    await world.rest();
    expect([...desk.memory.redeliveries.keys()].filter((guid) => guid.startsWith("gone"))).toEqual([]);
  });

  it("by letting go of what was not used for longest", () => {
    const kept = new RecentlyUsed<string, string>(2);
    kept.set("a", "1");
    kept.set("b", "2");
    kept.use("a");
    kept.set("c", "3");
    expect([kept.peek("a"), kept.peek("b"), kept.peek("c")]).toEqual(["1", undefined, "3"]);
  });
});
