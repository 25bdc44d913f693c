import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import type { Sentiment } from "../../src/learning/sentiment.ts";
import { classifySentiment, SENTIMENTS, trainSentiment } from "../../src/learning/sentiment.ts";
import { decodeSentiment, encodeSentiment } from "../../src/learning/sentiment-file.ts";
import { sentimentRow, sentimentTokens } from "../../src/learning/sentiment-features.ts";

const shipped = decodeSentiment(
  readFileSync(new URL("../../src/learning/shipped/sentiment.model", import.meta.url)),
);

describe("the shipped sentiment model", () => {
  it.each<[string, Sentiment]>([
    ["Thanks a lot, this works great!", "positive"],
    ["Awesome, that solved it :)", "positive"],
    ["I love how simple this is now.", "positive"],
    ["This is terrible, it never works and I hate it.", "negative"],
    ["What a horrible mess. Very annoying :(", "negative"],
    ["You can set the option in the configuration file.", "neutral"],
    ["The function returns a list of integers.", "neutral"],
  ])("%s -> %s", (text, sentiment) => {
    expect(classifySentiment(shipped, text).sentiment).toBe(sentiment);
  });

  it("gives a probability", () => {
    for (const text of ["", "great", "no", "\ud800", "x".repeat(70_000)]) {
      const { confidence } = classifySentiment(shipped, text);
      expect(confidence).toBeGreaterThan(1 / SENTIMENTS.length - 1e-9);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it("does not read code, addresses or quotes", () => {
    const plain = classifySentiment(shipped, "See codespan and webaddress.");
    expect(classifySentiment(shipped, "See `hate` and https://horrible.example/awful.")).toEqual(plain);
    expect(sentimentTokens("> I hate this\nFine")).toEqual(["Fine"]);
  });
});

describe("training", () => {
  const words: Record<Sentiment, string> = { positive: "lovely", neutral: "table", negative: "dreadful" };
  const examples = SENTIMENTS.flatMap((sentiment) =>
    Array.from({ length: 20 }, (_, i) => ({
      text: `this is a ${words[sentiment]} thing number ${i}`,
      sentiment,
    })),
  );
  const model = trainSentiment(examples);

  it("learns what the examples say", () => {
    for (const sentiment of SENTIMENTS) {
      expect(classifySentiment(model, `a ${words[sentiment]} day`).sentiment).toBe(sentiment);
    }
  });

  it("gives the same bytes from the same examples, and the file gives the model back", () => {
    const bytes = encodeSentiment(model);
    expect(encodeSentiment(trainSentiment(examples))).toEqual(bytes);
    expect(encodeSentiment(decodeSentiment(bytes))).toEqual(bytes);
    expect(() => decodeSentiment(bytes.subarray(1))).toThrow("not a sentiment model");
  });
});

it("marks words behind a negation", () => {
  const places = (text: string) => new Set(sentimentRow(text).indices);
  const plain = places("good");
  expect([...places("not good")].filter((place) => plain.has(place)).length).toBeLessThan(plain.size);
});
