import {
  classFigures,
  expectedCalibrationError,
  macroF1,
  reliability,
  selectiveAccuracy,
  type Checked,
  type ClassFigures,
  type ReliabilityRow,
} from "../learning/metrics.ts";
import type { RepositoryModel } from "../learning/repository-model.ts";
import type { ArchivedIssue } from "./archive.ts";
import type { Prediction } from "./prediction.ts";

/** A test ticket with what was predicted and what people said. */
export interface Tested {
  issue: ArchivedIssue;
  prediction: Prediction;
  /** The kinds that its labels say. */
  kinds: string[];
  /** Those of its labels that were learned. */
  labels: string[];
  /** Has a person labelled it at all? If not, it tells nothing about labels. */
  looked: boolean;
}

export interface LabelFigures {
  name: string;
  threshold: number | null;
  /** Tickets with the label. */
  support: number;
  applied: number;
  /** Null where none was applied. */
  precision: number | null;
  found: number;
}

/** What a backtest found. Shares run from 0 to 1; a precision always comes with its coverage. */
export interface BacktestFigures {
  learnedFrom: number;
  tested: number;
  kinds: null | {
    tickets: number;
    accuracy: number;
    macroF1: number;
    accuracy80: number;
    accuracy60: number;
    applied: { precision: number | null; coverage: number };
    calibrationError: number;
    reliability: ReliabilityRow[];
    perKind: ClassFigures[];
  };
  labels: null | {
    tickets: number;
    unlabelled: number;
    applied: { count: number; precision: number | null; found: number; coverage: number };
    /** The same when tickets without any label count as deliberately unlabelled. */
    strictPrecision: number | null;
    perLabel: LabelFigures[];
  };
}

export function measure(
  tested: readonly Tested[],
  repository: RepositoryModel,
  learnedFrom: number,
): BacktestFigures {
  const checked = tested.filter(({ kinds }) => kinds.length > 0).map(checkedKind);
  return {
    learnedFrom,
    tested: tested.length,
    kinds: checked.length === 0 ? null : kindFigures(checked),
    labels: repository.labels ? labelFigures(tested, repository.labels) : null,
  };
}

export function checkedKind({ kinds, prediction }: Tested): Checked {
  return {
    truth: kinds,
    guess: prediction.kind,
    confidence: prediction.confidence,
    applied: prediction.applied,
  };
}

function kindFigures(checked: readonly Checked[]): BacktestFigures["kinds"] {
  const applied = checked.filter((one) => one.applied);
  return {
    tickets: checked.length,
    accuracy: selectiveAccuracy(checked, 1),
    macroF1: macroF1(checked),
    accuracy80: selectiveAccuracy(checked, 0.8),
    accuracy60: selectiveAccuracy(checked, 0.6),
    applied: {
      precision: applied.length === 0 ? null : selectiveAccuracy(applied, 1),
      coverage: applied.length / checked.length,
    },
    calibrationError: expectedCalibrationError(checked),
    reliability: reliability(checked),
    perKind: classFigures(checked),
  };
}

function labelFigures(
  tested: readonly Tested[],
  { names, thresholds }: { names: string[]; thresholds: (number | null)[] },
): BacktestFigures["labels"] {
  const looked = tested.filter((one) => one.looked);
  const counts = looked.map((one) => countLabels(one));
  const applied = sum(counts.map((one) => one.applied));
  const right = sum(counts.map((one) => one.right));
  const everywhere = sum(tested.map((one) => countLabels(one).applied));
  return {
    tickets: looked.length,
    unlabelled: tested.length - looked.length,
    applied: {
      count: applied,
      precision: applied === 0 ? null : right / applied,
      found: right / (sum(looked.map(({ labels }) => labels.length)) || 1),
      coverage: counts.filter((one) => one.applied > 0).length / (looked.length || 1),
    },
    strictPrecision: everywhere === 0 ? null : right / everywhere,
    perLabel: names.map((name, c) => perLabel(looked, name, thresholds[c] ?? null)),
  };
}

function countLabels({ labels, prediction }: Tested): { applied: number; right: number } {
  const applied = prediction.labels.filter((label) => label.applied);
  return { applied: applied.length, right: applied.filter(({ name }) => labels.includes(name)).length };
}

function perLabel(looked: readonly Tested[], name: string, threshold: number | null): LabelFigures {
  const having = looked.filter(({ labels }) => labels.includes(name));
  const applied = looked.filter(({ prediction }) =>
    prediction.labels.some((label) => label.applied && label.name === name),
  );
  const right = applied.filter(({ labels }) => labels.includes(name)).length;
  return {
    name,
    threshold,
    support: having.length,
    applied: applied.length,
    precision: applied.length === 0 ? null : right / applied.length,
    found: having.length === 0 ? 0 : right / having.length,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
