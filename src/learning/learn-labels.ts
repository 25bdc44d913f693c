import { centroids } from "./centroids.ts";
import { DIMENSIONS } from "./features.ts";
import { growForest } from "./forest.ts";
import { CELLS, labelCells, logit, weighedLogit, type LabelJudges, type LabelModel } from "./label-model.ts";
import { labelRow, rarityOf } from "./label-row.ts";
import { labelThresholds, type HeldOutGuess } from "./label-thresholds.ts";
import { isHuman, signOf, type Lesson } from "./lesson.ts";
import { emptyLinear, scoreLinear, setClass, type LinearModel } from "./linear-model.ts";
import type { SparseRow } from "./matrix.ts";
import { fitPlatt, sigmoid, type Platt } from "./platt.ts";
import { trainBinary } from "./solver.ts";

export interface LabelOptions {
  /** The precision that applied labels must have, taken together. */
  targetPrecision: number;
  /** Never learned. */
  ignore: (name: string) => boolean;
}

/** Fewer human examples than this teach nothing. */
const LEAST_EXAMPLES = 20;
/** The most frequent are learned; each takes two thirds of a megabyte. */
const MOST_LABELS = 100;
/** Labels wear out and new ones come: a ticket counts half as much as one that is this many labelled tickets newer. */
const HALF_LIFE = 2_500;
/** What is older would weigh less than 1/250. */
const MOST_LESSONS = 20_000;
/** The newest part of the history shows best what comes next. */
const HELD_OUT = 0.25;
const MOST_HELD_OUT = 2_500;
/** C; .25 to 1 differ by less than the noise. */
const COST = 0.5;
const SOLVER = { tolerance: 0.05, mostPasses: 20, seed: 1 };
/** Twice as many trees, or leaves half or twice as large, differ by less than the noise. */
const FOREST = { trees: 50, tries: 10, seed: 3 };
const LEAF = (rows: number) => Math.max(3, Math.min(20, Math.round(rows / 100)));
/** Guesses from which on a forest is grown. */
const LEAST_ROWS = 100;

interface Task {
  names: string[];
  rows: SparseRow[];
  marks: Float32Array[];
  /** One a label, as `signOf` has them: `signs[c][row]`. */
  signs: Float64Array[];
}

/** Learns every label with enough examples; null where there is none. */
export function learnOwnLabels(history: readonly Lesson[], options: LabelOptions): LabelModel | null {
  const names = frequentLabels(history, options.ignore);
  if (names.length === 0) return null;
  const lessons = history
    .filter((lesson) => !lesson.excluded && lesson.labels.length + lesson.removed.length > 0)
    .slice(-MOST_LESSONS);
  const rarity = rarityOf(lessons);
  const task: Task = {
    names,
    rows: lessons.map(({ features }) => labelRow(features, rarity)),
    marks: lessons.map(({ features }) => features.marks),
    signs: names.map((name) => Float64Array.from(lessons, (lesson) => signOf(lesson, name))),
  };
  const count = lessons.length;
  const first = Math.max(Math.floor(count * (1 - HELD_OUT)), count - MOST_HELD_OUT);
  const heldOut = calibrated(task, judges(task, first), first);
  const weighed = weigh(task, heldOut, first);
  const isNew = task.signs.map(
    (all) => all.subarray(0, first).filter((sign) => sign > 0).length < LEAST_EXAMPLES,
  );
  return {
    ...judges(task, count),
    names,
    platts: heldOut.platts,
    shares: heldOut.shares,
    rarity,
    forest: weighed.forest,
    calibration: weighed.calibration,
    thresholds: labelThresholds(weighed.guesses, isNew, options.targetPrecision),
  };
}

function frequentLabels(history: readonly Lesson[], ignore: (name: string) => boolean): string[] {
  const counts = new Map<string, number>();
  for (const { labels, excluded } of history) {
    if (excluded) continue;
    for (const { name, by } of labels) if (isHuman(by)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .filter(([name, count]) => count >= LEAST_EXAMPLES && !ignore(name))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_LABELS)
    .map(([name]) => name);
}

/** What is learned of each label from the rows before `end`. */
function judges({ rows, signs }: Task, end: number): { linear: LinearModel; centroids: LinearModel } {
  const ages = Float64Array.from({ length: end }, (_, row) => 2 ** ((row - end) / HALF_LIFE));
  const matrix = { rows: rows.slice(0, end), dimensions: DIMENSIONS };
  const linear = emptyLinear(signs.length);
  signs.forEach((all, c) => {
    const targets = Int8Array.from(matrix.rows, (_, row) => Math.sign(all[row] as number));
    const costs = ages.map((age, row) => COST * age * Math.abs(all[row] as number));
    setClass(linear, c, trainBinary({ matrix, targets, costs }, SOLVER));
  });
  return { linear, centroids: centroids({ rows, ages, signs }) };
}

/** The judges with what their scores meant on the rows from `first` on, which they had not seen. */
function calibrated(
  { names, rows, signs }: Task,
  found: { linear: LinearModel; centroids: LinearModel },
  first: number,
): LabelJudges {
  const scores = rows.slice(first).map((row) => scoreLinear(found.linear, row));
  const shares = signs.map((all) => {
    const newest = logit(shareOf(all.subarray(first)));
    return { newest, rise: newest - logit(shareOf(all.subarray(0, first))) };
  });
  const platts = signs.map(
    (all, c): Platt =>
      fitPlatt(
        Float64Array.from(scores, (one) => one[c] as number),
        all.subarray(first),
      ),
  );
  return { names, ...found, platts, shares };
}

function shareOf(signs: Float64Array): number {
  let examples = 0;
  let all = 0;
  for (const sign of signs) {
    all += Math.abs(sign);
    if (sign > 0) examples += sign;
  }
  return all === 0 ? 0 : examples / all;
}

/** A machine's logit is calibrated already. */
const AS_IT_IS: Platt = { slope: 1, shift: 0 };

interface HeldOutCells extends Omit<HeldOutGuess, "confidence"> {
  cells: Float32Array;
}

/** Learns on the held-out tickets how what the judges say becomes a probability, for all labels alike. */
function weigh(
  { rows, marks, signs }: Task,
  found: LabelJudges,
  first: number,
): Pick<LabelModel, "forest" | "calibration"> & { guesses: HeldOutGuess[] } {
  const seen: HeldOutCells[] = [];
  for (let row = first; row < rows.length; row++) {
    labelCells(found, rows[row] as SparseRow, marks[row] as Float32Array).forEach((cells, label) => {
      const sign = signs[label]?.[row] ?? 0;
      if (cells === null || sign === 0) return;
      seen.push({ cells, label, right: sign > 0, weight: Math.abs(sign), age: rows.length - row });
    });
  }
  const grown = seen.length < LEAST_ROWS ? null : growForest(forestTask(seen), optionsFor(seen.length));
  const logits = Float64Array.from(seen, ({ cells }, i) =>
    weighedLogit(cells, grown ? (grown.outOfBag[2 * i + 1] as number) : null),
  );
  const signed = Float64Array.from(seen, ({ right, weight }) => (right ? weight : -weight));
  const calibration = grown ? fitPlatt(logits, signed) : AS_IT_IS;
  const guesses = seen.map((one, i) => ({ ...one, confidence: sigmoid(calibration, logits[i] as number) }));
  return { forest: grown?.forest ?? null, calibration, guesses };
}

function optionsFor(rows: number) {
  return { ...FOREST, leaf: LEAF(rows) };
}

function forestTask(seen: readonly HeldOutCells[]) {
  const columns = new Float32Array(CELLS * seen.length);
  seen.forEach(({ cells }, row) => {
    for (let column = 0; column < CELLS; column++)
      columns[column * seen.length + row] = cells[column] as number;
  });
  return {
    columns,
    rows: seen.length,
    width: CELLS,
    classOf: Uint8Array.from(seen, ({ right }) => (right ? 1 : 0)),
    classes: 2,
    weights: Float64Array.from(seen, ({ weight }) => weight),
  };
}
