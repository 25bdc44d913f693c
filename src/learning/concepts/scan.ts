import { ASK } from "./ask.ts";
import { CIRCUMSTANCE } from "./circumstance.ts";
import type { Concept } from "./concept.ts";
import { DOCUMENT } from "./document.ts";
import { FAULT } from "./fault.ts";
import { QUALITY } from "./quality.ts";
import { WISH } from "./wish.ts";

/** Every concept; a concept is spoken of by its place here. */
export const CONCEPTS: readonly Concept[] = [
  ...FAULT,
  ...CIRCUMSTANCE,
  ...WISH,
  ...ASK,
  ...DOCUMENT,
  ...QUALITY,
];

const SPACE = 32;

/** What each UTF-16 unit is compared as: small, Latin without accents, any white space as one space. */
const FOLDED = foldTable();

function foldTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < table.length; unit++) {
    // small letters and accents matter in Latin, Greek and Cyrillic only
    table[unit] = unit < 0x530 ? foldLetter(unit) : unit;
  }
  for (const apostrophe of "’‘´`") table[apostrophe.charCodeAt(0)] = 39;
  for (const space of "\t\n\r\u00a0\u3000") table[space.charCodeAt(0)] = SPACE;
  return table;
}

function foldLetter(unit: number): number {
  const small = String.fromCharCode(unit).toLowerCase();
  const plain = unit < 0x250 || small === "ё" ? small.normalize("NFD") : small;
  return plain.charCodeAt(0);
}

function fold(text: string, at: number): number {
  return FOLDED[text.charCodeAt(at)] as number;
}

/** Chinese, Japanese and Korean letters: words begin and end anywhere. */
function isJoined(unit: number): boolean {
  return unit >= 0x2e80 && unit <= 0xd7af;
}

/** Letters and digits of languages that part words. */
function isWordy(unit: number): boolean {
  if (unit < 128) return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || unit === 95;
  return unit >= 0xc0 && !isJoined(unit) && !(unit >= 0x2000 && unit <= 0x2bff) && unit < 0xfe00;
}

/** All words of all concepts as one tree of letters; children in an open-addressed table. */
interface Tree {
  keys: Int32Array;
  children: Int32Array;
  /** The concept of a word that ends at this node, plus 1. */
  whole: number[];
  /** The same of a word with * at its end. */
  begun: number[];
}

const TABLE_BITS = 16;

const TREE = plantTree();

function plantTree(): Tree {
  const tree: Tree = {
    keys: new Int32Array(1 << TABLE_BITS),
    children: new Int32Array(1 << TABLE_BITS),
    whole: [0],
    begun: [0],
  };
  CONCEPTS.forEach(({ words }, concept) => {
    for (const word of words.flatMap((line) => line.split("|"))) plantWord(tree, word, concept + 1);
  });
  return tree;
}

function plantWord(tree: Tree, word: string, mark: number): void {
  const isBeginning = word.endsWith("*");
  const length = isBeginning ? word.length - 1 : word.length;
  let node = 0;
  for (let i = 0; i < length; i++) {
    const slot = slotOf(tree, node, fold(word, i));
    if (tree.keys[slot] === 0) {
      tree.keys[slot] = keyOf(node, fold(word, i));
      tree.children[slot] = tree.whole.length;
      tree.whole.push(0);
      tree.begun.push(0);
    }
    node = tree.children[slot] as number;
  }
  (isBeginning ? tree.begun : tree.whole)[node] = mark;
}

/** Never 0: unit 0 is not in any word. */
function keyOf(node: number, unit: number): number {
  return (node << 16) | unit;
}

function slotOf({ keys }: Tree, node: number, unit: number): number {
  const key = keyOf(node, unit);
  let slot = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) >>> (32 - TABLE_BITS);
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & ((1 << TABLE_BITS) - 1);
  return slot;
}

/**
 * Tells of every concept in the first `most` units of a text, in order; what is part of a longer one ("can" in
 * "cannot") is not told. Linear: from each word's start on, the
 * tree is followed for at most the length of its longest word.
 */
export function scanConcepts(
  text: string,
  most: number,
  found: (concept: number, start: number, end: number) => void,
): void {
  const length = Math.min(text.length, most);
  let before = SPACE;
  for (let at = 0; at < length; ) {
    const unit = fold(text, at);
    let next = at + 1;
    if (unit !== SPACE && !(isWordy(unit) && isWordy(before))) {
      const match = longestMatch(text, at, length);
      if (match) {
        found(match.concept, at, match.end);
        next = match.end;
      }
    }
    before = fold(text, next - 1);
    at = next;
  }
}

function longestMatch(text: string, start: number, length: number): { concept: number; end: number } | null {
  let best: { concept: number; end: number } | null = null;
  let node = 0;
  for (let at = start; at < length; at++) {
    const unit = fold(text, at);
    // several spaces are one
    if (unit === SPACE && at > start && fold(text, at - 1) === SPACE) continue;
    const slot = slotOf(TREE, node, unit);
    if (TREE.keys[slot] === 0) break;
    node = TREE.children[slot] as number;
    const begun = TREE.begun[node] as number;
    const whole = TREE.whole[node] as number;
    if (begun > 0) best = { concept: begun - 1, end: wordEnd(text, at + 1, length) };
    else if (whole > 0 && (wordEnd(text, at + 1, length) === at + 1 || !isWordy(unit)))
      best = { concept: whole - 1, end: at + 1 };
  }
  return best;
}

function wordEnd(text: string, from: number, length: number): number {
  let end = from;
  while (end < length && isWordy(fold(text, end))) end += 1;
  return end;
}

/** The concept that a text says and nothing else; null when there is none. */
export function conceptOf(text: string): Concept | null {
  const match = longestMatch(text, 0, text.length);
  return match?.end === text.length ? (CONCEPTS[match.concept] as Concept) : null;
}
