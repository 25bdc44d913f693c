import { probabilitiesOf, type Calibration, type PrecisionCurve } from "./calibrate.ts";
import type { Features } from "./features.ts";
import { emptyLinear, scoreLinear, type LinearModel } from "./linear-model.ts";

/**
 * Judges a text by what is said, not by the words in which it is said: concepts mean the same in every language
 * that their table knows, so what English tickets teach of them holds for others.
 */
export interface ConceptModel {
  linear: LinearModel;
  calibration: Calibration;
  /** One a kind, in the order of `KINDS`. */
  curves: PrecisionCurve[];
}

/** The probability of every kind, in the order of `KINDS`, from the features of a `ConceptVectorizer`. */
export function conceptProbabilities(model: ConceptModel, features: Features): Float64Array {
  return probabilitiesOf(model.calibration, scoreLinear(model.linear, features));
}

/** Weights with three decimals, as the file has them. */
export function roundWeights(model: LinearModel): LinearModel {
  const weights = Float32Array.from(model.weights, round);
  return { ...model, weights, bias: model.bias.map(round) };
}

function round(weight: number): number {
  return Math.round(weight * 1_000) / 1_000;
}

/** A model with a row for each place that has weights: the place, then a weight a class. */
export interface PackedConcepts {
  bias: number[];
  rows: number[][];
  calibration: Calibration;
  curves: PrecisionCurve[];
}

export function packConcepts({ linear, calibration, curves }: ConceptModel): PackedConcepts {
  const { classes, weights } = linear;
  const rows: number[][] = [];
  for (let at = 0; at < weights.length; at += classes) {
    const row = [...weights.subarray(at, at + classes)].map(round);
    if (row.some((weight) => weight !== 0)) rows.push([at / classes, ...row]);
  }
  return { bias: [...linear.bias].map(round), rows, calibration, curves };
}

export function unpackConcepts({ bias, rows, calibration, curves }: PackedConcepts): ConceptModel {
  const linear = emptyLinear(bias.length);
  linear.bias.set(bias);
  for (const [place = 0, ...row] of rows) linear.weights.set(row, place * linear.classes);
  return { linear, calibration, curves };
}
