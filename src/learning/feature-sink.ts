import { spread } from "./words.ts";

/** Hashed features live in 2^BITS places; 2^18 was not better, 2^16 lost .003 of F1. */
const BITS = 17;
export const DIMENSIONS = 1 << BITS;
const SHIFT = 32 - BITS;

/**
 * The blocks of a document in the order in which they are read, each normalised by itself to the length given
 * here. Leaving any one out costs .001 to .008 of cross-validated F1.
 */
export const BLOCKS = {
  title: 1,
  letters: 0.6,
  opening: 0.7,
  prose: 1,
  cues: 0.7,
  headings: 0.7,
  answers: 0.7,
  fields: 0.5,
  checkboxes: 0.4,
  code: 0.6,
  comments: 0.5,
  links: 0.4,
  shape: 0.6,
  style: 0.5,
} as const;

/** A lesson has one block more, which only the repository's own labels are learned from. */
export const LESSON_BLOCKS = { ...BLOCKS, words: 1 } as const;

/** The blocks of what is said in whatever language. */
export const NEUTRAL_BLOCKS = { concepts: 0.7, shape: 0.6 } as const;

export type Block = keyof typeof LESSON_BLOCKS | keyof typeof NEUTRAL_BLOCKS;
export const BLOCK_NAMES = Object.keys(BLOCKS) as Block[];
export const LESSON_BLOCK_NAMES = Object.keys(LESSON_BLOCKS) as Block[];

/** A document as numbers. */
export interface Features {
  /** `values[i]` stands at place `indices[i]`; a place may come once in every block. */
  indices: Int32Array;
  values: Float32Array;
  /** Block b is from `blocks[b]` up to `blocks[b + 1]`. */
  blocks: Int32Array;
  /** Counts that say how the document is built and written. */
  marks: Float32Array;
}

/** Where a feature was found: its block's text and the place in it. */
export interface Origin {
  block: Block;
  text: string;
  start: number;
  end: number;
}

const MOST_FEATURES = 8_192;

/** Collects the features of one document after the other, in arrays that are used again. */
export class FeatureSink {
  #count = 0;
  #block = 0;
  #blockStart = 0;
  #seed = 0;
  #stamp = 0;
  #sources: string[] = [];
  readonly #names: Block[];
  readonly #shares: number[];
  readonly #blocks: Int32Array;
  readonly #indices = new Int32Array(MOST_FEATURES);
  readonly #values = new Float32Array(MOST_FEATURES);
  readonly #starts = new Int32Array(MOST_FEATURES);
  readonly #ends = new Int32Array(MOST_FEATURES);
  readonly #texts = new Int32Array(MOST_FEATURES);
  readonly #stamps = new Int32Array(DIMENSIONS);
  readonly #places = new Int32Array(DIMENSIONS);

  /** Each block's name and the length to which it is normalised, in the order in which they are read. */
  constructor(blocks: Partial<Record<Block, number>>) {
    this.#names = Object.keys(blocks) as Block[];
    this.#shares = Object.values(blocks);
    this.#blocks = new Int32Array(this.#names.length + 1);
  }

  /** Starts a document. */
  clear(): void {
    this.#count = 0;
    this.#block = 0;
    this.#sources = [];
    this.#open();
  }

  /** Says which text the places of the features that follow are in. */
  source(text: string): void {
    this.#sources.push(text);
  }

  /** Counts a feature of the open block, found from `start` to `end` of the source. */
  add(hash: number, start: number, end: number): void {
    const index = spread(hash ^ this.#seed) >>> SHIFT;
    if (this.#stamps[index] === this.#stamp) {
      const place = this.#places[index] as number;
      this.#values[place] = (this.#values[place] as number) + 1;
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
    this.#texts[place] = this.#sources.length - 1;
  }

  /** Counts as features of their size, so that "none", "one" and "many" can mean different things. */
  addSizes(sizes: readonly number[], names: readonly string[]): void {
    for (let i = 0; i < sizes.length; i++) {
      // what is not there needs no reason
      const name = sizes[i] === 0 ? "" : (names[i] ?? "");
      this.source(name);
      this.add(Math.imul(i * 32 + Math.ceil(sizes[i] as number) + 1, 0x632be5ab), 0, name.length);
    }
    this.close();
  }

  /** Ends the open block, and opens the next: counts become 1 + ln(count), the block's length its share. */
  close(): void {
    let squares = 0;
    for (let i = this.#blockStart; i < this.#count; i++) {
      const count = this.#values[i] as number;
      const value = count === 1 ? 1 : 1 + Math.log(count);
      this.#values[i] = value;
      squares += value * value;
    }
    const share = squares === 0 ? 0 : (this.#shares[this.#block] as number) / Math.sqrt(squares);
    for (let i = this.#blockStart; i < this.#count; i++)
      this.#values[i] = (this.#values[i] as number) * share;
    this.#block += 1;
    this.#open();
  }

  #open(): void {
    this.#blocks[this.#block] = this.#count;
    this.#blockStart = this.#count;
    this.#seed = Math.imul(this.#block + 1, 0x9e3779b1);
    this.#stamp += 1;
  }

  /** The document's features, once all its blocks are closed. */
  features(marks: ArrayLike<number>): Features {
    // one piece of memory for all: a long history has many documents
    const count = this.#count;
    const buffer = new ArrayBuffer(4 * (2 * count + this.#blocks.length + marks.length));
    const indices = new Int32Array(buffer, 0, count);
    const values = new Float32Array(buffer, 4 * count, count);
    const blocks = new Int32Array(buffer, 8 * count, this.#blocks.length);
    const kept = new Float32Array(buffer, 8 * count + 4 * this.#blocks.length, marks.length);
    indices.set(this.#indices.subarray(0, count));
    values.set(this.#values.subarray(0, count));
    blocks.set(this.#blocks);
    kept.set(marks);
    return { indices, values, blocks, marks: kept };
  }

  /** Where the i-th feature of the last document came from. */
  origin(i: number): Origin {
    let block = 0;
    while (block + 1 < this.#names.length && i >= (this.#blocks[block + 1] as number)) block += 1;
    return {
      block: this.#names[block] as Block,
      text: this.#sources[this.#texts[i] as number] ?? "",
      start: this.#starts[i] as number,
      end: this.#ends[i] as number,
    };
  }
}
