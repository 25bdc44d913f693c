import { DIMENSIONS } from "./features.ts";

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
  count(indices: Int32Array, topics: Iterable<string>, sign: 1 | -1): void {
    add(this.#all, indices, sign);
    for (const topic of topics) {
      const counts = this.#topics.get(topic) ?? noCounts();
      this.#topics.set(topic, counts);
      add(counts, indices, sign);
    }
  }

  /**
   * By how much more likely a text's words are under a topic than without it: the mean of their logarithms. `counted`: the
   * topics as an example of which this text itself was counted, which are left out; null: it was not.
   */
  score(indices: Int32Array, topic: string, counted: readonly string[] | null): number {
    const mine = this.#topics.get(topic);
    if (!mine) return 0;
    const ofAll = counted === null ? 0 : 1;
    const ofMine = counted?.includes(topic) ? 1 : 0;
    const lessons = this.#all.lessons - ofAll;
    const examples = mine.lessons - ofMine;
    let sum = 0;
    for (let i = 0; i < indices.length; i++) {
      const place = indices[i] as number;
      const known = (this.#all.words[place] as number) - ofAll;
      const among = (mine.words[place] as number) - ofMine;
      const prior = (SMOOTHING * (known + 1)) / (lessons + 2);
      sum += Math.log((among + prior) / (known - among + prior));
    }
    const rest = lessons - examples;
    return Math.log((rest + SMOOTHING) / (examples + SMOOTHING)) + sum / (indices.length || 1);
  }
}

function add(counts: Counts, indices: Int32Array, sign: 1 | -1): void {
  counts.lessons += sign;
  const { words } = counts;
  for (let i = 0; i < indices.length; i++) {
    const place = indices[i] as number;
    words[place] = (words[place] as number) + sign;
  }
}
