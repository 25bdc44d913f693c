import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { kindOfLabel } from "../learning/kind-label.ts";
import { learnLabels } from "../learning/repository-model.ts";
import { readIssue, readLines, WrongUse, type ArchivedIssue } from "./archive.ts";
import { backtestReport } from "./backtest-report.ts";
import { measure, type Tested } from "./backtest-figures.ts";
import { classificationSettings, type ClassificationSettings } from "./classification-settings.ts";
import { lessonOf, predict } from "./prediction.ts";
import { shippedModel } from "./shipped-model.ts";

/** Without a test archive, this newest part is the test. */
const TEST_PART = 0.2;

/** `frontdesk backtest ARCHIVE [--test TEST]`: learns the old tickets, and measures on the new ones. */
export async function backtest(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      test: { type: "string" },
      settings: { type: "string" },
      predictions: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const [archive, ...more] = positionals;
  if (archive === undefined || more.length > 0) {
    throw new WrongUse("Say which archive to learn from: frontdesk backtest ARCHIVE [--test TEST]");
  }
  const settings = classificationSettings(values.settings);
  const { past, future } = split(archive, values.test);
  const repository = learnLabels(past.map(lessonOf), { shipped: shippedModel(), ...settings });
  const predictor = { shipped: shippedModel(), repository, settings };
  const tested = future.map((issue): Tested => {
    const prediction = predict(issue, predictor);
    return { issue, prediction, ...truthOf(issue, settings, repository.labels?.names ?? []) };
  });
  if (values.predictions !== undefined) {
    writeFileSync(
      values.predictions,
      tested.map(({ prediction }) => `${JSON.stringify(prediction)}\n`).join(""),
    );
  }
  const figures = measure(tested, repository, past.length);
  process.stdout.write(
    values.json ? `${JSON.stringify(figures)}\n` : backtestReport(figures, tested, settings),
  );
  return 0;
}

/** Tickets to learn from and tickets to be tested on, oldest first. */
function split(
  archive: string,
  test: string | undefined,
): { past: ArchivedIssue[]; future: ArchivedIssue[] } {
  const issues = threads(archive);
  if (test !== undefined) return { past: issues, future: threads(test, false) };
  const first = issues.length - Math.floor(issues.length * TEST_PART);
  return { past: issues.slice(0, first), future: issues.slice(first) };
}

function threads(path: string, sorted = true): ArchivedIssue[] {
  const issues = readLines(path, readIssue).filter(({ isPullRequest }) => !isPullRequest);
  if (!sorted) return issues;
  return issues.sort((a, b) =>
    a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.number - b.number,
  );
}

/** What people said of a ticket: its kinds, and those of the learned labels that it has. */
function truthOf(
  { labels }: ArchivedIssue,
  settings: ClassificationSettings,
  learned: readonly string[],
): { kinds: string[]; labels: string[]; looked: boolean } {
  const kinds = labels.map((name) => kindOfLabel(name, settings.labels)).filter((kind) => kind !== null);
  return {
    kinds: [...new Set(kinds)],
    labels: labels.filter((name) => learned.includes(name)),
    looked: labels.length > 0,
  };
}
