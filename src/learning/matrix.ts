/** Rows of a sparse matrix, one after another: row r is `offsets[r]` to `offsets[r + 1]`. */
export interface SparseMatrix {
  rows: number;
  offsets: Int32Array;
  indices: Int32Array;
  values: Float32Array;
}

/** Packs sparse rows together, each followed by its dense numbers at the places from `dimensions` on. */
export function packRows(
  rows: readonly { indices: Int32Array; values: Float32Array }[],
  dimensions = 0,
  dense: readonly ArrayLike<number>[] = [],
): SparseMatrix {
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, r) => {
    offsets[r + 1] = (offsets[r] ?? 0) + row.indices.length + (dense[r]?.length ?? 0);
  });
  const size = offsets[rows.length] ?? 0;
  const indices = new Int32Array(size);
  const values = new Float32Array(size);
  rows.forEach((row, r) => {
    let at = offsets[r] ?? 0;
    indices.set(row.indices, at);
    values.set(row.values, at);
    at += row.indices.length;
    const extra = dense[r] ?? [];
    for (let i = 0; i < extra.length; i++, at++) {
      indices[at] = dimensions + i;
      values[at] = extra[i] ?? 0;
    }
  });
  return { rows: rows.length, offsets, indices, values };
}

/** The inner product of a row with the weights. */
export function scoreRow(matrix: SparseMatrix, row: number, weights: Float64Array | Float32Array): number {
  const { offsets, indices, values } = matrix;
  const to = offsets[row + 1] ?? 0;
  let score = 0;
  for (let i = offsets[row] ?? 0; i < to; i++) {
    score += (weights[indices[i] as number] as number) * (values[i] as number);
  }
  return score;
}
