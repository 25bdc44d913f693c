/** A guess that was checked. */
export interface Checked {
  truth: readonly string[];
  guess: string;
  confidence: number;
  applied: boolean;
}

export interface ClassFigures {
  name: string;
  /** Tickets of this class. */
  support: number;
  precision: number;
  recall: number;
  f1: number;
  /** The same of the applied guesses alone; precision is null where none was applied. */
  applied: { count: number; precision: number | null; found: number };
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Precision, recall and F1 of every class that is true of some ticket. */
export function classFigures(checked: readonly Checked[]): ClassFigures[] {
  const names = [...new Set(checked.flatMap(({ truth }) => truth))].sort();
  return names.map((name) => {
    const support = checked.filter(({ truth }) => truth.includes(name)).length;
    const guessed = checked.filter(({ guess }) => guess === name);
    const right = guessed.filter(({ truth }) => truth.includes(name)).length;
    const applied = guessed.filter(({ applied }) => applied);
    const appliedRight = applied.filter(({ truth }) => truth.includes(name)).length;
    const precision = ratio(right, guessed.length);
    const recall = ratio(right, support);
    return {
      name,
      support,
      precision,
      recall,
      f1: ratio(2 * precision * recall, precision + recall),
      applied: {
        count: applied.length,
        precision: applied.length === 0 ? null : appliedRight / applied.length,
        found: ratio(appliedRight, support),
      },
    };
  });
}

/** The mean of the classes' F1: each class counts alike, however frequent. */
export function macroF1(checked: readonly Checked[]): number {
  const figures = classFigures(checked);
  return ratio(
    figures.reduce((sum, { f1 }) => sum + f1, 0),
    figures.length,
  );
}

/** The share of right guesses among the most confident part (0 to 1) of them. */
export function selectiveAccuracy(checked: readonly Checked[], part: number): number {
  const surest = [...checked]
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, Math.round(checked.length * part));
  return ratio(surest.filter(isRight).length, surest.length);
}

export function isRight({ truth, guess }: Checked): boolean {
  return truth.includes(guess);
}

export interface ReliabilityRow {
  from: number;
  to: number;
  count: number;
  /** Mean confidence, and the share that was right: equal where the confidence can be believed. */
  confidence: number;
  accuracy: number;
}

const BINS = 10;

/** How often guesses of each tenth of confidence were right; empty tenths are left out. */
export function reliability(checked: readonly Checked[]): ReliabilityRow[] {
  const rows: ReliabilityRow[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    const inside = checked.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin,
    );
    if (inside.length === 0) continue;
    rows.push({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count: inside.length,
      confidence: inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length,
      accuracy: inside.filter(isRight).length / inside.length,
    });
  }
  return rows;
}

/** Expected calibration error over ten equal bins (Naeini et al., 2015). */
export function expectedCalibrationError(checked: readonly Checked[]): number {
  return ratio(
    reliability(checked).reduce((sum, row) => sum + row.count * Math.abs(row.confidence - row.accuracy), 0),
    checked.length,
  );
}
