import { splitPassages } from "./passages.ts";
import { DOCUMENT_BITS, grown, packPosting, Postings } from "./postings.ts";
import { eachWord, UNKNOWN, Vocabulary } from "./words.ts";

/** What can be found: a section of an article, a solved thread, an issue. */
export interface SearchDocument {
  id: string;
  title: string;
  /** Markdown. */
  body: string;
}

/** Words beyond these are not indexed: a log of a million lines is not a million words about the problem. */
export const MOST_WORDS = { title: 80, prose: 1500, code: 1500 } as const;
/** Text beyond this is not even read. Characters. */
const MOST_TEXT = 200_000;
/** So many removed documents do not matter. */
const FEW = 1_000;
const MOST_DOCUMENTS = 2 ** DOCUMENT_BITS;

/** Where a document's words are in `Index.words`: title, prose and code follow one another. */
export interface Extent {
  start: number;
  title: number;
  prose: number;
  end: number;
}

/** A text in numbers, for comparing it with indexed documents. Words that the index has never seen are UNKNOWN. */
export interface Words {
  title: number[];
  prose: number[];
  code: number[];
}

/**
 * An inverted index on typed arrays that grows and shrinks in place, with the words of each document kept in order
 * beside it, so that the re-ranker can look at phrases without an index of phrases.
 */
export class Index {
  readonly vocabulary = new Vocabulary();
  readonly postings = new Postings();
  /** The words of all documents, one after the other. */
  words = new Uint32Array(1 << 14);
  private readonly ids: (string | null)[] = [];
  private readonly numbers = new Map<string, number>();
  /** Four cells a document: its Extent. */
  private extents = new Uint32Array(1 << 10);
  /** How many words of prose each document has: what nearly all postings are about. */
  private proseCounts = new Uint32Array(1 << 8);
  /** Zeros, but while a query adds its scores up. */
  private scores = new Float32Array(1 << 8);
  /** Documents alive that have the term in the title, or anywhere. */
  private frequency = new Uint32Array(1 << 10);
  private readonly totals = { title: 0, prose: 0, code: 0 };
  /** Inverse frequencies by frequency, of when so many documents were here. */
  private inverse = new Float64Array(1);
  private weighedSize = 0;
  /** How often the document at hand has each term; all zero in between. */
  private tally = new Uint32Array(1 << 10);

  /** How many documents can be found. */
  get size(): number {
    return this.numbers.size;
  }

  /** One more than the highest document number. */
  get slots(): number {
    return this.ids.length;
  }

  /** What the typed arrays take, in bytes; the vocabulary's strings come on top. */
  get bytes(): number {
    return 4 * (this.words.length + this.extents.length + this.frequency.length) + this.postings.bytes;
  }

  /** So much was replaced or removed that making it anew would halve it. */
  get isWorn(): boolean {
    return this.slots > 2 * this.size + FEW;
  }

  numberOf(id: string): number | undefined {
    return this.numbers.get(id);
  }

  /** The id of a document number; null if it was removed. */
  idOf(document: number): string | null {
    return this.ids[document] ?? null;
  }

  /** In how many documents the term occurs. */
  documentFrequency(term: number): number {
    return term === UNKNOWN ? 0 : (this.frequency[term] ?? 0);
  }

  /**
   * How much it says that a document has the term: `log(1 + (N - n + 0.5) / (n + 0.5))` (Robertson and Zaragoza 2009,
   * section 3.1, with the 1 that keeps it positive). Remembered by n, as logarithms took a fifth of a duplicate search.
   */
  inverseFrequency(term: number): number {
    const frequency = this.documentFrequency(term);
    if (this.weighedSize !== this.size) {
      this.weighedSize = this.size;
      this.inverse = new Float64Array(this.slots + 1);
    }
    const known = this.inverse[frequency] as number;
    if (known > 0) return known;
    const value = Math.log(1 + (this.size - frequency + 0.5) / (frequency + 0.5));
    this.inverse[frequency] = value;
    return value;
  }

  /** Mean words a document in each field, at least 1. */
  meanLengths(): { title: number; prose: number; code: number } {
    const mean = (total: number) => Math.max(1, total / Math.max(1, this.size));
    return { title: mean(this.totals.title), prose: mean(this.totals.prose), code: mean(this.totals.code) };
  }

  /** All extents, four cells a document. */
  get extentCells(): Uint32Array {
    return this.extents;
  }

  /** Words of prose by document. */
  get proseLengths(): Uint32Array {
    return this.proseCounts;
  }

  /** A zero for each document, for one query at a time to add its scores up in; it must be zeros again afterwards. */
  get scratch(): Float32Array {
    if (this.scores.length < this.slots) this.scores = new Float32Array(Math.ceil(this.slots * 1.5));
    return this.scores;
  }

  extent(document: number): Extent {
    const at = document * 4;
    const { extents } = this;
    return {
      start: extents[at] ?? 0,
      title: extents[at + 1] ?? 0,
      prose: extents[at + 2] ?? 0,
      end: extents[at + 3] ?? 0,
    };
  }

  /** Adds a document, or replaces the one of the same id. */
  add(document: SearchDocument): void {
    this.remove(document.id);
    const number = this.ids.length;
    if (number >= MOST_DOCUMENTS) throw new RangeError(`an index holds at most ${MOST_DOCUMENTS} documents`);
    const words = toWords(document, (word) => this.vocabulary.add(word));
    this.ids.push(document.id);
    this.numbers.set(document.id, number);
    this.keep(number, words);
    this.post(number, words);
  }

  /** Removes a document; does nothing if there is none of that id. */
  remove(id: string): void {
    const number = this.numbers.get(id);
    if (number === undefined) return;
    const extent = this.extent(number);
    const distinct = new Set(this.words.subarray(extent.start, extent.end));
    for (const term of distinct) this.frequency[term] = (this.frequency[term] ?? 1) - 1;
    this.countWords(extent, -1);
    this.ids[number] = null;
    this.numbers.delete(id);
  }

  /** A text in this index's numbers. */
  read(text: { title: string; body: string }): Words {
    return toWords(text, (word) => this.vocabulary.find(word));
  }

  private keep(number: number, { title, prose, code }: Words): void {
    const at = number * 4;
    if (at + 4 > this.extents.length) this.extents = grown(this.extents, at + 4);
    const start = number === 0 ? 0 : (this.extents[at - 1] ?? 0);
    const end = start + title.length + prose.length + code.length;
    if (end > this.words.length) this.words = grown(this.words, end);
    this.words.set(title, start);
    this.words.set(prose, start + title.length);
    this.words.set(code, start + title.length + prose.length);
    const extent = { start, title: start + title.length, prose: start + title.length + prose.length, end };
    if (number >= this.proseCounts.length) this.proseCounts = grown(this.proseCounts, number + 1);
    this.proseCounts[number] = prose.length;
    this.extents.set([extent.start, extent.title, extent.prose, extent.end], at);
    this.countWords(extent, 1);
  }

  private countWords({ start, title, prose, end }: Extent, sign: 1 | -1): void {
    this.totals.title += sign * (title - start);
    this.totals.prose += sign * (prose - title);
    this.totals.code += sign * (end - prose);
  }

  private post(number: number, words: Words): void {
    if (this.vocabulary.size > this.frequency.length)
      this.frequency = grown(this.frequency, this.vocabulary.size);
    if (this.frequency.length > this.tally.length) this.tally = new Uint32Array(this.frequency.length);
    const distinct: number[] = [];
    this.tallyUp(words.title, 1, distinct);
    this.tallyUp(words.prose, PROSE, distinct);
    this.tallyUp(words.code, CODE, distinct);
    for (const term of distinct) {
      const packed = this.tally[term] as number;
      const prose = Math.floor(packed / PROSE) % (CODE / PROSE);
      this.postings.append(term, packPosting(number, packed % PROSE, prose, Math.floor(packed / CODE)));
      this.frequency[term] = (this.frequency[term] as number) + 1;
      this.tally[term] = 0;
    }
  }

  private tallyUp(words: readonly number[], unit: number, distinct: number[]): void {
    const { tally } = this;
    for (const term of words) {
      const before = tally[term] as number;
      if (before === 0) distinct.push(term);
      tally[term] = before + unit;
    }
  }
}

/** Counts of the three fields in one number while a document is added: MOST_WORDS keeps them below 2^7 and 2^11. */
const PROSE = 2 ** 7;
const CODE = 2 ** 18;

function toWords(text: { title: string; body: string }, number: (word: string) => number): Words {
  const { prose, code } = splitPassages(text.body.slice(0, MOST_TEXT));
  return {
    title: field(text.title, MOST_WORDS.title, number),
    prose: field(prose, MOST_WORDS.prose, number),
    code: field(code, MOST_WORDS.code, number),
  };
}

function field(text: string, most: number, number: (word: string) => number): number[] {
  const words: number[] = [];
  eachWord(text, (word) => {
    if (words.length < most) words.push(number(word));
  });
  return words;
}
