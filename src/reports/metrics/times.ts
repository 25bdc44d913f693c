import type { Course, Reply } from "../course.ts";
import { type Period, within } from "../period.ts";
import { type Spread, spreadOf } from "../spread.ts";
import type { Tally } from "../tally.ts";

/** Opening hours between two instants, in milliseconds, of the repository that a ticket is in. */
export type WorkedTime = (from: number, to: number, repositoryId: number) => number;

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
  /**
   * From the reporter's first unanswered further word to the team's next one, without the time closed in between; when
   * we wait for the reporter again, nothing is owed any more. So does the promise count it, which also stands still
   * while a ticket is on hold.
   */
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
  const reply = (into: typeof firstResponse, course: Course, { at }: Reply, stretches: readonly Run[]) => {
    if (within(at, period)) into.add(course, stretches);
  };
  return {
    add(course) {
      if (!course.served) return;
      const { firstResponse: first, openedAt } = course;
      if (first) reply(firstResponse, course, first, [{ from: first.from, to: first.at }]);
      for (const one of course.nextResponses)
        reply(nextResponse, course, one, runs(course, one.from, one.at));
      const end = lastingEnd(course, period);
      if (end !== null) resolution.add(course, runs(course, openedAt, end));
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

/** The stretches between two instants in which it was our turn. */
function runs({ pauses }: Course, since: number, end: number): Run[] {
  const found: Run[] = [];
  let from = since;
  for (const pause of pauses) {
    if (pause.from >= end) break;
    if (pause.from > from) found.push({ from, to: pause.from });
    from = Math.max(from, pause.to ?? end);
  }
  return from < end ? [...found, { from, to: end }] : found;
}

function hours(worked: WorkedTime) {
  const calendar: number[] = [];
  const business: number[] = [];
  return {
    add({ record: { repositoryId } }: Course, stretches: readonly Run[]) {
      calendar.push(stretches.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0) / HOUR);
      business.push(stretches.reduce((sum, { from, to }) => sum + worked(from, to, repositoryId), 0) / HOUR);
    },
    time: (): Time => ({ calendar: spreadOf(calendar), business: spreadOf(business) }),
  };
}
