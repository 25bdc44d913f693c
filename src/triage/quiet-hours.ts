import type { QuietHours } from "../settings/escalation.ts";
import type { Calendar, Weekday } from "./business-hours.ts";
import { businessCalendar, isOpen, nextOpening } from "./business-hours.ts";

const DAYS: Weekday[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** When the quiet hours that it is now end, milliseconds since 1970; null: nobody is to be left alone now. */
export function quietUntil(hours: QuietHours | null, now: number): number | null {
  if (!hours) return null;
  const { from, to } = hours;
  const stretches = [
    daily(hours, from, to < from ? "24:00" : to),
    ...(to < from ? [daily(hours, "00:00", to)] : []),
  ];
  if (!stretches.some((quiet) => quiet && isOpen(quiet, now))) return null;
  // What follows the quiet hours: the rest of the day, or the day between two nights.
  const awake = daily(hours, to, to < from ? from : "24:00") ?? daily(hours, "00:00", from);
  return awake && nextOpening(awake, now);
}

/** A stretch of every day; null: it is empty. */
function daily({ timezone }: QuietHours, from: string, to: string): Calendar | null {
  return from < to ? businessCalendar({ timezone, days: DAYS, from, to, holidays: [] }) : null;
}
