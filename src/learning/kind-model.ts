import { probabilitiesOf, thresholdOf, type Calibration, type PrecisionCurve } from "./calibrate.ts";
import { packConcepts, unpackConcepts, type ConceptModel, type PackedConcepts } from "./concept-model.ts";
import { DIMENSIONS, type Features } from "./features.ts";
import { KINDS, type Kind } from "./kind.ts";
import { scoreLinear, type LinearModel } from "./linear-model.ts";

/**
 * The shipped model: two halves, each trained on half of the texts. A text that one half has learned is judged
 * by the other, so that what the model says of its own training texts is as honest as of new ones, and what is
 * learned on top of it is not misled. New texts are judged by both.
 */
export interface KindModel {
  halves: [LinearModel, LinearModel];
  both: LinearModel;
  /** Fingerprints of the learned texts, rising; the lowest bit says in which half a text is. */
  known: Int32Array;
  calibration: Calibration;
  /** One a kind, in the order of `KINDS`. */
  curves: PrecisionCurve[];
  /** Judges texts in languages that the words were not learned from. */
  concepts: ConceptModel;
}

/** A number for a document's features: equal texts have equal ones. */
export function fingerprint({ indices }: Features): number {
  let hash = indices.length;
  for (let i = 0; i < indices.length; i++)
    hash = Math.imul(hash ^ (indices[i] as number), 0x01000193) ^ (hash >>> 15);
  return hash;
}

/** The half in which a fingerprint is or would be. */
export function halfOf(print: number): 0 | 1 {
  return (print & 1) as 0 | 1;
}

/** The part of the model that has not learned this text. */
export function unbiasedPart(model: KindModel, features: Features): LinearModel {
  const print = fingerprint(features);
  let low = 0;
  let high = model.known.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((model.known[middle] as number) < print) low = middle + 1;
    else high = middle;
  }
  return model.known[low] === print ? (model.halves[1 - halfOf(print)] as LinearModel) : model.both;
}

/** The probability of every kind, in the order of `KINDS`. */
export function shippedProbabilities(model: KindModel, features: Features): Float64Array {
  return probabilitiesOf(model.calibration, scoreLinear(unbiasedPart(model, features), features));
}

/**
 * The least confidence from which guesses of this kind are at least this precise: for the shipped model on
 * repositories that it had not seen; infinity (never sure enough) when no confidence reaches it. A guess
 * carries the curves of what judged it.
 */
export function thresholdFor(
  judge: { curves: PrecisionCurve[] },
  kind: Kind,
  targetPrecision: number,
): number {
  const curve = judge.curves[KINDS.indexOf(kind)];
  return curve ? thresholdOf(curve, targetPrecision) : Number.POSITIVE_INFINITY;
}

/** Both halves as one: the mean of their scores. The halves must have the same units. */
export function joinHalves([first, second]: [LinearModel, LinearModel]): LinearModel {
  const weights = new Int16Array(first.weights.length);
  for (let i = 0; i < weights.length; i++)
    weights[i] = (first.weights[i] as number) + (second.weights[i] as number);
  return {
    classes: first.classes,
    weights,
    units: first.units.map((unit) => unit / 2),
    bias: first.bias.map((bias, c) => (bias + (second.bias[c] as number)) / 2),
  };
}

interface Header {
  units: number[];
  biases: [number[], number[]];
  known: number;
  calibration: Calibration;
  curves: PrecisionCurve[];
  concepts: PackedConcepts;
}

const MAGIC = "FDKIND03";
const SIZE = DIMENSIONS * KINDS.length;

/** The model as a file: magic, header length (4 bytes, little endian), header (JSON), fingerprints, weights. */
export function encodeModel({ halves, known, calibration, curves, concepts }: KindModel): Uint8Array {
  const [first, second] = halves;
  const header: Header = {
    units: [...first.units],
    biases: [[...first.bias], [...second.bias]],
    known: known.length,
    calibration,
    curves,
    concepts: packConcepts(concepts),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = MAGIC.length + 4;
  const bytes = new Uint8Array(start + json.length + 4 * known.length + 2 * SIZE);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(MAGIC.length, json.length, true);
  bytes.set(json, start);
  let at = start + json.length;
  for (const print of known) {
    view.setInt32(at, print, true);
    at += 4;
  }
  for (const { weights } of halves) {
    for (let i = 0; i < SIZE; i++) view.setInt8(at + i, weights[i] as number);
    at += SIZE;
  }
  return bytes;
}

/** Reads what `encodeModel` wrote; throws a `RangeError` when the bytes are no such model. */
export function loadModel(bytes: Uint8Array): KindModel {
  const start = MAGIC.length + 4;
  if (new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw new RangeError("This is not a model of kinds: build one with npm run model:build.");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(MAGIC.length, true);
  if (bytes.length < start + length + 2 * SIZE) {
    throw new RangeError(`The model of kinds ends after ${bytes.length} bytes: copy it again.`);
  }
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(start, start + length))) as Header;
  const known = new Int32Array(header.known);
  for (let i = 0; i < known.length; i++) known[i] = view.getInt32(start + length + 4 * i, true);
  const half = (which: 0 | 1): LinearModel => {
    const weights = new Int8Array(SIZE);
    weights.set(
      new Int8Array(bytes.buffer, bytes.byteOffset + start + length + 4 * known.length + which * SIZE, SIZE),
    );
    return {
      classes: KINDS.length,
      weights,
      units: Float64Array.from(header.units),
      bias: Float64Array.from(header.biases[which]),
    };
  };
  const halves: [LinearModel, LinearModel] = [half(0), half(1)];
  const { calibration, curves } = header;
  return {
    halves,
    both: joinHalves(halves),
    known,
    calibration,
    curves,
    concepts: unpackConcepts(header.concepts),
  };
}
