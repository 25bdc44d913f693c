import type { Period } from "../period.ts";
import { type Share, shareOf } from "../share.ts";
import type { Tally } from "../tally.ts";
import { type Count, nothing } from "./count.ts";
import { countAnswers, countArticles, countOriginals } from "./help-accuracy.ts";
import { countLabels, type IsRuled } from "./label-accuracy.ts";

/** How often the desk did something, and how often it was right, against what people did later. */
export interface Accuracy {
  /** A label's name, or an article's id. */
  subject: string;
  /** How often it was set or shown in the period. */
  given: number;
  /** Precision = right / (right + wrong). What nobody has judged yet is in neither. A share from 0 to 1. */
  precision: Share;
  /** Recall = right / (right + missed). A share from 0 to 1. */
  recall: Share;
}

export interface Accuracies {
  /**
   * Labels that the desk set. Right: it stands, and the team has worked on the ticket since, or a person set it again.
   * Wrong: a person took it off, or had it taken off by a command. Missed: a person set it where the desk had not.
   */
  labels: Accuracy[];
  /**
   * Originals that the desk linked. Right: the reporter was content with it, or a person closed the ticket as a
   * duplicate, of this one where that is known. Wrong: it was refused, or the ticket is a duplicate of another one.
   * Missed: closed as a duplicate by a person, or called one by the team, where the desk had linked none or a wrong one.
   */
  duplicates: Accuracy;
  /**
   * Tickets that the desk answered with articles of its own choice. Right: the reporter was content, which is said by
   * closing the ticket without the team, or by a rating before the team spoke. Wrong: it was refused, or so rated. Missed:
   * a question without an article to which the team replied, or gave one; whether an article would have answered it
   * nobody knows, so this recall is the lowest that it can be.
   */
  answers: Accuracy;
  /** The articles that were shown, each by itself; nothing is missed by a single article. */
  articles: Accuracy[];
}

/** `isRuled`: such labels count in nothing. */
export function accuracy(period: Period, isRuled: IsRuled = () => false): Tally<Accuracies> {
  const labels = new Map<string, Count>();
  const articles = new Map<string, Count>();
  const duplicates = nothing();
  const answers = nothing();
  return {
    add(course) {
      const last = course.facts.at(-1)?.at ?? 0;
      // Most tickets of a long history were over before the period began.
      if (!course.served || last < period.since) return;
      const known =
        last < period.until
          ? course
          : { ...course, facts: course.facts.filter(({ at }) => at < period.until) };
      countLabels(known, period, labels, isRuled);
      countArticles(known, period, articles);
      countAnswers(known, period, answers);
      countOriginals(known, period, duplicates);
    },
    result: () => ({
      labels: rows(labels),
      duplicates: row("duplicates", duplicates),
      answers: row("answers", answers),
      articles: rows(articles),
    }),
  };
}

function row(subject: string, { given, right, wrong, missed }: Count): Accuracy {
  return { subject, given, precision: shareOf(right, right + wrong), recall: shareOf(right, right + missed) };
}

/** What was done most often first. */
function rows(counts: Map<string, Count>): Accuracy[] {
  return [...counts]
    .map(([subject, count]) => row(subject, count))
    .sort((a, b) => b.given - a.given || (a.subject < b.subject ? -1 : 1));
}
