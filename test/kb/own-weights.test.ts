import { describe, expect, it } from "@jest/globals";
import { DUPLICATE_FEATURES } from "../../src/kb/duplicate-features.ts";
import { SHIPPED_DUPLICATE_WEIGHTS } from "../../src/kb/duplicates.ts";
import type { Candidates } from "../../src/kb/listwise.ts";
import { ownDuplicateWeights, promoted } from "../../src/kb/own-weights.ts";
import { repeatedHistory } from "../builders/repeated-history.ts";

describe("weights of a repository's own duplicates", () => {
  it("are the shipped ones with fewer than 30 known duplicates", () => {
    expect(ownDuplicateWeights(repeatedHistory(29))).toBeNull();
    expect(ownDuplicateWeights([])).toBeNull();
  });

  it("are others with enough of them, and the same each time, in whatever order the threads come", () => {
    const history = repeatedHistory(40);
    const weights = ownDuplicateWeights(history);
    expect(weights).toHaveLength(DUPLICATE_FEATURES.length);
    expect(weights?.every(Number.isFinite)).toBe(true);
    expect(weights).not.toEqual(SHIPPED_DUPLICATE_WEIGHTS);
    expect(ownDuplicateWeights([...history].reverse())).toEqual(weights);
  });

  it("are learned only from originals that were known when the duplicate was opened", () => {
    const later = repeatedHistory(40).map((issue) => ({
      ...issue,
      same: (issue.same ?? []).map(({ at }) => ({ number: issue.number + 1, at })),
    }));
    expect(ownDuplicateWeights(later)).toBeNull();
  });
});

describe("new weights against those in use", () => {
  /** Two candidates that differ in the first feature; the second is the original. */
  const rows = new Float64Array(2 * DUPLICATE_FEATURES.length);
  rows[0] = 1;
  const lesson: Candidates = { rows, relevant: [false, true] };
  const first = (weight: number) => DUPLICATE_FEATURES.map((_, f) => (f === 0 ? weight : 0));

  it.each([
    ["better", first(-1), first(1), true],
    ["as good", first(2), first(1), true],
    ["worse", first(1), first(-1), false],
  ])("that are %s", (_, weights, incumbent, taken) => {
    expect(promoted(weights, incumbent, [lesson])).toBe(taken);
  });
});
