import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { classifyKind } from "../../src/learning/classify.ts";
import { parseDocument } from "../../src/learning/document.ts";
import { KINDS } from "../../src/learning/kind.ts";
import { encodeModel, loadModel, thresholdFor } from "../../src/learning/kind-model.ts";

const bytes = readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url));
const model = loadModel(bytes);

describe("the shipped model", () => {
  it.each([
    [
      "bug",
      "App crashes on start",
      "After updating to 2.3.1 it crashes with a TypeError.\n### Steps to reproduce\n1. open",
    ],
    ["feature", "Add a dark mode", "It would be nice to have a dark mode."],
    ["question", "How to use it with classes?", "I am trying to understand this. Can anyone help? Thanks"],
    ["documentation", "Typo in the docs", "The installation page of the documentation has a typo."],
  ])("sees a %s", (kind, title, body) => {
    const guess = classifyKind(model, parseDocument(title, body));
    expect(guess.kind).toBe(kind);
    expect(guess.because.length).toBeGreaterThan(0);
  });

  it("gives probabilities that sum to 1, the best of them as confidence", () => {
    const { probabilities, confidence } = classifyKind(model, parseDocument("Crash", ""));
    expect(KINDS.reduce((sum, kind) => sum + probabilities[kind], 0)).toBeCloseTo(1, 9);
    expect(confidence).toBe(Math.max(...Object.values(probabilities)));
  });

  it("asks for more confidence where more precision is wanted", () => {
    expect(thresholdFor(model, "bug", 0.85)).toBeGreaterThan(thresholdFor(model, "bug", 0.75));
    expect(thresholdFor(model, "security", 0.9)).toBe(Number.POSITIVE_INFINITY);
  });

  it("takes up less than 2 MB and is written as it was read", () => {
    expect(bytes.length).toBeLessThan(2_000_000);
    expect(Buffer.compare(encodeModel(model), bytes)).toBe(0);
  });

  it.each([
    ["empty bytes", new Uint8Array()],
    ["a cut file", bytes.subarray(0, 1000)],
  ])("refuses %s", (_, broken) => {
    expect(() => loadModel(broken)).toThrow(RangeError);
  });
});
