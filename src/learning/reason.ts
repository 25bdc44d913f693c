import type { SparseVector, Vectorizer, Origin } from "./features.ts";

/** A feature's part in a decision: its share of the score and where it stands in the text. */
interface Contribution extends Origin {
  score: number;
  square: number;
}

interface BlockSum {
  score: number;
  square: number;
}

const MOST_CANDIDATES = 16;

/** The blocks whose features are runs of the reporter's words: removing a word removes it from all of them. */
const WORDY = new Set(["title", "letters", "opening", "prose", "cues", "code", "comments", "headings"]);

/**
 * What moved a decision, strongest first, as sentences for a maintainer: at most `most`.
 * `weight(index)` is how much a feature speaks for the decision. A reason's strength is by how much the
 * score would fall without its words, each block being normalised anew.
 */
export function explain(
  vectorizer: Vectorizer,
  vector: SparseVector,
  weight: (index: number) => number,
  most: number,
): string[] {
  const sums = new Map<string, BlockSum>();
  const parts: Contribution[] = [];
  for (let i = 0; i < vector.indices.length; i++) {
    const value = vector.values[i] ?? 0;
    const score = value * weight(vector.indices[i] ?? 0);
    const part = { ...vectorizer.origin(i), score, square: value * value };
    const sum = sums.get(part.block) ?? { score: 0, square: 0 };
    sums.set(part.block, { score: sum.score + score, square: sum.square + part.square });
    parts.push(part);
  }
  const candidates = parts
    .filter((part) => part.score > 0 && wordOf(part) !== "")
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_CANDIDATES);
  const found = new Map<string, { fall: number; sentence: string }>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    if (found.has(key)) continue;
    const fall = fallWithout(candidate, parts, sums);
    if (fall > 0) found.set(key, { fall, sentence: sentenceFor(candidate) });
  }
  const ranked = [...found].sort(([, a], [, b]) => b.fall - a.fall);
  return withoutRepeats(ranked.map(([key, { sentence }]) => ({ key, sentence })))
    .slice(0, most)
    .map(({ sentence }) => sentence);
}

function wordOf(part: Origin): string {
  // runs of letters say nothing to a reader; the whole words around them are candidates themselves
  return part.block === "letters" ? "" : part.text.slice(part.start, part.end).toLowerCase();
}

function keyOf(part: Origin): string {
  return WORDY.has(part.block) ? wordOf(part) : `${part.block}:${wordOf(part)}`;
}

/** By how much the score falls when the candidate's words are taken out of the whole text. */
function fallWithout(candidate: Contribution, parts: Contribution[], sums: Map<string, BlockSum>): number {
  const word = wordOf(candidate);
  const gone = new Map<string, BlockSum>();
  const touches = WORDY.has(candidate.block) ? occurrences(word) : null;
  for (const part of parts) {
    const removed = touches
      ? WORDY.has(part.block) && touches(part)
      : part.block === candidate.block && part.text === candidate.text;
    if (!removed) continue;
    const sum = gone.get(part.block) ?? { score: 0, square: 0 };
    gone.set(part.block, { score: sum.score + part.score, square: sum.square + part.square });
  }
  let fall = 0;
  for (const [block, { score, square }] of gone) {
    const whole = sums.get(block) ?? { score: 0, square: 0 };
    const left = whole.square - square;
    fall += whole.score - (left <= 1e-9 ? 0 : (whole.score - score) * Math.sqrt(whole.square / left));
  }
  return fall;
}

/** Does a feature's place overlap a place where the word stands? */
function occurrences(word: string): (part: Origin) => boolean {
  const places = new Map<string, number[]>();
  return (part) => {
    let found = places.get(part.text);
    if (!found) {
      found = [];
      const text = part.text.toLowerCase();
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found.push(at);
      places.set(part.text, found);
    }
    return found.some((at) => at < part.end && at + word.length > part.start);
  };
}

function withoutRepeats<T extends { key: string }>(ranked: T[]): T[] {
  return ranked.filter(
    ({ key }, i) => !ranked.slice(0, i).some((above) => above.key.includes(key) || key.includes(above.key)),
  );
}

function sentenceFor(part: Origin): string {
  const words = JSON.stringify(part.text.slice(part.start, part.end).replace(/\s+/g, " ").slice(0, 60));
  switch (part.block) {
    case "title":
    case "letters":
      return `${words} in the title`;
    case "opening":
      return `${words} in the first sentences`;
    case "prose":
    case "cues":
      return `${words} in the text`;
    case "headings":
      return `heading ${words}`;
    case "answers":
      return `answer ${words}`;
    case "fields":
      return `line ${words}`;
    case "checkboxes":
      return `checkbox ${words}`;
    case "code":
      return `${words} in the code`;
    case "comments":
      return `${words} in the template's comments`;
    case "links":
      return `link to ${words}`;
    case "shape":
      return part.text;
  }
}
