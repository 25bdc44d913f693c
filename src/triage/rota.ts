import type { BusinessHours, Calendar } from "./business-hours.ts";
import { businessCalendar, dayNumber, isOpen, localDay, nextOpening, startOfDay } from "./business-hours.ts";

/** A person of the team, as the settings have them. */
export interface Teammate {
  login: string;
  /** Labels, kinds, languages, and paths (with a slash). */
  skills: readonly string[];
  /** How much open work, weighted by priority, the person takes at most; 0: none. */
  capacity: number;
  /** null: that of the business hours. */
  timezone: string | null;
  /** Days away, the first and the last included, as `2026-08-03`. */
  away: readonly { from: string; to: string }[];
}

/** A person with working hours and absences prepared for looking up. Made once for a settings file. */
export interface Shift {
  person: Teammate;
  calendar: Calendar;
  timezone: string;
  away: { from: number; to: number; last: string }[];
}

/** Is somebody at work, between two working days, or away? */
export type Presence =
  | { state: "working" }
  /** Until when, milliseconds since 1970. */
  | { state: "off"; until: number }
  /** Until the end of which day; null: the working hours never open again. */
  | { state: "away"; last: string | null };

/** The team's shifts: everybody works in the business hours of their own time zone, holidays included. */
export function shiftsOf(team: readonly Teammate[], hours: BusinessHours): Shift[] {
  return team.map((person) => {
    const timezone = person.timezone ?? hours.timezone;
    const away = person.away.map(({ from, to }) => ({ from: dayNumber(from), to: dayNumber(to), last: to }));
    return { person, timezone, away, calendar: businessCalendar({ ...hours, timezone }) };
  });
}

/** Who is off work and away on the next working day counts as away: nobody would look before the return. */
export function presence(shift: Shift, at: number): Presence {
  const gone = absence(shift, at);
  if (gone) return { state: "away", last: gone };
  if (isOpen(shift.calendar, at)) return { state: "working" };
  const opening = nextOpening(shift.calendar, at);
  if (opening === null) return { state: "away", last: null };
  const then = absence(shift, opening);
  return then ? { state: "away", last: then } : { state: "off", until: opening };
}

/** The last day of the absence that holds an instant, or null. */
function absence({ away, timezone }: Shift, at: number): string | null {
  if (away.length === 0) return null;
  const day = localDay(timezone, at);
  return away.find(({ from, to }) => from <= day && day <= to)?.last ?? null;
}

/** When the person's next absence begins: the first instant of its first day. null: none is known. */
export function nextAbsence({ away, timezone }: Shift, at: number): number | null {
  const starts = away.map(({ from }) => startOfDay(timezone, from)).filter((start) => start > at);
  return starts.length > 0 ? Math.min(...starts) : null;
}
