import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { classifyKind } from "../../src/learning/classify.ts";
import { CONCEPTS, conceptOf, scanConcepts } from "../../src/learning/concepts/scan.ts";
import { parseDocument } from "../../src/learning/document.ts";
import { Vectorizer } from "../../src/learning/features.ts";
import type { Kind } from "../../src/learning/kind.ts";
import { loadModel, thresholdFor } from "../../src/learning/kind-model.ts";
import { detectLanguage } from "../../src/learning/language.ts";
import { learnKinds } from "../../src/learning/learn-kinds.ts";
import { TICKETS } from "./language-tickets.ts";

const model = loadModel(readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url)));

const judged = TICKETS.map((ticket) => {
  const guess = classifyKind(model, parseDocument(ticket.title, ticket.body));
  return { ...ticket, guess, sure: guess.confidence >= thresholdFor(guess, guess.kind, 0.85) };
});

describe("tickets in other languages", () => {
  it("has each kind but security in each of eight languages", () => {
    const found = new Set(TICKETS.map(({ language, kind }) => `${language} ${kind}`));
    expect(found.size).toBe(40);
  });

  it.each(TICKETS)("knows the language of $title", ({ language, title, body }) => {
    expect(detectLanguage(`${title}\n${body}`)).toBe(language);
  });

  it("guesses at least four of five kinds", () => {
    const wrong = judged.filter(({ kind, guess }) => guess.kind !== kind);
    expect(wrong.map(({ title, guess }) => `${guess.kind}: ${title}`).length).toBeLessThanOrEqual(8);
  });

  it("is right in at least nine of ten where it dares to label, and dares in a fifth", () => {
    const labelled = judged.filter(({ sure }) => sure);
    const right = labelled.filter(({ kind, guess }) => guess.kind === kind);
    expect(labelled.length).toBeGreaterThanOrEqual(judged.length / 5);
    expect(right.length / labelled.length).toBeGreaterThanOrEqual(0.9);
  });

  it("knows every bug, and labels seven of eight", () => {
    const bugs = judged.filter(({ kind }) => kind === "bug");
    expect(bugs.map(({ guess }) => guess.kind)).toEqual(bugs.map(() => "bug"));
    expect(bugs.filter(({ sure }) => sure).length).toBeGreaterThanOrEqual(7);
  });

  it.each(judged)("says why it guesses so of $title", ({ guess }) => {
    expect(guess.because.length).toBeGreaterThan(0);
  });
});

describe("a repository that labels tickets in Japanese", () => {
  const vectorizer = new Vectorizer();
  const examples = TICKETS.filter(({ language }) => language === "ja").flatMap(({ kind, title, body }) =>
    ["", " 画面", " 一覧", " 入力", " 印刷"].map((word) => ({
      features: vectorizer.vectorize(parseDocument(title + word, body)),
      kinds: [kind],
      weight: 1,
    })),
  );
  const evidence = learnKinds(model, examples) ?? undefined;

  it.each(TICKETS)("judges $title by what it has learned of that language", ({ language, title, body }) => {
    const { curves } = classifyKind(model, parseDocument(title, body), evidence);
    expect(curves).toBe(language === "ja" ? evidence?.curves : model.concepts.curves);
  });
});

describe("concepts", () => {
  const found = (text: string): string[] => {
    const names: string[] = [];
    scanConcepts(text, text.length, (concept) => names.push(CONCEPTS[concept]?.name ?? ""));
    return [...new Set(names)];
  };

  it.each<[string, string]>([
    ["It CRASHES at start", "crash"],
    ["doesn’t \n work", "not working"],
    ["Les graphiques ne fonctionnent plus", "not working"],
    ["nao funciona", "not working"],
    ["Das Programm stürzt ab", "crash"],
    ["Приложение вылетает", "crash"],
    ["起動するとクラッシュする", "crash"],
    ["앱이 강제 종료됩니다", "crash"],
    ["打开文件时闪退", "crash"],
    ["¿Cómo puedo cambiarlo", "how"],
  ])("hears in %j: %s", (text, name) => {
    expect(found(text)).toContain(name);
  });

  it.each([["a bugle plays"], ["hinterland"], ["reflagged"]])("hears nothing in %j", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("names each concept once, and says each in its own words", () => {
    expect(new Set(CONCEPTS.map(({ name }) => name)).size).toBe(CONCEPTS.length);
    expect(new Set(CONCEPTS.map(({ says }) => says)).size).toBe(CONCEPTS.length);
  });

  it("finds every word of every concept again, and no word twice", () => {
    const seen = new Map<string, string>();
    for (const { name, words } of CONCEPTS) {
      for (const word of words.flatMap((line) => line.split("|"))) {
        expect([word, seen.get(word) ?? name]).toEqual([word, name]);
        seen.set(word, name);
        expect([word, conceptOf(word.replace("*", ""))?.name]).toEqual([word, name]);
      }
    }
  });

  it("takes time in proportion to the length of a text made to be slow", () => {
    const time = (length: number): number => {
      const text = "would be would be ".repeat(length);
      const start = performance.now();
      scanConcepts(text, text.length, () => undefined);
      return performance.now() - start;
    };
    time(2_000);
    const short = Math.min(time(4_000), time(4_000), time(4_000));
    const long = Math.min(time(32_000), time(32_000), time(32_000));
    expect(long).toBeLessThan(40 * short);
  });
});

describe("reasons", () => {
  const kinds: Kind[] = ["bug", "feature", "question", "documentation"];

  it.each(judged.filter(({ guess }) => kinds.includes(guess.kind)))(
    "of $title quote no bare word of grammar and no number",
    ({ guess }) => {
      for (const reason of guess.because) {
        expect(reason).not.toMatch(/"(?:a|an|the|as|is|in|on|to|of|and|or|it|i|[\d\s.,]+)"/i);
      }
    },
  );
});
