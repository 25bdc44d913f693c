import { afterEach, describe, expect, it } from "@jest/globals";
import { owe } from "../../src/desk/heartbeat.ts";
import { reconcile } from "../../src/desk/reconcile.ts";
import { tick } from "../../src/desk/rounds.ts";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { TEXTS } from "../builders/facts.ts";
import { createDatabase, type Database } from "../postgres/database.ts";
import { sampleDelivery } from "../store/samples.ts";
import type { World } from "./world.ts";
import { open, openWorld } from "./world.ts";

const HOUR = 3_600;

describe("readiness", () => {
  let world: World;
  /** GitHub hands over nothing, and takes no writes. */
  let broken = false;
  let database: Database | null = null;
  afterEach(async () => {
    broken = false;
    await world.close();
    await database?.drop();
    database = null;
  });

  const begin = async (settings: string, database: { databaseUrl?: string } = {}) => {
    broken = false;
    const onDelivery = () => (broken ? ({ do: "drop" } as const) : undefined);
    world = await openWorld({ settings, ...database, sandbox: { faults: { onDelivery } }, errors: true });
    // A first ticket, so that the settings are known.
    open(world.sandbox, "issue", "mona", TEXTS.bug);
    await world.rest();
    return world.frontdesk.desk;
  };

  const readiness = async () => {
    const answer = await fetch(`${world.frontdesk.url}/readyz`);
    return { status: answer.status, body: await answer.text() };
  };

  /** Work that is there and does not move, for so many hours. */
  const stuckFor = async (hours: number) => {
    const { desk } = world.frontdesk;
    broken = true;
    open(world.sandbox, "issue", "mona", TEXTS.feature);
    world.pass(120);
    const push = desk.queue.push;
    desk.queue.push = () => Promise.resolve();
    await reconcile(desk);
    desk.queue.push = push;
    world.pass(hours * HOUR);
    await tick(desk);
  };

  it("turns red with its reason, and says so in the log, when work waits for longer than a repository allows", async () => {
    await begin("lifecycle:\n  heartbeat: 2h\n");
    await stuckFor(3);
    const { status, body } = await readiness();
    expect(status).toBe(503);
    expect(body).toContain("heartbeat: work waits, and nothing was done since");
    await world.rest();
    const said = world.logs.map(({ msg }) => msg);
    expect(said).toContain("the desk does not move: see frontdesk doctor");
    expect(said).toContain("a notice that nobody is set up to get");
  });

  it("stays green for six hours where settings say nothing", async () => {
    await begin("");
    await stuckFor(5);
    expect((await readiness()).status).toBe(200);
  });

  it("turns red although the minute's round fails at its clocks", async () => {
    const desk = await begin("");
    owe(desk);
    world.pass(7 * HOUR);
    const due = () => Promise.reject(new Error("the disk is full"));
    await expect(tick({ ...desk, store: { ...desk.store, due } })).rejects.toThrow("the disk is full");
    expect((await readiness()).status).toBe(503);
  });

  it("is green again when work moves", async () => {
    const desk = await begin("lifecycle:\n  heartbeat: 2h\n");
    await stuckFor(3);
    for (const { scope } of await desk.store.openScopes()) await desk.queue.push(scope);
    await world.rest();
    expect((await readiness()).status).toBe(200);
  });

  it("stays green for a year in which nothing happens", async () => {
    const desk = await begin("");
    world.pass(365 * 24 * HOUR);
    await tick(desk);
    expect((await readiness()).status).toBe(200);
  });

  it("of an idle process stays green, or is green again, when another one on its database works", async () => {
    database = await createDatabase();
    const desk = await begin("lifecycle:\n  heartbeat: 2h\n", { databaseUrl: database.url });
    const enqueue = async () => undefined;
    const other = await openPostgresStore({
      url: database.url,
      now: desk.now,
      enqueue,
      onError: () => undefined,
    });
    const work = async (id: string) => {
      await other.receive(sampleDelivery(id, "ticket:1/1"));
      await other.discard([id]);
    };
    /** What tick finds after so many hours in which this process owed work and did none. */
    const statusIn = async (hours: number) => {
      world.pass(hours * HOUR);
      await tick(desk);
      return (await readiness()).status;
    };
    owe(desk);
    world.pass(HOUR);
    await work("a");
    expect(await statusIn(2)).toBe(200);
    owe(desk);
    expect(await statusIn(3)).toBe(503);
    await work("b");
    expect(await statusIn(0)).toBe(200);
    await other.close();
  });
});
