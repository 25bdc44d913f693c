/** A row's sparse numbers. */
export interface SparseRow {
  indices: Int32Array;
  values: Float32Array;
}

/** Sparse rows, where they lie: a history of 100,000 tickets is too large to be copied. */
export interface SparseMatrix {
  rows: readonly SparseRow[];
  /** The sparse columns are from 0 up to this. */
  dimensions: number;
  /** A row's dense numbers: the columns from `dimensions` on. */
  dense?: readonly Float64Array[];
}

/** How many columns there are, dense ones included. */
export function widthOf({ dimensions, dense }: SparseMatrix): number {
  return dimensions + (dense?.[0]?.length ?? 0);
}

/** The inner product of a row with the weights. */
export function scoreRow(matrix: SparseMatrix, row: number, weights: Float64Array): number {
  const { indices, values } = matrix.rows[row] as SparseRow;
  let score = 0;
  for (let i = 0; i < indices.length; i++) {
    score += (weights[indices[i] as number] as number) * (values[i] as number);
  }
  const dense = matrix.dense?.[row];
  if (!dense) return score;
  for (let i = 0; i < dense.length; i++) {
    score += (weights[matrix.dimensions + i] as number) * (dense[i] as number);
  }
  return score;
}

/** Adds a multiple of a row to the weights. */
export function addRow(matrix: SparseMatrix, row: number, weights: Float64Array, times: number): void {
  const { indices, values } = matrix.rows[row] as SparseRow;
  for (let i = 0; i < indices.length; i++) {
    const at = indices[i] as number;
    weights[at] = (weights[at] as number) + times * (values[i] as number);
  }
  const dense = matrix.dense?.[row];
  if (!dense) return;
  for (let i = 0; i < dense.length; i++) {
    const at = matrix.dimensions + i;
    weights[at] = (weights[at] as number) + times * (dense[i] as number);
  }
}

/** The square of each row's length. */
export function squaredNorms({ rows, dense }: SparseMatrix): Float64Array {
  return Float64Array.from(rows, ({ values }, row) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
    for (const value of dense?.[row] ?? []) sum += value * value;
    return sum;
  });
}
