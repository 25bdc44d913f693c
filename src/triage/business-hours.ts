import { DAY, HOUR, isTimeZone, MINUTE, offsetSpan } from "./time-zone.ts";

/** In the order of `Date.getUTCDay`. */
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Opening hours as the settings have them. */
export interface BusinessHours {
  /** IANA name, such as `Europe/Berlin`. */
  timezone: string;
  days: readonly Weekday[];
  /** `09:00`. */
  from: string;
  /** `17:00`; `24:00` is midnight. */
  to: string;
  /** Local dates on which it stays closed: `2026-12-25`. */
  holidays: readonly string[];
}

/** When time counts: always (calendar time), or in opening hours only. Made once for a settings file. */
export type Calendar =
  | { type: "always" }
  | {
      type: "hours";
      timezone: string;
      /** By weekday, Sunday first. */
      open: boolean[];
      /** From local midnight, in milliseconds. */
      from: number;
      to: number;
      /** Local dates as days since 1970-01-01. */
      holidays: Set<number>;
    };

export const ALWAYS: Calendar = { type: "always" };

/** Prepares opening hours for counting. Throws a RangeError that names what is wrong with them. */
export function businessCalendar(hours: BusinessHours): Calendar {
  const from = timeOfDay(hours.from);
  const to = timeOfDay(hours.to);
  if (hours.days.length === 0)
    throw new RangeError("business hours need at least one of mon ... sun in days");
  if (to <= from) throw new RangeError(`the hours end at ${hours.to}, which is not after ${hours.from}`);
  if (!isTimeZone(hours.timezone)) throw new RangeError(`"${hours.timezone}" is no time zone`);
  return {
    type: "hours",
    timezone: hours.timezone,
    open: WEEKDAYS.map((day) => hours.days.includes(day)),
    from,
    to,
    holidays: new Set(hours.holidays.map(dayNumber)),
  };
}

/** A span of business time as the settings have it: `1d` is a business day, from opening to closing. */
export interface BusinessTime {
  days: number;
  /** Milliseconds beside the days. */
  ms: number;
}

/** A span of business time in milliseconds of counted time: what `deadline` and `elapsed` speak of. */
export function countedTime(calendar: Calendar, { days, ms }: BusinessTime): number {
  return days * (calendar.type === "always" ? DAY : calendar.to - calendar.from) + ms;
}

/** How much of the time from `start` to `end` counts, in milliseconds; 0 when `end` is not after `start`. */
export function elapsed(calendar: Calendar, start: number, end: number): number {
  if (calendar.type === "always") return Math.max(0, end - start);
  let sum = 0;
  walk(calendar, start, end, (opens, closes) => {
    sum += closes - opens;
    return false;
  });
  return sum;
}

/** How far a deadline is looked for: a calendar that is closed for ten years never opens again. */
const HORIZON = 3653 * DAY;

/**
 * The earliest instant at which `duration` milliseconds of counted time have passed since `start`; `start` itself for
 * none. null: never, as the hours do not open for long enough within ten years.
 */
export function deadline(calendar: Calendar, start: number, duration: number): number | null {
  if (duration <= 0) return start;
  if (calendar.type === "always") return start + duration;
  let left = duration;
  let due: number | null = null;
  walk(calendar, start, start + HORIZON, (opens, closes) => {
    if (closes - opens >= left) due = opens + left;
    left -= closes - opens;
    return due !== null;
  });
  return due;
}

/** Does time count at this instant? */
export function isOpen(calendar: Calendar, at: number): boolean {
  return elapsed(calendar, at, at + 1) > 0;
}

/** The first instant from `at` on at which time counts; null when it never does within ten years. */
export function nextOpening(calendar: Calendar, at: number): number | null {
  if (calendar.type === "always") return at;
  let opening: number | null = null;
  walk(calendar, at, at + HORIZON, (opens) => {
    opening = opens;
    return true;
  });
  return opening;
}

/** The local date at an instant, as days since 1970-01-01. */
export function localDay(timezone: string, at: number): number {
  return Math.floor((at + offsetSpan(timezone, at).offset) / DAY);
}

/** The first instant of a local date, given as days since 1970-01-01. */
export function startOfDay(timezone: string, day: number): number {
  const guess = day * DAY - offsetSpan(timezone, day * DAY).offset;
  // Between the guess and midnight the clocks may have been changed.
  const start = day * DAY - offsetSpan(timezone, guess).offset;
  // Where they are put forward at midnight, the day begins with what follows the hour that is left out.
  return localDay(timezone, start) < day ? offsetSpan(timezone, start).end : start;
}

/** `2026-12-25` as days since 1970-01-01. Throws a RangeError for anything else, 2026-02-30 too. */
export function dayNumber(date: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(date)) {
    throw new RangeError(`"${date}" is no date: write it as 2026-12-25`);
  }
  return at / DAY;
}

function timeOfDay(text: string): number {
  const match = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(text);
  const time = Number(match?.[1]) * HOUR + Number(match?.[2]) * MINUTE;
  if (!match || time > DAY) throw new RangeError(`"${text}" is no time of day: write it as 09:00`);
  return time;
}

/**
 * Visits the open stretches between two instants in order, until `visit` says that it has seen enough. Within a span of
 * constant offset local time is plain arithmetic, so hours that do not exist are not counted and hours that come twice
 * are counted twice, as a wall clock shows them.
 */
function walk(
  calendar: Calendar & { type: "hours" },
  start: number,
  end: number,
  visit: (opens: number, closes: number) => boolean,
): void {
  const { timezone, open, from, to, holidays } = calendar;
  for (let at = start; at < end; ) {
    const span = offsetSpan(timezone, at);
    const localStart = at + span.offset;
    const localEnd = Math.min(end, span.end) + span.offset;
    for (let day = Math.floor(localStart / DAY); day * DAY + from < localEnd; day++) {
      // 1970-01-01 was a Thursday, the fifth day of a week that begins on Sunday.
      if (!open[(((day + 4) % 7) + 7) % 7] || holidays.has(day)) continue;
      const opens = Math.max(day * DAY + from, localStart);
      const closes = Math.min(day * DAY + to, localEnd);
      if (opens < closes && visit(opens - span.offset, closes - span.offset)) return;
    }
    at = span.end;
  }
}
