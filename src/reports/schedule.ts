import type { Period } from "./period.ts";

type Schedule = "weekly" | "monthly";

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** 1970-01-05 was a Monday. */
const MONDAY = 4 * DAY;

/** The period that holds an instant: a week from Monday, or a month, by UTC. */
export function periodOf(schedule: Schedule, at: number): Period {
  if (schedule === "weekly") {
    const since = Math.floor((at - MONDAY) / WEEK) * WEEK + MONDAY;
    return { since, until: since + WEEK };
  }
  const date = new Date(at);
  const month = (offset: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
  return { since: month(0), until: month(1) };
}

/** What a report is about, and what it is compared with. */
export interface Stretch {
  /** Its beginning names the report. While the period runs it ends now, so that nothing counts that is not over. */
  period: Period;
  running: boolean;
  /** The one before, of the same length as what has run of this; null: the desk was not here for all of it. */
  before: Period | null;
  /** The last periods for a chart, the oldest first: those in which the desk was here. */
  shown: Period[];
}

/** Periods that a chart shows. */
const SHOWN = 8;

/** The period that holds the instant `at`, as it stands `now`, of a desk that is here since `since`. */
export function stretchOf(schedule: Schedule, at: number, now: number, since: number): Stretch {
  const whole = periodOf(schedule, at);
  const running = whole.until > now;
  // What happened at this very moment is in it.
  const period = running ? { since: whole.since, until: now + 1 } : whole;
  const last = periodOf(schedule, whole.since - 1);
  const length = period.until - period.since;
  const before = running ? { since: last.since, until: Math.min(last.since + length, last.until) } : last;
  const shown = [period];
  for (let one = last; shown.length < SHOWN && one.until > since; one = periodOf(schedule, one.since - 1))
    shown.unshift(one);
  return { period, running, before: last.since < since ? null : before, shown };
}
