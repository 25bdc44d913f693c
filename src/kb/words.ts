import { PorterStemmer } from "natural/lib/natural/stemmers/index.js";

/**
 * Scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, Japanese kana, Han. Their runs are cut by
 * `Intl.Segmenter`, whose dictionaries are the same whatever locale is named.
 */
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[\u{20000}-\u{2fa1f}]+/gu;
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_]*/gu;
const STEMMABLE = /^[a-z]{3,30}$/;

/** Longer words are checksums and encoded data: they match nothing twice, and would fill the vocabulary. */
const LONGEST_WORD = 48;

/**
 * A run is cut into pieces of so many characters: segmenting takes time that grows with the square of its length, half a
 * minute for a body of 65,536 Han characters without a break. Sentences are shorter.
 */
const LONGEST_RUN = 1_000;

let segmenter: Intl.Segmenter | undefined;

/** Calls `sink` with each word of `text`: lower case, unstemmed, in order. Identifiers such as `foo_bar` stay whole. */
export function eachWord(text: string, sink: (word: string) => void): void {
  const lower = text.toLowerCase();
  let start = -1;
  for (let at = 0; at < lower.length; at++) {
    const code = lower.charCodeAt(at);
    if (code > 127) {
      // The slow way from the start of this word on; most text never comes here.
      eachUnicodeWord(lower.slice(start < 0 ? at : start).normalize("NFKC"), sink);
      return;
    }
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      if (at - start <= LONGEST_WORD) sink(lower.slice(start, at));
      start = -1;
    }
  }
  if (start >= 0 && lower.length - start <= LONGEST_WORD) sink(lower.slice(start));
}

function eachUnicodeWord(text: string, sink: (word: string) => void): void {
  for (const [word] of text.matchAll(WORD)) {
    if (word.length > LONGEST_WORD && !UNSPACED.test(word)) continue;
    UNSPACED.lastIndex = 0;
    let from = 0;
    for (const run of word.matchAll(UNSPACED)) {
      if (run.index > from) sink(word.slice(from, run.index));
      from = run.index + run[0].length;
      segmenter ??= new Intl.Segmenter("ja", { granularity: "word" });
      for (let at = 0; at < run[0].length; at += LONGEST_RUN) {
        for (const { segment } of segmenter.segment(run[0].slice(at, at + LONGEST_RUN))) sink(segment);
      }
    }
    if (from < word.length) sink(word.slice(from));
  }
}

/** The number of an unknown word in `Vocabulary.find`. */
export const UNKNOWN = -1;

/**
 * Numbers for words. English words are numbered by their Porter stem (`natural`'s, 4 microseconds a word: so each
 * surface form is stemmed once and remembered); all others by themselves.
 */
export class Vocabulary {
  private readonly numbers = new Map<string, number>();
  private known = 0;

  /** How many numbers were given: all are below this. */
  get size(): number {
    return this.known;
  }

  /** The number of a lower-case word, new if need be. */
  add(word: string): number {
    const seen = this.numbers.get(word);
    if (seen !== undefined) return seen;
    const stem = stemOf(word);
    let number = this.numbers.get(stem);
    if (number === undefined) {
      number = this.known++;
      this.numbers.set(stem, number);
    }
    if (stem !== word) this.numbers.set(word, number);
    return number;
  }

  /** The number of a lower-case word, or UNKNOWN. */
  find(word: string): number {
    return this.numbers.get(word) ?? this.numbers.get(stemOf(word)) ?? UNKNOWN;
  }
}

function stemOf(word: string): string {
  return STEMMABLE.test(word) ? PorterStemmer.stem(word) : word;
}
