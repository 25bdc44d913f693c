import type { Course, Reply } from "../course.ts";
import { type Period, within } from "../period.ts";
import { type Spread, spreadOf } from "../spread.ts";
import type { Tally } from "../tally.ts";

/** Opening hours between two instants, in milliseconds. */
export type WorkedTime = (from: number, to: number) => number;

/** A time in hours: as the wall clock counts, and as the opening hours of the settings do. */
export interface Time {
  calendar: Spread;
  business: Spread;
}

/**
 * How long people wait. Only tickets of people whom the desk serves count, not the team's own. Each time counts in the
 * period in which it ended; what has no end yet is in none of them (it is in the backlog).
 */
export interface Times {
  /** From the opening to the first public word of a person of the team. A bot's does not count. */
  firstResponse: Time;
  /** From the reporter's first unanswered further word to the team's next one. */
  nextResponse: Time;
  /**
   * From the opening to an end that nobody took back by the end of the period, without the time spent waiting for the
   * reporter or closed in between.
   */
  resolution: Time;
}

const HOUR = 3_600_000;

export function times(period: Period, worked: WorkedTime): Tally<Times> {
  const firstResponse = hours(worked);
  const nextResponse = hours(worked);
  const resolution = hours(worked);
  const reply = (into: typeof firstResponse, { from, at }: Reply) => {
    if (within(at, period)) into.add([{ from, to: at }]);
  };
  return {
    add(course) {
      if (!course.served) return;
      if (course.firstResponse) reply(firstResponse, course.firstResponse);
      for (const one of course.nextResponses) reply(nextResponse, one);
      const end = lastingEnd(course, period);
      if (end !== null) resolution.add(runs(course, end));
    },
    result: () => ({
      firstResponse: firstResponse.time(),
      nextResponse: nextResponse.time(),
      resolution: resolution.time(),
    }),
  };
}

/** The end of the ticket that holds when the period is over, if it came within it. */
function lastingEnd({ closings }: Course, period: Period): number | null {
  const last = closings.findLast(({ at }) => at < period.until);
  if (!last || !within(last.at, period)) return null;
  return last.reopenedAt !== null && last.reopenedAt < period.until ? null : last.at;
}

interface Run {
  from: number;
  to: number;
}

/** The stretches in which the ticket was ours to solve. */
function runs({ openedAt, pauses }: Course, end: number): Run[] {
  const found: Run[] = [];
  let from: number | null = openedAt;
  for (const pause of pauses) {
    if (from !== null && pause.from > from) found.push({ from, to: Math.min(pause.from, end) });
    from = pause.to;
    if (from === null || from >= end) return found;
  }
  return from === null ? found : [...found, { from, to: end }];
}

function hours(worked: WorkedTime) {
  const calendar: number[] = [];
  const business: number[] = [];
  return {
    add(stretches: readonly Run[]) {
      calendar.push(stretches.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0) / HOUR);
      business.push(stretches.reduce((sum, { from, to }) => sum + worked(from, to), 0) / HOUR);
    },
    time: (): Time => ({ calendar: spreadOf(calendar), business: spreadOf(business) }),
  };
}
