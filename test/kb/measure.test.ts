import { describe, expect, it } from "@jest/globals";
import { averagePrecision, bootstrap, recallAt, reciprocalRank, successAt } from "../../src/kb/measure.ts";

const JUDGED = [
  { ranking: ["a", "b", "c"], relevant: ["b", "c"] },
  { ranking: ["a", "b", "c"], relevant: ["a"] },
  { ranking: ["a", "b"], relevant: ["z"] },
];

describe("measures of rankings", () => {
  it.each([
    ["success at 1", successAt(JUDGED, 1), 1 / 3],
    ["success at 2", successAt(JUDGED, 2), 2 / 3],
    ["recall at 2", recallAt(JUDGED, 2), (0.5 + 1) / 3],
    ["reciprocal rank", reciprocalRank(JUDGED), (0.5 + 1) / 3],
    ["reciprocal rank at 1", reciprocalRank(JUDGED, 1), 1 / 3],
    ["average precision", averagePrecision(JUDGED), ((1 / 2 + 2 / 3) / 2 + 1) / 3],
    ["success of nothing", successAt([], 1), 0],
  ])("%s", (_, value, expected) => {
    expect(value).toBeCloseTo(expected, 10);
  });

  it("have an interval around them that more queries make narrower, the same each time", () => {
    const width = (times: number) => {
      const many = Array.from({ length: times }, () => JUDGED).flat();
      const [low, high] = bootstrap(many, (sample) => successAt(sample, 1), 5, 300);
      expect(low).toBeLessThanOrEqual(1 / 3);
      expect(high).toBeGreaterThanOrEqual(1 / 3);
      expect(bootstrap(many, (sample) => successAt(sample, 1), 5, 300)).toEqual([low, high]);
      return high - low;
    };
    expect(width(100)).toBeLessThan(width(5) / 2);
  });
});
