import { decodeFeatures, featuresVersion } from "../learning/features-file.ts";
import { everyKind } from "../learning/kind.ts";
import type { Lesson } from "../learning/lesson.ts";
import type { RepositoryModel } from "../learning/repository-model.ts";
import { lessonAsOf } from "../learning/testimony.ts";
import type { Settings } from "../settings/schema.ts";
import type { Example } from "../ticket/example.ts";
import { stateLabels } from "../triage/own-labels.ts";
import type { Desk } from "./desk.ts";
import type { Learning, Repository } from "../ticket/repository.ts";
import { loginsOf, step, type Correction, type Moved } from "./quick-steps.ts";
import { learnAside, type Curriculum } from "./training.ts";

/** What a repository's history has taught, and what came since. */
export interface LearnedRepository extends Moved {
  /** What of the settings went into it. */
  options: Curriculum["options"];
  /** Lessons of which the model knows nothing, or only by a quick step. */
  fresh: number;
  /** What was taught by quick steps while a full training ran; null: none runs. */
  meanwhile: Correction[] | null;
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

/** Older documents say only from when on nothing was learned. */
const promotedAt = ({ promotedAt, aside }: Learning) => promotedAt ?? aside?.since ?? null;

const isSameCommand = (one: Learning, other: Learning) =>
  one.until === other.until && JSON.stringify(one.without ?? []) === JSON.stringify(other.without ?? []);

/** A document that is older than the model says less of promotions, a newer one more: then another process promoted. */
function isStillSo(
  known: LearnedRepository,
  options: Curriculum["options"],
  { learning = EVERYTHING }: Repository,
): boolean {
  return (
    isSameCommand(known.learning, learning) &&
    (promotedAt(learning) ?? 0) <= (promotedAt(known.learning) ?? 0) &&
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

/** The model in force: as it stood at its promotion, moved by what people said since. */
function build(
  desk: Desk,
  { id, learning = EVERYTHING }: Repository,
  options: Curriculum["options"],
): Promise<LearnedRepository> {
  return inTurn(desk, async () => {
    const readAt = desk.now();
    const history = await readHistory(desk, id, learning);
    const { model, doubts } = await learnAside(
      { ...curriculumOf(learning, history, options), goOn: false },
      desk.model,
    );
    const moment = promotedAt(learning) ?? readAt;
    const known: LearnedRepository = {
      options,
      model,
      learning,
      fresh: 0,
      meanwhile: null,
      steps: new Map(),
    };
    await keepLearning(desk, id, known, { ...learning, promotedAt: moment, doubts });
    const heard = Math.max(moment, learning.aside?.at ?? 0);
    for (const lesson of history) {
      const last = lesson.testimony?.at(-1);
      const saidAt = Math.max(lesson.openedAt ?? 0, last?.at ?? 0);
      if (saidAt > heard) known.fresh++;
      if (last?.login && last.at > moment) step(known, { lesson, login: last.login });
    }
    return known;
  });
}

function curriculumOf(learning: Learning, history: Lesson[], options: Curriculum["options"]) {
  return { history, promotedAt: promotedAt(learning), without: loginsOf(learning.without), options };
}

/** The stored history as far as it teaches, the oldest thread first: the same history gives the same model. */
async function readHistory(desk: Desk, repositoryId: number, { until }: Learning): Promise<Lesson[]> {
  const examples: Example[] = [];
  for await (const example of desk.store.examples(repositoryId)) {
    if (example.version === FEATURES_VERSION && !example.excluded) examples.push(example);
  }
  const lessons = examples.sort((a, b) => a.createdAt - b.createdAt || a.number - b.number).map(lessonOf);
  return until === null ? lessons : lessons.flatMap((lesson) => lessonAsOf(lesson, until - 1) ?? []);
}

function lessonOf({ features, labels, removed, excluded, createdAt, testimony }: Example): Lesson {
  return {
    features: decodeFeatures(Buffer.from(features, "base64")),
    labels,
    removed,
    excluded,
    openedAt: createdAt,
    ...(testimony && { testimony }),
  };
}

/**
 * Tells the model in memory, if there is one, that examples were stored. What somebody of the team said of a label
 * (`teacher`) moves it at once, so that the next ticket profits; with enough examples it is trained anew in the background.
 */
export async function teach(
  desk: Desk,
  repositoryId: number,
  heard: readonly Example[],
  teacher: string | null,
): Promise<void> {
  const known = await desk.memory.models.get(repositoryId);
  // Rolled back to a day: what comes after it teaches nothing.
  if (!known || known.learning.until !== null) return;
  known.fresh += heard.length;
  for (const example of teacher === null ? [] : heard) {
    const correction = { lesson: lessonOf(example), login: (teacher as string).toLowerCase() };
    step(known, correction);
    known.meanwhile?.push(correction);
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
    const { readAt, model, examination, doubts } = await inTurn(desk, () =>
      learnAnew(desk, repositoryId, known),
    );
    const since = promotedAt(known.learning) ?? readAt;
    const isAside = examination !== null && !examination.promoted;
    await keepLearning(desk, repositoryId, known, {
      ...known.learning,
      aside: isAside ? { at: readAt, since, examination } : null,
      promotedAt: isAside ? since : readAt,
      doubts,
    });
    known.model = model;
    known.steps = new Map();
    for (const correction of known.meanwhile) step(known, correction);
    const labels = known.model.labels?.names.length ?? 0;
    const told = { repositoryId, lessons: model.lessons, labels, examination, doubted: doubts.length };
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

async function learnAnew(desk: Desk, repositoryId: number, { learning, options }: LearnedRepository) {
  const readAt = desk.now();
  const history = await readHistory(desk, repositoryId, learning);
  const curriculum = { ...curriculumOf(learning, history, options), goOn: true };
  return { readAt, ...(await learnAside(curriculum, desk.model)) };
}

/** Stores what became of a training, unless a command changed meanwhile what is learned: the next ticket has it built anew. */
async function keepLearning(
  desk: Desk,
  repositoryId: number,
  known: LearnedRepository,
  learning: Learning,
): Promise<void> {
  const stored = await desk.store.read("repository", String(repositoryId));
  if (!isSameCommand(stored?.learning ?? EVERYTHING, known.learning)) return;
  known.learning = learning;
  if (stored && JSON.stringify(stored.learning) !== JSON.stringify(learning))
    await desk.store.merge("repository", String(repositoryId), { learning });
}
