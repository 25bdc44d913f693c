import { describe, expect, it } from "@jest/globals";
import { createDatabase } from "../postgres/database.ts";
import { runProcesses } from "./processes.ts";
import { played, seedsOf, type Way } from "./seeds.ts";

async function play(seed: number, way: Way): Promise<string[]> {
  if (way === "process") return runProcesses(seed, { databaseUrl: null, processes: 1 });
  const database = await createDatabase();
  const processes = way === "two processes on postgres" ? 2 : 1;
  try {
    return await runProcesses(seed, { databaseUrl: database.url, processes });
  } finally {
    await database.drop();
  }
}

describe("after kill -9 at any moment, among other faults, nothing is lost and nothing is said twice", () => {
  const seeds = seedsOf(["process", "process on postgres", "two processes on postgres"]);
  it.each(seeds)(
    "seed $seed, $way",
    async ({ seed, way }) => {
      expect(await played(seed, "test/faults/processes.test.ts", () => play(seed, way))).toEqual([]);
    },
    180_000,
  );
});
