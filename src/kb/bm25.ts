import { type Index, MOST_WORDS, type Words } from "./index.ts";
import { FREQUENCY_BITS } from "./postings.ts";
import { UNKNOWN } from "./words.ts";

/** Weights of fielded BM25 (Robertson and Zaragoza 2009, section 3.6), on both sides. */
export interface FieldWeights {
  /** How much a word counts by where the query has it. */
  query: { title: number; prose: number; code: number };
  /** How much by where the document has it. */
  document: { title: number; prose: number; code: number };
  /** Length normalisation of a field: 0 none, 1 full. */
  length: { title: number; prose: number; code: number };
  /** Saturation of a word's weight in the document. */
  k1: number;
  /** Saturation of a word's weight in the query: a log that says `error` forty times asks for it once or twice. */
  k3: number;
}

export interface Match {
  document: number;
  score: number;
}

/** Distinct known words of the query with their saturated weight times inverse document frequency. */
export function weighTerms(index: Index, query: Words, weights: FieldWeights): Map<number, number> {
  const terms = new Map<number, number>();
  const count = (words: number[], weight: number) => {
    if (weight <= 0) return;
    for (const term of words) if (term !== UNKNOWN) terms.set(term, (terms.get(term) ?? 0) + weight);
  };
  count(query.title, weights.query.title);
  count(query.prose, weights.query.prose);
  count(query.code, weights.query.code);
  for (const [term, weight] of terms) {
    const saturated = (weight * (weights.k3 + 1)) / (weights.k3 + weight);
    if (index.documentFrequency(term) === 0) terms.delete(term);
    else terms.set(term, saturated * index.inverseFrequency(term));
  }
  return terms;
}

/**
 * Postings read for one query at most, the rarest words' first: what is left out are words such as `the`, which the
 * re-ranker still sees. 60,000 take a third of a millisecond.
 */
const MOST_POSTINGS = 60_000;

/** The `limit` best documents for the query by fielded BM25, best first; ties by document number. */
export function bm25(
  index: Index,
  query: Words,
  weights: FieldWeights,
  limit: number,
  mostPostings = MOST_POSTINGS,
): Match[] {
  const scores = index.scratch;
  const gains = gainsFor(index, weights);
  const terms = [...weighTerms(index, query, weights)].sort(
    ([a, x], [b, y]) => y - x || index.documentFrequency(a) - index.documentFrequency(b),
  );
  let read = 0;
  for (const [term, weight] of terms) {
    const length = index.postings.length(term);
    if (read > 0 && read + length > mostPostings) continue;
    read += length;
    accumulate(index, term, weight, gains, scores);
  }
  const matches = best(index, scores, limit);
  scores.fill(0, 0, index.slots);
  return matches;
}

/** What a term's occurrences gain a document, for one index as it is: tables, as divisions cost most of the time. */
interface Gains {
  weights: FieldWeights;
  mean: { title: number; prose: number; code: number };
  /** What one occurrence in a field counts, by the field's length. */
  title: Float64Array;
  prose: Float64Array;
  code: Float64Array;
  /** The gain of a term that is in prose alone, by `times in it * PROSE_LENGTHS + its length`: nearly all are. */
  inProse: Float64Array;
}

const PROSE_LENGTHS = MOST_WORDS.prose + 1;
const MOST_TIMES = 15;

/** The last query's tables, for as long as the index does not change. */
const remembered = new WeakMap<Index, Gains>();

function gainsFor(index: Index, weights: FieldWeights): Gains {
  const mean = index.meanLengths();
  const known = remembered.get(index);
  const isSame =
    known?.weights === weights &&
    (["title", "prose", "code"] as const).every((field) => known.mean[field] === mean[field]);
  if (isSame) return known;
  const { document, length, k1 } = weights;
  const table = (field: "title" | "prose" | "code") => {
    const [base, slope] = [1 - length[field], length[field] / mean[field]];
    return Float64Array.from(
      { length: MOST_WORDS[field] + 1 },
      (_, words) => document[field] / (base + slope * words),
    );
  };
  const prose = table("prose");
  const inProse = new Float64Array((MOST_TIMES + 1) * PROSE_LENGTHS);
  for (let times = 1; times <= MOST_TIMES; times++) {
    for (let words = 0; words < PROSE_LENGTHS; words++)
      inProse[times * PROSE_LENGTHS + words] = saturated(times * (prose[words] as number), k1);
  }
  const gains = { weights, mean, title: table("title"), prose, code: table("code"), inProse };
  remembered.set(index, gains);
  return gains;
}

const saturated = (frequency: number, k1: number): number => ((k1 + 1) * frequency) / (k1 + frequency);

/** The bits of a posting that tell of title and code. */
const ELSEWHERE = 0b11_0000_1111;

function accumulate(
  index: Index,
  term: number,
  termWeight: number,
  { weights: { k1 }, title, prose, code, inProse }: Gains,
  scores: Float32Array,
): void {
  const extents = index.extentCells;
  const lengths = index.proseLengths;
  index.postings.eachRun(term, (cells, from, to) => {
    for (let i = from; i < to; i++) {
      const posting = cells[i] as number;
      const document = posting >>> FREQUENCY_BITS;
      const times = (posting >>> 4) & MOST_TIMES;
      let gain: number;
      if ((posting & ELSEWHERE) === 0)
        gain = inProse[times * PROSE_LENGTHS + (lengths[document] as number)] as number;
      else {
        const at = document << 2;
        const [end, body] = [extents[at + 1] as number, extents[at + 2] as number];
        const inTitle = ((posting >>> 8) & 3) * (title[end - (extents[at] as number)] as number);
        const inCode = (posting & 15) * (code[(extents[at + 3] as number) - body] as number);
        gain = saturated(inTitle + times * (prose[body - end] as number) + inCode, k1);
      }
      scores[document] = (scores[document] as number) + termWeight * gain;
    }
  });
}

/** The best by a heap of `limit` scores: its root is the worst that is still in. */
function best(index: Index, scores: Float32Array, limit: number): Match[] {
  const heap: Match[] = [];
  const worse = (a: Match, b: Match) => a.score < b.score || (a.score === b.score && a.document > b.document);
  let bar = 0;
  const { slots } = index;
  for (let document = 0; document < slots; document++) {
    const score = scores[document] as number;
    if (score <= bar || index.idOf(document) === null) continue;
    if (heap.length < limit) {
      push(heap, { document, score }, worse);
      if (heap.length === limit) bar = heap[0]?.score ?? 0;
    } else {
      heap[0] = { document, score };
      sink(heap, worse);
      bar = heap[0].score;
    }
  }
  return heap.sort((a, b) => b.score - a.score || a.document - b.document);
}

type Order = (a: Match, b: Match) => boolean;

function push(heap: Match[], match: Match, before: Order): void {
  let at = heap.length;
  heap.push(match);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(match, heap[parent] as Match)) break;
    heap[at] = heap[parent] as Match;
    at = parent;
  }
  heap[at] = match;
}

function sink(heap: Match[], before: Order): void {
  const match = heap[0] as Match;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Match, heap[child] as Match)) child++;
    if (!before(heap[child] as Match, match)) break;
    heap[at] = heap[child] as Match;
    at = child;
  }
  heap[at] = match;
}
