import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readPostgresHoldings } from "../../src/store/postgres/holdings.ts";
import { TEXTS } from "../builders/facts.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import { KINDS_OF_THREADS, open, openWorld, ownComments, type World } from "./world.ts";

describe("a desk on PostgreSQL", () => {
  let database: Database;
  let world: World;
  beforeEach(async () => {
    database = await createDatabase();
    world = await openWorld({ settings: "acknowledge: always\n", databaseUrl: database.url });
  });
  afterEach(async () => {
    await world.close();
    await database.drop();
  });

  it("serves issues and discussions: one label, one comment, and nothing left to do", async () => {
    const places = KINDS_OF_THREADS.map(([, kind]) => open(world.sandbox, kind, "mona", TEXTS.bug));
    await world.rest();
    for (const place of places) {
      expect(world.sandbox.labels(place)).toEqual(["bug"]);
      expect(ownComments(world.sandbox, place)).toHaveLength(1);
    }
    const { store, queue } = world.frontdesk.desk;
    expect(await store.openScopes()).toEqual([]);
    expect(await queue.size()).toMatchObject({ running: 0 });
    const tickets: string[] = [];
    for await (const holding of readPostgresHoldings(database.url)) {
      if (holding.type === "record" && holding.scope.startsWith("ticket:")) tickets.push(holding.scope);
    }
    expect(tickets).toHaveLength(2);
  });
});
