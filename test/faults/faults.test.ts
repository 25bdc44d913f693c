import { describe, expect, it } from "@jest/globals";
import { run } from "./run.ts";

/** `FAULT_SEED=n` plays one run again; `FAULT_RUNS` says how many there are. */
const { FAULT_SEED, FAULT_RUNS = "25" } = process.env;
const first = FAULT_SEED === undefined ? 1 : Number(FAULT_SEED);
const count = FAULT_SEED === undefined ? Number(FAULT_RUNS) : 1;
const seeds = Array.from({ length: count }, (_, index) => first + index);

describe("after any faults every ticket has its labels and one comment, and nothing is left to do", () => {
  it.each(seeds)("seed %d", async (seed) => {
    expect(await run(seed)).toEqual([]);
  });
});
