import { bestClass } from "./calibrate.ts";
import { KINDS, type Kind } from "./kind.ts";
import type { KindLabels } from "./kind-label.ts";
import { kindPart } from "./features.ts";
import { shippedProbabilities, thresholdFor, type KindModel } from "./kind-model.ts";
import { guessLabels } from "./label-model.ts";
import { isHuman, type Lesson } from "./lesson.ts";
import { localProbabilities } from "./local-kinds.ts";
import {
  kindExamples,
  TARGET_PRECISION,
  type LearnOptions,
  type RepositoryModel,
} from "./repository-model.ts";

/** A fifth of what people taught is held out, at most 200 lessons; fewer than 20 tell nothing. */
const HELD_PART = 5;
const MOST_HELD = 200;
const LEAST_HELD = 20;

/**
 * 99% of a normal distribution lie below: seven comparisons refuse an honest model once in twenty, where one standard error
 * refused two of three.
 */
const SURE = 2.33;

export interface Split {
  /** All other lessons, in their order. */
  taught: Lesson[];
  held: Lesson[];
}

/**
 * Holds out every fifth of the newest 1,000 lessons that people taught. Not simply the newest ones: a corrector who is
 * wrong on purpose would then have set the examination. Null where too few would be held.
 */
export function holdOut(history: readonly Lesson[]): Split | null {
  const byPeople = history.filter(
    ({ labels, excluded }) => !excluded && labels.some(({ by }) => isHuman(by)),
  );
  const recent = byPeople.slice(-HELD_PART * MOST_HELD);
  const held = recent.filter((_, i) => i % HELD_PART === HELD_PART - 1);
  if (held.length < LEAST_HELD) return null;
  const isHeld = new Set(held);
  return { taught: history.filter((lesson) => !isHeld.has(lesson)), held };
}

type ExamOptions = { labels: KindLabels } & Pick<LearnOptions, "targetPrecision">;

/** What a model makes of held-out lessons; one number a lesson, so that two models can be compared in pairs. */
interface Marks {
  /** 1 right, 0 wrong; of the lessons whose kind people said. */
  kinds: number[];
  /** 1 where a right kind would be said, -1 where a wrong one would, 0 where none; of the same lessons. */
  claims: number[];
  /** Own labels rightly applied less those wrongly applied. */
  labels: number[];
}

function marksOf(
  shipped: KindModel,
  model: RepositoryModel,
  held: readonly Lesson[],
  { labels, targetPrecision = TARGET_PRECISION }: ExamOptions,
): Marks {
  const marks: Marks = { kinds: [], claims: [], labels: [] };
  const evidence = model.kinds;
  for (const lesson of held) {
    const said = lesson.labels.filter(({ by }) => isHuman(by));
    const [example] = kindExamples([{ ...lesson, labels: said }], labels);
    if (example) {
      const kinds = evidence?.kinds ?? KINDS;
      const features = kindPart(lesson.features);
      const found = evidence
        ? localProbabilities(shipped, evidence, features)
        : shippedProbabilities(shipped, features);
      const best = bestClass(found);
      const kind = kinds[best] as Kind;
      const right = example.kinds.includes(kind);
      const claimed = (found[best] as number) >= thresholdFor(evidence ?? shipped, kind, targetPrecision);
      marks.kinds.push(right ? 1 : 0);
      marks.claims.push(claimed ? (right ? 1 : -1) : 0);
    }
    const applied = model.labels
      ? guessLabels(model.labels, lesson.features).filter((guess) => guess.applied)
      : [];
    marks.labels.push(
      applied.reduce((sum, { name }) => sum + (said.some((label) => label.name === name) ? 1 : -1), 0),
    );
  }
  return marks;
}

/**
 * Is the candidate's mean at most `SURE` standard errors (of the paired differences) below the other's? Nothing
 * to compare is not worse.
 */
export function notWorse(candidate: readonly number[], other: readonly number[]): boolean {
  const count = candidate.length;
  if (count === 0) return true;
  const differences = candidate.map((mark, i) => mark - (other[i] as number));
  const mean = meanOf(differences);
  const variance = meanOf(differences.map((difference) => (difference - mean) ** 2));
  return mean >= -SURE * Math.sqrt(variance / count);
}

/** 0 where there is nothing. */
function meanOf(marks: readonly number[]): number {
  return marks.length === 0 ? 0 : marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
}

/** Mean marks of a model on the held-out lessons. */
export interface Grades {
  /** The share whose kind was right; 0 where people said no kind. */
  kinds: number;
  /** Kinds rightly said less those wrongly said, per lesson whose kind people said. Not in older documents. */
  claims?: number;
  /** Own labels rightly applied less those wrongly applied, per lesson. */
  labels: number;
}

export interface Examination {
  held: number;
  candidate: Grades;
  incumbent: Grades;
  /** The share of kinds that the model that ships gets right: the floor. */
  shipped: number;
  promoted: boolean;
}

/**
 * Examines a candidate on lessons that neither it nor the incumbent learned. It must be no worse than the incumbent on
 * all of them, and no worse on those that stand as the incumbent knows them: else a hundred wrong labels would
 * pass because the examination has some of them too. What counts is which kind is likeliest, and also what would be said
 * aloud: lies make a model silent long before they make it wrong. And its kinds must be no worse than the shipped model's.
 */
export function examine(
  shipped: KindModel,
  { candidate, incumbent }: { candidate: RepositoryModel; incumbent: RepositoryModel },
  held: { fresh: readonly Lesson[]; known: readonly Lesson[] },
  options: ExamOptions,
): Examination {
  const lessons = [...held.known, ...held.fresh];
  const marks = (model: RepositoryModel, of: readonly Lesson[]) => marksOf(shipped, model, of, options);
  const mine = marks(candidate, lessons);
  const theirs = marks(incumbent, lessons);
  const floor = marks({ kinds: null, labels: null, lessons: 0 }, lessons);
  const old = marks(candidate, held.known);
  const count = { kinds: old.kinds.length, claims: old.claims.length, labels: old.labels.length };
  const passes = (part: keyof Marks) =>
    notWorse(mine[part], theirs[part]) && notWorse(old[part], theirs[part].slice(0, count[part]));
  return {
    held: lessons.length,
    candidate: gradesOf(mine),
    incumbent: gradesOf(theirs),
    shipped: meanOf(floor.kinds),
    promoted: passes("kinds") && passes("claims") && passes("labels") && notWorse(mine.kinds, floor.kinds),
  };
}

const gradesOf = ({ kinds, claims, labels }: Marks): Grades => ({
  kinds: meanOf(kinds),
  claims: meanOf(claims),
  labels: meanOf(labels),
});
