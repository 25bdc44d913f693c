import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { featuresOf } from "../../src/desk/example.ts";
import { step, type Moved } from "../../src/desk/quick-steps.ts";
import { repositoryModel, teach } from "../../src/desk/repository-model.ts";
import { KIND_LABELS } from "../../src/learning/kind-label.ts";
import { learnLabels } from "../../src/learning/repository-model.ts";
import { defaultSettings, type Settings } from "../../src/settings/schema.ts";
import type { Example } from "../../src/ticket/example.ts";
import type { Learning, Repository } from "../../src/ticket/repository.ts";
import { openWorld, type World } from "../e2e/world.ts";
import { lied, type Made, makeTickets, signed } from "../learning/corpus.ts";
import { sampleRepository } from "../store/samples.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** A repository of a running desk whose 150 threads two people labelled, and what happens to it. */
async function seasoned(id: number) {
  const { desk } = world.frontdesk;
  const document = sampleRepository(id, { fullName: `octo-org/seasoned-${id}` });
  await desk.store.commit({ scope: "repository", id: String(id), document });
  const labelled = async (ticket: Made, number: number, login: string | null): Promise<Example> => {
    const at = desk.now();
    const { labels, removed, testimony = [] } = signed(ticket, login, at);
    const words = [...testimony];
    const example = { repositoryId: id, number, createdAt: at, ...featuresOf(ticket), labels, removed };
    const kept = { ...example, excluded: false, testimony: words };
    await desk.store.commit({ scope: "example", id: `${id}/${number}`, document: kept });
    return kept;
  };
  for (const [i, ticket] of makeTickets(150).entries()) {
    await labelled(ticket, i + 1, i % 2 === 0 ? "ann" : "bob");
  }
  const stored = async () => (await desk.store.read("repository", String(id))) as Repository;
  const model = async (settings: Settings = defaultSettings) =>
    repositoryModel(desk, await stored(), settings);
  await model();
  world.pass(60);
  return {
    model,
    learning: async () => (await stored()).learning as Learning,
    command: (learning: Learning) => desk.store.merge("repository", String(id), { learning }),
    restart: () => desk.memory.models.delete(id),
    /** Sixty new threads, as people would label them. */
    async corrected(login: string | null, change = (ticket: Made) => ticket) {
      const heard: Example[] = [];
      for (const [i, ticket] of makeTickets(60, 3).entries()) {
        heard.push(await labelled(change(ticket), 201 + i, login));
      }
      await teach(desk, id, heard, login);
      while (desk.memory.training.size > 0) await Promise.all(desk.memory.training);
    },
    told: () =>
      spawnSync(process.execPath, [CLI, "learning", "--repository", document.fullName], {
        env: { PATH: process.env.PATH, DATA_DIR: world.dataDir },
        encoding: "utf8",
      }).stdout,
  };
}

describe("a running desk", () => {
  it("learns in the background what people taught, and is of the same mind after a restart", async () => {
    const home = await seasoned(951);
    const { promotedAt: first = 0 } = await home.learning();
    await home.corrected("ann");
    expect((await home.model())?.lessons).toBe(210);
    const { promotedAt = 0, aside, doubts } = await home.learning();
    expect(promotedAt).toBeGreaterThan(first);
    expect([aside, doubts]).toEqual([null, []]);
    home.restart();
    expect((await home.model())?.lessons).toBe(210);
  });

  it("keeps a worse model aside with its numbers, after a restart and an edit of the settings too, until --all", async () => {
    const home = await seasoned(952);
    const { promotedAt } = await home.learning();
    await home.corrected(null, lied);
    const kept = await home.learning();
    expect(kept).toMatchObject({
      promotedAt,
      aside: { since: promotedAt, examination: { promoted: false } },
    });
    expect(home.told()).toMatch(
      /Kept aside on .*\n +kept aside +kinds right 0\.\d+.*\n +in force +kinds right/,
    );
    expect((await home.model())?.lessons).toBe(150);
    home.restart();
    expect((await home.model())?.lessons).toBe(150);
    const edited = { ...defaultSettings, labels: { ...defaultSettings.labels, security: "hole" } };
    expect((await home.model(edited))?.lessons).toBe(150);
    expect(await home.learning()).toEqual(kept);
    await home.command({ until: null, aside: null, promotedAt: Date.now() + 3_600_000 });
    expect((await home.model())?.lessons).toBe(210);
  });

  it("does not believe who contradicts all others, and says so", async () => {
    const home = await seasoned(953);
    await home.corrected("eve", lied);
    expect(await home.learning()).toMatchObject({ aside: null, doubts: [{ login: "eve" }] });
    expect(home.told()).toMatch(/^Not believed: eve\. Of \d+ labels \d+% agree/m);
  });

  it("rolls back by the day of the label, not of the thread", async () => {
    const home = await seasoned(954);
    const { promotedAt = 0 } = await home.learning();
    await home.corrected("ann");
    await home.command({ ...(await home.learning()), until: promotedAt + 1 });
    expect((await home.model())?.lessons).toBe(150);
  });
});

describe("a quick step", () => {
  const past = makeTickets(150).map((ticket, i) => signed(ticket, "ann", i));
  const learned = (): Moved => ({
    model: learnLabels(past, { shipped: world.frontdesk.desk.model }),
    options: { labels: KIND_LABELS },
    learning: { until: null, aside: null, doubts: [], without: [] },
    steps: new Map(),
  });
  const corrections = makeTickets(30, 3).map((ticket) => ({
    lesson: signed(lied(ticket), "eve", 1_000),
    login: "eve",
  }));

  it("is taken five times by one person as for kinds, twenty times as for own labels, and by others still", () => {
    const known = learned();
    const moved = { kinds: 0, labels: 0 };
    for (const correction of corrections) {
      const before = known.model;
      step(known, correction);
      if (known.model.kinds !== before.kinds) moved.kinds++;
      if (known.model.labels !== before.labels) moved.labels++;
    }
    expect(moved).toEqual({ kinds: 5, labels: 20 });
    const { model } = known;
    step(known, { lesson: past[0] as (typeof past)[0], login: "ann" });
    expect(known.model).not.toBe(model);
  });

  it("is not taken by who is not believed, or teaches nothing by command", () => {
    for (const learning of [
      { until: null, aside: null, without: [{ login: "eve" }] },
      { until: null, aside: null, doubts: [{ login: "eve", claims: 9, agreement: 0, expected: 1 }] },
    ]) {
      const known = { ...learned(), learning };
      const { model } = known;
      for (const correction of corrections) step(known, correction);
      expect(known.model).toBe(model);
    }
  });
});
