import type { Fact, Rated, Rating } from "../../ticket/fact.ts";
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
   * our comments and surveys, refusals of our help, and in private places surveys elsewhere; neither the team's nor bots'.
   * Nobody rated: null.
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
  /** Of each author: tickets until the period's end, and whether one is of the period. */
  const authors = new Map<string, { tickets: number; now: boolean }>();
  return {
    add({ record, facts, openedAt, served }) {
      if (!served) return;
      for (const { at, rating } of lastWords(facts, period.until))
        if (rating !== null && within(at, period)) count[rating] += 1;
      const author = record.author?.toLowerCase();
      if (author === undefined || openedAt >= period.until) return;
      const known = authors.get(author);
      const now = within(openedAt, period);
      if (!known) authors.set(author, { tickets: 1, now });
      else Object.assign(known, { tickets: known.tickets + 1, now: known.now || now });
    },
    result() {
      const [satisfied, neutral, dissatisfied] = [count[1], count[0], count[-1]];
      const rated = satisfied + neutral + dissatisfied;
      const people = [...authors.values()].filter(({ now }) => now);
      const repeat = people.filter(({ tickets }) => tickets > 1).length;
      return {
        satisfied,
        neutral,
        dissatisfied,
        people: people.length,
        repeat,
        csat: shareOf(satisfied, rated),
        net: rated === 0 ? null : (satisfied - dissatisfied) / rated,
        loyalty: shareOf(satisfied + repeat, rated + repeat),
      };
    },
  };
}

/** The last word that each person who rated a ticket said before an instant. */
function lastWords(facts: readonly Fact[], until: number): Rated[] {
  const ratings = facts.filter((fact) => fact.type === "rated" && fact.at < until) as Rated[];
  // Most tickets nobody rated, and most others one person once: a report over 100,000 has no time for more.
  if (ratings.length < 2) return ratings;
  return [...new Map(ratings.map((fact) => [fact.by.toLowerCase(), fact])).values()];
}

/**
 * Change against the baseline = (S - S0) / S0: 0.1 means a tenth more than before. null where either is not known, or
 * where the baseline is 0, against which nothing can be compared.
 */
export function change(now: number | null, baseline: number | null): number | null {
  return now === null || baseline === null || baseline === 0 ? null : (now - baseline) / baseline;
}
