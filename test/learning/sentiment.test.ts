import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import type { Sentiment } from "../../src/learning/sentiment.ts";
import { classifySentiment, SENTIMENTS, trainSentiment } from "../../src/learning/sentiment.ts";
import { CUES, cueHits } from "../../src/learning/sentiment-cues.ts";
import { decodeSentiment, encodeSentiment } from "../../src/learning/sentiment-file.ts";
import { sentimentRow } from "../../src/learning/sentiment-features.ts";
import { sentimentTokens } from "../../src/learning/sentiment-tokens.ts";

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
    ["Kill the process, then restart the master.", "neutral"],
    ["If you are worried about speed, use the cache.", "neutral"],
    ["It still crashes and I am fed up with it.", "negative"],
    ["WTF, who wrote this crap?", "negative"],
    ["Sorry, I broke it again :'(", "negative"],
    [":+1:", "positive"],
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

  it("reads what stands behind a quote whose line breaks were lost", () => {
    expect(sentimentTokens("> Is it gone? So glad it is!")).toContain("glad");
  });

  it.each<[string, string]>([
    ["brackets", `:${"(".repeat(20_000)}a`],
    ["an address of stops", `https://${".".repeat(20_000)}`],
    ["open code fences", "```a".repeat(5_000)],
    ["quote marks", ">".repeat(20_000)],
    ["names", "@".repeat(20_000)],
    ["stars", "a*b".repeat(7_000)],
    ["open shortcodes", ":a".repeat(10_000)],
    ["cues", "not good ".repeat(8_000)],
  ])("judges a flood of %s in a moment", (_, text) => {
    const start = performance.now();
    classifySentiment(shipped, text);
    expect(performance.now() - start).toBeLessThan(500);
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

describe("cues", () => {
  const cuesOf = (text: string) =>
    new Set(cueHits(sentimentTokens(text.toLowerCase())).map(({ cue }) => CUES[cue]));

  it.each<[string, string]>([
    ["I appreciated that", "gratitude"],
    ["Good catch", "praise"],
    ["I'm fed up", "frustration"],
    ["this is annoyingly slow", "anger"],
    ["works ^^", "smile"],
    ["T_T", "sadFace"],
    ["ok :+1:", "applause"],
    ["-1 from me", "minusOne"],
    ["I do not like tabs", "dislike"],
  ])("%s -> %s", (text, cue) => {
    expect(cuesOf(text)).toContain(cue);
  });

  it("takes a number or a path for no vote and no face", () => {
    for (const text of ["x-1", "a[i]+1", "C://temp", "1/2"]) {
      for (const cue of ["minusOne", "plusOne", "sadFace", "thumbsDown"]) {
        expect(cuesOf(text)).not.toContain(cue);
      }
    }
  });
});

it("is as sure as it is right on examples that nobody could tell apart", () => {
  const text = "the build runs on every push";
  const examples = Array.from({ length: 150 }, (_, i) => ({
    text,
    sentiment: i % 5 === 0 ? ("negative" as const) : ("neutral" as const),
  }));
  const { sentiment, confidence } = classifySentiment(trainSentiment(examples), text);
  expect(sentiment).toBe("neutral");
  expect(Math.abs(confidence - 0.8)).toBeLessThan(0.1);
});

it("marks words behind a negation", () => {
  const places = (text: string) => new Set(sentimentRow(text).indices);
  const plain = places("good");
  expect([...places("not good")].filter((place) => plain.has(place)).length).toBeLessThan(plain.size);
});
