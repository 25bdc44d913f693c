import { fitCalibration, precisionCurves, type HeldOut } from "./calibrate.ts";
import { roundWeights } from "./concept-model.ts";
import { DIMENSIONS, type Features } from "./features.ts";
import { everyKind, KINDS, type Kind } from "./kind.ts";
import { fingerprint, halfOf, joinHalves, type KindModel } from "./kind-model.ts";
import { emptyLinear, quantizeTogether, scoreLinear, setClass, type LinearModel } from "./linear-model.ts";
import type { SparseMatrix } from "./matrix.ts";
import { trainBinary } from "./solver.ts";

/** A labelled ticket of some repository. */
export interface KindExample {
  repository: string;
  features: Features;
  /** The features of a `ConceptVectorizer`. */
  concepts: Features;
  kinds: readonly Kind[];
  /** Kinds that it is known not to be. */
  never: readonly Kind[];
  /** How much its error counts. */
  weight: number;
}

/** C of the support vector machines; .03 to .3 differ by less than the noise. */
const COST = 0.05;

/** Texts of other sources than these are learned from but measure nothing: their labels are noisy. */
const LEAST_MEASURING_WEIGHT = 1;

/**
 * The model that ships: one machine a kind over all repositories, calibrated on each repository's tickets as
 * scored by a model that has seen only the other repositories.
 */
export function trainKinds(examples: readonly KindExample[]): KindModel {
  return train(examples, calibrate);
}

/** The same model without its calibration, which takes most of the time and which local evidence replaces. */
export function trainUncalibrated(examples: readonly KindExample[]): KindModel {
  const calibration = {
    scale: new Array<number>(KINDS.length).fill(START_SCALE),
    shift: new Array<number>(KINDS.length).fill(0),
  };
  return train(examples, () => ({ calibration, curves: [] }));
}

/** Where machines of margin 1 usually end when their scores are made probabilities. */
const START_SCALE = 2;

function train(examples: readonly KindExample[], calibrated: typeof calibrate): KindModel {
  const matrix = matrixOf(examples);
  const prints = examples.map(({ features }) => fingerprint(features));
  const halves = quantizeTogether([
    fitKinds(examples, matrix, (_, row) => halfOf(prints[row] as number) === 0),
    fitKinds(examples, matrix, (_, row) => halfOf(prints[row] as number) === 1),
  ]);
  // for texts in other languages than the examples': what is said, whatever the words
  const neutral = examples.map((example) => ({ ...example, features: example.concepts }));
  const neutralMatrix = matrixOf(neutral);
  const linear = roundWeights(fitKinds(neutral, neutralMatrix, () => true));
  return {
    halves,
    both: joinHalves(halves),
    known: Int32Array.from(new Set(prints)).sort(),
    ...calibrated(examples, matrix),
    concepts: { linear, ...transferred(calibrated(neutral, neutralMatrix)) },
  };
}

/** On 513 issues in other languages the guesses were this much less often right than as sure ones in English. */
const TRANSFER_LOSS = 0.03;

function transferred({ calibration, curves }: Calibrated): Calibrated {
  const lower = (precision: number[]) => precision.map((p) => Math.max(0, p - TRANSFER_LOSS));
  return {
    calibration,
    curves: curves.map((curve) => ({ ...curve, precision: lower(curve.precision) })),
  };
}

type Calibrated = Pick<KindModel, "calibration" | "curves">;

function calibrate(examples: readonly KindExample[], matrix: SparseMatrix): Calibrated {
  const heldOut = leaveOneRepositoryOut(examples, matrix);
  const calibration = fitCalibration(heldOut, KINDS.length, { scale: START_SCALE, shared: false });
  return { calibration, curves: precisionCurves(heldOut, calibration) };
}

function matrixOf(examples: readonly KindExample[]): SparseMatrix {
  return { rows: examples.map(({ features }) => features), dimensions: DIMENSIONS };
}

function fitKinds(
  examples: readonly KindExample[],
  matrix: SparseMatrix,
  include: (example: KindExample, row: number) => boolean,
): LinearModel {
  const labelled = labelledKinds(examples);
  const model = emptyLinear(KINDS.length);
  KINDS.forEach((kind, c) => {
    const targets = new Int8Array(examples.length);
    const costs = new Float64Array(examples.length);
    examples.forEach((example, row) => {
      if (!include(example, row)) return;
      if (example.kinds.includes(kind)) targets[row] = 1;
      // silence counts only in a repository where the kind is labelled at all
      else if (
        example.never.includes(kind) ||
        (example.never.length === 0 && labelled.get(example.repository)?.has(kind))
      ) {
        targets[row] = -1;
      }
      costs[row] = example.weight * COST;
    });
    setClass(model, c, trainBinary({ matrix, targets, costs }));
  });
  return model;
}

function labelledKinds(examples: readonly KindExample[]): Map<string, Set<Kind>> {
  const labelled = new Map<string, Set<Kind>>();
  for (const { repository, kinds } of examples) {
    const known = labelled.get(repository) ?? new Set<Kind>();
    for (const kind of kinds) known.add(kind);
    labelled.set(repository, known);
  }
  return labelled;
}

/** A repository with one kind tells nothing about choosing between kinds. */
const LEAST_KINDS = 2;

function leaveOneRepositoryOut(examples: readonly KindExample[], matrix: SparseMatrix): HeldOut[] {
  const heldOut: HeldOut[] = [];
  for (const [repository, kinds] of labelledKinds(examples)) {
    const measured = examples.filter(
      (example) =>
        example.repository === repository &&
        example.weight >= LEAST_MEASURING_WEIGHT &&
        example.kinds.length > 0,
    );
    if (kinds.size < LEAST_KINDS || measured.length === 0) continue;
    const model = fitKinds(examples, matrix, (example) => example.repository !== repository);
    const among = [...kinds].map((kind) => KINDS.indexOf(kind));
    const found = measured.map(({ features, kinds: own }) => ({
      scores: scoreLinear(model, features),
      truth: own.map((kind) => KINDS.indexOf(kind)),
      among,
    }));
    heldOut.push(...byFrequency(found));
  }
  return heldOut;
}

/** How often each kind is met in public trackers; our data is balanced by its makers and says little of it. */
const FREQUENCY: Record<Kind, number> = {
  bug: 0.42,
  feature: 0.3,
  question: 0.17,
  documentation: 0.06,
  performance: 0.03,
  security: 0.02,
};

/** What a repository weighs, however many tickets of it we have: what is measured is a repository never seen. */
const REPOSITORY_WEIGHT = 1_000;

/** Weighs a repository's held-out tickets so that its kinds come as often as they do in life. */
function byFrequency(heldOut: readonly Omit<HeldOut, "weight">[]): HeldOut[] {
  const counts = everyKind((_, c) => heldOut.filter(({ truth }) => truth[0] === c).length);
  return heldOut.map((one) => {
    const kind = KINDS[one.truth[0] as number] as Kind;
    return { ...one, weight: (REPOSITORY_WEIGHT * FREQUENCY[kind]) / counts[kind] };
  });
}
