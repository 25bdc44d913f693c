import { parseArgs } from "node:util";
import { bestClass } from "../learning/calibrate.ts";
import { KINDS, type Kind } from "../learning/kind.ts";
import { shippedProbabilities, thresholdFor, type KindModel } from "../learning/kind-model.ts";
import { learnKinds } from "../learning/learn-kinds.ts";
import { localProbabilities } from "../learning/local-kinds.ts";
import { expectedCalibrationError, macroF1, selectiveAccuracy, type Checked } from "../learning/metrics.ts";
import { shuffle, stratifiedFolds, xorshift } from "../learning/random.ts";
import { trainUncalibrated, type KindExample } from "../learning/train-kinds.ts";
import { WrongUse } from "./archive.ts";
import { table } from "./backtest-report.ts";
import { evaluatePeers } from "./evaluate-peers.ts";
import { readExamples } from "./model-build.ts";

const FOLDS = 5;
const SEED = 1;
const TARGET = 0.85;
/** What a young repository has. */
const FEW = 50;
const FEW_RUNS = 5;
const RESAMPLES = 1000;

/** Guesses by repository. */
type ByRepository = Map<string, Checked[]>;

/**
 * `npm run evaluate -- --data DIR`: the NLBSE'24 protocol by cross-validation, repositories never seen, and the
 * peers beside them. No model that judges a ticket has seen it: the shipped model is built again without it.
 */
export async function evaluateKinds(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { data: { type: "string" }, "no-peers": { type: "boolean", default: false } },
  });
  if (!values.data) throw new WrongUse("Say where the data lies: npm run evaluate -- --data DIR");
  const examples = readExamples(values.data);
  const repositories = [...new Set(examples.map(({ repository }) => repository))].filter(isBenchmark);
  const folds = crossValidate(examples, repositories);
  const unseen = neverSeen(examples, repositories);
  const all = [...folds.values()].flat();
  const applied = all.filter((one) => one.applied);
  const rows: string[][] = [
    ["kinds on NLBSE'24 (five repositories)", "figure", "95%", "must", "aim"],
    [`macro-F1, ${FOLDS}-fold cross-validation`, ...meanF1(folds), ".805", ".83"],
    ["accuracy on the surest 80%", number(selectiveAccuracy(all, 0.8)), "", ".855", ".87"],
    ["accuracy on the surest 60%", number(selectiveAccuracy(all, 0.6)), "", ".895", ".92"],
    ["expected calibration error", number(expectedCalibrationError(all)), "", ".05", ".03"],
    [`precision where applied (target ${TARGET})`, number(selectiveAccuracy(applied, 1)), "", "", ""],
    ["  and its coverage", number(applied.length / all.length), "", "", ""],
    ["repository never seen", ...meanF1(unseen.none), ".66", ".72"],
    [`  with ${FEW} labels`, ...meanF1(unseen.few), ".74", ".78"],
  ];
  for (const [repository, checked] of folds) {
    rows.push([`  ${repository.slice("nlbse24/".length)}`, number(macroF1(checked)), "", "", ""]);
  }
  process.stdout.write(`${table(rows)}\n\n`);
  if (!values["no-peers"]) process.stdout.write(`${table(evaluatePeers(values.data))}\n`);
  return 0;
}

function isBenchmark(repository: string): boolean {
  return repository.startsWith("nlbse24/");
}

/** Trains on four fifths of every repository, the shipped model included, and guesses the last fifth. */
function crossValidate(examples: readonly KindExample[], repositories: readonly string[]): ByRepository {
  const foldOf = new Map<KindExample, number>();
  for (const repository of repositories) {
    const mine = examples.filter((example) => example.repository === repository);
    const folds = stratifiedFolds(mine.map(kindOf), FOLDS, SEED);
    mine.forEach((example, i) => {
      foldOf.set(example, folds[i] as number);
    });
  }
  const found: ByRepository = new Map(repositories.map((repository) => [repository, []]));
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = trainUncalibrated(examples.filter((example) => foldOf.get(example) !== fold));
    for (const repository of repositories) {
      const mine = examples.filter((example) => example.repository === repository);
      const known = mine.filter((example) => foldOf.get(example) !== fold);
      const checked = guess(
        model,
        known,
        mine.filter((example) => foldOf.get(example) === fold),
      );
      found.get(repository)?.push(...checked);
    }
  }
  return found;
}

/** Each repository judged by a shipped model that has not seen it, without and with a few of its labels. */
function neverSeen(
  examples: readonly KindExample[],
  repositories: readonly string[],
): { none: ByRepository; few: ByRepository } {
  const none: ByRepository = new Map();
  const few: ByRepository = new Map();
  for (const repository of repositories) {
    const model = trainUncalibrated(examples.filter((example) => example.repository !== repository));
    const mine = examples.filter((example) => example.repository === repository);
    const kinds = KINDS.filter((kind) => mine.some((example) => example.kinds.includes(kind)));
    none.set(
      repository,
      mine.map((example) => shippedGuess(model, kinds, example)),
    );
    const runs: Checked[] = [];
    for (let run = 0; run < FEW_RUNS; run++) {
      const order = Int32Array.from(mine, (_, i) => i);
      shuffle(order, xorshift(31 * (run + 1)));
      const shuffled = [...order].map((i) => mine[i] as KindExample);
      runs.push(...guess(model, shuffled.slice(0, FEW), shuffled.slice(FEW)));
    }
    few.set(repository, runs);
  }
  return { none, few };
}

function shippedGuess(model: KindModel, kinds: readonly Kind[], example: KindExample): Checked {
  const all = shippedProbabilities(model, example.features);
  const probabilities = kinds.map((kind) => all[KINDS.indexOf(kind)] as number);
  const best = bestClass(probabilities);
  return {
    truth: example.kinds,
    guess: kinds[best] as Kind,
    confidence: probabilities[best] as number,
    applied: true,
  };
}

function guess(model: KindModel, known: readonly KindExample[], tested: readonly KindExample[]): Checked[] {
  const evidence = learnKinds(
    model,
    known.map(({ features, kinds }) => ({ features, kinds, weight: 1 })),
  );
  if (!evidence) return [];
  return tested.map((example) => {
    const probabilities = localProbabilities(model, evidence, example.features);
    const best = bestClass(probabilities);
    const kind = evidence.kinds[best] as Kind;
    const confidence = probabilities[best] as number;
    return {
      truth: example.kinds,
      guess: kind,
      confidence,
      applied: confidence >= thresholdFor(evidence, kind, TARGET),
    };
  });
}

function kindOf({ kinds }: KindExample): string {
  return kinds[0] ?? "";
}

/** The mean of the repositories' macro-F1, and the middle 95% of it over resampled tickets. */
function meanF1(found: ByRepository): [string, string] {
  const random = xorshift(SEED);
  const groups = [...found.values()];
  const mean = (sets: Checked[][]) => sets.reduce((sum, set) => sum + macroF1(set), 0) / (sets.length || 1);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    mean(groups.map((set) => set.map(() => set[Math.floor(random() * set.length)] as Checked))),
  ).sort((a, b) => a - b);
  const at = (part: number) => number(resampled[Math.floor(part * RESAMPLES)] ?? 0);
  return [number(mean(groups)), `${at(0.025)} to ${at(0.975)}`];
}

function number(value: number): string {
  return value.toFixed(3);
}
