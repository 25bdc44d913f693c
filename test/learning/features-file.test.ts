import { describe, expect, it } from "@jest/globals";
import { parseDocument } from "../../src/learning/document.ts";
import { LESSON_BLOCKS, Vectorizer } from "../../src/learning/features.ts";
import { decodeFeatures, encodeFeatures, featuresVersion } from "../../src/learning/features-file.ts";
import { learnLabels } from "../../src/learning/repository-model.ts";
import { shippedModel } from "../builders/facts.ts";
import { featuresOf, makeLesson, makeTickets } from "./corpus.ts";

const LONG = "a stack trace of many words ".repeat(2_000);

describe("features that are stored", () => {
  it.each([
    ["of a ticket", "Crash on start", "It crashes.\n\n```\nError: x\n```\n\n### Version\n\n1.2"],
    ["of nothing", "", ""],
    ["of a title of emoji", "\u{1F600}\u{1F680}", ""],
    ["of a very long text", "Long", LONG],
  ])("%s come back in their places, with values that differ by less than 1/30,000", (_, title, body) => {
    const features = new Vectorizer(LESSON_BLOCKS).vectorize(parseDocument(title, body));
    const back = decodeFeatures(encodeFeatures(features));
    expect(back.indices).toEqual(features.indices);
    expect(back.blocks).toEqual(features.blocks);
    expect(back.marks).toEqual(features.marks);
    expect(back.values).toHaveLength(features.values.length);
    const differences = back.values.map((value, i) => Math.abs(value - (features.values[i] as number)));
    expect(Math.max(0, ...differences)).toBeLessThan(1 / 30_000);
  });

  it("hold no word of the text, and about four bytes a feature", () => {
    const features = featuresOf({ title: "Zebra crossing", body: "The zebra crosses." });
    const bytes = encodeFeatures(features);
    expect(Buffer.from(bytes).toString("latin1").toLowerCase()).not.toContain("zebra");
    expect(bytes.length).toBeLessThan(4 * features.indices.length + 4 * features.marks.length + 64);
  });

  it("that were cut short are refused", () => {
    const bytes = encodeFeatures(featuresOf({ title: "Crash on start", body: "It crashes." }));
    expect(() => decodeFeatures(bytes.slice(0, -3))).toThrow(RangeError);
    expect(() => decodeFeatures(new Uint8Array())).toThrow(RangeError);
  });

  it("teach the same as fresh ones", () => {
    const fresh = makeTickets(120).map((ticket) => makeLesson(ticket));
    const stored = fresh.map((lesson) => ({
      ...lesson,
      features: decodeFeatures(encodeFeatures(lesson.features)),
    }));
    const [a, b] = [fresh, stored].map((history) => learnLabels(history, { shipped: shippedModel }).labels);
    expect(b?.names).toEqual(a?.names);
    a?.thresholds.forEach((threshold, i) => {
      expect(b?.thresholds[i]).toBeCloseTo(threshold ?? Number.NaN, 2);
    });
  });

  it("are made in a way that has one name", () => {
    expect(featuresVersion()).toMatch(/^[0-9a-f]{8}$/);
    expect(featuresVersion()).toBe(featuresVersion());
  });
});
