import { doubtsOf, type Doubt } from "../learning/agreement.ts";
import type { KindLabels } from "../learning/kind-label.ts";
import type { KindModel } from "../learning/kind-model.ts";
import { isHuman, type Lesson } from "../learning/lesson.ts";
import { examine, holdOut, type Examination } from "../learning/promotion.ts";
import {
  kindExamples,
  learnLabels,
  type LearnOptions,
  type RepositoryModel,
} from "../learning/repository-model.ts";
import { lessonAsOf, withoutTestimony } from "../learning/testimony.ts";
import { runAside, soon } from "./aside.ts";

/** A history, the oldest lesson first, and what the settings and the operator say of learning. */
export interface Curriculum {
  history: Lesson[];
  /** What was said until this moment made the model in force; null: there is none to compare with. */
  promotedAt: number | null;
  /** Learn what was said since, too, if it passes the examination? Else the model in force is made again. */
  goOn: boolean;
  /** People who do not teach, by command; logins in small letters. */
  without: readonly string[];
  options: Omit<LearnOptions, "shipped"> & { labels: KindLabels };
}

/** What was learned. */
export interface Learned {
  model: RepositoryModel;
  /** The examination that decided about it; null: there was none. */
  examination: Examination | null;
  /** Who taught nothing, because their labels contradict all others'. */
  doubts: Doubt[];
}

/** As many tickets whose kind people said: fewer would make the echo of our own labels the teacher. */
const LEAST_BY_PEOPLE = 20;

/** Learns a history from its beginning: about a second for 1,500 tickets. */
function study(
  history: readonly Lesson[],
  options: Curriculum["options"],
  shipped: KindModel,
): RepositoryModel {
  const model = learnLabels(history, { shipped, ...options });
  const byPeople = history.map((lesson) => ({
    ...lesson,
    labels: lesson.labels.filter(({ by }) => isHuman(by)),
  }));
  const taught = kindExamples(byPeople, options.labels).length >= LEAST_BY_PEOPLE;
  return taught ? model : { ...model, kinds: null };
}

/**
 * Learns a history, as it would be without the words of those who are not believed: as it stood when the model in force was
 * promoted, or to its end if that passes the examination. For this, what the whole history teaches is compared, on lessons
 * held out of both, with what it taught then.
 */
export function learn(curriculum: Curriculum, shipped: KindModel): Learned {
  const { promotedAt, goOn, options } = curriculum;
  const { history, doubts } = believed(curriculum, shipped);
  const asOf = (lessons: readonly Lesson[]) =>
    promotedAt === null ? [...lessons] : lessons.flatMap((lesson) => lessonAsOf(lesson, promotedAt) ?? []);
  const learned = (lessons: readonly Lesson[]) => study(lessons, options, shipped);
  if (!goOn) return { model: learned(asOf(history)), examination: null, doubts };
  const split = promotedAt === null ? null : holdOut(history);
  if (split === null) return { model: learned(history), examination: null, doubts };
  const unchanged = new Set(asOf(history));
  const examination = examine(
    shipped,
    { candidate: learned(split.taught), incumbent: learned(asOf(split.taught)) },
    {
      fresh: split.held.filter((lesson) => !unchanged.has(lesson)),
      known: split.held.filter((lesson) => unchanged.has(lesson)),
    },
    options,
  );
  return { model: learned(examination.promoted ? history : asOf(history)), examination, doubts };
}

function believed(
  { history, without, options }: Curriculum,
  shipped: KindModel,
): Pick<Learned, "doubts"> & Pick<Curriculum, "history"> {
  const unheard = (logins: ReadonlySet<string>) => (lesson: Lesson) =>
    withoutTestimony(lesson, ({ login }) => login !== null && logins.has(login));
  const heard = history.map(unheard(new Set(without)));
  const doubts = doubtsOf(heard, {
    shipped,
    labels: options.labels,
    ignored: new Set(options.ignoreLabels ?? []),
  });
  return { history: heard.map(unheard(new Set(doubts.map(({ login }) => login)))), doubts };
}

/** As `learn`, beside the thread that takes deliveries. A history that teaches next to nothing is not worth a worker. */
export function learnAside(curriculum: Curriculum, shipped: KindModel): Promise<Learned> {
  const here = () => learn(curriculum, shipped);
  if (curriculum.history.length < LEAST_BY_PEOPLE) return soon(here);
  return runAside("./training-worker.js", curriculum, here);
}
