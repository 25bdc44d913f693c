import type { Fact, Help } from "../../ticket/fact.ts";
import type { Course } from "../course.ts";
import { type Period, within } from "../period.ts";
import { type Share, shareOf } from "../share.ts";
import type { Tally } from "../tally.ts";

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
   * Wrong: a person took it off. Missed: a person set it where the desk had not.
   */
  labels: Accuracy[];
  /**
   * Originals that the desk linked. Right: the reporter was content with it, or a person closed the ticket as a
   * duplicate. Wrong: it was refused. Missed: closed as a duplicate by a person where the desk had linked none.
   */
  duplicates: Accuracy;
  /**
   * Tickets that the desk answered with articles. Right: the reporter was content, which is said by closing the ticket
   * without the team. Wrong: it was refused. Missed: a question without an article to which the team replied; whether an
   * article would have answered it nobody knows, so this recall is the lowest that it can be.
   */
  answers: Accuracy;
  /** The articles that were shown, each by itself; nothing is missed by a single article. */
  articles: Accuracy[];
}

interface Count {
  given: number;
  right: number;
  wrong: number;
  missed: number;
}

export function accuracy(period: Period): Tally<Accuracies> {
  const labels = new Map<string, Count>();
  const articles = new Map<string, Count>();
  const duplicates = empty();
  const answers = empty();
  return {
    add(course) {
      if (!course.served) return;
      const facts = course.facts.filter(({ at }) => at < period.until);
      countLabels(facts, period, labels);
      countArticles(facts, period, articles);
      countHelp("duplicate", facts, period, duplicates, isMarkedDuplicate);
      countHelp("article", facts, period, answers, (ours) => asks(course) && isReplied(ours));
    },
    result: () => ({
      labels: rows(labels),
      duplicates: row("duplicates", duplicates),
      answers: row("answers", answers),
      articles: rows(articles),
    }),
  };
}

const empty = (): Count => ({ given: 0, right: 0, wrong: 0, missed: 0 });

function countOf(counts: Map<string, Count>, subject: string): Count {
  const count = counts.get(subject) ?? empty();
  counts.set(subject, count);
  return count;
}

type LabelMove = Fact & { type: "labelled" | "unlabelled" };

const isLabelMove = (fact: Fact): fact is LabelMove => fact.type === "labelled" || fact.type === "unlabelled";
const byPerson = ({ by }: LabelMove) => by === "team" || by === "other" || by === "reporter";

/** The team worked on the ticket: what it let stand it agreed with. */
function byTeam(fact: Fact): boolean {
  const worked =
    isLabelMove(fact) || fact.type === "spoke" || fact.type === "closed" || fact.type === "reopened";
  return worked && fact.by === "team";
}

function countLabels(facts: readonly Fact[], period: Period, counts: Map<string, Count>): void {
  const moves = facts.filter(isLabelMove);
  for (const label of new Set(moves.map((fact) => fact.label))) {
    const about = moves.filter((fact) => fact.label === label);
    const ours = about.find((fact) => fact.type === "labelled" && fact.by === "desk");
    // A person's hand is final: whatever came of it later is theirs.
    const theirs = about.findLast(byPerson);
    const first = ours ?? (theirs?.type === "labelled" ? theirs : null);
    if (!first || !within(first.at, period)) continue;
    const count = countOf(counts, label);
    if (!ours) {
      count.missed += 1;
      continue;
    }
    count.given += 1;
    if (theirs?.type === "unlabelled") count.wrong += 1;
    else if (theirs || facts.some((fact) => byTeam(fact) && fact.at >= ours.at)) count.right += 1;
  }
}

function countHelp(
  help: Help,
  facts: readonly Fact[],
  period: Period,
  count: Count,
  isNeeded: (facts: readonly Fact[]) => boolean,
): void {
  const shown = facts.find((fact) => fact.type === "shown" && fact.help === help);
  const first = shown ?? facts[0];
  if (!first || !within(first.at, period)) return;
  if (!shown) {
    count.missed += Number(isNeeded(facts));
    return;
  }
  count.given += 1;
  const verdict = facts.findLast((fact) => fact.type === "judged" && fact.help === help);
  const helpful = verdict?.type === "judged" ? verdict.helpful : null;
  if (helpful === false) count.wrong += 1;
  else if (helpful || (help === "duplicate" && isMarkedDuplicate(facts))) count.right += 1;
}

const isMarkedDuplicate = (facts: readonly Fact[]) =>
  facts.some((fact) => fact.type === "closed" && fact.by !== "desk" && fact.reason === "duplicate");

const asks = ({ record }: Course) => record.triage?.kind === "question";
const isReplied = (facts: readonly Fact[]) =>
  facts.some((fact) => fact.type === "spoke" && fact.by === "team");

function countArticles(facts: readonly Fact[], period: Period, counts: Map<string, Count>): void {
  const seen = new Set<string>();
  for (const shown of facts) {
    if (shown.type !== "shown" || shown.help !== "article" || seen.has(shown.id)) continue;
    seen.add(shown.id);
    if (!within(shown.at, period)) continue;
    const count = countOf(counts, shown.id);
    count.given += 1;
    const verdict = facts.findLast(
      (fact) => fact.type === "judged" && fact.help === "article" && fact.id === shown.id,
    );
    if (verdict?.type === "judged") count[verdict.helpful ? "right" : "wrong"] += 1;
  }
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
