import type { FieldWeights } from "./bm25.ts";
import type { ARTICLE_FEATURES } from "./library.ts";

/** Chosen by random search over 240 settings on three corpora at once; most of the gain is the late saturation, k1. */
export const FIELD_WEIGHTS: FieldWeights = {
  query: { title: 4, prose: 0.5, code: 0.6 },
  document: { title: 5, prose: 1, code: 0.65 },
  length: { title: 0.5, prose: 0.8, code: 0.7 },
  k1: 5,
  k3: 1,
};

/** Trained listwise on documentation questions and FAQ paraphrases, without aliases, with one and with three. */
export const ARTICLE_WEIGHTS: Record<(typeof ARTICLE_FEATURES)[number], number> = {
  "title in title": 2.02,
  "title in prose": -0.038,
  "title in code": 1.111,
  "prose in title": 0.5,
  "prose in prose": 0.5,
  "prose in code": 0.0,
  "code in title": 0.0,
  "code in prose": 0.3,
  "code in code": 0.3,
  "its title here": 1.707,
  "its prose here": 1.007,
  "its code here": -0.558,
  cosine: -0.26,
  "title cosine": -0.058,
  phrases: 0.615,
  "title phrases": -0.146,
  "longest phrase": -0.217,
  "rarest word": 1.8,
  "distinct words": -0.816,
  score: -0.263,
  "score of best": -0.834,
  "article of best": 2.041,
  "thread of best": 6.798,
  alias: 5.856,
  "alias of best": 0.992,
  aliases: 6.043,
};
