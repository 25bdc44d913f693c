import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { erase } from "../../src/cli/erase.ts";
import { tick } from "../../src/desk/rounds.ts";
import { lastRatings } from "../../src/triage/voices.ts";
import { TEXTS } from "../builders/facts.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import type { World } from "./world.ts";
import { KINDS_OF_THREADS, open, openWorld, ownSaid } from "./world.ts";

const DAY = 86_400_000;

describe.each(KINDS_OF_THREADS)("whoever was erased from %s", (_name, kind) => {
  let world: World;
  let database: Database;
  let offset = 0;
  const now = () => Date.now() + offset;
  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await world.close();
    await database.drop();
  });

  const daysPass = async (days: number) => {
    offset += days * DAY;
    await tick(world.frontdesk.desk);
    await world.rest();
  };

  it("does not come back with others' words and their own reactions, and is counted once", async () => {
    offset = 0;
    const settings = "acknowledge: always\nprivacy: { retentionDays: 60 }\n";
    world = await openWorld({ settings, sandbox: { now }, databaseUrl: database.url });
    const { sandbox } = world;
    const place = open(sandbox, kind, "mona", TEXTS.bug);
    await world.rest();
    const [said] = ownSaid(sandbox, place);
    if (!said) throw new Error("there is no comment of ours");
    sandbox.createUser("otto");
    for (const [login, sign] of [
      ["mona", "+1"],
      ["otto", "-1"],
    ] as const)
      sandbox.as(login).react({ id: said.id, nodeId: said.nodeId }, sign);
    await daysPass(0.1);
    const ratings = async () =>
      Object.fromEntries(
        [...lastRatings((await world.ticket(place)) ?? {})].map(([by, { rating }]) => [by, rating]),
      );
    expect(await ratings()).toEqual({ mona: 1, otto: -1 });

    for (const login of ["mona", "otto"])
      expect(await erase({ databaseUrl: database.url }, login)).toMatchObject({ left: [] });
    const counted = await ratings();
    // The reporter's word stays the reporter's.
    expect(counted.ghost).toBe(1);
    expect(Object.values(counted)).toEqual([1, -1]);
    sandbox.as("maria").comment(place, "What version is it?");
    await world.rest();
    for (const days of [1, 7, 30]) await daysPass(days);
    expect(await ratings()).toEqual(counted);
    // Long after, when those who were not erased are forgotten too, and somebody speaks again.
    await daysPass(70);
    expect(await world.ticket(place)).toMatchObject({ anonymous: true, author: "ghost" });
    sandbox.as("maria").comment(place, "Is anybody there?");
    await world.rest();
    const ticket = await world.ticket(place);
    expect(ticket).toMatchObject({ author: "ghost" });
    const { store } = world.frontdesk.desk;
    const thread = await store.read("thread", ticket?.key ?? "");
    expect(thread).toMatchObject({ author: "ghost", title: "", body: "" });
    const all = JSON.stringify([ticket, thread, await store.read("example", ticket?.key ?? "")]);
    expect(all).not.toMatch(/mona|otto/i);
  });
});
