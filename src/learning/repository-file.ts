import type { Calibration, PrecisionCurve } from "./calibrate.ts";
import { DIMENSIONS } from "./features.ts";
import type { Forest } from "./forest.ts";
import { isKind, type Kind } from "./kind.ts";
import type { LabelModel } from "./label-model.ts";
import type { LinearModel } from "./linear-model.ts";
import type { Platt } from "./platt.ts";
import type { RepositoryModel } from "./repository-model.ts";

interface Header {
  format: string;
  lessons: number;
  kinds: null | {
    kinds: Kind[];
    calibration: Calibration;
    curves: PrecisionCurve[];
    examples: number;
    learned: null | { bias: number[]; ofPrior: number[]; classes: number; trees: number; nodes: number };
  };
  labels: null | {
    names: string[];
    platts: Platt[];
    thresholds: (number | null)[];
    curves: PrecisionCurve[];
    bias: number[];
  };
}

const FORMAT = "frontdesk repository model 1";

/** A repository's model as a file: header length (4 bytes, little endian), header (JSON), then plain floats. */
export function encodeRepository({ kinds, labels, lessons }: RepositoryModel): Uint8Array {
  const learned = kinds?.learned ?? null;
  const header: Header = {
    format: FORMAT,
    lessons,
    kinds: kinds && {
      kinds: kinds.kinds,
      calibration: kinds.calibration,
      curves: kinds.curves,
      examples: kinds.examples,
      learned: learned && {
        bias: [...learned.linear.bias],
        ofPrior: [...learned.ofPrior],
        classes: learned.linear.classes,
        trees: learned.forest.trees,
        nodes: learned.forest.columns.length,
      },
    },
    labels: labels && {
      names: labels.names,
      platts: labels.platts,
      thresholds: labels.thresholds,
      curves: labels.curves,
      bias: [...labels.linear.bias],
    },
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const parts: ArrayLike<number>[] = [];
  if (learned) {
    const { forest, linear } = learned;
    parts.push(linear.weights, forest.roots, forest.columns, forest.thresholds, forest.right, forest.leaves);
  }
  if (labels) parts.push(labels.linear.weights);
  const count = parts.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(4 + json.length + 4 * count);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  bytes.set(json, 4);
  let at = 4 + json.length;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++, at += 4) view.setFloat32(at, part[i] as number, true);
  }
  return bytes;
}

/** Reads what `encodeRepository` wrote; throws a `RangeError` when the bytes are no such model. */
export function decodeRepository(bytes: Uint8Array): RepositoryModel {
  const { header, start } = readHeader(bytes);
  const floats = reader(bytes, start);
  const { kinds, labels } = header;
  const learned = kinds?.learned;
  const own = learned && {
    linear: linearOf(floats(DIMENSIONS * learned.classes), learned.bias),
    ofPrior: Float64Array.from(learned.ofPrior),
    forest: readForest(floats, learned),
  };
  const labelModel: LabelModel | null = labels && {
    names: labels.names,
    platts: labels.platts,
    thresholds: labels.thresholds,
    curves: labels.curves,
    linear: linearOf(floats(DIMENSIONS * labels.names.length), labels.bias),
  };
  return {
    kinds: kinds && { ...kinds, kinds: kinds.kinds.filter(isKind), learned: own ?? null },
    labels: labelModel,
    lessons: header.lessons,
  };
}

function readHeader(bytes: Uint8Array): { header: Header; start: number } {
  const broken = new RangeError("This is not a model that frontdesk train wrote: train it again.");
  if (bytes.length < 4) throw broken;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (length > bytes.length - 4) throw broken;
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
    if (header.format !== FORMAT) throw broken;
    return { header, start: 4 + length };
  } catch (cause) {
    throw new RangeError(broken.message, { cause });
  }
}

/** Gives the next floats, each time as many as asked for. */
function reader(bytes: Uint8Array, start: number): (count: number) => Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  return (count) => {
    if (at + 4 * count > bytes.length) throw new RangeError("The model ends too early: train it again.");
    const floats = new Float32Array(count);
    for (let i = 0; i < count; i++, at += 4) floats[i] = view.getFloat32(at, true);
    return floats;
  };
}

function linearOf(weights: Float32Array, bias: number[]): LinearModel {
  return {
    classes: bias.length,
    weights,
    units: new Float64Array(bias.length).fill(1),
    bias: Float64Array.from(bias),
  };
}

function readForest(
  floats: (count: number) => Float32Array,
  { trees, nodes, classes }: { trees: number; nodes: number; classes: number },
): Forest {
  return {
    classes,
    trees,
    roots: Int32Array.from(floats(trees)),
    columns: Int16Array.from(floats(nodes)),
    thresholds: floats(nodes),
    right: Int32Array.from(floats(nodes)),
    leaves: floats(nodes * classes),
  };
}
