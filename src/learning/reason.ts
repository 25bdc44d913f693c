import { BLOCK_NAMES, type Features, type Origin } from "./features.ts";

/** What a decision is made of, as far as explaining it needs to know. */
export interface Decision {
  features: Features;
  origin(i: number): Origin;
  /** About how much a feature at this place speaks for the decision, for each unit of its value. */
  slope(index: number): number;
  /** How sure the decision is, of any features. */
  confidence(features: Features): number;
}

const MOST_REASONS = 4;
/** The strongest few by slope are tried; each trial decides anew. */
const MOST_TRIED = 6;
const MOST_CANDIDATES = 18;
/** A reason must move the probability by at least this. */
const LEAST_FALL = 0.002;

/** The blocks that are runs of words of the text: a word taken out of the text is gone from all of them. */
const WORDY = new Set(["title", "letters", "opening", "prose", "cues", "code", "comments"]);

interface Candidate extends Origin {
  words: string;
  strength: number;
}

/**
 * What moved a decision, strongest first, as sentences for a maintainer. Each was tried: without its words
 * the decision is less sure, and the reasons are ordered by how much less.
 */
export function explain(decision: Decision): string[] {
  const before = decision.confidence(decision.features);
  const origins = originsOf(decision);
  const tried = candidates(decision, origins).map((candidate) => ({
    candidate,
    fall: before - decision.confidence(without(decision.features, origins, candidate)),
  }));
  return tried
    .filter(({ fall }) => fall > LEAST_FALL)
    .sort((a, b) => b.fall - a.fall)
    .slice(0, MOST_REASONS)
    .map(({ candidate }) => sentenceFor(candidate));
}

function originsOf({ features, origin }: Decision): Origin[] {
  const origins = new Array<Origin>(features.indices.length);
  for (let i = 0; i < origins.length; i++) origins[i] = origin(i);
  return origins;
}

/** The phrases of the strongest features, none a part of another. */
function candidates({ features, slope }: Decision, origins: readonly Origin[]): Candidate[] {
  const { indices, values } = features;
  const strongest: { i: number; strength: number }[] = [];
  for (let i = 0; i < indices.length; i++) {
    const strength = (values[i] as number) * slope(indices[i] as number);
    if (strength <= 0 || (origins[i] as Origin).block === "letters") continue;
    if (strongest.length === MOST_CANDIDATES && strength <= (strongest.at(-1)?.strength ?? 0)) continue;
    let at = strongest.length;
    while (at > 0 && (strongest[at - 1]?.strength ?? 0) < strength) at -= 1;
    strongest.splice(at, 0, { i, strength });
    if (strongest.length > MOST_CANDIDATES) strongest.pop();
  }
  const found = new Map<string, Candidate>();
  for (const { i, strength } of strongest) {
    const origin = origins[i] as Origin;
    const words = origin.text.slice(origin.start, origin.end).toLowerCase();
    if (words === "") continue;
    const known = [...found.values()].find((one) => one.words.includes(words) || words.includes(one.words));
    if (known) known.strength += strength;
    else found.set(words, { ...origin, words, strength });
  }
  return [...found.values()].sort((a, b) => b.strength - a.strength).slice(0, MOST_TRIED);
}

/** The features of the same document without the candidate's words, each block as long as before. */
function without(features: Features, origins: readonly Origin[], candidate: Candidate): Features {
  const touches = WORDY.has(candidate.block)
    ? touching(candidate.words)
    : (one: Origin) => one.block === candidate.block && one.text === candidate.text;
  const indices = new Int32Array(features.indices.length);
  const values = new Float32Array(indices.length);
  const blocks = new Int32Array(features.blocks.length);
  let count = 0;
  for (let block = 0; block < BLOCK_NAMES.length; block++) {
    const start = count;
    let whole = 0;
    let left = 0;
    for (let i = features.blocks[block] as number; i < (features.blocks[block + 1] as number); i++) {
      const value = features.values[i] as number;
      whole += value * value;
      if (touches(origins[i] as Origin)) continue;
      left += value * value;
      indices[count] = features.indices[i] as number;
      values[count++] = value;
    }
    const stretch = left > 0 ? Math.sqrt(whole / left) : 0;
    for (let i = start; i < count; i++) values[i] = (values[i] as number) * stretch;
    blocks[block + 1] = count;
  }
  return { ...features, indices: indices.subarray(0, count), values: values.subarray(0, count), blocks };
}

/** Does a feature's place overlap a place where the words stand? */
function touching(words: string): (one: Origin) => boolean {
  const places = new Map<string, number[]>();
  return ({ block, text, start, end }) => {
    if (!WORDY.has(block)) return false;
    let found = places.get(text);
    if (!found) {
      found = [];
      const lower = text.toLowerCase();
      for (let at = lower.indexOf(words); at >= 0; at = lower.indexOf(words, at + words.length))
        found.push(at);
      places.set(text, found);
    }
    for (const at of found) if (at < end && at + words.length > start) return true;
    return false;
  };
}

function sentenceFor({ block, text, start, end }: Origin): string {
  const words = JSON.stringify(text.slice(start, end).replace(/\s+/g, " ").slice(0, 60));
  switch (block) {
    case "title":
    case "letters":
      return `${words} in the title`;
    case "opening":
      return `${words} in the first sentences`;
    case "prose":
    case "cues":
      return `${words} in the text`;
    case "headings":
      return `the heading ${JSON.stringify(text)}`;
    case "answers":
      return `the answer ${words}`;
    case "fields":
      return `the line ${words}`;
    case "checkboxes":
      return `the checkbox ${words}`;
    case "code":
      return `${words} in the code`;
    case "comments":
      return `${words} in the template's comments`;
    case "links":
      return `a link with ${words}`;
    case "shape":
    case "style":
      return `how it is written: ${text}`;
  }
}
