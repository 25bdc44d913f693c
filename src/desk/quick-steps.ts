import type { KindLabels } from "../learning/kind-label.ts";
import type { Lesson } from "../learning/lesson.ts";
import { updateLabels, type RepositoryModel } from "../learning/repository-model.ts";
import type { Learning } from "../ticket/repository.ts";

/** What somebody of the team taught by setting a label or taking one off. */
export interface Correction {
  lesson: Lesson;
  /** In small letters. */
  login: string;
}

/** A model that corrections move. */
export interface Moved {
  model: RepositoryModel;
  options: { labels: KindLabels };
  /** What the repository's document said of learning. */
  learning: Learning;
  /** How many quick steps each person took since the last training. */
  steps: Map<string, number>;
}

/**
 * One person's quick steps between two trainings, and how many of them may move kinds: five lies make .006 fewer of them
 * right, and there are no more until they are examined.
 */
const MOST_STEPS = 20;
const MOST_KIND_STEPS = 5;

export const loginsOf = (people: readonly { login: string }[] = []) => people.map(({ login }) => login);

/** Moves the model by a correction, as far as its author may still move it: nobody has examined it. */
export function step(known: Moved, { lesson, login }: Correction): void {
  const { without, doubts } = known.learning;
  const taken = known.steps.get(login) ?? 0;
  if (taken >= MOST_STEPS || [...loginsOf(without), ...loginsOf(doubts)].includes(login)) return;
  known.steps.set(login, taken + 1);
  known.model = updateLabels(known.model, lesson, taken < MOST_KIND_STEPS ? known.options.labels : null);
}
