import { bestClass } from "./calibrate.ts";
import { KINDS } from "./kind.ts";
import type { KindLabels } from "./kind-label.ts";
import { shippedProbabilities, type KindModel } from "./kind-model.ts";
import { guessLabels } from "./label-model.ts";
import { isHuman, type Lesson } from "./lesson.ts";
import { localProbabilities } from "./local-kinds.ts";
import { kindExamples, type RepositoryModel } from "./repository-model.ts";

/** A fifth of what people taught is held out, at most 200 lessons; fewer than 20 tell nothing. */
const HELD_PART = 5;
const MOST_HELD = 200;
const LEAST_HELD = 20;

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

/** What a model makes of held-out lessons; one number a lesson, so that two models can be compared in pairs. */
interface Marks {
  /** 1 right, 0 wrong; of the lessons whose kind people said. */
  kinds: number[];
  /** Own labels rightly applied less those wrongly applied. */
  labels: number[];
}

function marksOf(
  shipped: KindModel,
  model: RepositoryModel,
  held: readonly Lesson[],
  labels: KindLabels,
): Marks {
  const marks: Marks = { kinds: [], labels: [] };
  const evidence = model.kinds;
  for (const lesson of held) {
    const said = lesson.labels.filter(({ by }) => isHuman(by));
    const [example] = kindExamples([{ ...lesson, labels: said }], labels);
    if (example) {
      const kinds = evidence?.kinds ?? KINDS;
      const found = evidence
        ? localProbabilities(shipped, evidence, lesson.features)
        : shippedProbabilities(shipped, lesson.features);
      const kind = kinds[bestClass(found)];
      marks.kinds.push(kind !== undefined && example.kinds.includes(kind) ? 1 : 0);
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
 * Is the candidate's mean at most one standard error (of the paired differences) below the other's? Nothing
 * to compare is not worse.
 */
export function notWorse(candidate: readonly number[], other: readonly number[]): boolean {
  const count = candidate.length;
  if (count === 0) return true;
  const differences = candidate.map((mark, i) => mark - (other[i] as number));
  const mean = meanOf(differences);
  const variance = meanOf(differences.map((difference) => (difference - mean) ** 2));
  return mean >= -Math.sqrt(variance / count);
}

/** 0 where there is nothing. */
function meanOf(marks: readonly number[]): number {
  return marks.length === 0 ? 0 : marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
}

/** Mean marks of a model on the held-out lessons. */
export interface Grades {
  /** The share whose kind was right; 0 where people said no kind. */
  kinds: number;
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
 * all of them, and no worse on those from the time that the incumbent knows: else a hundred wrong labels would
 * pass because the examination has some of them too. And its kinds must be no worse than the shipped model's.
 */
export function examine(
  shipped: KindModel,
  { candidate, incumbent }: { candidate: RepositoryModel; incumbent: RepositoryModel },
  held: { fresh: readonly Lesson[]; known: readonly Lesson[] },
  labels: KindLabels,
): Examination {
  const lessons = [...held.known, ...held.fresh];
  const marks = (model: RepositoryModel, of: readonly Lesson[]) => marksOf(shipped, model, of, labels);
  const mine = marks(candidate, lessons);
  const theirs = marks(incumbent, lessons);
  const floor = marks({ kinds: null, labels: null, lessons: 0 }, lessons);
  const old = marks(candidate, held.known);
  const count = { kinds: old.kinds.length, labels: old.labels.length };
  const passes = (part: keyof Marks) =>
    notWorse(mine[part], theirs[part]) && notWorse(old[part], theirs[part].slice(0, count[part]));
  return {
    held: lessons.length,
    candidate: gradesOf(mine),
    incumbent: gradesOf(theirs),
    shipped: meanOf(floor.kinds),
    promoted: passes("kinds") && passes("labels") && notWorse(mine.kinds, floor.kinds),
  };
}

const gradesOf = ({ kinds, labels }: Marks): Grades => ({ kinds: meanOf(kinds), labels: meanOf(labels) });
