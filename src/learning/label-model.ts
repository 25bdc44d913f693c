import type { Features } from "./features.ts";
import { scoreForest, type Forest } from "./forest.ts";
import { labelRow } from "./label-row.ts";
import { scoreLinear, type LinearModel } from "./linear-model.ts";
import type { SparseRow } from "./matrix.ts";
import { sigmoid, type Platt } from "./platt.ts";

/** What each label is judged by, for itself. */
export interface LabelJudges {
  names: string[];
  linear: LinearModel;
  centroids: LinearModel;
  /** One a label: what its machine's score means. */
  platts: Platt[];
  /** One a label: the logit of its share of the newest tickets, and by how much that has risen. */
  shares: { newest: number; rise: number }[];
}

/** The repository's own labels: each for itself, since a ticket may have several. */
export interface LabelModel extends LabelJudges {
  rarity: Float32Array;
  /** Weighs what the judges say of a label on a ticket; one for all labels. Null where there is too little to grow it. */
  forest: Forest | null;
  /** What the weighed logit means. */
  calibration: Platt;
  /** The least probability with which a label is applied; null: never, its held-out precision is too low. */
  thresholds: (number | null)[];
}

export interface LabelGuess {
  name: string;
  /** Calibrated probability that a person would set this label. */
  confidence: number;
  /** Is it sure enough to be applied? */
  applied: boolean;
}

/** Labels less likely than this are not worth a line. */
export const LEAST_PROBABILITY = 0.05;

/** Every label that is at all likely, surest first. */
export function guessLabels(model: LabelModel, features: Features): LabelGuess[] {
  return labelProbabilities(model, features)
    .map((confidence, c) => {
      const threshold = model.thresholds[c] ?? null;
      const name = model.names[c] as string;
      return { name, confidence, applied: threshold !== null && confidence >= threshold };
    })
    .filter(({ confidence }) => confidence >= LEAST_PROBABILITY)
    .sort((a, b) => b.confidence - a.confidence);
}

/** One a label; 0 for labels that need no closer look. */
export function labelProbabilities(model: LabelModel, features: Features): number[] {
  const { forest, calibration } = model;
  return labelCells(model, labelRow(features, model.rarity), features.marks).map((cells) => {
    if (cells === null) return 0;
    return sigmoid(
      calibration,
      weighedLogit(cells, forest ? (scoreForest(forest, cells)[1] as number) : null),
    );
  });
}

/** The machine's part beside the forest, which has steps: so that each word that speaks for a label counts. */
const MACHINE_SHARE = 0.1;

/** What the forest says and the machine's logit as one, to be calibrated. */
export function weighedLogit(cells: Float32Array, byForest: number | null): number {
  const byMachine = cells[0] as number;
  return byForest === null ? byMachine : logit(byForest) + MACHINE_SHARE * byMachine;
}

/** A label that neither its machine nor its centroid finds likelier than this is not looked at. */
const LEAST_LOGIT = -3.9;
const LEAST_CENTROID = -0.1;

/**
 * What the judges say of each label on a ticket, in numbers that mean the same for every label; null for labels that
 * need no closer look. The ways in which a label is more likely than the others of the ticket tell as much as its own
 * score: one label of a family ("A-parser", "A-lints") mostly excludes the next.
 */
export function labelCells(
  { names, linear, centroids, platts, shares }: LabelJudges,
  row: SparseRow,
  marks: Float32Array,
): (Float32Array | null)[] {
  const scores = scoreLinear(linear, row);
  const near = scoreLinear(centroids, row);
  const found = platts.map((platt, c) => sigmoid(platt, scores[c] as number));
  const all = found.reduce((sum, p) => sum + p, 0);
  const families = names.map(familyOf);
  const length = marks[0] ?? 0;
  return names.map((_, c) => {
    const p = found[c] as number;
    const nearness = near[c] as number;
    const byCentroid = nearness - greatestBut(near, c);
    if (logit(p) <= LEAST_LOGIT && byCentroid <= LEAST_CENTROID) return null;
    const { newest, rise } = shares[c] as { newest: number; rise: number };
    return Float32Array.of(
      logit(p),
      scores[c] as number,
      nearness,
      newest,
      rise,
      greatestBut(found, c, (other) => families[c] !== null && families[other] === families[c]),
      length,
      (platts[c] as Platt).slope,
      logit(p) - logit(greatestBut(found, c)),
      byCentroid,
      all,
    );
  });
}

export const CELLS = 11;

function greatestBut(values: ArrayLike<number>, but: number, among?: (c: number) => boolean): number {
  let greatest: number | null = null;
  for (let c = 0; c < values.length; c++) {
    if (c === but || (among && !among(c))) continue;
    if (greatest === null || (values[c] as number) > greatest) greatest = values[c] as number;
  }
  return greatest ?? 0;
}

/** "A-" of "A-parser", "kind/" of "kind/bug". */
function familyOf(name: string): string | null {
  return /^[^-/:]{1,20}[-/:]/.exec(name)?.[0] ?? null;
}

/** No probability is taken for certain. */
const DOUBT = 1e-4;

export function logit(p: number): number {
  return Math.log((p + DOUBT) / (1 - p + DOUBT));
}
