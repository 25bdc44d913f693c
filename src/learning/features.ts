import { CUE_BY_HASH, LONGEST_CUE } from "./cues.ts";
import type { Document } from "./document.ts";
import { createWords, hashWord, join, scanWords, spread, type Words } from "./words.ts";

/** Hashed features live in 2^BITS places. */
export const BITS = 17;
export const DIMENSIONS = 1 << BITS;
const SHIFT = 32 - BITS;

/** A document as numbers: `values[i]` at place `indices[i]`; a place may come twice. */
export interface SparseVector {
  indices: Int32Array;
  values: Float32Array;
}

/** The blocks of a document, each normalised by itself to the length given here. */
export const BLOCKS = {
  title: 1,
  letters: 0.6,
  opening: 0.7,
  prose: 1,
  headings: 0.7,
  answers: 0.7,
  fields: 0.5,
  checkboxes: 0.4,
  code: 0.5,
  comments: 0.5,
  links: 0.3,
  shape: 0.6,
  cues: 0.7,
} as const;

export type Block = keyof typeof BLOCKS;
const BLOCK_NAMES = Object.keys(BLOCKS) as Block[];

/** Where a feature was found: the text of its block and the place in it. */
export interface Origin {
  block: Block;
  text: string;
  start: number;
  end: number;
}

const MOST_FEATURES = 16_384;
const PROSE_WORDS = 600;
const CODE_WORDS = 200;

/**
 * Turns documents into sparse vectors. Holds the scratch arrays that make this free of allocation
 * but for the result; the result depends on the document alone.
 */
export class Vectorizer {
  #count = 0;
  #blockStart = 0;
  #block = 0;
  #seed = 0;
  #stamp = 0;
  #textOf: string[] = [];
  readonly #indices = new Int32Array(MOST_FEATURES);
  readonly #values = new Float32Array(MOST_FEATURES);
  readonly #starts = new Int32Array(MOST_FEATURES);
  readonly #ends = new Int32Array(MOST_FEATURES);
  readonly #texts = new Int32Array(MOST_FEATURES);
  readonly #blocks = new Uint8Array(MOST_FEATURES);
  readonly #stamps = new Int32Array(DIMENSIONS);
  readonly #places = new Int32Array(DIMENSIONS);
  readonly #words: Words = createWords(1024);

  vectorize(document: Document): SparseVector {
    this.#count = 0;
    this.#blockStart = 0;
    this.#textOf = [];
    this.#readTitle(document);
    this.#readProse(document);
    this.#readForm(document);
    this.#readCode(document);
    this.#readShape(document);
    return {
      indices: this.#indices.slice(0, this.#count),
      values: this.#values.slice(0, this.#count),
    };
  }

  /** Where the i-th feature of the last document came from. */
  origin(i: number): Origin {
    return {
      block: BLOCK_NAMES[this.#blocks[i] ?? 0] ?? "prose",
      text: this.#textOf[this.#texts[i] ?? 0] ?? "",
      start: this.#starts[i] ?? 0,
      end: this.#ends[i] ?? 0,
    };
  }

  #open(block: Block): void {
    this.#block = BLOCK_NAMES.indexOf(block);
    this.#seed = Math.imul(this.#block + 1, 0x9e3779b1);
    this.#blockStart = this.#count;
    this.#stamp += 1;
  }

  #text(text: string): void {
    this.#textOf.push(text);
  }

  #add(hash: number, start: number, end: number): void {
    const index = spread(hash ^ this.#seed) >>> SHIFT;
    if (this.#stamps[index] === this.#stamp) {
      const place = this.#places[index] ?? 0;
      this.#values[place] = (this.#values[place] ?? 0) + 1;
      return;
    }
    if (this.#count >= MOST_FEATURES) return;
    const place = this.#count++;
    this.#stamps[index] = this.#stamp;
    this.#places[index] = place;
    this.#indices[place] = index;
    this.#values[place] = 1;
    this.#starts[place] = start;
    this.#ends[place] = end;
    this.#texts[place] = this.#textOf.length - 1;
    this.#blocks[place] = this.#block;
  }

  /** Ends a block: counts become 1 + ln(count), and the block's length becomes its share. */
  #close(): void {
    let squares = 0;
    for (let i = this.#blockStart; i < this.#count; i++) {
      const value = 1 + Math.log(this.#values[i] ?? 1);
      this.#values[i] = value;
      squares += value * value;
    }
    if (squares === 0) return;
    const share = BLOCKS[BLOCK_NAMES[this.#block] ?? "prose"] / Math.sqrt(squares);
    for (let i = this.#blockStart; i < this.#count; i++) this.#values[i] = (this.#values[i] ?? 0) * share;
  }

  #words1(text: string, most: number, pairs: boolean): void {
    const words = this.#words;
    scanWords(text, words);
    this.#text(text);
    const count = Math.min(words.count, most);
    for (let i = 0; i < count; i++) {
      const hash = words.hashes[i] ?? 0;
      const end = words.ends[i] ?? 0;
      this.#add(hash, words.starts[i] ?? 0, end);
      if (pairs && i > 0) this.#add(join(words.hashes[i - 1] ?? 0, hash), words.starts[i - 1] ?? 0, end);
    }
  }

  #readTitle(document: Document): void {
    this.#open("title");
    this.#words1(document.title, 64, true);
    const first = this.#words.hashes[0] ?? 0;
    if (this.#words.count > 0)
      this.#add(first ^ 0x1f351f35, this.#words.starts[0] ?? 0, this.#words.ends[0] ?? 0);
    this.#close();
    this.#open("letters");
    this.#letters(document.title.slice(0, 160));
    this.#close();
  }

  /** Runs of four letters, over word ends too, so that prefixes and endings count. */
  #letters(title: string): void {
    this.#text(title);
    const text = ` ${title.toLowerCase()} `;
    for (let i = 0; i + 4 <= text.length; i++) {
      let hash = 0x811c9dc5 | 0;
      for (let j = i; j < i + 4; j++) hash = Math.imul(hash ^ text.charCodeAt(j), 0x01000193);
      this.#add(hash, Math.max(0, i - 1), i + 3);
    }
  }

  #readProse(document: Document): void {
    this.#open("opening");
    this.#words1(document.opening, 80, true);
    this.#close();
    this.#open("prose");
    this.#words1(document.prose, PROSE_WORDS, true);
    this.#close();
    this.#open("cues");
    this.#cues(document.title, 1);
    this.#cues(document.opening, 2);
    this.#cues(document.prose, 3);
    this.#close();
  }

  #cues(text: string, where: number): void {
    const words = this.#words;
    scanWords(text, words);
    this.#text(text);
    const count = Math.min(words.count, PROSE_WORDS);
    for (let i = 0; i < count; i++) {
      let hash = words.hashes[i] ?? 0;
      for (let n = 1; ; n++) {
        const group = CUE_BY_HASH.get(hash);
        if (group !== undefined) {
          this.#add(
            Math.imul(group * 8 + where, 0x7feb352d),
            words.starts[i] ?? 0,
            words.ends[i + n - 1] ?? 0,
          );
        }
        if (n >= LONGEST_CUE || i + n >= count) break;
        hash = join(hash, words.hashes[i + n] ?? 0);
      }
    }
    if (where === 3) return;
    const question = text.indexOf("?");
    if (question >= 0) this.#add(1000 + where, question, question + 1);
  }

  #readForm(document: Document): void {
    this.#open("headings");
    for (const { name, answer } of document.headings) {
      this.#text(name);
      const hash = hashWord(name);
      this.#add(join(hash, 1), 0, name.length);
      this.#add(join(hash, answer === "" ? 2 : 3), 0, name.length);
      this.#words1(name, 12, false);
    }
    this.#close();
    this.#open("answers");
    for (const { name, answer } of document.headings) {
      if (answer === "" || answer.length > 60) continue;
      this.#text(answer);
      this.#add(join(hashWord(name), hashWord(answer)), 0, answer.length);
    }
    this.#close();
    this.#open("fields");
    for (const { key, value } of document.fields) {
      this.#text(`${key}: ${value}`);
      const hash = hashWord(key);
      this.#add(hash, 0, key.length);
      this.#add(join(hash, hashWord(value)), 0, key.length + 2 + value.length);
    }
    this.#close();
    this.#open("checkboxes");
    for (const { text, checked } of document.checkboxes) {
      this.#text(text);
      this.#add(join(hashWord(text), checked ? 2 : 1), 0, text.length);
    }
    this.#close();
  }

  #readCode(document: Document): void {
    this.#open("code");
    this.#words1(document.code.slice(0, 4_000), CODE_WORDS, false);
    this.#close();
    this.#open("comments");
    this.#words1(document.comments.slice(0, 4_000), CODE_WORDS, true);
    this.#close();
    this.#open("links");
    for (const link of document.links.slice(0, 20)) {
      this.#text(link);
      const host = link.slice(link.indexOf("://") + 3).split("/", 1)[0] ?? "";
      this.#add(hashWord(host), 0, link.length);
    }
    this.#close();
  }

  #readShape(document: Document): void {
    this.#open("shape");
    this.#text("");
    const counts = [...Object.values(document.shape), document.prose.length, document.headings.length];
    counts.push(
      document.code.length,
      document.checkboxes.length,
      document.links.length,
      document.title.length,
    );
    counts.push(document.fields.length, document.comments.length);
    for (let i = 0; i < counts.length; i++) {
      const size = Math.floor(Math.log2((counts[i] ?? 0) + 1));
      this.#add(Math.imul(i * 32 + size + 1, 0x632be5ab), 0, 0);
    }
    this.#close();
  }
}
