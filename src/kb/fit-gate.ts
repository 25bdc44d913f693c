import type { Gate } from "./gate.ts";

/** A candidate that stood first, second or third in its list, with what the gate sees of it. */
export interface GateExample {
  /** In the order of the features: `share`, `lead`, then the re-ranker's. */
  row: readonly number[];
  right: boolean;
  weight: number;
}

export interface FitOptions {
  /** How strongly weights are drawn to zero, of standardised features if `standardise`. */
  pull: number;
  iterations: number;
  standardise: boolean;
}

const RATE = 0.1;

/** Fits the gate's probabilities by logistic regression, by full-batch Adam. Deterministic. */
export function fitGate<Feature extends string>(
  examples: readonly GateExample[],
  features: readonly (Feature | "share" | "lead")[],
  options: FitOptions,
): Gate<Feature> {
  const { means, deviations } = options.standardise
    ? scaleOf(examples, features.length)
    : identity(features.length);
  const rows = examples.map(({ row }) => row.map((value, f) => (value - at(means, f)) / at(deviations, f)));
  const weights = descend(rows, examples, options);
  let bias = at(weights, features.length);
  const gate: Partial<Record<string, number>> = {};
  features.forEach((feature, f) => {
    const weight = at(weights, f) / at(deviations, f);
    bias -= weight * at(means, f);
    gate[feature] = weight;
  });
  return { bias, weights: gate as Gate<Feature>["weights"] };
}

const at = (cells: ArrayLike<number>, i: number): number => cells[i] as number;

function identity(features: number): { means: Float64Array; deviations: Float64Array } {
  return { means: new Float64Array(features), deviations: new Float64Array(features).fill(1) };
}

function scaleOf(examples: readonly GateExample[], features: number) {
  const { means, deviations } = identity(features);
  for (let f = 0; f < features; f++) {
    const values = examples.map(({ row }) => at(row, f));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    means[f] = mean;
    deviations[f] = Math.sqrt(Math.max(0, square - mean ** 2)) || 1;
  }
  return { means, deviations };
}

/** The weights, and the bias as the last of them. */
function descend(
  rows: readonly number[][],
  examples: readonly GateExample[],
  { pull, iterations }: FitOptions,
): Float64Array {
  const bias = rows[0]?.length ?? 0;
  const weights = new Float64Array(bias + 1);
  const mean = new Float64Array(bias + 1);
  const square = new Float64Array(bias + 1);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (let step = 1; step <= iterations; step++) {
    const gradient = new Float64Array(bias + 1);
    examples.forEach(({ right, weight }, i) => {
      const row = rows[i] as number[];
      let sum = at(weights, bias);
      for (let f = 0; f < bias; f++) sum += at(weights, f) * at(row, f);
      const error = ((1 / (1 + Math.exp(-sum)) - (right ? 1 : 0)) * weight) / total;
      for (let f = 0; f < bias; f++) gradient[f] = at(gradient, f) + error * at(row, f);
      gradient[bias] = at(gradient, bias) + error;
    });
    for (let f = 0; f <= bias; f++) {
      const g = at(gradient, f) + (f < bias ? pull * at(weights, f) : 0);
      mean[f] = 0.9 * at(mean, f) + 0.1 * g;
      square[f] = 0.999 * at(square, f) + 0.001 * g * g;
      const slope = at(mean, f) / (1 - 0.9 ** step);
      weights[f] = at(weights, f) - (RATE * slope) / (Math.sqrt(at(square, f) / (1 - 0.999 ** step)) + 1e-9);
    }
  }
  return weights;
}
