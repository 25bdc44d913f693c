import { BLOCK_NAMES, DIMENSIONS, type Features } from "./features.ts";
import type { LinearModel } from "./linear-model.ts";

/** The blocks of the reporter's own words. */
const WORD_BLOCKS = (["title", "opening", "prose"] as const).map((name) => BLOCK_NAMES.indexOf(name));

/** Share of all places that a model has weights for; found once a model, since it looks at all of them. */
const filledShares = new WeakMap<LinearModel, number>();

/**
 * How many of a text's words and pairs of words a model has learned, from 0 (no more than places shared by chance)
 * to 1. Seen: a tracker's model knows .4 to .9 of texts in the language that it learned, and .0 to .3 of others.
 */
export function familiarity(model: LinearModel, { indices, blocks }: Features): number {
  let seen = 0;
  let known = 0;
  for (const block of WORD_BLOCKS) {
    const to = blocks[block + 1] as number;
    for (let i = blocks[block] as number; i < to; i++) {
      seen += 1;
      if (isFilled(model, indices[i] as number)) known += 1;
    }
  }
  const chance = filledShare(model);
  return seen === 0 || chance === 1 ? 0 : (known / seen - chance) / (1 - chance);
}

function filledShare(model: LinearModel): number {
  let share = filledShares.get(model);
  if (share === undefined) {
    let filled = 0;
    for (let place = 0; place < DIMENSIONS; place++) if (isFilled(model, place)) filled += 1;
    share = filled / DIMENSIONS;
    filledShares.set(model, share);
  }
  return share;
}

function isFilled({ weights, classes }: LinearModel, place: number): boolean {
  return weights[place * classes] !== 0;
}
