import { DIMENSIONS } from "./feature-sink.ts";
import { emptyLinear, type LinearModel } from "./linear-model.ts";
import type { SparseRow } from "./matrix.ts";

export interface CentroidTask {
  rows: readonly SparseRow[];
  /** How much each row counts. */
  ages: Float64Array;
  /** Of each class, the rows that are its examples and their weight; others are 0 or below. */
  signs: readonly Float64Array[];
}

/** Examples' worth of belief that a class's texts are like all texts. */
const BELIEF = 2;

/**
 * A direction a class, of length 1: from the middle of all texts to the middle of the class's (Rocchio). It is worse
 * than a machine alone, but errs elsewhere, and needs few examples. A byte a weight.
 */
export function centroids({ rows, ages, signs }: CentroidTask): LinearModel {
  const classes = signs.length;
  const sums = new Float32Array(DIMENSIONS * classes);
  const middle = new Float32Array(DIMENSIONS);
  const weights = new Float64Array(classes);
  let total = 0;
  for (let row = 0; row < ages.length; row++) {
    const age = ages[row] as number;
    total += age;
    addTo(middle, 1, 0, rows[row] as SparseRow, age);
    for (let c = 0; c < classes; c++) {
      const sign = signs[c]?.[row] ?? 0;
      if (sign <= 0) continue;
      weights[c] = (weights[c] as number) + age * sign;
      addTo(sums, classes, c, rows[row] as SparseRow, age * sign);
    }
  }
  const lengths = new Float64Array(classes);
  for (let place = 0; place < DIMENSIONS; place++) {
    const mean = (middle[place] as number) / (total || 1);
    for (let c = 0; c < classes; c++) {
      const at = place * classes + c;
      const weight = weights[c] as number;
      const direction = ((sums[at] as number) - mean * weight) / (weight + BELIEF);
      sums[at] = direction;
      lengths[c] = (lengths[c] as number) + direction * direction;
    }
  }
  return inBytes(sums, lengths.map(Math.sqrt));
}

function addTo(
  sums: Float32Array,
  classes: number,
  c: number,
  { indices, values }: SparseRow,
  times: number,
): void {
  for (let i = 0; i < indices.length; i++) {
    const at = (indices[i] as number) * classes + c;
    sums[at] = (sums[at] as number) + times * (values[i] as number);
  }
}

/** Each class divided by its length, its greatest weight being 127. */
function inBytes(sums: Float32Array, lengths: Float64Array): LinearModel {
  const classes = lengths.length;
  const greatest = new Float64Array(classes);
  sums.forEach((value, i) => {
    const c = i % classes;
    if (Math.abs(value) > (greatest[c] as number)) greatest[c] = Math.abs(value);
  });
  const units = greatest.map((most, c) => (most || 1) / 127 / (lengths[c] || 1));
  const weights = new Int8Array(sums.length);
  for (let i = 0; i < weights.length; i++) {
    weights[i] = Math.round(((sums[i] as number) / ((greatest[i % classes] as number) || 1)) * 127);
  }
  return { ...emptyLinear(0), classes, weights, units, bias: new Float64Array(classes) };
}
