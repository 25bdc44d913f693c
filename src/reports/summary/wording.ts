import { duration, percent, spokenLanguage } from "../../messages/language.ts";
import { link, quietUrl } from "../../messages/link.ts";
import { say, type Voice } from "../../messages/template.ts";
import type { TicketLink } from "../notable.ts";
import type { Share } from "../share.ts";
import type { Spread } from "../spread.ts";

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Nothing to count from. */
export const NONE = "–";

/** Tickets named in one line, and lines of one sort in a list: all together can be read in two minutes. */
const MOST = 3;

const language = ({ language }: Voice) => spokenLanguage(language);

export function numeral(voice: Voice, value: number, digits = 0): string {
  return new Intl.NumberFormat(language(voice), { maximumFractionDigits: digits }).format(value);
}

/** `2 March 2026` of an instant, in UTC. */
export function dayOf(voice: Voice, at: number): string {
  const format = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(language(voice), format).format(new Date(at));
}

/** `2 Mar`, for the columns of a chart. */
export function shortDayOf(voice: Voice, at: number): string {
  const format = { day: "numeric", month: "short", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(language(voice), format).format(new Date(at));
}

/** `87% (71–95%)`: a share never comes without its interval. */
export function shareText(voice: Voice, { share, interval }: Share): string {
  if (share === null || interval === null) return NONE;
  const [low, high] = interval.map((end) => percent(end, language(voice)));
  return `${percent(share, language(voice))} (${low}–${high})`;
}

/**
 * Hours stay hours: a business day has eight of them, and 24 of its hours are no day. Nor are seconds told: an answer
 * outside of business hours came after none of them.
 */
export function timeText(voice: Voice, value: number, unit = HOUR): string {
  if (value * unit < MINUTE) return `< ${duration(MINUTE, language(voice))}`;
  return duration(Math.round(value * unit), language(voice), unit === HOUR ? "hour" : "day");
}

/** The median, and within what nine of ten are where that is another. */
export function spreadText(voice: Voice, { median, p90 }: Spread, unit = HOUR): string {
  if (median === null || p90 === null) return NONE;
  const [half, most] = [timeText(voice, median, unit), timeText(voice, p90, unit)];
  return half === most ? half : say(voice, "reportSpread", { median: half, most });
}

/** `[#7](...)`, or `[owner/name#7](...)` in a report on several repositories. */
export function ticketText({ repository, number, url }: TicketLink, subject: string): string {
  return link(`${repository === subject ? "" : repository}#${number}`, quietUrl(url));
}

/** A few tickets, and how many more there are. */
export function ticketsText(voice: Voice, tickets: readonly TicketLink[], subject: string): string {
  const shown = tickets.slice(0, MOST).map((ticket) => ticketText(ticket, subject));
  const more = tickets.length - shown.length;
  return [...shown, ...(more > 0 ? [say(voice, "reportMore", { count: String(more) })] : [])].join(", ");
}

/** The first few items, and how many more there are. */
export function capped(voice: Voice, items: readonly string[]): string[] {
  if (items.length <= MOST) return [...items];
  const some = items.slice(0, MOST - 1);
  return [...some, say(voice, "reportMore", { count: String(items.length - some.length) })];
}

/** A list under a heading, of the first few items of each sort; nothing where there is nothing to list. */
export function section(voice: Voice, heading: string, ...sorts: (readonly string[])[]): string[] {
  const shown = sorts.flatMap((items) => capped(voice, items));
  return shown.length === 0 ? [] : [`### ${heading}`, bullets(shown)];
}

export const bullets = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");
