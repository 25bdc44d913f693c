import type { Index, Words } from "./index.ts";
import { UNKNOWN } from "./words.ts";

/**
 * What a query and a document have in common, in the order of `Comparison.features`. "A in B": the share of the words
 * in the query's A, weighed by inverse document frequency, that the document's B has; up to 2, as repetition counts.
 */
export const TEXT_FEATURES = [
  "title in title",
  "title in prose",
  "title in code",
  "prose in title",
  "prose in prose",
  "prose in code",
  "code in title",
  "code in prose",
  "code in code",
  "its title here",
  "its prose here",
  "its code here",
  "cosine",
  "title cosine",
  "phrases",
  "title phrases",
  "longest phrase",
  "rarest word",
  "distinct words",
] as const;

const FIELDS = 3;
/** A word of a title counts like this many of the body in the cosine. */
const TITLE_TIMES = 2;
/** A pair of adjacent words as one number: far more slots than any query has. */
const PAIR = 2 ** 20;

/** A query prepared for being compared with many documents of one index. */
export class Comparison {
  private readonly index: Index;
  /** By term: 1 + its place among the query's distinct words, 0 for all others. */
  private readonly slots: Int32Array;
  private readonly idf: number[] = [];
  private readonly unknownIdf: number;
  private readonly phrases = new Set<number>();
  private readonly titlePhrases = new Set<number>();
  /** How often each distinct word is in each field: of the query, and of the document at hand. */
  private readonly asked: Float64Array;
  private readonly found: Float64Array;
  private readonly touched: number[] = [];
  /** Summed inverse frequencies of each field of the query. */
  private readonly mass = new Float64Array(FIELDS);
  private norm = 0;
  private titleNorm = 0;
  /** Of the document at hand: summed inverse frequencies of a field, and of its words that the query has. */
  private readonly own = new Float64Array(FIELDS);
  private readonly here = new Float64Array(FIELDS);
  private otherNorm = 0;
  private ownTitleNorm = 0;
  private phraseMass = 0;
  private titlePhraseMass = 0;
  private longest = 0;

  constructor(index: Index, words: Words) {
    this.index = index;
    this.slots = new Int32Array(index.vocabulary.size + 1);
    this.unknownIdf = index.inverseFrequency(UNKNOWN);
    const fields = [words.title, words.prose, words.code];
    for (const field of fields) for (const term of field) this.number(term);
    this.asked = new Float64Array(this.idf.length * FIELDS);
    this.found = new Float64Array(this.idf.length * FIELDS);
    fields.forEach((field, f) => {
      this.ask(field, f);
    });
    this.idf.forEach((idf, slot) => {
      const [title, prose, code] = counts(this.asked, slot);
      this.norm += (weight(title, prose, code) * idf) ** 2;
      if (title > 0) this.titleNorm += idf ** 2;
      [title, prose, code].forEach((count, f) => {
        if (count > 0) add(this.mass, f, idf);
      });
    });
  }

  private number(term: number): void {
    if (term === UNKNOWN || (this.slots[term] as number) > 0) return;
    this.idf.push(this.index.inverseFrequency(term));
    this.slots[term] = this.idf.length;
  }

  private ask(words: number[], field: number): void {
    let before = 0;
    for (const term of words) {
      const slot = term === UNKNOWN ? 0 : (this.slots[term] as number);
      if (slot === 0) add(this.mass, field, this.unknownIdf);
      else {
        add(this.asked, (slot - 1) * FIELDS + field, 1);
        if (before > 0) this.phrases.add(before * PAIR + slot);
        if (before > 0 && field === 0) this.titlePhrases.add(before * PAIR + slot);
      }
      before = slot;
    }
  }

  /** Writes the document's TEXT_FEATURES to `row` from `at` on. */
  features(document: number, row: Float64Array, at: number): void {
    this.scan(document);
    const shares = new Float64Array(FIELDS * FIELDS);
    let dot = 0;
    let titleDot = 0;
    let norm = this.otherNorm;
    let rarest = 0;
    for (const slot of this.touched) {
      const idf = this.idf[slot] as number;
      const asked = counts(this.asked, slot);
      const [title, prose, code] = counts(this.found, slot);
      this.share(shares, asked, [
        title > 0 ? idf : 0,
        (idf * 2 * prose) / (prose + 1),
        (idf * 2 * code) / (code + 1),
      ]);
      const mine = weight(title, prose, code) * idf;
      dot += weight(...asked) * idf * mine;
      norm += mine ** 2;
      if (asked[0] > 0 && title > 0) titleDot += idf ** 2;
      rarest = Math.max(rarest, idf);
      this.found.fill(0, slot * FIELDS, slot * FIELDS + FIELDS);
    }
    row.set(shares, at);
    for (let f = 0; f < FIELDS; f++) row[at + 9 + f] = ratio(this.here[f] as number, this.own[f] as number);
    row[at + 12] = ratio(dot, Math.sqrt(this.norm * norm));
    row[at + 13] = ratio(titleDot, Math.sqrt(this.titleNorm * this.ownTitleNorm));
    row[at + 14] = Math.log1p(this.phraseMass);
    row[at + 15] = Math.log1p(this.titlePhraseMass);
    row[at + 16] = Math.log1p(this.longest);
    row[at + 17] = rarest / this.unknownIdf;
    row[at + 18] = Math.log1p(this.touched.length);
    this.touched.length = 0;
  }

  private share(shares: Float64Array, asked: readonly number[], gains: readonly number[]): void {
    for (let q = 0; q < FIELDS; q++) {
      if (asked[q] === 0) continue;
      const mass = this.mass[q] as number;
      for (let d = 0; d < FIELDS; d++) add(shares, q * FIELDS + d, (gains[d] as number) / mass);
    }
  }

  /** One walk over the document's words: counts those that the query has, and adds up the phrases in common. */
  private scan(document: number): void {
    const { index, found } = this;
    const { start, title, prose, end } = index.extent(document);
    this.own.fill(0);
    this.here.fill(0);
    this.otherNorm = this.ownTitleNorm = this.phraseMass = this.titlePhraseMass = this.longest = 0;
    const seen = new Set<number>();
    let before = 0;
    let run = 0;
    for (let at = start; at < end; at++) {
      if (at === title || at === prose) before = run = 0;
      const field = at < title ? 0 : at < prose ? 1 : 2;
      const term = index.words[at] as number;
      const slot = this.slots[term] as number;
      const idf = slot > 0 ? (this.idf[slot - 1] as number) : index.inverseFrequency(term);
      add(this.own, field, idf);
      if (field === 0) this.ownTitleNorm += idf ** 2;
      if (slot === 0) this.otherNorm += idf ** 2;
      else {
        add(this.here, field, idf);
        const cell = (slot - 1) * FIELDS;
        if (found[cell] === 0 && found[cell + 1] === 0 && found[cell + 2] === 0) this.touched.push(slot - 1);
        add(found, cell + field, 1);
        run = before > 0 ? this.follow(before, slot, run, field, seen) : 0;
      }
      if (slot === 0) run = 0;
      before = slot;
    }
  }

  /** Counts a pair of adjacent words if the query has it too; gives the weight of the common run that it continues. */
  private follow(before: number, slot: number, run: number, field: number, seen: Set<number>): number {
    const phrase = before * PAIR + slot;
    if (!this.phrases.has(phrase)) return 0;
    const pair = (this.idf[slot - 1] as number) + (this.idf[before - 1] as number);
    const longer = run === 0 ? pair : run + (this.idf[slot - 1] as number);
    this.longest = Math.max(this.longest, longer);
    if (!seen.has(phrase)) {
      seen.add(phrase);
      this.phraseMass += pair / 2;
      if (field === 0 && this.titlePhrases.has(phrase)) this.titlePhraseMass += pair / 2;
    }
    return longer;
  }
}

function counts(cells: Float64Array, slot: number): [title: number, prose: number, code: number] {
  const at = slot * FIELDS;
  return [cells[at] as number, cells[at + 1] as number, cells[at + 2] as number];
}

function weight(title: number, prose: number, code: number): number {
  return Math.log1p(TITLE_TIMES * title + prose + code);
}

function add(cells: Float64Array, at: number, amount: number): void {
  cells[at] = (cells[at] as number) + amount;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
