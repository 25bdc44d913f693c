import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Desk } from "../../src/desk/desk.ts";
import { repositoryModel } from "../../src/desk/repository-model.ts";
import { defaultSettings, type Settings } from "../../src/settings/schema.ts";
import { openWorld, type World } from "../e2e/world.ts";
import { sampleRepository } from "../store/samples.ts";

const renamed = (bug: string): Settings => ({
  ...defaultSettings,
  labels: { ...defaultSettings.labels, bug },
});

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** The world's desk, and how often a history was read for a training: in all, and at most at the same time. */
function watched(): { desk: Desk; reads: { all: number; now: number; most: number } } {
  const { desk } = world.frontdesk;
  const reads = { all: 0, now: 0, most: 0 };
  const store: Desk["store"] = {
    ...desk.store,
    async *examples(repositoryId) {
      reads.all++;
      reads.most = Math.max(reads.most, ++reads.now);
      for (let i = 0; i < 5; i++) await turn();
      yield* desk.store.examples(repositoryId);
      reads.now--;
    },
  };
  return { desk: { ...desk, store }, reads };
}

describe("a repository's model", () => {
  it("is trained once when many tickets ask for it at the same time", async () => {
    const { desk, reads } = watched();
    await Promise.all(
      Array.from({ length: 8 }, () => repositoryModel(desk, sampleRepository(901), defaultSettings)),
    );
    expect(reads.all).toBe(1);
  });

  it("is trained once more when many tickets find that the settings changed", async () => {
    const { desk, reads } = watched();
    await repositoryModel(desk, sampleRepository(902), defaultSettings);
    const settings = renamed("defect");
    const models = await Promise.all(
      Array.from({ length: 8 }, () => repositoryModel(desk, sampleRepository(902), settings)),
    );
    expect(reads.all).toBe(2);
    expect(new Set(models).size).toBe(1);
  });

  it("waits for its turn where many repositories ask for theirs, also for those that were put out of memory", async () => {
    const { desk, reads } = watched();
    const ids = Array.from({ length: 40 }, (_, i) => 1_000 + i);
    await Promise.all(
      [...ids, ...ids].map((id) => repositoryModel(desk, sampleRepository(id), defaultSettings)),
    );
    expect(reads.most).toBe(1);
    expect(desk.memory.models.size).toBeLessThanOrEqual(16);
  });

  it("is trained by the next one who asks when a training failed, and no other waits for ever", async () => {
    const { desk, reads } = watched();
    const failing: Desk["store"] = {
      ...desk.store,
      examples: () => {
        throw new Error("the disk is gone");
      },
    };
    await expect(
      repositoryModel({ ...desk, store: failing }, sampleRepository(903), defaultSettings),
    ).rejects.toThrow("the disk is gone");
    expect(await repositoryModel(desk, sampleRepository(903), defaultSettings)).not.toBeNull();
    expect(reads.all).toBe(1);
  });
});
