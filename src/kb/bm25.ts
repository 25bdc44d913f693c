import type { Index, Words } from "./index.ts";
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
 * Postings read for one query at most, the rarest words' first: what comes after them are words such as `the`, which
 * the re-ranker still sees. 200,000 take about half a millisecond.
 */
const MOST_POSTINGS = 200_000;

/** The `limit` best documents for the query by fielded BM25, best first; ties by document number. */
export function bm25(index: Index, query: Words, weights: FieldWeights, limit: number): Match[] {
  const scores = new Float32Array(index.slots);
  const lengths = lengthNorms(index, weights);
  const terms = [...weighTerms(index, query, weights)].sort(
    ([a, x], [b, y]) => y - x || index.documentFrequency(a) - index.documentFrequency(b),
  );
  let read = 0;
  for (const [term, weight] of terms) {
    const length = index.postings.length(term);
    if (read > 0 && read + length > MOST_POSTINGS) continue;
    read += length;
    accumulate(index, term, weight, weights, lengths, scores);
  }
  return best(index, scores, limit);
}

interface Norms {
  title: number;
  prose: number;
  code: number;
}

function lengthNorms(index: Index, weights: FieldWeights): Norms {
  const mean = index.meanLengths();
  return {
    title: weights.length.title / mean.title,
    prose: weights.length.prose / mean.prose,
    code: weights.length.code / mean.code,
  };
}

function accumulate(
  index: Index,
  term: number,
  termWeight: number,
  { document: field, length, k1 }: FieldWeights,
  norms: Norms,
  scores: Float32Array,
): void {
  const gain = termWeight * (k1 + 1);
  const extents = index.extentCells;
  const base = { title: 1 - length.title, prose: 1 - length.prose, code: 1 - length.code };
  index.postings.eachRun(term, (cells, from, to) => {
    for (let i = from; i < to; i++) {
      const posting = cells[i] as number;
      const document = posting >>> FREQUENCY_BITS;
      const at = document * 4;
      const start = extents[at] as number;
      const title = extents[at + 1] as number;
      const prose = extents[at + 2] as number;
      const frequency =
        (field.title * ((posting >>> 8) & 3)) / (base.title + norms.title * (title - start)) +
        (field.prose * ((posting >>> 4) & 15)) / (base.prose + norms.prose * (prose - title)) +
        (field.code * (posting & 15)) / (base.code + norms.code * ((extents[at + 3] as number) - prose));
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
