import { parseArgs } from "node:util";
import { step, type Moved } from "../desk/quick-steps.ts";
import { learn } from "../desk/training.ts";
import { bestClass } from "../learning/calibrate.ts";
import { KINDS, type Kind } from "../learning/kind.ts";
import { KIND_LABELS } from "../learning/kind-label.ts";
import { shippedProbabilities, thresholdFor, type KindModel } from "../learning/kind-model.ts";
import type { Lesson } from "../learning/lesson.ts";
import { localProbabilities } from "../learning/local-kinds.ts";
import { shuffle, xorshift } from "../learning/random.ts";
import type { RepositoryModel } from "../learning/repository-model.ts";
import type { KindExample } from "../learning/train-kinds.ts";
import { WrongUse } from "./archive.ts";
import { table } from "./backtest-report.ts";
import { readExamples } from "./model-build.ts";
import { shippedModel } from "./shipped-model.ts";

/** Threads of each of the five repositories: honest history, corrections, and what nobody teaches. */
const SIZES = { past: 120, corrections: 40, tested: 60 };
const SHARES = [0, 0.1, 0.3, 0.5, 0.8, 1];
const SEEDS = [1, 2, 3];
const TARGET = 0.85;
/** As the desk does: a tenth of the history. */
const FRESH = 60;
const HONEST = ["ann", "bob", "cy"];
/** Always the same wrong one: the lie that is easiest to learn. */
const LIES: Partial<Record<Kind, Kind>> = { bug: "question", question: "feature", feature: "bug" };

type Where = "new" | "old";

interface Drawn {
  past: KindExample[];
  corrections: KindExample[];
  tested: KindExample[];
}

interface Figures {
  right: number;
  /** The share said at the target, and how many of these are right. */
  said: number;
  precise: number;
}

/**
 * `npm run evaluate -- --data DIR poison`: what somebody who labels wrongly on purpose can do to a repository's kinds, by the
 * desk's own learning: quick steps, trainings with their examination, a restart at the end.
 */
export function evaluatePoison(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { data: { type: "string" } } });
  if (!values.data) throw new WrongUse("Say where the data lies: npm run evaluate -- --data DIR poison");
  const examples = readExamples(values.data).filter(({ repository }) => repository.startsWith("nlbse24/"));
  const draws = SEEDS.map((seed) => draw(examples, seed));
  const floor = mean(draws.map(({ tested }) => judge(null, tested)));
  const rows = [
    [
      "a poisoner of kinds: right / said at .85 / of these right",
      "lowest",
      "at the end",
      "after a restart",
      "not believed",
    ],
    ["the shipped model alone: the floor", "", told(floor), "", ""],
  ];
  for (const where of ["new", "old"] as const) {
    for (const share of SHARES) {
      if (share === 0 && where === "old") continue;
      const runs = draws.map((drawn) => run(drawn, where, share));
      rows.push([
        share === 0 ? "200 honest corrections" : `${Math.round(100 * share)}% of 200 wrong, ${where} threads`,
        told(mean(runs.map(({ lowest }) => lowest))),
        told(mean(runs.map(({ end }) => end))),
        told(mean(runs.map(({ restarted }) => restarted))),
        runs.map(({ doubted }) => doubted.join(" ") || "-").join(", "),
      ]);
    }
  }
  process.stdout.write(`${table(rows)}\n`);
  return Promise.resolve(0);
}

function draw(examples: readonly KindExample[], seed: number): Drawn {
  const random = xorshift(seed);
  const drawn: Drawn = { past: [], corrections: [], tested: [] };
  for (const repository of new Set(examples.map((example) => example.repository))) {
    const mine = shuffled(
      examples.filter((example) => example.repository === repository),
      random,
    );
    for (const part of ["past", "corrections", "tested"] as const)
      drawn[part].push(...mine.splice(0, SIZES[part]));
  }
  return { ...drawn, past: shuffled(drawn.past, random), corrections: shuffled(drawn.corrections, random) };
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  const order = Int32Array.from(all, (_, i) => i);
  shuffle(order, random);
  return [...order].map((place) => all[place] as T);
}

/** Moments are counted in lessons. */
function run({ past, corrections, tested }: Drawn, where: Where, share: number) {
  const shipped = shippedModel();
  const options = { labels: KIND_LABELS, targetPrecision: TARGET };
  const history = past.map((example, i) => lessonOf(example, honest(i), i));
  let promotedAt = history.length;
  const course = (goOn: boolean) => learn({ history, promotedAt, goOn, without: [], options }, shipped);
  const learning = { until: null, aside: null };
  let moved: Moved = { ...course(false), options, learning, steps: new Map() };
  let lowest = judge(moved.model, tested);
  let doubted: string[] = [];
  corrections.forEach((example, i) => {
    const at = past.length + i + 1;
    const wrong = Math.floor((i + 1) * share) > Math.floor(i * share);
    const place = wrong && where === "old" ? (i * 7) % past.length : history.length;
    const lesson = wrong
      ? lie(history[place], where === "old" ? (past[place] as KindExample) : example, at)
      : lessonOf(example, honest(i), at);
    history[place] = lesson;
    step(moved, { lesson, login: wrong ? "eve" : honest(i) });
    if (i % 20 === 19) lowest = lower(lowest, judge(moved.model, tested));
    if ((i + 1) % FRESH !== 0) return;
    const { model, examination, doubts } = course(true);
    if (examination?.promoted !== false) promotedAt = at;
    doubted = doubts.map(({ login }) => login);
    moved = { ...moved, model, learning: { ...learning, doubts }, steps: new Map() };
    lowest = lower(lowest, judge(model, tested));
  });
  return { lowest, end: judge(moved.model, tested), restarted: judge(course(false).model, tested), doubted };
}

const honest = (i: number) => HONEST[i % HONEST.length] as string;

function lessonOf({ features, kinds }: KindExample, login: string, at: number): Lesson {
  const names = kinds.flatMap((kind) => KIND_LABELS[kind] ?? []);
  return {
    features,
    labels: names.map((name) => ({ name, by: "person" })),
    removed: [],
    openedAt: at,
    testimony: names.map((label) => ({ label, set: true, by: "person", login, at })),
  };
}

/** What an old thread was labelled with is taken off; a new one is labelled wrongly only. */
function lie(before: Lesson | undefined, { features, kinds, ...rest }: KindExample, at: number): Lesson {
  const wrong = lessonOf({ ...rest, features, kinds: kinds.map((kind) => LIES[kind] ?? kind) }, "eve", at);
  if (!before) return wrong;
  const off = before.labels.map(({ name }) => name);
  const taken = off.map((label) => ({ label, set: false, by: "person" as const, login: "eve", at }));
  const testimony = [...(before.testimony ?? []), ...taken, ...(wrong.testimony ?? [])];
  return { ...wrong, openedAt: before.openedAt ?? 0, removed: off, testimony };
}

function judge(
  model: RepositoryModel | null,
  tested: readonly KindExample[],
  shipped: KindModel = shippedModel(),
): Figures {
  const evidence = model?.kinds ?? null;
  let right = 0;
  let said = 0;
  let both = 0;
  for (const { features, kinds } of tested) {
    const found = evidence
      ? localProbabilities(shipped, evidence, features)
      : shippedProbabilities(shipped, features);
    const best = bestClass(found);
    const kind = (evidence?.kinds ?? KINDS)[best] as Kind;
    const isRight = kinds.includes(kind);
    const isSaid = (found[best] as number) >= thresholdFor(evidence ?? shipped, kind, TARGET);
    if (isRight) right++;
    if (isSaid) said++;
    if (isRight && isSaid) both++;
  }
  return { right: right / tested.length, said: said / tested.length, precise: both / (said || 1) };
}

const lower = (one: Figures, other: Figures) => (other.right < one.right ? other : one);

function mean(all: readonly Figures[]): Figures {
  const of = (part: keyof Figures) => all.reduce((sum, one) => sum + one[part], 0) / all.length;
  return { right: of("right"), said: of("said"), precise: of("precise") };
}

const told = ({ right, said, precise }: Figures) =>
  [right, said, precise].map((share) => share.toFixed(3)).join(" / ");
