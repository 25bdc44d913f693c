import { isOpenAt } from "../course.ts";
import type { Period } from "../period.ts";
import { type Spread, spreadOf } from "../spread.ts";
import type { Tally } from "../tally.ts";

/**
 * What is open when the period ends, of people whom the desk serves: how many, for how long (days of the calendar since
 * the opening, median and 90th percentile), and on how many of them nobody of the team has spoken yet.
 */
export interface Backlog {
  age: Spread;
  unanswered: number;
}

const DAY = 86_400_000;

export function backlog({ until }: Period): Tally<Backlog> {
  const ages: number[] = [];
  let unanswered = 0;
  return {
    add(course) {
      if (!course.served || !isOpenAt(course, until)) return;
      ages.push((until - course.openedAt) / DAY);
      unanswered += Number(course.firstResponse === null || course.firstResponse.at >= until);
    },
    result: () => ({ age: spreadOf(ages), unanswered }),
  };
}
