import { fitCalibration, precisionCurves, type HeldOut } from "./calibrate.ts";
import { DIMENSIONS, type SparseVector } from "./features.ts";
import { everyKind, type Kind } from "./kind.ts";
import { quantize, scoreKinds, type KindModel } from "./kind-model.ts";
import { packRows, trainBinary, type SparseMatrix } from "./linear.ts";

/** A labelled ticket of some repository. */
export interface KindExample {
  repository: string;
  vector: SparseVector;
  kinds: readonly Kind[];
  /** Kinds that it is known not to be. */
  never: readonly Kind[];
  /** How much its error counts. */
  weight: number;
}

/** C of the support vector machines; .03 to .3 differ by less than the noise. */
const COST = 0.05;

/** How often each kind is met in public trackers; our data is balanced by its makers and says little of it. */
const FREQUENCY: Record<Kind, number> = {
  bug: 0.42,
  feature: 0.3,
  question: 0.17,
  documentation: 0.06,
  performance: 0.03,
  security: 0.02,
};

/**
 * The model that ships: one machine a kind over all repositories, calibrated on each repository's tickets as
 * scored by a model that has seen only the other repositories.
 */
export function trainKinds(examples: readonly KindExample[]): KindModel {
  const matrix = packRows(examples.map(({ vector }) => vector));
  const heldOut = leaveOneRepositoryOut(examples, matrix);
  const calibration = fitCalibration(heldOut);
  return {
    ...quantize(fitKinds(examples, matrix, () => true)),
    calibration,
    curves: precisionCurves(heldOut, calibration),
  };
}

type Fits = Record<Kind, { weights: Float32Array; bias: number }>;

function fitKinds(
  examples: readonly KindExample[],
  matrix: SparseMatrix,
  include: (example: KindExample) => boolean,
): Fits {
  const labelled = labelledKinds(examples);
  return everyKind((kind) => {
    const targets = new Int8Array(examples.length);
    const costs = new Float64Array(examples.length);
    examples.forEach((example, row) => {
      if (!include(example)) return;
      if (example.kinds.includes(kind)) targets[row] = 1;
      // silence counts only in a repository where the kind is labelled at all
      else if (example.never.includes(kind) || labelled.get(example.repository)?.has(kind)) targets[row] = -1;
      costs[row] = example.weight * COST;
    });
    return trainBinary({ matrix, targets, costs, dimensions: DIMENSIONS });
  });
}

function labelledKinds(examples: readonly KindExample[]): Map<string, Set<Kind>> {
  const labelled = new Map<string, Set<Kind>>();
  for (const { repository, kinds, never } of examples) {
    const known = labelled.get(repository) ?? new Set<Kind>();
    // explicit negatives mean that silence is not one
    for (const kind of kinds) if (!never.includes(kind)) known.add(kind);
    labelled.set(repository, known);
  }
  return labelled;
}

/** Few examples of few kinds say nothing about a whole repository. */
const LEAST_KINDS = 2;

function leaveOneRepositoryOut(examples: readonly KindExample[], matrix: SparseMatrix): HeldOut[] {
  const heldOut: (HeldOut & { repository: string })[] = [];
  for (const [repository, kinds] of labelledKinds(examples)) {
    if (kinds.size < LEAST_KINDS) continue;
    const model = {
      ...quantize(fitKinds(examples, matrix, (example) => example.repository !== repository)),
    } as KindModel;
    for (const example of examples) {
      if (example.repository !== repository || example.kinds.length === 0) continue;
      heldOut.push({
        scores: scoreKinds(model, example.vector),
        kinds: example.kinds,
        weight: example.weight,
        repository,
      });
    }
  }
  return byFrequency(heldOut);
}

/** Weights the held-out tickets so that the kinds come as often as they do in life. */
function byFrequency(heldOut: HeldOut[]): HeldOut[] {
  const sums = everyKind((kind) =>
    heldOut.reduce((sum, { kinds, weight }) => sum + (kinds[0] === kind ? weight : 0), 0),
  );
  return heldOut.map((one) => {
    const kind = one.kinds[0] ?? "bug";
    return { ...one, weight: (one.weight * FREQUENCY[kind] * heldOut.length) / (sums[kind] || 1) };
  });
}
