import { describe, expect, it } from "@jest/globals";
import { labelThresholds, type HeldOutGuess } from "../../src/learning/label-thresholds.ts";

const TARGET = 0.85;

/** So many guesses of a label with one probability, of which a share was right. */
function guesses(label: number, confidence: number, count: number, share: number): HeldOutGuess[] {
  return Array.from({ length: count }, (_, i) => ({
    label,
    confidence,
    right: i < share * count,
    weight: 1,
    age: 1,
  }));
}

const sure = guesses(0, 0.95, 100, 0.95);

describe("labelThresholds", () => {
  it("goes down as far as all applied labels together stay precise enough", () => {
    const found = labelThresholds(
      [...sure, ...guesses(1, 0.75, 20, 0.75), ...guesses(1, 0.4, 60, 0.4)],
      [false, false],
      TARGET,
    );
    expect(found).toEqual([0.75, 0.75]);
  });

  it("applies nothing where nothing is precise enough", () => {
    expect(labelThresholds(guesses(0, 0.9, 100, 0.6), [false], TARGET)).toEqual([null]);
  });

  it("takes a few right guesses for no proof", () => {
    expect(labelThresholds(guesses(0, 0.99, 4, 1), [false], TARGET)).toEqual([null]);
  });

  it("silences a label that was much less precise than it was sure, unless it is new", () => {
    const all = [...sure, ...sure, ...guesses(1, 0.9, 40, 0.5)];
    expect(labelThresholds(all, [false, false], TARGET)).toEqual([0.9, null]);
    expect(labelThresholds(all, [false, true], TARGET)).toEqual([0.9, 0.9]);
  });

  it("wants more of a label whose less sure guesses were wrong", () => {
    const all = [...sure, ...sure, ...guesses(1, 0.93, 30, 1), ...guesses(1, 0.9, 40, 0.3)];
    expect(labelThresholds(all, [false, false], TARGET)).toEqual([0.9, 0.93]);
  });

  it("believes the newest guesses more", () => {
    const old = guesses(0, 0.9, 100, 0.5).map((guess) => ({ ...guess, age: 5_000 }));
    const fresh = guesses(0, 0.8, 100, 0.9);
    expect(labelThresholds([...old, ...fresh], [false], TARGET)).toEqual([0.8]);
    expect(
      labelThresholds([...old.map((guess) => ({ ...guess, age: 1 })), ...fresh], [false], TARGET),
    ).toEqual([null]);
  });
});
