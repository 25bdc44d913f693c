import { parseDocument } from "./document.ts";
import { DIMENSIONS, LESSON_BLOCK_NAMES, LESSON_BLOCKS, Vectorizer, type Features } from "./features.ts";

/** The greatest value of a feature is its block's share, at most 1; a step of 1/32767 is far below what training sees. */
const STEPS = 2 ** 32 / DIMENSIONS - 1;

/**
 * A lesson's features in about 4 bytes each: the number of marks (2 bytes), where each block ends (2 bytes each), the marks (4 bytes
 * each), then for every feature a word of its place and, in the high 15 bits, its value; little endian.
 */
export function encodeFeatures({ indices, values, blocks, marks }: Features): Uint8Array {
  const start = 2 + 2 * LESSON_BLOCK_NAMES.length + 4 * marks.length;
  const view = new DataView(new ArrayBuffer(start + 4 * indices.length));
  view.setUint16(0, marks.length, true);
  LESSON_BLOCK_NAMES.forEach((_, block) => {
    view.setUint16(2 + 2 * block, blocks[block + 1] as number, true);
  });
  marks.forEach((mark, i) => {
    view.setFloat32(2 + 2 * LESSON_BLOCK_NAMES.length + 4 * i, mark, true);
  });
  indices.forEach((index, i) => {
    const steps = Math.round((values[i] as number) * STEPS);
    view.setUint32(start + 4 * i, steps * DIMENSIONS + index, true);
  });
  return new Uint8Array(view.buffer);
}

/** Reads what `encodeFeatures` wrote; throws a `RangeError` when the bytes end too soon. */
export function decodeFeatures(bytes: Uint8Array): Features {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = new Int32Array(LESSON_BLOCK_NAMES.length + 1);
  for (let block = 0; block < LESSON_BLOCK_NAMES.length; block++)
    blocks[block + 1] = view.getUint16(2 + 2 * block, true);
  const marks = new Float32Array(view.getUint16(0, true));
  let at = 2 + 2 * LESSON_BLOCK_NAMES.length;
  for (let i = 0; i < marks.length; i++, at += 4) marks[i] = view.getFloat32(at, true);
  const count = blocks[LESSON_BLOCK_NAMES.length] as number;
  const indices = new Int32Array(count);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++, at += 4) {
    const word = view.getUint32(at, true);
    indices[i] = word % DIMENSIONS;
    values[i] = Math.floor(word / DIMENSIONS) / STEPS;
  }
  return { indices, values, blocks, marks };
}

/** A ticket with something in every block. */
const PROBE = [
  "Crash in `net/http` when the proxy is slow: is that expected?",
  "Hi, it crashed twice. Would be nice to have a timeout.\n\n<!-- Thank you for reporting -->\n### Steps to reproduce\n\n1. Run it\n\n### Platform\n\nLinux\n\nVersion: 1.2.3\n- [x] I searched\n\n```js\nthrow new Error('x')\n```\n\nSee https://example.com/a/b?c=d",
] as const;

/**
 * Names the way in which features are made now: two that were stored under the same name can be compared. It is computed,
 * so that no change of the features can forget to change it.
 */
export function featuresVersion(): string {
  let hash = 0x811c9dc5;
  for (const byte of encodeFeatures(new Vectorizer(LESSON_BLOCKS).vectorize(parseDocument(...PROBE)))) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}
