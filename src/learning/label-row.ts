import { DIMENSIONS, LESSON_BLOCK_NAMES, type Features } from "./feature-sink.ts";
import type { SparseRow } from "./matrix.ts";

/** The blocks that tell of a repository's own labels; with all the others learning takes twice as long for nothing. */
const SEEN = (["title", "letters", "code", "shape", "style", "words"] as const).map((name) =>
  LESSON_BLOCK_NAMES.indexOf(name),
);
const WORDS = LESSON_BLOCK_NAMES.indexOf("words");

/** The length of the words' block, the title's being 1; 1 and 2 were not better. */
const SHARE = 1.5;

/** How much each place of the words' block counts (inverse document frequency). */
export function rarityOf(lessons: readonly { features: Features }[]): Float32Array {
  const counts = new Float32Array(DIMENSIONS);
  for (const { features } of lessons) {
    const { indices, blocks } = features;
    for (let i = blocks[WORDS] as number; i < (blocks[WORDS + 1] as number); i++) {
      const place = indices[i] as number;
      counts[place] = (counts[place] as number) + 1;
    }
  }
  return counts.map((count) => Math.log((lessons.length + 1) / (count + 1)));
}

/** Which of a lesson's features stand in its row, in the row's order. */
export function rowPlaces({ blocks }: Features): Int32Array {
  const length = SEEN.reduce((sum, b) => sum + (blocks[b + 1] as number) - (blocks[b] as number), 0);
  const places = new Int32Array(length);
  let at = 0;
  for (const block of SEEN) {
    for (let i = blocks[block] as number; i < (blocks[block + 1] as number); i++) places[at++] = i;
  }
  return places;
}

/** What labels are judged by: some of a lesson's blocks, the words weighed by their rarity. */
export function labelRow(features: Features, rarity: Float32Array): SparseRow {
  const places = rowPlaces(features);
  const indices = new Int32Array(places.length);
  const values = new Float32Array(places.length);
  const words = features.blocks[WORDS] as number;
  let squares = 0;
  places.forEach((place, i) => {
    const index = features.indices[place] as number;
    const value = features.values[place] as number;
    indices[i] = index;
    values[i] = place < words ? value : value * (rarity[index] as number);
    if (place >= words) squares += (values[i] as number) ** 2;
  });
  const scale = squares === 0 ? 0 : SHARE / Math.sqrt(squares);
  places.forEach((place, i) => {
    if (place >= words) values[i] = (values[i] as number) * scale;
  });
  return { indices, values };
}
