import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bm25, type FieldWeights } from "../../src/kb/bm25.ts";
import { Index, type SearchDocument } from "../../src/kb/index.ts";

const WEIGHTS: FieldWeights = {
  query: { title: 2, prose: 1, code: 0.5 },
  document: { title: 3, prose: 1, code: 0.5 },
  length: { title: 0.4, prose: 0.7, code: 0.6 },
  k1: 1.5,
  k3: 2,
};

/** The formula written out over plain words, to hold the index to. Words of one letter have no stem. */
function naive(documents: SearchDocument[], query: { title: string; body: string }): Map<string, number> {
  const fields = (d: { title: string; body: string }) => ({
    title: d.title.split(" ").filter(Boolean),
    prose: d.body.split(" ").filter(Boolean),
  });
  const all = documents.map((document) => ({ id: document.id, ...fields(document) }));
  const mean = (f: "title" | "prose") =>
    Math.max(1, all.reduce((sum, d) => sum + d[f].length, 0) / all.length);
  const asked = fields(query);
  const scores = new Map<string, number>();
  for (const word of new Set([...asked.title, ...asked.prose])) {
    const times = (words: string[]) => words.filter((w) => w === word).length;
    const frequency = all.filter((d) => times(d.title) + times(d.prose) > 0).length;
    if (frequency === 0) continue;
    const raw = WEIGHTS.query.title * times(asked.title) + WEIGHTS.query.prose * times(asked.prose);
    const weight = ((WEIGHTS.k3 + 1) * raw) / (WEIGHTS.k3 + raw);
    for (const d of all) {
      const part = (f: "title" | "prose", most: number) =>
        (WEIGHTS.document[f] * Math.min(most, times(d[f]))) /
        (1 - WEIGHTS.length[f] + (WEIGHTS.length[f] * d[f].length) / mean(f));
      const tf = part("title", 3) + part("prose", 15);
      if (tf === 0) continue;
      const gain =
        (weight *
          Math.log(1 + (all.length - frequency + 0.5) / (frequency + 0.5)) *
          ((WEIGHTS.k1 + 1) * tf)) /
        (WEIGHTS.k1 + tf);
      scores.set(d.id, (scores.get(d.id) ?? 0) + gain);
    }
  }
  return scores;
}

const text = fc.array(fc.constantFrom(..."abcdefgh"), { maxLength: 12 }).map((words) => words.join(" "));
const document = fc.record({ title: text, body: text });

describe("fielded BM25", () => {
  it("scores every document as the formula does, also after removals", () => {
    fc.assert(
      fc.property(
        fc.array(document, { minLength: 1, maxLength: 12 }),
        document,
        fc.nat(11),
        (texts, query, gone) => {
          const index = new Index();
          const documents = texts.map((t, i) => ({ id: `d${i}`, ...t }));
          for (const each of documents) index.add(each);
          index.add({ id: "d0", title: "a a a", body: "b c d" });
          index.add(documents[0] as SearchDocument);
          index.remove(`d${gone}`);
          const left = documents.filter(({ id }) => id !== `d${gone}`);
          const expected = left.length > 0 ? naive(left, query) : new Map<string, number>();
          const found = bm25(index, index.read(query), WEIGHTS, 100);
          expect(found.map((m) => index.idOf(m.document)).sort()).toEqual([...expected.keys()].sort());
          for (const { document: number, score } of found)
            expect(score).toBeCloseTo(expected.get(index.idOf(number) ?? "") as number, 3);
          expect(found.map((m) => m.score)).toEqual(found.map((m) => m.score).sort((a, b) => b - a));
        },
      ),
      { seed: 2, numRuns: 150 },
    );
  });

  it("gives the best of many, whatever the limit", () => {
    const index = new Index();
    for (let i = 0; i < 300; i++)
      index.add({ id: String(i), title: "", body: `needle ${"hay ".repeat(i % 37)}` });
    const query = index.read({ title: "needle", body: "" });
    const all = bm25(index, query, WEIGHTS, 300);
    expect(all).toHaveLength(300);
    for (const limit of [1, 7, 50]) expect(bm25(index, query, WEIGHTS, limit)).toEqual(all.slice(0, limit));
  });

  it("does not ask forty times for what a log repeats forty times", () => {
    const index = new Index();
    index.add({ id: "log", title: "", body: "error" });
    index.add({ id: "cause", title: "", body: "socket" });
    for (let i = 0; i < 5; i++) index.add({ id: `x${i}`, title: "", body: "other" });
    const best = (body: string) =>
      bm25(index, index.read({ title: "socket", body }), WEIGHTS, 1)[0]?.document;
    expect(index.idOf(best("error ".repeat(40)) ?? -1)).toBe("log");
    const flat = { ...WEIGHTS, k3: 0 };
    const [first, second] = bm25(index, index.read({ title: "socket", body: "error ".repeat(40) }), flat, 2);
    expect(first?.score).toBeCloseTo(second?.score ?? 0, 5);
  });
});

describe("the index", () => {
  it("forgets a replaced text", () => {
    const index = new Index();
    index.add({ id: "a", title: "old words", body: "" });
    index.add({ id: "a", title: "new ones", body: "" });
    expect(index.size).toBe(1);
    expect(bm25(index, index.read({ title: "old", body: "" }), WEIGHTS, 5)).toEqual([]);
    expect(bm25(index, index.read({ title: "new", body: "" }), WEIGHTS, 5)).toHaveLength(1);
  });

  it("reads only so much of an enormous body", () => {
    const index = new Index();
    index.add({ id: "huge", title: "x", body: "word ".repeat(10_000_000) });
    const { start, end } = index.extent(0);
    expect(end - start).toBeLessThan(4_000);
  });

  it("is empty at first, and removing what is not there changes nothing", () => {
    const index = new Index();
    index.remove("nobody");
    expect(index.size).toBe(0);
    expect(bm25(index, index.read({ title: "any", body: "" }), WEIGHTS, 5)).toEqual([]);
  });
});
