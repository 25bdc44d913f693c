/** The candidates of one query: a row of features each, one after the other, and which of them answer it. */
export interface Candidates {
  rows: Float64Array;
  relevant: boolean[];
}

export interface TrainOptions {
  /** Where to start from, and what to be drawn to: the shipped weights. Zero without. */
  prior?: readonly number[];
  /** How strongly, against the mean loss of a query; in units of the standardised features. */
  pull: number;
  iterations?: number;
  /** What should come first: any one that is relevant (duplicates: one original will do), or each of them. */
  goal?: "any" | "each";
}

/** Candidates from this place on are sampled, one in SAMPLE; there are hundreds, and nearly all of them are easy. */
const CERTAIN = 60;
const SAMPLE = 6;
const RATE = 0.1;
const SLOWER_AFTER = 0.7;

/**
 * Trains a linear ranker by the listwise loss `-log(sum over relevant of e^s / sum over all of e^s)` (ListNet's
 * top-one, Cao et al. 2007, with all that answer the query sharing its first place), by full-batch Adam. Candidates
 * must come in their first-stage order. Queries without a relevant candidate teach nothing. Deterministic.
 */
export function trainListwise(queries: Candidates[], features: number, options: TrainOptions): number[] {
  const scale = deviations(queries, features);
  const prior = scale.map((deviation, f) => (options.prior?.[f] ?? 0) * deviation);
  const lists = queries.filter((query) => query.relevant.includes(true)).map((query) => sample(query, scale));
  if (lists.length === 0) return Array.from({ length: features }, (_, f) => options.prior?.[f] ?? 0);
  const weights = Float64Array.from(prior);
  const mean = new Float64Array(features);
  const square = new Float64Array(features);
  const iterations = options.iterations ?? 150;
  for (let step = 1; step <= iterations; step++) {
    const gradient = new Float64Array(features);
    for (const list of lists) addGradient(list, weights, gradient, options.goal ?? "any");
    const rate = step > iterations * SLOWER_AFTER ? RATE / 3 : RATE;
    for (let f = 0; f < features; f++) {
      const w = weights[f] as number;
      const g = (gradient[f] as number) / lists.length + options.pull * (w - (prior[f] as number));
      const m = 0.9 * (mean[f] as number) + 0.1 * g;
      const v = 0.999 * (square[f] as number) + 0.001 * g * g;
      mean[f] = m;
      square[f] = v;
      weights[f] = w - (rate * (m / (1 - 0.9 ** step))) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return Array.from(weights, (w, f) => w / (scale[f] as number));
}

/** The sum of features times weights of the row that starts at `at`. */
export function linearScore(rows: Float64Array, at: number, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let f = 0; f < weights.length; f++) sum += (rows[at + f] as number) * (weights[f] as number);
  return sum;
}

interface List extends Candidates {
  /** What a sampled candidate's score gains, as it stands for SAMPLE of its kind. */
  offsets: number[];
}

function deviations(queries: Candidates[], features: number): number[] {
  const sum = new Float64Array(features);
  const squares = new Float64Array(features);
  let count = 0;
  for (const { rows } of queries) {
    count += rows.length / features;
    for (let i = 0; i < rows.length; i++) {
      const f = i % features;
      sum[f] = (sum[f] as number) + (rows[i] as number);
      squares[f] = (squares[f] as number) + (rows[i] as number) ** 2;
    }
  }
  return Array.from(squares, (square, f) => {
    const mean = (sum[f] as number) / Math.max(1, count);
    return Math.sqrt(Math.max(0, square / Math.max(1, count) - mean * mean)) || 1;
  });
}

function sample({ rows, relevant }: Candidates, scale: number[]): List {
  const features = scale.length;
  const kept = relevant.flatMap((yes, i) => (yes || i < CERTAIN || i % SAMPLE === 0 ? [i] : []));
  const list: List = {
    rows: new Float64Array(kept.length * features),
    relevant: kept.map((i) => relevant[i] === true),
    offsets: kept.map((i) => (relevant[i] || i < CERTAIN ? 0 : Math.log(SAMPLE))),
  };
  kept.forEach((i, row) => {
    for (let f = 0; f < features; f++)
      list.rows[row * features + f] = (rows[i * features + f] as number) / (scale[f] as number);
  });
  return list;
}

/** Adds the loss's gradient for one query: of each candidate its probability less its share of what is relevant. */
function addGradient(
  { rows, relevant, offsets }: List,
  weights: Float64Array,
  gradient: Float64Array,
  goal: "any" | "each",
): void {
  const features = weights.length;
  const scores = offsets.map((offset, i) => offset + linearScore(rows, i * features, weights));
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  let all = 0;
  let right = 0;
  powers.forEach((power, i) => {
    all += power;
    if (relevant[i]) right += power;
  });
  const answers = relevant.filter(Boolean).length;
  powers.forEach((power, i) => {
    const share = goal === "each" ? 1 / answers : right > 0 ? power / right : 0;
    const error = power / all - (relevant[i] ? share : 0);
    if (Math.abs(error) < 1e-6) return;
    const at = i * features;
    for (let f = 0; f < features; f++)
      gradient[f] = (gradient[f] as number) + error * (rows[at + f] as number);
  });
}
