import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { classifyKind } from "../../src/learning/classify.ts";
import { parseDocument } from "../../src/learning/document.ts";
import { LESSON_BLOCKS, Vectorizer } from "../../src/learning/features.ts";
import { loadModel } from "../../src/learning/kind-model.ts";
import { guessLabels } from "../../src/learning/label-model.ts";
import { learnLabels } from "../../src/learning/repository-model.ts";
import { time } from "../growth.ts";
import { featuresOf, labelsOf, makeLesson, makeTickets } from "./corpus.ts";

const shipped = loadModel(readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url)));

const HOSTILE: [string, (length: number) => string][] = [
  ["nested quotes", (n) => ">".repeat(n)],
  ["open brackets", (n) => "[".repeat(n)],
  ["open comments", (n) => "<!-- ".repeat(n / 5)],
  ["comments that open and close", (n) => "<!---->".repeat(n / 7)],
  ["open tags", (n) => "<a ".repeat(n / 3)],
  ["backticks", (n) => "`".repeat(n)],
  ["fences", (n) => "```\n".repeat(n / 4)],
  ["asterisks", (n) => "*".repeat(n)],
  ["half-bold lines", (n) => "**a\n".repeat(n / 4)],
  ["hashes", (n) => "#".repeat(n)],
  ["addresses", (n) => "http://".repeat(n / 7)],
  ["fields", (n) => "a a a a a:".repeat(n / 10)],
  ["checkboxes", (n) => "- [ ".repeat(n / 4)],
  ["blanks", (n) => " ".repeat(n)],
  ["line ends", (n) => "\n".repeat(n)],
  ["capitals", (n) => "A".repeat(n)],
  ["digits", (n) => "1.".repeat(n / 2)],
  ["errors", (n) => "Aa".repeat(n / 2)],
  ["at signs", (n) => "at ".repeat(n / 3)],
  ["underlines", (n) => "a\n=\n".repeat(n / 4)],
  ["cues", (n) => "how to ".repeat(n / 7)],
  ["nested lists", (n) => Array.from({ length: Math.sqrt(n) }, (_, i) => `${" ".repeat(i)}- a`).join("\n")],
  ["nested elements", (n) => `${"<details>".repeat(n / 20)}${"</details>".repeat(n / 20)}`],
  ["nested emphasis in links", (n) => "[*a**b".repeat(n / 6)],
  ["identifiers of many parts", (n) => "aB_".repeat(n / 3)],
];

const TEXTS: [string, string][] = [
  ["nothing", ""],
  ["65,536 characters", "word ".repeat(13_107)],
  ["one line of a megabyte", "x".repeat(1_000_000)],
  ["only code", "```\nlet x = 1;\n```"],
  ["only emoji", "🎉🎉🎉"],
  ["mixed scripts", "Привет hello 你好 שלום مرحبا"],
  ["right-to-left text", "\u202eשלום עולם"],
  ["null bytes", "\0a\0b"],
  ["lone surrogates", "\ud800 a \udfff"],
];

describe("reading a ticket", () => {
  const vectorizer = new Vectorizer(LESSON_BLOCKS);

  it.each(HOSTILE)("takes time in proportion to the length: %s", (_, make) => {
    const read = (length: number) => time(() => vectorizer.vectorize(parseDocument("t", make(length))));
    read(8_000);
    // four times the text may take eight times as long, and two milliseconds; squared it would be sixteen times
    expect(read(64_000)).toBeLessThan(8 * read(16_000) + 2);
  });

  it.each(HOSTILE)("takes a title of a megabyte: %s", (_, make) => {
    expect(time(() => vectorizer.vectorize(parseDocument(make(1_000_000), "")))).toBeLessThan(200);
  });

  it.each(TEXTS)("classifies %s", (_, text) => {
    const { confidence } = classifyKind(shipped, parseDocument(text, text));
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  it.each(TEXTS)("learns labels from %s, and guesses them", (_, text) => {
    const hostile = { title: text, body: text, labels: ["network"] };
    const { labels } = learnLabels(
      [...makeTickets(80), hostile, hostile].map((ticket) => makeLesson(ticket)),
      { shipped },
    );
    for (const { confidence } of guessLabels(
      labelsOf({ kinds: null, labels, lessons: 0 }),
      featuresOf(hostile),
    )) {
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });
});
