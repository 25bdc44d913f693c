import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { FREQUENCY_BITS, packPosting, Postings } from "../../src/kb/postings.ts";

function read(postings: Postings, term: number): number[] {
  const found: number[] = [];
  postings.eachRun(term, (cells, from, to) => found.push(...cells.subarray(from, to)));
  return found;
}

describe("postings", () => {
  it("give back for each term what was appended, in order, however the terms alternate", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(1e6)), { maxLength: 400 }), (appended) => {
        const postings = new Postings();
        for (const [term, posting] of appended) postings.append(term, posting);
        for (let term = 0; term <= 40; term++) {
          const expected = appended.filter(([t]) => t === term).map(([, posting]) => posting);
          expect(read(postings, term)).toEqual(expected);
          expect(postings.length(term)).toBe(expected.length);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("hold a term of many slices, past the longest one", () => {
    const postings = new Postings();
    for (let i = 0; i < 30_000; i++) postings.append(3, i);
    expect(read(postings, 3)).toEqual(Array.from({ length: 30_000 }, (_, i) => i));
  });

  it("know nothing of an unknown term", () => {
    expect(read(new Postings(), 5_000_000)).toEqual([]);
  });

  it("pack the highest document without a sign, and cut frequencies that have saturated", () => {
    const packed = packPosting(2 ** 22 - 1, 9, 99, 2);
    expect(packed >>> FREQUENCY_BITS).toBe(2 ** 22 - 1);
    expect([(packed >>> 8) & 3, (packed >>> 4) & 15, packed & 15]).toEqual([3, 15, 2]);
  });
});
