import { decodeFeatures, featuresVersion } from "../learning/features-file.ts";
import { everyKind } from "../learning/kind.ts";
import type { Lesson } from "../learning/lesson.ts";
import { updateLabels, type RepositoryModel } from "../learning/repository-model.ts";
import type { Settings } from "../settings/schema.ts";
import type { Example } from "../ticket/example.ts";
import { stateLabels } from "../triage/own-labels.ts";
import type { Desk } from "./desk.ts";
import { studyAside, type Curriculum } from "./training.ts";

/** What a repository's history has taught, and what came since. */
export interface LearnedRepository {
  /** What of the settings went into it. */
  options: Curriculum["options"];
  model: RepositoryModel;
  /** Lessons of which the model knows nothing, or only by a quick step. */
  fresh: number;
  /** What was taught by quick steps while a full training ran; null: none runs. */
  meanwhile: Lesson[] | null;
}

/** Models in memory: each takes up to 50 MB, with a hundred labels. */
const MOST_MODELS = 16;

/** Trained anew after so many lessons, or a tenth of the history where that is more. */
const FRESH_LESSONS = 20;
const FRESH_SHARE = 0.1;

export const FEATURES_VERSION = featuresVersion();

/**
 * What the repository's history teaches under these settings; null where nothing is learned. Made from the stored
 * history when it is first needed, then kept in memory.
 */
export async function repositoryModel(
  desk: Desk,
  repositoryId: number,
  settings: Settings,
): Promise<RepositoryModel | null> {
  if (!settings.classification.learn) return null;
  const { models } = desk.memory;
  const options = optionsOf(settings);
  const before = models.get(repositoryId);
  if (before && !isSame((await before).options, options) && models.get(repositoryId) === before) {
    models.delete(repositoryId);
  }
  // Others may have waited for the same: the first of them begins a training, all wait for it.
  let learning = models.get(repositoryId);
  if (!learning) {
    const begun = build(desk, repositoryId, options);
    begun.catch(() => {
      if (models.get(repositoryId) === begun) models.delete(repositoryId);
    });
    learning = begun;
  }
  // To the end of the map, whose order is thereby the order of last use.
  models.delete(repositoryId);
  models.set(repositoryId, learning);
  const [oldest] = models.keys();
  if (models.size > MOST_MODELS && oldest !== undefined) models.delete(oldest);
  return (await learning).model;
}

function optionsOf(settings: Settings): Curriculum["options"] {
  const { labels, classification } = settings;
  return {
    labels: everyKind((kind) => labels[kind]),
    targetPrecision: classification.targetPrecision,
    ignoreLabels: [...classification.ignoreLabels, ...stateLabels(settings)],
  };
}

const isSame = (a: Curriculum["options"], b: Curriculum["options"]) =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * One training at a time in a process: each takes a thread and 60 MB and more while it runs. The others wait, and read
 * their history only when it is their turn.
 */
function build(desk: Desk, repositoryId: number, options: Curriculum["options"]): Promise<LearnedRepository> {
  const turn = desk.memory.studying.then(async () => {
    const history = await readLessons(desk, repositoryId);
    const model = await studyAside({ history, options }, desk.model);
    return { options, model, fresh: 0, meanwhile: null };
  });
  desk.memory.studying = turn.then(
    () => undefined,
    () => undefined,
  );
  return turn;
}

/** The stored history, the oldest thread first: the same history gives the same model. */
async function readLessons(desk: Desk, repositoryId: number): Promise<Lesson[]> {
  const examples: Example[] = [];
  for await (const example of desk.store.examples(repositoryId)) {
    if (example.version === FEATURES_VERSION && !example.excluded) examples.push(example);
  }
  return examples.sort((a, b) => a.createdAt - b.createdAt || a.number - b.number).map(lessonOf);
}

function lessonOf({ features, labels, removed, excluded }: Example): Lesson {
  return { features: decodeFeatures(Buffer.from(features, "base64")), labels, removed, excluded };
}

/**
 * Tells the model in memory, if there is one, that examples were stored. A `correction` moves it at once, so that the next
 * ticket profits; with enough of them it is trained anew in the background.
 */
export async function teach(
  desk: Desk,
  repositoryId: number,
  examples: readonly Example[],
  correction: boolean,
): Promise<void> {
  const known = await desk.memory.models.get(repositoryId);
  if (!known) return;
  known.fresh += examples.length;
  if (correction) {
    for (const example of examples) {
      if (example.excluded) continue;
      const lesson = lessonOf(example);
      known.model = updateLabels(known.model, lesson, known.options.labels);
      known.meanwhile?.push(lesson);
    }
  }
  const enough = Math.max(FRESH_LESSONS, FRESH_SHARE * known.model.lessons);
  if (known.meanwhile !== null || known.fresh < enough) return;
  const running = retrain(desk, repositoryId, known);
  desk.memory.training.add(running);
  void running.finally(() => desk.memory.training.delete(running));
}

/** The old model serves until the new one is there; what was taught meanwhile is taught to it again. */
async function retrain(desk: Desk, repositoryId: number, known: LearnedRepository): Promise<void> {
  known.meanwhile = [];
  known.fresh = 0;
  try {
    const { model } = await build(desk, repositoryId, known.options);
    known.model = known.meanwhile.reduce(
      (taught, lesson) => updateLabels(taught, lesson, known.options.labels),
      model,
    );
    const labels = known.model.labels?.names.length ?? 0;
    desk.log.info({ repositoryId, lessons: model.lessons, labels }, "learned the repository's history anew");
  } catch (error) {
    desk.log.error(
      { err: error, repositoryId },
      "could not learn the repository's history: the old model stays",
    );
  } finally {
    known.meanwhile = null;
  }
}
