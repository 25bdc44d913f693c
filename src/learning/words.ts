/** The words of a text as hashes and places, kept in arrays that are used again for the next text. */
export interface Words {
  count: number;
  hashes: Int32Array;
  starts: Int32Array;
  ends: Int32Array;
}

export function createWords(capacity: number): Words {
  return {
    count: 0,
    hashes: new Int32Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
  };
}

const PRIME = 0x01000193;
const OFFSET = 0x811c9dc5 | 0;
/** Every run of digits is the same word: numbers say "a number", not which one. */
const NUMBER = 0x3b9aca07;

/** FNV-1a of the lower-cased UTF-16 units, the same hash that `scanWords` gives a word. */
export function hashWord(word: string): number {
  let hash = OFFSET;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ lower(word.charCodeAt(i)), PRIME);
  return hash;
}

/** FNV-1a of the UTF-16 units from `start` to `end`, as they are. */
export function hashUnits(text: string, start: number, end: number): number {
  let hash = OFFSET;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return hash;
}

/** Joins two hashes, order mattering. */
export function join(left: number, right: number): number {
  return Math.imul(left ^ (left >>> 15), 0x2c1b3c6d) ^ Math.imul(right ^ 0x5bd1e995, 0x297a2d39);
}

/** Spreads a hash's entropy over all its bits (murmur3's finalizer). */
export function spread(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function lower(unit: number): number {
  if (unit >= 65 && unit <= 90) return unit + 32;
  // Latin-1, Greek and Cyrillic capitals lie at a fixed distance from their small letters
  if (unit >= 0xc0 && unit <= 0xde && unit !== 0xd7) return unit + 32;
  if (unit >= 0x391 && unit <= 0x3a9) return unit + 32;
  if (unit >= 0x410 && unit <= 0x42f) return unit + 32;
  return unit;
}

const SEPARATOR = 0;
const LETTER = 1;
const DIGIT = 2;
const SINGLE = 3;

function classOf(unit: number): number {
  if (unit < 128) {
    if ((unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95) return LETTER;
    return unit >= 48 && unit <= 57 ? DIGIT : SEPARATOR;
  }
  if (unit < 0xc0) return SEPARATOR;
  if (unit >= 0x2000 && unit <= 0x2bff) return SEPARATOR;
  if (unit === 0xfeff || (unit >= 0x3000 && unit <= 0x303f) || (unit >= 0xff00 && unit <= 0xff0f)) {
    return SEPARATOR;
  }
  // Chinese and Japanese write no spaces: each character is a word
  return unit >= 0x2e80 && unit <= 0xa4cf ? SINGLE : LETTER;
}

/**
 * Fills `words` with the first words of a text, as many as it holds. One pass, no allocation. `split` takes
 * identifiers apart, so that `parseHttpHeader` and `http_header` have words in common.
 */
export function scanWords(text: string, words: Words, split = false): void {
  const limit = words.hashes.length;
  const { length } = text;
  words.count = 0;
  for (let i = 0; i < length && words.count < limit; ) {
    const kind = classOf(text.charCodeAt(i));
    if (kind === SEPARATOR || (split && text.charCodeAt(i) === UNDERSCORE)) {
      i += 1;
      continue;
    }
    const start = i;
    let hash = OFFSET;
    if (kind === DIGIT) {
      while (i < length && isNumeric(text.charCodeAt(i))) i += 1;
      hash = NUMBER;
    } else if (kind === SINGLE) {
      hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
      i += 1;
    } else {
      for (; i < length; i++) {
        const unit = text.charCodeAt(i);
        const within = classOf(unit);
        if (within === SEPARATOR || within === SINGLE) break;
        if (split && i > start && startsPart(text.charCodeAt(i - 1), unit)) break;
        hash = Math.imul(hash ^ lower(unit), PRIME);
      }
    }
    const at = words.count++;
    words.hashes[at] = hash;
    words.starts[at] = start;
    words.ends[at] = i;
  }
}

const UNDERSCORE = 95;

/** Does an identifier's next part begin here? */
function startsPart(before: number, unit: number): boolean {
  return unit === UNDERSCORE || (unit >= 65 && unit <= 90 && !(before >= 65 && before <= 90));
}

function isNumeric(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || unit === 46;
}
