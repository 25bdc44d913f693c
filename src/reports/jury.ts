import type { Course } from "./course.ts";
import { type Accuracies, type Accuracy, accuracy } from "./metrics/accuracy.ts";
import type { IsRuled } from "./metrics/label-accuracy.ts";
import type { Period } from "./period.ts";
import { shareOf } from "./share.ts";
import { type Tally, tally } from "./tally.ts";

/** Labels of fewer people's tickets are one person's affair. */
const FEWEST_PEOPLE = 3;

/** What one ticket says of one thing. */
interface Verdict {
  right: boolean;
  at: number;
}

/** The newest verdict of each person on one thing, and of each ticket. */
interface Voices {
  people: Map<string, Verdict>;
  right: number;
  wrong: number;
}

/**
 * What people made of the desk's doings, counted so that nobody can silence it alone: answers, articles and originals by
 * people, each with the verdict on their newest ticket, since it is the reporter who refuses; labels by tickets, since it
 * is the team who takes them off and who of it is not known, but only where tickets of three people were judged. Precision
 * only: what is missed silences nothing. `isRuled`: labels that follow rules say nothing, whether they are liked or not.
 */
export function jury(period: Period, isRuled?: IsRuled): Tally<Accuracies> {
  const heard = { labels: new Map<string, Voices>(), articles: new Map<string, Voices>() };
  const altogether = { answers: voices(), duplicates: voices() };
  return {
    add(course) {
      const { labels, articles, answers, duplicates } = tally(accuracy(period, isRuled), [course]);
      for (const label of labels) hear(voicesOf(heard.labels, label.subject), course, label);
      for (const article of articles) hear(voicesOf(heard.articles, article.subject), course, article);
      hear(altogether.answers, course, answers);
      hear(altogether.duplicates, course, duplicates);
    },
    result: () => ({
      labels: [...heard.labels].map(([subject, all]) => byTickets(subject, all)),
      articles: [...heard.articles].map(([subject, all]) => byPeople(subject, all)),
      answers: byPeople("answers", altogether.answers),
      duplicates: byPeople("duplicates", altogether.duplicates),
    }),
  };
}

const voices = (): Voices => ({ people: new Map(), right: 0, wrong: 0 });

function voicesOf(all: Map<string, Voices>, subject: string): Voices {
  const known = all.get(subject) ?? voices();
  all.set(subject, known);
  return known;
}

/** A ticket's one verdict on a thing, if it has one. */
function hear(all: Voices, { record, openedAt }: Course, { precision: { part, whole } }: Accuracy): void {
  if (whole === 0) return;
  const right = part * 2 > whole;
  all[right ? "right" : "wrong"] += 1;
  // Of a deleted account nobody knows whether it is the same as another.
  const person = record.author?.toLowerCase() ?? record.key;
  const before = all.people.get(person);
  if (!before || before.at <= openedAt) all.people.set(person, { right, at: openedAt });
}

function byPeople(subject: string, { people }: Voices): Accuracy {
  const right = [...people.values()].filter((verdict) => verdict.right).length;
  return judged(subject, right, people.size);
}

function byTickets(subject: string, { people, right, wrong }: Voices): Accuracy {
  return people.size < FEWEST_PEOPLE ? judged(subject, 0, 0) : judged(subject, right, right + wrong);
}

function judged(subject: string, right: number, whole: number): Accuracy {
  return { subject, given: whole, precision: shareOf(right, whole), recall: shareOf(0, 0) };
}
