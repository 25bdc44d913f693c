import { describe, expect, it } from "@jest/globals";
import { createDatabase } from "../postgres/database.ts";
import { run } from "./run.ts";
import { hasMany, played, seedsOf } from "./seeds.ts";

const met = new Set<string>();

async function play(seed: number, way: string): Promise<string[]> {
  if (way === "files") return run(seed, { met });
  const database = await createDatabase();
  try {
    return await run(seed, { met, databaseUrl: database.url });
  } finally {
    await database.drop();
  }
}

describe("after any faults every ticket has its labels and one comment, and nothing is left to do", () => {
  it.each(seedsOf(["files", "postgres"]))(
    "seed $seed, $way",
    async ({ seed, way }) => {
      expect(await played(seed, "test/faults/faults.test.ts", () => play(seed, way))).toEqual([]);
    },
    120_000,
  );

  it("and the runs between them meet every kind of fault", () => {
    const kinds = [
      ["dies-before", "dies-after", "timeout-before", "timeout-after"],
      ["answer 500", "answer 500 after", "answer 502", "answer 502 after", "reset", "reset after"],
      ["secondary-limit", "delay", "delivery drop", "delivery duplicate", "delivery first", "delivery delay"],
    ].flat();
    expect(hasMany ? kinds.filter((kind) => !met.has(kind)) : []).toEqual([]);
  });
});
