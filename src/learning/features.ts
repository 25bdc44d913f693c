import { CUE_BY_HASH, LONGEST_CUE } from "./cues.ts";
import type { Document } from "./document.ts";
import {
  BLOCK_NAMES,
  BLOCKS,
  FeatureSink,
  type Features,
  type LESSON_BLOCKS,
  type Origin,
} from "./feature-sink.ts";
import { countMarks, MARK_NAMES } from "./marks.ts";
import { createWords, hashUnits, hashWord, join, scanWords, type Words } from "./words.ts";

export {
  BLOCK_NAMES,
  DIMENSIONS,
  LESSON_BLOCK_NAMES,
  LESSON_BLOCKS,
  type Features,
  type Origin,
} from "./feature-sink.ts";

const TITLE_WORDS = 64;
const TITLE_LETTERS = 160;
const OPENING_WORDS = 80;
const PROSE_WORDS = 600;
const CODE_WORDS = 200;
const CODE_LENGTH = 4_000;
/** Of a lesson's words: as many letters of the prose and of the code. */
const SHARED_LENGTH = 8_000;
const SHARED_WORDS = 1_600;
const ANSWER_LENGTH = 60;
const MOST_LINKS = 20;
/** Of a heading and of an address. */
const LINE_LENGTH = 120;

/** The part of a lesson's features that kinds are judged by: all blocks but the last. */
export function kindPart(features: Features): Features {
  const { indices, values, blocks, marks } = features;
  const end = blocks[BLOCK_NAMES.length] as number;
  return {
    indices: indices.subarray(0, end),
    values: values.subarray(0, end),
    blocks: blocks.subarray(0, BLOCK_NAMES.length + 1),
    marks,
  };
}

/** Turns documents into features; the result depends on the document alone. */
export class Vectorizer {
  readonly #sink: FeatureSink;
  readonly #shared: Words | null;
  readonly #title: Words = createWords(TITLE_WORDS);
  readonly #opening: Words = createWords(OPENING_WORDS);
  readonly #prose: Words = createWords(PROSE_WORDS);
  readonly #words: Words = createWords(CODE_WORDS);

  /** `LESSON_BLOCKS` for what a repository's labels are learned from. */
  constructor(blocks: typeof BLOCKS | typeof LESSON_BLOCKS = BLOCKS) {
    this.#sink = new FeatureSink(blocks);
    this.#shared = "words" in blocks ? createWords(SHARED_WORDS) : null;
  }

  vectorize(document: Document): Features {
    const sink = this.#sink;
    sink.clear();
    this.#readWords(document.title, this.#title, true);
    if (this.#title.count > 0) {
      sink.add((this.#title.hashes[0] as number) ^ 0x1f351f35, 0, this.#title.ends[0] as number);
    }
    sink.close();
    this.#readLetters(document.title.slice(0, TITLE_LETTERS));
    this.#readWords(document.opening, this.#opening, true);
    sink.close();
    this.#readWords(document.prose, this.#prose, true);
    sink.close();
    this.#readCues(document);
    this.#readForm(document);
    this.#readWords(document.code.slice(0, CODE_LENGTH), this.#words, true);
    sink.close();
    this.#readWords(document.comments.slice(0, CODE_LENGTH), this.#words, true);
    sink.close();
    this.#readLinks(document.links);
    const marks = countMarks(document);
    sink.addSizes(marks.shape, MARK_NAMES.shape);
    sink.addSizes(marks.style, MARK_NAMES.style);
    if (this.#shared) this.#readShared(document, this.#shared);
    return sink.features([...marks.shape, ...marks.style]);
  }

  /** Where the i-th feature of the last document came from. */
  origin(i: number): Origin {
    return this.#sink.origin(i);
  }

  /** Each word, and each pair of neighbours; `words` keeps them for whoever reads the text again. */
  #readWords(text: string, words: Words, pairs: boolean): void {
    const sink = this.#sink;
    const { hashes, starts, ends } = words;
    scanWords(text, words);
    sink.source(text);
    for (let i = 0; i < words.count; i++) {
      const hash = hashes[i] as number;
      sink.add(hash, starts[i] as number, ends[i] as number);
      if (pairs && i > 0)
        sink.add(join(hashes[i - 1] as number, hash), starts[i - 1] as number, ends[i] as number);
    }
  }

  /** Runs of four letters, over word ends too, so that beginnings and endings of words count. */
  #readLetters(title: string): void {
    this.#sink.source(title);
    const text = ` ${title.toLowerCase()} `;
    for (let i = 0; i + 4 <= text.length; i++)
      this.#sink.add(hashUnits(text, i, i + 4), Math.max(0, i - 1), i + 3);
    this.#sink.close();
  }

  /**
   * The words of the whole text in one block, identifiers taken apart, so that a word which was seen in a title is
   * known in a text. The title counts twice.
   */
  #readShared({ title, prose, headings, fields, code, links }: Document, words: Words): void {
    const texts = [title, title, prose.slice(0, SHARED_LENGTH), code.slice(0, SHARED_LENGTH)];
    for (const { name, answer } of headings) texts.push(name, answer);
    for (const { key, value } of fields) texts.push(key, value);
    for (const link of links.slice(0, MOST_LINKS)) texts.push(link.slice(0, LINE_LENGTH));
    for (const text of texts) {
      scanWords(text, words, true);
      this.#sink.source(text);
      for (let i = 0; i < words.count; i++)
        this.#sink.add(words.hashes[i] as number, words.starts[i] as number, words.ends[i] as number);
    }
    this.#sink.close();
  }

  #readCues({ title, opening, prose }: Document): void {
    this.#readCuesOf(title, this.#title, 1);
    this.#readCuesOf(opening, this.#opening, 2);
    this.#readCuesOf(prose, this.#prose, 3);
    this.#sink.close();
  }

  #readCuesOf(text: string, { count, hashes, starts, ends }: Words, place: number): void {
    this.#sink.source(text);
    for (let i = 0; i < count; i++) {
      let hash = hashes[i] as number;
      for (let n = 0; n < LONGEST_CUE; n++) {
        const intent = CUE_BY_HASH.get(hash);
        if (intent !== undefined) {
          this.#sink.add(
            Math.imul(intent * 8 + place, 0x7feb352d),
            starts[i] as number,
            ends[i + n] as number,
          );
        }
        if (i + n + 1 >= count) break;
        hash = join(hash, hashes[i + n + 1] as number);
      }
    }
    const question = place === 3 ? -1 : text.indexOf("?");
    if (question >= 0) this.#sink.add(1000 + place, question, question + 1);
  }

  #readForm({ headings, fields, checkboxes }: Document): void {
    const sink = this.#sink;
    for (const { name, answer } of headings) {
      this.#readWords(name.slice(0, LINE_LENGTH), this.#words, false);
      const hash = hashWord(name);
      sink.add(join(hash, 1), 0, name.length);
      sink.add(join(hash, answer === "" ? 2 : 3), 0, name.length);
    }
    sink.close();
    for (const { name, answer } of headings) {
      if (answer === "" || answer.length > ANSWER_LENGTH) continue;
      sink.source(`${name}: ${answer}`);
      sink.add(join(hashWord(name), hashWord(answer)), 0, name.length + 2 + answer.length);
    }
    sink.close();
    for (const { key, value } of fields) {
      sink.source(`${key}: ${value}`);
      sink.add(hashWord(key), 0, key.length);
      sink.add(join(hashWord(key), hashWord(value)), 0, key.length + 2 + value.length);
    }
    sink.close();
    for (const { text, checked } of checkboxes) {
      sink.source(text);
      sink.add(join(hashWord(text), checked ? 2 : 1), 0, text.length);
    }
    sink.close();
  }

  #readLinks(links: string[]): void {
    for (const link of links.slice(0, MOST_LINKS)) {
      const address = link.slice(link.indexOf("://") + 3, LINE_LENGTH);
      const host = address.split("/", 1)[0] ?? "";
      this.#readWords(address.slice(host.length), this.#words, false);
      this.#sink.source(link);
      this.#sink.add(hashWord(host), 0, link.length);
    }
    this.#sink.close();
  }
}
