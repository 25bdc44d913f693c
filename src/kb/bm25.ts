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

export function inverseFrequency(size: number, frequency: number): number {
  return Math.log(1 + (size - frequency + 0.5) / (frequency + 0.5));
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
    const frequency = index.documentFrequency(term);
    if (frequency === 0) terms.delete(term);
    else
      terms.set(
        term,
        ((weight * (weights.k3 + 1)) / (weights.k3 + weight)) * inverseFrequency(index.size, frequency),
      );
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
  const scores = new Float32Array(index.slots);
  const shares = lengthShares(index, weights);
  const terms = [...weighTerms(index, query, weights)].sort(
    ([a, x], [b, y]) => y - x || index.documentFrequency(a) - index.documentFrequency(b),
  );
  let read = 0;
  for (const [term, weight] of terms) {
    const length = index.postings.length(term);
    if (read > 0 && read + length > mostPostings) continue;
    read += length;
    accumulate(index, term, weight, weights.k1, shares, scores);
  }
  return best(index, scores, limit);
}

/** What one occurrence in a field counts, by the field's length: a table, as divisions cost most of the time. */
interface Shares {
  title: Float64Array;
  prose: Float64Array;
  code: Float64Array;
}

function lengthShares(index: Index, { document, length }: FieldWeights): Shares {
  const mean = index.meanLengths();
  const table = (field: "title" | "prose" | "code") => {
    const shares = new Float64Array(MOST_WORDS[field] + 1);
    const [base, slope] = [1 - length[field], length[field] / mean[field]];
    for (let words = 0; words < shares.length; words++)
      shares[words] = document[field] / (base + slope * words);
    return shares;
  };
  return { title: table("title"), prose: table("prose"), code: table("code") };
}

function accumulate(
  index: Index,
  term: number,
  termWeight: number,
  k1: number,
  shares: Shares,
  scores: Float32Array,
): void {
  const gain = termWeight * (k1 + 1);
  const extents = index.extentCells;
  const { title, prose, code } = shares;
  index.postings.eachRun(term, (cells, from, to) => {
    for (let i = from; i < to; i++) {
      const posting = cells[i] as number;
      const document = posting >>> FREQUENCY_BITS;
      const at = document << 2;
      const inTitle = (posting >>> 8) & 3;
      const inProse = (posting >>> 4) & 15;
      const inCode = posting & 15;
      let frequency = 0;
      if (inTitle > 0)
        frequency += inTitle * (title[(extents[at + 1] as number) - (extents[at] as number)] as number);
      if (inProse > 0)
        frequency += inProse * (prose[(extents[at + 2] as number) - (extents[at + 1] as number)] as number);
      if (inCode > 0)
        frequency += inCode * (code[(extents[at + 3] as number) - (extents[at + 2] as number)] as number);
      scores[document] = (scores[document] as number) + (gain * frequency) / (k1 + frequency);
    }
  });
}

/** The best by a heap of `limit` scores: its root is the worst that is still in. */
function best(index: Index, scores: Float32Array, limit: number): Match[] {
  const heap: Match[] = [];
  const worse = (a: Match, b: Match) => a.score < b.score || (a.score === b.score && a.document > b.document);
  let bar = 0;
  for (let document = 0; document < scores.length; document++) {
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
