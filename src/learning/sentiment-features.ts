import { CUES, cueHits } from "./sentiment-cues.ts";
import { polarity, type ReadText, sentimentFigures } from "./sentiment-figures.ts";
import { negations, sentimentTokens } from "./sentiment-tokens.ts";
import { hashWord, join, spread } from "./words.ts";

/** One more bit gives nothing (.8857 and .8851 macro-F1) and doubles the file. */
export const SENTIMENT_BITS = 17;
export const SENTIMENT_DIMENSIONS = 1 << SENTIMENT_BITS;

/** A text as a sparse row; places may repeat. */
export interface SentimentRow {
  indices: Int32Array;
  values: Float32Array;
}

interface Block {
  seed: number;
  weight: number;
}

const BLOCKS = {
  words: { seed: 0x51ed270b, weight: 1 },
  pairs: { seed: 0x2545f491, weight: 0.8 },
  triples: { seed: 0x9e3779b1, weight: 0.4 },
  letters: { seed: 0x7feb352d, weight: 0.8 },
  shapes: { seed: 0x3c6ef372, weight: 0.8 },
  contexts: { seed: 0x1f83d9ab, weight: 0.7 },
} satisfies Record<string, Block>;
const FIGURES_SEED = 0x846ca68b;

class Row {
  private readonly indices: number[] = [];
  private readonly values: number[] = [];

  /** Each block has length `weight`, so that a long text does not drown its figures. */
  block({ seed, weight }: Block, features: Map<number, number>): void {
    let square = 0;
    for (const value of features.values()) square += value * value;
    const scale = square > 0 ? weight / Math.sqrt(square) : 0;
    for (const [hash, value] of features) this.add(seed, hash, value * scale);
  }

  add(seed: number, hash: number, value: number): void {
    this.indices.push(spread(join(seed, hash)) & (SENTIMENT_DIMENSIONS - 1));
    this.values.push(value);
  }

  row(): SentimentRow {
    return { indices: Int32Array.from(this.indices), values: Float32Array.from(this.values) };
  }
}

const count = (features: Map<number, number>, hash: number) =>
  features.set(hash, (features.get(hash) ?? 0) + 1);

/** Words and letters as written, shapes and contexts of what they say, and dense figures. */
export function sentimentRow(text: string): SentimentRow {
  const raw = sentimentTokens(text);
  const tokens = raw.map((token) => token.toLowerCase().replaceAll("’", "'"));
  const read: ReadText = { raw, tokens, negated: negations(tokens), hits: cueHits(tokens) };
  const row = new Row();
  const { words, pairs, triples } = wordRuns(read);
  row.block(BLOCKS.words, dampened(words));
  row.block(BLOCKS.pairs, dampened(pairs));
  row.block(BLOCKS.triples, dampened(triples));
  row.block(BLOCKS.letters, dampened(letterRuns(tokens)));
  row.block(BLOCKS.shapes, dampened(shapeRuns(read)));
  row.block(BLOCKS.contexts, contexts(read));
  sentimentFigures(read).forEach((value, i) => {
    if (value !== 0) row.add(FIGURES_SEED, i, value);
  });
  return row.row();
}

/** The second "thanks" says less than the first. */
function dampened(features: Map<number, number>): Map<number, number> {
  return new Map([...features].map(([hash, times]) => [hash, 1 + Math.log(times)]));
}

/** Words, pairs and triples, marked behind a negation; full stops and commas are passed over. */
function wordRuns({ tokens, negated }: ReadText) {
  const words = new Map<number, number>();
  const pairs = new Map<number, number>();
  const triples = new Map<number, number>();
  const hashes = tokens.flatMap((token, i) =>
    token === "." || token === "," ? [] : [hashWord(negated[i] ? `not_${token}` : token)],
  );
  hashes.forEach((hash, i) => {
    const before = hashes[i - 1] ?? 1;
    count(words, hash);
    count(pairs, join(before, hash));
    if (i > 1) count(triples, join(join(hashes[i - 2] ?? 1, before), hash));
  });
  return { words, pairs, triples };
}

function letterRuns(tokens: string[]): Map<number, number> {
  const letters = new Map<number, number>();
  for (const token of tokens) {
    if (token.length < 4 || token.length > 24 || !/^\p{L}/u.test(token)) continue;
    const framed = `<${token}>`;
    for (let size = 3; size <= 5; size++) {
      for (let from = 0; from + size <= framed.length; from++)
        count(letters, hashWord(framed.slice(from, from + size)));
    }
  }
  return letters;
}

/** Words that give a sentence its shape; what they are about does not matter here. */
const FRAME = new Set(
  `the a an this that it its it's is are was were be been to of in on for with and or but not you your i my me we our
  us they them he she so if when as at by from do does did have has had will would should could can can't don't doesn't
  didn't won't i'm you're there here what why how who which just really very too no more than only any some all get got
  make makes made someone codespan webaddress`.split(/\s+/),
);

/** From here on a word of the vocabularies is good or bad. */
const POLAR = 0.25;

/** Pairs of cues, frame words, good, bad and other words: "if you are [fear]" is not "i am [fear]". */
function shapeRuns(read: ReadText): Map<number, number> {
  const shapes = new Map<number, number>();
  let before = 1;
  for (const shape of shapesOf(read)) {
    const hash = hashWord(shape);
    count(shapes, hash);
    count(shapes, join(before, hash));
    before = hash;
  }
  return shapes;
}

function shapesOf({ tokens, negated, hits }: ReadText): string[] {
  const cues: (string | undefined)[] = new Array(tokens.length).fill(undefined);
  // the longest cue at a place is drawn last
  for (const { cue, at, length } of [...hits].sort((a, b) => a.length - b.length)) {
    cues[at] = `[${CUES[cue]}]`;
    cues.fill("", at + 1, at + length);
  }
  return tokens.flatMap((token, i) => {
    if (cues[i] === "") return [];
    const shape = cues[i] ?? shapeOf(token);
    return [negated[i] && shape !== OTHER ? `not_${shape}` : shape];
  });
}

const OTHER = "_";

function shapeOf(token: string): string {
  if (FRAME.has(token) || /^\W/.test(token)) return token;
  const worth = polarity(token);
  return worth > POLAR ? "good" : worth < -POLAR ? "bad" : OTHER;
}

/** Each cue with the word before it, the word behind it, and its own words. */
function contexts({ tokens, hits }: ReadText): Map<number, number> {
  const found = new Map<number, number>();
  for (const { cue, at, length } of hits) {
    const name = CUES[cue];
    found.set(hashWord(`${name}<${tokens[at - 1] ?? "^"}`), 1);
    found.set(hashWord(`${name}>${tokens[at + length] ?? "$"}`), 1);
    found.set(hashWord(`${name}|${tokens.slice(at, at + length).join(" ")}`), 1);
  }
  return found;
}
