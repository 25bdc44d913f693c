import { everyKind, KINDS, type Kind } from "./kind.ts";
import type { SparseVector } from "./features.ts";
import { DIMENSIONS } from "./features.ts";

/** How precise the guesses of a kind were, on held-out repositories, from each confidence upwards. */
export interface PrecisionCurve {
  /** Confidences, rising. */
  confidence: number[];
  /** Precision of the guesses at least that confident. */
  precision: number[];
  /** Share of the kind's tickets that these guesses find. */
  recall: number[];
}

/** Turns scores into probabilities: softmax of `scale * score + shift`. */
export interface Calibration {
  scale: Record<Kind, number>;
  shift: Record<Kind, number>;
}

/** One-against-rest linear scores of every kind, with what makes probabilities and thresholds of them. */
export interface KindModel {
  /** `weights[index * KINDS.length + kind]`, in units of `unit[kind]`. */
  weights: Int8Array;
  unit: Record<Kind, number>;
  bias: Record<Kind, number>;
  calibration: Calibration;
  curves: Record<Kind, PrecisionCurve>;
}

type Header = Omit<KindModel, "weights">;

const MAGIC = "FDKIND01";

/** The model as a file: magic, header length (4 bytes, little endian), header (JSON), weights. */
export function encodeModel({ weights, ...header }: KindModel): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(MAGIC.length + 4 + json.length + weights.length);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(MAGIC.length, json.length, true);
  bytes.set(json, MAGIC.length + 4);
  bytes.set(
    new Uint8Array(weights.buffer, weights.byteOffset, weights.length),
    MAGIC.length + 4 + json.length,
  );
  return bytes;
}

/** Reads what `encodeModel` wrote; throws a `RangeError` when the bytes are no such model. */
export function loadModel(bytes: Uint8Array): KindModel {
  const start = MAGIC.length + 4;
  if (new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw new RangeError("This is not a model of kinds: build one with npm run model:build.");
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  const expected = start + length + DIMENSIONS * KINDS.length;
  if (bytes.length !== expected) {
    throw new RangeError(
      `The model of kinds has ${bytes.length} bytes instead of ${expected}: copy it again.`,
    );
  }
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(start, start + length))) as Header;
  const weights = new Int8Array(DIMENSIONS * KINDS.length);
  weights.set(new Int8Array(bytes.buffer, bytes.byteOffset + start + length, weights.length));
  return { ...header, weights };
}

/** Rounds weights to a byte each, the greatest to 127; the loss in macro-F1 is below the noise. */
export function quantize(fits: Record<Kind, { weights: Float32Array; bias: number }>): {
  weights: Int8Array;
  unit: Record<Kind, number>;
  bias: Record<Kind, number>;
} {
  const weights = new Int8Array(DIMENSIONS * KINDS.length);
  const unit = everyKind((kind, k) => {
    const from = fits[kind].weights;
    let greatest = 0;
    for (const weight of from) greatest = Math.max(greatest, Math.abs(weight));
    const step = greatest / 127 || 1;
    for (let i = 0; i < DIMENSIONS; i++) weights[i * KINDS.length + k] = Math.round((from[i] ?? 0) / step);
    return step;
  });
  return { weights, unit, bias: everyKind((kind) => fits[kind].bias) };
}

/** Scores of every kind, in the order of `KINDS`. */
export function scoreKinds(model: KindModel, { indices, values }: SparseVector): Float64Array {
  const n = KINDS.length;
  const sums = new Float64Array(n);
  for (let i = 0; i < indices.length; i++) {
    const at = (indices[i] as number) * n;
    const value = values[i] as number;
    for (let k = 0; k < n; k++) sums[k] = (sums[k] as number) + value * (model.weights[at + k] as number);
  }
  KINDS.forEach((kind, k) => {
    sums[k] = (sums[k] as number) * model.unit[kind] + model.bias[kind];
  });
  return sums;
}

/** Softmax of the calibrated scores. */
export function probabilitiesOf(calibration: Calibration, scores: ArrayLike<number>): Record<Kind, number> {
  const logits = KINDS.map((kind, k) => calibration.scale[kind] * (scores[k] ?? 0) + calibration.shift[kind]);
  const greatest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - greatest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return everyKind((_, k) => (powers[k] ?? 0) / total);
}

/**
 * The least confidence from which guesses of this kind were at least this precise on repositories that the
 * model had not seen; infinity (never sure enough) when no confidence reaches it.
 */
export function thresholdFor(model: KindModel, kind: Kind, targetPrecision: number): number {
  const { confidence, precision } = model.curves[kind];
  for (let i = 0; i < confidence.length; i++) {
    if (precision.slice(i).every((reached) => reached >= targetPrecision)) return confidence[i] ?? 1;
  }
  return Number.POSITIVE_INFINITY;
}
