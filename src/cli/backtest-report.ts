import { isRight } from "../learning/metrics.ts";
import { checkedKind, type BacktestFigures, type Tested } from "./backtest-figures.ts";
import type { ClassificationSettings } from "./classification-settings.ts";

const WORST = 5;
const LAST = 30;
const TITLE = 60;

/** A backtest for a maintainer: what would have been right, how often the desk would have spoken, where it errs. */
export function backtestReport(
  figures: BacktestFigures,
  tested: readonly Tested[],
  settings: ClassificationSettings,
): string {
  const target = percent(settings.targetPrecision);
  const lines = [
    `Learned from ${figures.learnedFrom} tickets, tested on ${figures.tested}; wanted precision ${target}.`,
    "",
    ...kindLines(figures.kinds),
    "",
    ...labelLines(figures.labels),
    "",
    ...worstLines(tested),
    "",
    ...lastLines(tested, settings),
  ];
  return `${lines.join("\n")}\n`;
}

function kindLines(kinds: BacktestFigures["kinds"]): string[] {
  if (!kinds) return ["Kinds: no test ticket has a label that says its kind."];
  return [
    `Kinds, ${kinds.tickets} tickets: ${percent(kinds.accuracy)} right when always guessing (macro-F1 ${number(kinds.macroF1)});`,
    `  ${percent(kinds.accuracy80)} of the surest 80%, ${percent(kinds.accuracy60)} of the surest 60%.`,
    `  Applied to ${percent(kinds.applied.coverage)} of them, ${percent(kinds.applied.precision)} of these right.`,
    "",
    table([
      ["kind", "tickets", "precision", "recall", "applied", "precision", "found"],
      ...kinds.perKind.map((kind) => [
        kind.name,
        String(kind.support),
        percent(kind.precision),
        percent(kind.recall),
        String(kind.applied.count),
        percent(kind.applied.precision),
        percent(kind.applied.found),
      ]),
    ]),
    "",
    `How far confidence can be believed (expected calibration error ${number(kinds.calibrationError)}):`,
    table([
      ["confidence", "tickets", "mean", "right"],
      ...kinds.reliability.map((row) => [
        `${percent(row.from)} to ${percent(row.to)}`,
        String(row.count),
        percent(row.confidence),
        percent(row.accuracy),
      ]),
    ]),
  ];
}

function labelLines(labels: BacktestFigures["labels"]): string[] {
  if (!labels) return ["Labels: none has 20 examples to learn from."];
  const { applied } = labels;
  return [
    `Labels, ${labels.tickets} labelled tickets: ${applied.count} applied on ${percent(applied.coverage)} of them, ${percent(applied.precision)} right, ${percent(applied.found)} of the true ones found.`,
    `  ${labels.unlabelled} tickets have no label and are left out; if people meant that, ${percent(labels.strictPrecision)} are right.`,
    "",
    table([
      ["label", "tickets", "applied", "precision", "found", "from"],
      ...labels.perLabel.map((label) => [
        label.name,
        String(label.support),
        String(label.applied),
        percent(label.precision),
        percent(label.found),
        label.threshold === null ? "never" : number(label.threshold),
      ]),
    ]),
  ];
}

function worstLines(tested: readonly Tested[]): string[] {
  const wrong = tested
    .filter((one) => one.kinds.length > 0 && one.prediction.applied && !isRight(checkedKind(one)))
    .sort((a, b) => b.prediction.confidence - a.prediction.confidence)
    .slice(0, WORST);
  if (wrong.length === 0) return ["No applied kind was wrong."];
  return [
    "The surest mistakes:",
    ...wrong.map(
      ({ issue, prediction, kinds }) =>
        `  #${issue.number} ${title(issue.title)}: ${prediction.kind} (${percent(prediction.confidence)}), people said ${kinds.join(", ")}; because ${prediction.because.join(", ") || "of how often it is"}`,
    ),
  ];
}

function lastLines(tested: readonly Tested[], settings: ClassificationSettings): string[] {
  const last = tested.slice(-LAST);
  return [
    `What would have been applied to the last ${last.length} tickets:`,
    ...last.map(({ issue, prediction }) => {
      const kind = prediction.applied ? settings.labels[prediction.kind] : null;
      const names = prediction.labels.filter(({ applied }) => applied).map(({ name }) => name);
      const all = kind === null ? names : [kind, ...names];
      return `  #${issue.number} ${title(issue.title)}: ${all.join(", ") || "nothing"}`;
    }),
  ];
}

/** Nothing that a title says may steer the terminal. */
function title(text: string): string {
  const plain = text.replace(/\p{Cc}/gu, " ");
  return plain.length > TITLE ? `${plain.slice(0, TITLE)}...` : plain;
}

function percent(share: number | null): string {
  return share === null ? "-" : `${Math.round(share * 1000) / 10}%`;
}

function number(value: number): string {
  return value.toFixed(3);
}

/** Columns of text; all but the first are right-aligned. */
export function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => (row[c] ?? "").length)));
  return rows
    .map((row) => {
      const cells = row.map((cell, c) =>
        c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0),
      );
      return `  ${cells.join("  ").trimEnd()}`;
    })
    .join("\n");
}
