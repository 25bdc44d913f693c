import type { Fact, Rating } from "../../ticket/fact.ts";
import { type Period, within } from "../period.ts";
import { type Share, shareOf } from "../share.ts";
import type { Tally } from "../tally.ts";

export interface Satisfaction {
  /** Ratings, one for each person and ticket: the last word of each counts, in the period in which it was said. */
  satisfied: number;
  neutral: number;
  dissatisfied: number;
  /** People who opened a ticket in the period, and those of them who had opened one before or came back with another. */
  people: number;
  repeat: number;
  /**
   * CSAT = satisfied / rated, where rated = satisfied + neutral + dissatisfied. A share from 0 to 1. Source: reactions to
   * our comments and surveys, refusals of our help, surveys elsewhere; neither the team's nor bots'. Nobody rated: null.
   */
  csat: Share;
  /**
   * Net satisfaction = (P - N) / T, from -1 to 1, where P are the satisfied, N the dissatisfied and T all who rated.
   * Nobody rated: null.
   */
  net: number | null;
  /**
   * Loyalty = (P + repeat) / (T + repeat). A share from 0 to 1: coming back counts as a vote for us. (For P = 600,
   * T = 1000 and repeat = 300 that is 900 / 1300 = 69.2%, not the 50% that the formula's source names.)
   */
  loyalty: Share;
}

export function satisfaction(period: Period): Tally<Satisfaction> {
  const count: Record<Rating, number> = { "-1": 0, 0: 0, 1: 0 };
  /** Tickets of each author until the period's end, and the authors of those of the period. */
  const tickets = new Map<string, number>();
  const authors = new Set<string>();
  return {
    add({ record, facts, openedAt, served }) {
      if (!served) return;
      for (const rating of lastWords(facts, period)) if (rating !== null) count[rating] += 1;
      const author = record.author?.toLowerCase();
      if (author === undefined || openedAt >= period.until) return;
      tickets.set(author, (tickets.get(author) ?? 0) + 1);
      if (within(openedAt, period)) authors.add(author);
    },
    result() {
      const [satisfied, neutral, dissatisfied] = [count[1], count[0], count[-1]];
      const rated = satisfied + neutral + dissatisfied;
      const repeat = [...authors].filter((author) => (tickets.get(author) ?? 0) > 1).length;
      return {
        satisfied,
        neutral,
        dissatisfied,
        people: authors.size,
        repeat,
        csat: shareOf(satisfied, rated),
        net: rated === 0 ? null : (satisfied - dissatisfied) / rated,
        loyalty: shareOf(satisfied + repeat, rated + repeat),
      };
    },
  };
}

/** The last word of each person who rated a ticket, if it was said in the period; null: it takes an earlier one back. */
function lastWords(facts: readonly Fact[], period: Period): (Rating | null)[] {
  const ratings = facts.filter((fact) => fact.type === "rated").filter(({ at }) => at < period.until);
  // Most tickets nobody rated, and most others one person.
  if (ratings.length === 0) return [];
  const last = new Map(ratings.map((fact) => [fact.by.toLowerCase(), fact]));
  return [...last.values()].flatMap(({ at, rating }) => (within(at, period) ? [rating] : []));
}

/**
 * Change against the baseline = (S - S0) / S0: 0.1 means a tenth more than before. null where either is not known, or
 * where the baseline is 0, against which nothing can be compared.
 */
export function change(now: number | null, baseline: number | null): number | null {
  return now === null || baseline === null || baseline === 0 ? null : (now - baseline) / baseline;
}
