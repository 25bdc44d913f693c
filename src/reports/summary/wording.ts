import { duration, percent, spokenLanguage } from "../../messages/language.ts";
import { link } from "../../messages/link.ts";
import { say, type Voice } from "../../messages/template.ts";
import type { TicketLink } from "../notable.ts";
import type { Share } from "../share.ts";
import type { Spread } from "../spread.ts";

const HOUR = 3_600_000;

/** Nothing to count from. */
export const NONE = "–";

/** Tickets named in one line; who needs them all has the search. */
const MOST = 5;

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

/** The median, and within what nine of ten are. */
export function spreadText(voice: Voice, { median, p90 }: Spread, unit = HOUR): string {
  if (median === null || p90 === null) return NONE;
  const [half, most] = [median, p90].map((value) => duration(Math.round(value * unit), language(voice)));
  return say(voice, "reportSpread", { median: half as string, most: most as string });
}

/** `[#7](...)`, or `[owner/name#7](...)` in a report on several repositories. */
export function ticketText({ repository, number, url }: TicketLink, subject: string): string {
  return link(`${repository === subject ? "" : repository}#${number}`, url);
}

/** A few tickets, and how many more there are. */
export function ticketsText(voice: Voice, tickets: readonly TicketLink[], subject: string): string {
  const shown = tickets.slice(0, MOST).map((ticket) => ticketText(ticket, subject));
  const more = tickets.length - shown.length;
  return [...shown, ...(more > 0 ? [say(voice, "reportMore", { count: String(more) })] : [])].join(", ");
}

/** A list under a heading, cut to what can be read in two minutes; nothing where there is nothing to list. */
export function section(voice: Voice, heading: string, items: readonly string[], most = MOST): string[] {
  if (items.length === 0) return [];
  const more = items.length - most;
  const shown = [
    ...items.slice(0, most),
    ...(more > 0 ? [say(voice, "reportMore", { count: String(more) })] : []),
  ];
  return [`### ${heading}`, shown.map((item) => `- ${item}`).join("\n")];
}
