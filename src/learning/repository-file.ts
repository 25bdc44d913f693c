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
    learned: null | (ForestSize & { bias: number[]; ofPrior: number[] });
  };
  labels: null | {
    names: string[];
    platts: Platt[];
    shares: LabelModel["shares"];
    calibration: Platt;
    thresholds: (number | null)[];
    bias: number[];
    /** One weight of the centroids in its unit. */
    units: number[];
    forest: null | ForestSize;
  };
}

type ForestSize = Pick<Forest, "classes" | "trees"> & { nodes: number };

const FORMAT = "frontdesk repository model 2";

/** A repository's model as a file: header length (4 bytes, little endian), header (JSON), then floats and bytes. */
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
        ...sizeOf(learned.forest),
      },
    },
    labels: labels && {
      names: labels.names,
      platts: labels.platts,
      shares: labels.shares,
      calibration: labels.calibration,
      thresholds: labels.thresholds,
      bias: [...labels.linear.bias],
      units: [...labels.centroids.units],
      forest: labels.forest && sizeOf(labels.forest),
    },
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const parts: Part[] = [];
  if (learned) parts.push(learned.linear.weights, ...forestParts(learned.forest));
  if (labels) {
    parts.push(labels.linear.weights, labels.centroids.weights, labels.rarity);
    if (labels.forest) parts.push(...forestParts(labels.forest));
  }
  const size = parts.reduce((sum, part) => sum + part.length * widthOf(part), 0);
  const bytes = new Uint8Array(4 + json.length + size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  bytes.set(json, 4);
  let at = 4 + json.length;
  for (const part of parts) {
    const width = widthOf(part);
    for (let i = 0; i < part.length; i++, at += width) {
      if (width === 1) view.setInt8(at, part[i] as number);
      else view.setFloat32(at, part[i] as number, true);
    }
  }
  return bytes;
}

type Part = Float32Array | Int8Array | Int16Array | Int32Array;

/** Bytes of each of a part's numbers: bytes stay bytes, all others become floats. */
function widthOf(part: Part): 1 | 4 {
  return part instanceof Int8Array ? 1 : 4;
}

function sizeOf({ classes, trees, columns }: Forest): ForestSize {
  return { classes, trees, nodes: columns.length };
}

function forestParts({ roots, columns, thresholds, right, leaves }: Forest): Part[] {
  return [roots, columns, thresholds, right, leaves];
}

/** Reads what `encodeRepository` wrote; throws a `RangeError` when the bytes are no such model. */
export function decodeRepository(bytes: Uint8Array): RepositoryModel {
  const { header, start } = readHeader(bytes);
  const read = reader(bytes, start);
  const { kinds, labels } = header;
  const learned = kinds?.learned;
  const own = learned && {
    linear: linearOf(read.floats(DIMENSIONS * learned.classes), learned.bias),
    ofPrior: Float64Array.from(learned.ofPrior),
    forest: readForest(read, learned),
  };
  const labelModel: LabelModel | null = labels && {
    names: labels.names,
    platts: labels.platts,
    shares: labels.shares,
    calibration: labels.calibration,
    thresholds: labels.thresholds,
    linear: linearOf(read.floats(DIMENSIONS * labels.names.length), labels.bias),
    centroids: {
      classes: labels.names.length,
      weights: read.bytes(DIMENSIONS * labels.names.length),
      units: Float64Array.from(labels.units),
      bias: new Float64Array(labels.names.length),
    },
    rarity: read.floats(DIMENSIONS),
    forest: labels.forest && readForest(read, labels.forest),
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

/** Gives the next floats or bytes, each time as many as asked for. */
interface Reader {
  floats(count: number): Float32Array;
  bytes(count: number): Int8Array;
}

function reader(bytes: Uint8Array, start: number): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  const check = (size: number) => {
    if (at + size > bytes.length) throw new RangeError("The model ends too early: train it again.");
  };
  return {
    floats(count) {
      check(4 * count);
      const floats = new Float32Array(count);
      for (let i = 0; i < count; i++, at += 4) floats[i] = view.getFloat32(at, true);
      return floats;
    },
    bytes(count) {
      check(count);
      const found = new Int8Array(count);
      for (let i = 0; i < count; i++, at += 1) found[i] = view.getInt8(at);
      return found;
    },
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

function readForest({ floats }: Reader, { trees, nodes, classes }: ForestSize): Forest {
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
