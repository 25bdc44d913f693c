import type { KindLabels } from "../learning/kind-label.ts";
import type { KindModel } from "../learning/kind-model.ts";
import type { Lesson } from "../learning/lesson.ts";
import { examine, holdOut, type Examination } from "../learning/promotion.ts";
import {
  kindExamples,
  learnLabels,
  type LearnOptions,
  type RepositoryModel,
} from "../learning/repository-model.ts";
import { isHuman } from "../learning/lesson.ts";
import { runAside, soon } from "./aside.ts";

/** A history, the oldest lesson first, and what the settings say of learning. */
export interface Curriculum {
  history: Lesson[];
  /** How many of them, from the beginning, the model in force has learned; null: there is none to compare with. */
  known: number | null;
  options: Omit<LearnOptions, "shipped"> & { labels: KindLabels };
}

/** What was learned, and the examination that decided about it; null: there was none. */
export interface Learned {
  model: RepositoryModel;
  examination: Examination | null;
}

/** As many tickets whose kind people said: fewer would make the echo of our own labels the teacher. */
const LEAST_BY_PEOPLE = 20;

/** Learns a history from its beginning: about a second for 1,500 tickets. */
function study({ history, options }: Omit<Curriculum, "known">, shipped: KindModel): RepositoryModel {
  const model = learnLabels(history, { shipped, ...options });
  const byPeople = history.map((lesson) => ({
    ...lesson,
    labels: lesson.labels.filter(({ by }) => isHuman(by)),
  }));
  const taught = kindExamples(byPeople, options.labels).length >= LEAST_BY_PEOPLE;
  return taught ? model : { ...model, kinds: null };
}

/**
 * Learns a history. Where a model is in force, all of it only if that passes the examination: what the whole history teaches
 * is compared, on lessons held out of both, with what the known part does. Otherwise the known part alone is learned again.
 */
export function learn({ history, known, options }: Curriculum, shipped: KindModel): Learned {
  const split = known === null ? null : holdOut(history);
  if (known === null || split === null)
    return { model: study({ history, options }, shipped), examination: null };
  const trusted = new Set(history.slice(0, known));
  const before = (lessons: readonly Lesson[]) => lessons.filter((lesson) => trusted.has(lesson));
  const examination = examine(
    shipped,
    {
      candidate: study({ history: split.taught, options }, shipped),
      incumbent: study({ history: before(split.taught), options }, shipped),
    },
    { fresh: split.held.filter((lesson) => !trusted.has(lesson)), known: before(split.held) },
    options.labels,
  );
  const lessons = examination.promoted ? history : before(history);
  return { model: study({ history: lessons, options }, shipped), examination };
}

/** As `learn`, beside the thread that takes deliveries. A history that teaches next to nothing is not worth a worker. */
export function learnAside(curriculum: Curriculum, shipped: KindModel): Promise<Learned> {
  const here = () => learn(curriculum, shipped);
  if (curriculum.history.length < LEAST_BY_PEOPLE) return soon(here);
  return runAside("./training-worker.js", curriculum, here);
}
