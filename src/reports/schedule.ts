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

/** The last periods that are over at an instant, the oldest first. */
export function periodsBefore(schedule: Schedule, at: number, count: number): Period[] {
  const periods: Period[] = [];
  let { since } = periodOf(schedule, at);
  while (periods.length < count) {
    const period = periodOf(schedule, since - 1);
    periods.unshift(period);
    since = period.since;
  }
  return periods;
}
