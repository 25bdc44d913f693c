import type { KindLabels } from "../learning/kind-label.ts";
import type { KindModel } from "../learning/kind-model.ts";
import type { Lesson } from "../learning/lesson.ts";
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
  options: Omit<LearnOptions, "shipped"> & { labels: KindLabels };
}

/** As many tickets whose kind people said: fewer would make the echo of our own labels the teacher. */
const LEAST_BY_PEOPLE = 20;

/** Learns a history from its beginning: about a second for 1,500 tickets. */
export function study({ history, options }: Curriculum, shipped: KindModel): RepositoryModel {
  const model = learnLabels(history, { shipped, ...options });
  const byPeople = history.map((lesson) => ({
    ...lesson,
    labels: lesson.labels.filter(({ by }) => isHuman(by)),
  }));
  const taught = kindExamples(byPeople, options.labels).length >= LEAST_BY_PEOPLE;
  return taught ? model : { ...model, kinds: null };
}

/** As `study`, beside the thread that takes deliveries. A history that teaches next to nothing is not worth a worker. */
export function studyAside(curriculum: Curriculum, shipped: KindModel): Promise<RepositoryModel> {
  const here = () => study(curriculum, shipped);
  if (curriculum.history.length < LEAST_BY_PEOPLE) return soon(here);
  return runAside("./training-worker.js", curriculum, here);
}
