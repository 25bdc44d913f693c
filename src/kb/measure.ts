/** A query's ranking held against what answers it. */
export interface Judged {
  ranking: readonly string[];
  relevant: readonly string[];
}

/** The share of queries with something relevant among the first `k`. */
export function successAt(judged: readonly Judged[], k: number): number {
  return mean(judged.map(({ ranking, relevant }) => (firstPlace(ranking.slice(0, k), relevant) > 0 ? 1 : 0)));
}

/** Mean share of what is relevant that is among the first `k`. */
export function recallAt(judged: readonly Judged[], k: number): number {
  return mean(
    judged.map(({ ranking, relevant }) => {
      const wanted = new Set(relevant);
      return ranking.slice(0, k).filter((id) => wanted.has(id)).length / Math.max(1, wanted.size);
    }),
  );
}

/** Mean reciprocal rank of the first relevant one among the first `k`. */
export function reciprocalRank(judged: readonly Judged[], k = Number.POSITIVE_INFINITY): number {
  return mean(
    judged.map(({ ranking, relevant }) => {
      const place = firstPlace(ranking, relevant);
      return place > 0 && place <= k ? 1 / place : 0;
    }),
  );
}

/** Mean average precision. */
export function averagePrecision(judged: readonly Judged[]): number {
  return mean(
    judged.map(({ ranking, relevant }) => {
      const wanted = new Set(relevant);
      let found = 0;
      let sum = 0;
      ranking.forEach((id, i) => {
        if (!wanted.has(id)) return;
        found += 1;
        sum += found / (i + 1);
      });
      return sum / Math.max(1, wanted.size);
    }),
  );
}

/** The place of the first relevant one, from 1; 0 when there is none. */
export function firstPlace(ranking: readonly string[], relevant: readonly string[]): number {
  const wanted = new Set(relevant);
  return ranking.findIndex((id) => wanted.has(id)) + 1;
}

/**
 * The interval that holds a figure in 95 of 100 resamplings of the queries (percentile bootstrap). `seed` makes it
 * repeatable.
 */
export function bootstrap(
  judged: readonly Judged[],
  figure: (sample: readonly Judged[]) => number,
  seed: number,
  rounds = 1000,
): [low: number, high: number] {
  let state = seed >>> 0 || 1;
  const random = () => {
    // xorshift32 (Marsaglia 2003): no more is needed to draw with replacement.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const figures = Array.from({ length: rounds }, () =>
    figure(judged.map(() => judged[Math.floor(random() * judged.length)] as Judged)),
  ).sort((a, b) => a - b);
  return [figures[Math.floor(rounds * 0.025)] ?? 0, figures[Math.ceil(rounds * 0.975) - 1] ?? 0];
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
