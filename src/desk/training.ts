import { Worker } from "node:worker_threads";
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

/**
 * As `study`, beside the thread that takes deliveries: a worker costs about 0.2 s and 60 MB while it runs, and has ended
 * when its model is here. A history that teaches next to nothing is not worth one. Run from its sources (tests,
 * development) the desk has no compiled worker, and studies in its own thread, which blocks it meanwhile.
 */
export function studyAside(curriculum: Curriculum, shipped: KindModel): Promise<RepositoryModel> {
  if (curriculum.history.length < LEAST_BY_PEOPLE || import.meta.url.endsWith(".ts")) {
    return new Promise((resolve) => setImmediate(resolve)).then(() => study(curriculum, shipped));
  }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./training-worker.js", import.meta.url), { workerData: curriculum });
    let learned: RepositoryModel | null = null;
    worker.once("message", (model: RepositoryModel) => {
      learned = model;
      // Whatever still holds its thread: what it was for is done.
      void worker.terminate();
    });
    worker.once("error", reject);
    worker.once("messageerror", reject);
    worker.once("exit", (code) => {
      if (learned) resolve(learned);
      else reject(new Error(`the training ended with exit code ${code}`));
    });
  });
}
