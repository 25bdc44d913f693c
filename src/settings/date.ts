import { judged, show } from "./complaint.ts";

/** Does the calendar have this day? 2026-02-30 has the form of a date only. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A day, as `YYYY-MM-DD`. Such texts sort as the days do. */
export const day = judged((text) =>
  isDay(text) ? null : { message: `${show(text)} is not a day of the calendar, written as 2026-12-24` },
).meta({ format: "date" });

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** A time of the day, as `HH:MM`; `24:00` is the day's end. Such texts sort as the times do. */
export const clockTime = judged((text) => {
  if (CLOCK.test(text)) return null;
  const message = `${show(text)} is not a time of the day, written as "09:00"`;
  const mended = text.includes(":") ? text.padStart(5, "0") : `${text.padStart(2, "0")}:00`;
  return CLOCK.test(mended) ? { message, suggestion: mended } : { message };
}).meta({ pattern: CLOCK.source });

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];
