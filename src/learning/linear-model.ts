import { BLOCK_NAMES, DIMENSIONS, type Features } from "./features.ts";
import type { SparseRow } from "./matrix.ts";

/** A linear score for each of several classes: `unit[c] * sum of value * weights[index * classes + c] + bias[c]`. */
export interface LinearModel {
  classes: number;
  weights: Int8Array | Int16Array | Float32Array;
  units: Float64Array;
  bias: Float64Array;
}

export function emptyLinear(classes: number): LinearModel {
  return {
    classes,
    weights: new Float32Array(DIMENSIONS * classes),
    units: new Float64Array(classes).fill(1),
    bias: new Float64Array(classes),
  };
}

/** Puts one class's learned weights in. */
export function setClass(model: LinearModel, c: number, fit: { weights: Float64Array; bias: number }): void {
  const { weights, classes } = model;
  for (let i = 0; i < DIMENSIONS; i++) weights[i * classes + c] = fit.weights[i] as number;
  model.bias[c] = fit.bias;
}

/** The scores of every class. */
export function scoreLinear(model: LinearModel, { indices, values }: SparseRow): Float64Array {
  const { classes, weights, units, bias } = model;
  const sums = new Float64Array(classes);
  for (let i = 0; i < indices.length; i++) {
    const at = (indices[i] as number) * classes;
    const value = values[i] as number;
    for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + value * (weights[at + c] as number);
  }
  for (let c = 0; c < classes; c++)
    sums[c] = (sums[c] as number) * (units[c] as number) + (bias[c] as number);
  return sums;
}

/** Each block's part of each class's score: `[block * classes + c]`; with the bias they sum to `scoreLinear`. */
export function scoreBlocks(model: LinearModel, { indices, values, blocks }: Features): Float64Array {
  const { classes, weights, units } = model;
  const sums = new Float64Array(BLOCK_NAMES.length * classes);
  for (let block = 0; block < BLOCK_NAMES.length; block++) {
    const to = blocks[block + 1] as number;
    const base = block * classes;
    for (let i = blocks[block] as number; i < to; i++) {
      const at = (indices[i] as number) * classes;
      const value = values[i] as number;
      for (let c = 0; c < classes; c++) {
        sums[base + c] = (sums[base + c] as number) + value * (weights[at + c] as number);
      }
    }
  }
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) * (units[i % classes] as number);
  return sums;
}

/** The same models with a byte a weight and common units: each class's greatest weight becomes 127. */
export function quantizeTogether(models: [LinearModel, LinearModel]): [LinearModel, LinearModel] {
  const { classes } = models[0];
  const greatest = new Float64Array(classes);
  for (const { weights } of models) {
    for (let i = 0; i < weights.length; i++) {
      greatest[i % classes] = Math.max(greatest[i % classes] as number, Math.abs(weights[i] as number));
    }
  }
  const units = greatest.map((most) => (most || 1) / 127);
  const quantize = ({ weights, bias }: LinearModel): LinearModel => {
    const bytes = new Int8Array(weights.length);
    for (let i = 0; i < bytes.length; i++)
      bytes[i] = Math.round((weights[i] as number) / (units[i % classes] as number));
    return { classes, weights: bytes, units, bias };
  };
  return [quantize(models[0]), quantize(models[1])];
}
