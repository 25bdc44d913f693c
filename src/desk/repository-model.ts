import { decodeFeatures, featuresVersion } from "../learning/features-file.ts";
import { everyKind } from "../learning/kind.ts";
import type { Lesson } from "../learning/lesson.ts";
import { updateLabels, type RepositoryModel } from "../learning/repository-model.ts";
import type { Settings } from "../settings/schema.ts";
import type { Example } from "../ticket/example.ts";
import { stateLabels } from "../triage/own-labels.ts";
import type { Desk } from "./desk.ts";
import type { Learning, Repository } from "../ticket/repository.ts";
import { learnAside, type Curriculum } from "./training.ts";

/** What a repository's history has taught, and what came since. */
export interface LearnedRepository {
  /** What of the settings went into it. */
  options: Curriculum["options"];
  model: RepositoryModel;
  /** What the repository's document said of learning. */
  learning: Learning;
  /** When the newest thread that it learned was opened. */
  newest: number;
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
  repository: Repository,
  settings: Settings,
): Promise<RepositoryModel | null> {
  const { id: repositoryId } = repository;
  if (!settings.classification.learn) return null;
  const { models } = desk.memory;
  const options = optionsOf(settings);
  const before = models.get(repositoryId);
  if (before && !isStillSo(await before, options, repository) && models.get(repositoryId) === before) {
    models.delete(repositoryId);
  }
  // Others may have waited for the same: the first of them begins a training, all wait for it.
  let learning = models.get(repositoryId);
  if (!learning) {
    const begun = build(desk, repository, options);
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

const EVERYTHING: Learning = { until: null, aside: null };

/** Only threads opened before this are learned. */
const endOf = ({ until, aside }: Learning) => until ?? aside?.since ?? Number.POSITIVE_INFINITY;

function isStillSo(
  known: LearnedRepository,
  options: Curriculum["options"],
  { learning }: Repository,
): boolean {
  return (
    endOf(known.learning) === endOf(learning ?? EVERYTHING) &&
    JSON.stringify(known.options) === JSON.stringify(options)
  );
}

/**
 * One training at a time in a process: each takes a thread and 60 MB and more while it runs. The others wait, and read
 * their history only when it is their turn.
 */
function inTurn<T>(desk: Desk, train: () => Promise<T>): Promise<T> {
  const turn = desk.memory.studying.then(train);
  desk.memory.studying = turn.then(
    () => undefined,
    () => undefined,
  );
  return turn;
}

function build(
  desk: Desk,
  { id, learning = EVERYTHING }: Repository,
  options: Curriculum["options"],
): Promise<LearnedRepository> {
  return inTurn(desk, async () => {
    const examples = await readExamples(desk, id, endOf(learning));
    const { model } = await learnAside({ history: examples.map(lessonOf), known: null, options }, desk.model);
    return { options, model, learning, newest: examples.at(-1)?.createdAt ?? 0, fresh: 0, meanwhile: null };
  });
}

/** The stored history of threads opened before `end`, the oldest first: the same history gives the same model. */
async function readExamples(desk: Desk, repositoryId: number, end: number): Promise<Example[]> {
  const examples: Example[] = [];
  for await (const example of desk.store.examples(repositoryId)) {
    const { version, excluded, createdAt } = example;
    if (version === FEATURES_VERSION && !excluded && createdAt < end) examples.push(example);
  }
  return examples.sort((a, b) => a.createdAt - b.createdAt || a.number - b.number);
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
  heard: readonly Example[],
  correction: boolean,
): Promise<void> {
  const known = await desk.memory.models.get(repositoryId);
  if (!known) return;
  const { until } = known.learning;
  const examples = heard.filter(({ createdAt }) => until === null || createdAt < until);
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

/**
 * The old model serves until the new one is there, which must pass its examination; what was taught meanwhile is taught to
 * it again. What does not pass is kept aside: its numbers are stored, and a restarted desk leaves it aside too.
 */
async function retrain(desk: Desk, repositoryId: number, known: LearnedRepository): Promise<void> {
  known.meanwhile = [];
  known.fresh = 0;
  try {
    const { examples, model, examination } = await inTurn(desk, () => learnAnew(desk, repositoryId, known));
    const isAside = examination !== null && !examination.promoted;
    const aside = isAside ? { at: desk.now(), since: known.newest + 1, examination } : null;
    await keepAside(desk, repositoryId, known, aside);
    if (!isAside) known.newest = examples.at(-1)?.createdAt ?? 0;
    known.model = known.meanwhile.reduce(
      (taught, lesson) => updateLabels(taught, lesson, known.options.labels),
      model,
    );
    const labels = known.model.labels?.names.length ?? 0;
    const told = { repositoryId, lessons: model.lessons, labels, examination };
    if (isAside) desk.log.warn(told, "what was learned anew is worse: kept aside, the old model stays");
    else desk.log.info(told, "learned the repository's history anew");
  } catch (error) {
    desk.log.error(
      { err: error, repositoryId },
      "could not learn the repository's history: the old model stays",
    );
  } finally {
    known.meanwhile = null;
  }
}

async function learnAnew(desk: Desk, repositoryId: number, { learning, newest, options }: LearnedRepository) {
  const examples = await readExamples(desk, repositoryId, learning.until ?? Number.POSITIVE_INFINITY);
  const known = examples.filter(({ createdAt }) => createdAt <= newest).length;
  return { examples, ...(await learnAside({ history: examples.map(lessonOf), known, options }, desk.model)) };
}

async function keepAside(
  desk: Desk,
  repositoryId: number,
  known: LearnedRepository,
  aside: Learning["aside"],
): Promise<void> {
  if (aside === null && known.learning.aside === null) return;
  const stored = await desk.store.read("repository", String(repositoryId));
  const { until } = stored?.learning ?? EVERYTHING;
  // Rolled back by command meanwhile: the next ticket has the model built anew.
  if (until !== known.learning.until) return;
  const learning = { until, aside };
  await desk.store.merge("repository", String(repositoryId), { learning });
  known.learning = learning;
}
