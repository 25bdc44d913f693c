import { DIMENSIONS, type Features } from "./features.ts";

/** In how many lessons each word occurs. */
interface Counts {
  lessons: number;
  words: Float32Array;
}

const noCounts = (): Counts => ({ lessons: 0, words: new Float32Array(DIMENSIONS) });

/** How many lessons the general frequency of a word counts for, against those of one label. */
const SMOOTHING = 2;

/**
 * Which words go with which labels: naive Bayes of word presence, from which a lesson can be taken out again as cheaply as
 * it was put in. So everybody can be judged by what all the others teach without learning it anew for each.
 */
export class LabelWords {
  readonly #all = noCounts();
  readonly #topics = new Map<string, Counts>();

  /** `sign` -1 takes a lesson out again. */
  count(features: Features, topics: Iterable<string>, sign: 1 | -1): void {
    add(this.#all, features, sign);
    for (const topic of topics) {
      const counts = this.#topics.get(topic) ?? noCounts();
      this.#topics.set(topic, counts);
      add(counts, features, sign);
    }
  }

  /** By how much more likely a text's words are under a topic than without it: the mean of their logarithms. */
  score({ indices }: Features, topic: string): number {
    const mine = this.#topics.get(topic);
    const all = this.#all;
    if (!mine) return 0;
    const rest = all.lessons - mine.lessons;
    let sum = 0;
    for (let i = 0; i < indices.length; i++) {
      const place = indices[i] as number;
      const known = all.words[place] as number;
      const prior = (SMOOTHING * (known + 1)) / (all.lessons + 2);
      const among = mine.words[place] as number;
      sum += Math.log((among + prior) / (known - among + prior));
    }
    return Math.log((rest + SMOOTHING) / (mine.lessons + SMOOTHING)) + sum / (indices.length || 1);
  }
}

function add(counts: Counts, { indices }: Features, sign: 1 | -1): void {
  counts.lessons += sign;
  const { words } = counts;
  for (let i = 0; i < indices.length; i++) {
    const place = indices[i] as number;
    words[place] = (words[place] as number) + sign;
  }
}
