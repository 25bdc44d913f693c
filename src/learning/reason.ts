import { conceptOf, scanConcepts } from "./concepts/scan.ts";
import type { Document } from "./document.ts";
import { removeFrom } from "./document-without.ts";
import type { Origin } from "./features.ts";
import { isTellingMark } from "./marks.ts";
import type { SparseRow } from "./matrix.ts";
import { saysSomething } from "./stop-words.ts";

/** What a decision is made of, as far as explaining it needs to know. */
export interface Decision {
  document: Document;
  features: SparseRow;
  /** Where each feature stands. */
  origins: readonly Origin[];
  /** About how much a feature at this place speaks for the decision, for each unit of its value. */
  slope(index: number): number;
  /** How sure the decision is, of any document. */
  confidence(document: Document): number;
}

const MOST_REASONS = 3;
/** The strongest few by slope are tried; each trial decides anew. */
const MOST_TRIED = 4;
const MOST_CANDIDATES = 24;
/** A reason must move the probability by at least this. */
const LEAST_FALL = 0.002;

interface Candidate extends Origin {
  words: string;
  strength: number;
}

/**
 * What moved a decision, strongest first, as sentences for a maintainer. Each was tried: without its words
 * the decision is less sure, and the reasons are ordered by how much less.
 */
export function explain(decision: Decision): string[] {
  const before = decision.confidence(decision.document);
  const sentences = candidates(decision)
    .map((candidate) => ({
      candidate,
      fall: before - decision.confidence(removeFrom(decision.document, candidate)),
    }))
    .filter(({ fall }) => fall > LEAST_FALL)
    .sort((a, b) => b.fall - a.fall)
    .map(({ candidate }) => sentenceFor(candidate));
  return sentences
    .filter((sentence, i) => sentences.findIndex((other) => pointOf(other) === pointOf(sentence)) === i)
    .slice(0, MOST_REASONS);
}

/** What a sentence says without the words that it quotes last: a concept is named once. */
function pointOf(sentence: string): string {
  return sentence.replace(/: ".*$/, "");
}

/** The phrases of the strongest features, none a part of another, as concepts where they are. */
function candidates({ features, origins, slope }: Decision): Candidate[] {
  const { indices, values } = features;
  const strengths = values.map((value, i) => value * slope(indices[i] as number));
  const order = [...strengths.keys()]
    .filter((i) => (strengths[i] as number) > 0 && canBeSaid(origins[i] as Origin))
    .sort((a, b) => (strengths[b] as number) - (strengths[a] as number))
    .slice(0, MOST_CANDIDATES);
  const found: Candidate[] = [];
  for (const i of order) {
    const origin = widened(origins[i] as Origin);
    const words = origin.text.slice(origin.start, origin.end).toLowerCase();
    const strength = strengths[i] as number;
    const known = found.find((one) => one.words.includes(words) || words.includes(one.words));
    if (!known) found.push({ ...origin, words, strength });
    else if (isConcept(origin) && !isConcept(known))
      Object.assign(known, origin, { words, strength: known.strength + strength });
    else known.strength += strength;
  }
  return found.sort((a, b) => b.strength - a.strength).slice(0, MOST_TRIED);
}

/** The concept that a word is part of, if any: "would be nice" for "nice". */
function widened(origin: Origin): Origin {
  if (!WORDY.has(origin.block)) return origin;
  let wide = origin;
  scanConcepts(origin.text, origin.end + MOST_WIDENING, (_, start, end) => {
    if (start <= origin.start && end >= origin.end) wide = { ...origin, start, end };
  });
  return wide;
}

/** No words of a concept have more letters than this. */
const MOST_WIDENING = 50;

function isConcept({ block, text, start, end }: Origin): boolean {
  return WORDY.has(block) && conceptOf(text.slice(start, end)) !== null;
}

function canBeSaid(origin: Origin): boolean {
  const { block, text, start, end } = origin;
  // a concept says something even in words of grammar: "how to"
  if (isConcept(origin)) return true;
  switch (block) {
    // runs of letters say nothing to a reader; the words around them are candidates themselves
    case "letters":
      return false;
    case "shape":
    case "style":
      return isTellingMark(text);
    default:
      return saysSomething(text.slice(start, end).toLowerCase());
  }
}

/** Blocks of the reporter's own words. */
const WORDY: ReadonlySet<string> = new Set(["title", "opening", "prose", "cues", "concepts"]);

function sentenceFor({ block, text, start, end }: Origin): string {
  const words = JSON.stringify(text.slice(start, end).replace(/\s+/g, " ").slice(0, 60));
  const concept = WORDY.has(block) ? conceptOf(text.slice(start, end)) : null;
  if (concept) return `${concept.says}: ${words}`;
  switch (block) {
    case "title":
    case "letters":
      return `${words} in the title`;
    case "opening":
      return `${words} in the first sentences`;
    case "prose":
    case "cues":
    case "concepts":
    case "words":
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
      return `the link ${words}`;
    case "shape":
    case "style":
      return text;
  }
}
