import type { SparseVector } from "./features.ts";

/** Rows of a sparse matrix, one after another: row r is `offsets[r]` to `offsets[r + 1]`. */
export interface SparseMatrix {
  rows: number;
  offsets: Int32Array;
  indices: Int32Array;
  values: Float32Array;
}

export function packRows(vectors: readonly SparseVector[]): SparseMatrix {
  const offsets = new Int32Array(vectors.length + 1);
  vectors.forEach((vector, row) => {
    offsets[row + 1] = (offsets[row] ?? 0) + vector.indices.length;
  });
  const size = offsets[vectors.length] ?? 0;
  const indices = new Int32Array(size);
  const values = new Float32Array(size);
  vectors.forEach((vector, row) => {
    indices.set(vector.indices, offsets[row]);
    values.set(vector.values, offsets[row]);
  });
  return { rows: vectors.length, offsets, indices, values };
}

/** What to learn: which rows are examples (+1), counter-examples (-1) or not looked at (0). */
export interface BinaryTask {
  matrix: SparseMatrix;
  targets: Int8Array;
  /** How much each row's error costs (C of the support vector machine); 0 leaves a row out. */
  costs: Float64Array;
  /** A score that each row starts with, from a prior; none when absent. */
  offsets?: Float64Array;
  dimensions: number;
}

export interface LinearFit {
  weights: Float32Array;
  bias: number;
  passes: number;
  /** (primal - dual) / primal at the end: how far from the best solution at most. */
  gap: number;
}

export interface SolverOptions {
  /** Stop when the relative duality gap is below this. */
  tolerance: number;
  mostPasses: number;
  seed: number;
}

export const SOLVER: SolverOptions = { tolerance: 0.01, mostPasses: 60, seed: 1 };

/** Weight of the constant feature: 1 regularises the bias like any other weight. */
const BIAS = 1;

/**
 * L2-regularised L2-loss support vector machine by dual coordinate descent
 * (Hsieh et al., ICML 2008, algorithm 1), with a cost and a starting score for each row.
 * Minimises |w|^2 / 2 + sum of costs * max(0, 1 - y (w x + b + offset))^2.
 */
export function trainBinary(task: BinaryTask, options: SolverOptions = SOLVER): LinearFit {
  const { matrix, targets, costs, dimensions } = task;
  const weights = new Float64Array(dimensions);
  const order = activeRows(task);
  const alphas = new Float64Array(matrix.rows);
  const norms = squaredNorms(matrix);
  const random = xorshift(options.seed);
  let bias = 0;
  let passes = 0;
  let gap = 1;
  const { offsets: rowStart, indices, values } = matrix;
  while (passes < options.mostPasses && gap > options.tolerance) {
    shuffle(order, random);
    for (let k = 0; k < order.length; k++) {
      const row = order[k] ?? 0;
      const target = targets[row] ?? 0;
      const from = rowStart[row] ?? 0;
      const to = rowStart[row + 1] ?? 0;
      let score = bias * BIAS + (task.offsets?.[row] ?? 0);
      for (let i = from; i < to; i++)
        score += (weights[indices[i] as number] as number) * (values[i] as number);
      const diagonal = 0.5 / (costs[row] ?? 1);
      const alpha = alphas[row] ?? 0;
      const gradient = target * score - 1 + diagonal * alpha;
      const next = Math.max(0, alpha - gradient / ((norms[row] ?? 0) + BIAS * BIAS + diagonal));
      if (next === alpha) continue;
      const step = (next - alpha) * target;
      alphas[row] = next;
      bias += step * BIAS;
      for (let i = from; i < to; i++) {
        const at = indices[i] as number;
        weights[at] = (weights[at] as number) + step * (values[i] as number);
      }
    }
    passes += 1;
    if (passes % 3 === 0) gap = relativeGap(task, order, weights, bias, alphas);
  }
  return { weights: Float32Array.from(weights), bias: bias * BIAS, passes, gap };
}

function activeRows({ matrix, targets, costs }: BinaryTask): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < matrix.rows; row++) {
    if (targets[row] !== 0 && (costs[row] ?? 0) > 0) rows.push(row);
  }
  return Int32Array.from(rows);
}

function squaredNorms({ rows, offsets, values }: SparseMatrix): Float64Array {
  const norms = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = offsets[row] ?? 0; i < (offsets[row + 1] ?? 0); i++) sum += (values[i] as number) ** 2;
    norms[row] = sum;
  }
  return norms;
}

function relativeGap(
  task: BinaryTask,
  order: Int32Array,
  weights: Float64Array,
  bias: number,
  alphas: Float64Array,
): number {
  let square = bias * bias;
  for (const weight of weights) square += weight * weight;
  let primal = square / 2;
  let dual = -square / 2;
  for (const row of order) {
    const target = task.targets[row] ?? 0;
    const cost = task.costs[row] ?? 1;
    const offset = task.offsets?.[row] ?? 0;
    const alpha = alphas[row] ?? 0;
    const miss = Math.max(0, 1 - target * (offset + bias * BIAS + scoreRow(task.matrix, row, weights)));
    primal += cost * miss * miss;
    dual += alpha * (1 - target * offset) - (alpha * alpha) / (4 * cost);
  }
  return primal > 0 ? (primal - dual) / primal : 0;
}

/** The inner product of a row with the weights, without the bias. */
export function scoreRow(matrix: SparseMatrix, row: number, weights: ArrayLike<number>): number {
  const { offsets, indices, values } = matrix;
  let score = 0;
  const to = offsets[row + 1] ?? 0;
  for (let i = offsets[row] ?? 0; i < to; i++)
    score += (weights[indices[i] as number] as number) * (values[i] as number);
  return score;
}

export function xorshift(seed: number): () => number {
  let state = seed | 0 || 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Fisher-Yates, in place. */
export function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
}
