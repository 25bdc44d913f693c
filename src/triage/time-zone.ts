export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A stretch of time in which a zone's offset from UTC stays the same. Milliseconds since 1970, `end` excluded. */
export interface OffsetSpan {
  start: number;
  end: number;
  /** Local time minus UTC, in milliseconds. */
  offset: number;
}

interface Zone {
  format: Intl.DateTimeFormat;
  /** The spans of each year (of UTC) that was asked for. */
  years: Map<number, OffsetSpan[]>;
}

/** One entry a zone: making a formatter takes about 50 microseconds, asking it for an offset 2. */
const zones = new Map<string, Zone>();

/** Does the name stand for a time zone, such as `Europe/Berlin` or `UTC`? */
export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The span of constant offset that holds the instant `at`; cut at the borders of years. */
export function offsetSpan(timezone: string, at: number): OffsetSpan {
  const zone = zoneOf(timezone);
  const year = new Date(at).getUTCFullYear();
  let spans = zone.years.get(year);
  if (!spans) {
    spans = spansOfYear(zone.format, year);
    zone.years.set(year, spans);
  }
  const found = spans.find((span) => at < span.end);
  if (!found) throw new RangeError(`${at} is no time that a calendar knows`);
  return found;
}

function zoneOf(timezone: string): Zone {
  const known = zones.get(timezone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const zone = { format, years: new Map<number, OffsetSpan[]>() };
  zones.set(timezone, zone);
  return zone;
}

/** Offsets are probed a week apart: no zone has changed its clocks twice within one since 1970. */
const PROBE = 7 * DAY;

function spansOfYear(format: Intl.DateTimeFormat, year: number): OffsetSpan[] {
  const end = Date.UTC(year + 1, 0, 1);
  const spans: OffsetSpan[] = [];
  let start = Date.UTC(year, 0, 1);
  let offset = offsetAt(format, start);
  for (let low = start; low < end; low += PROBE) {
    const high = Math.min(low + PROBE, end - MINUTE);
    const later = offsetAt(format, high);
    if (later === offset) continue;
    const change = firstWith(format, later, low, high);
    spans.push({ start, end: change, offset });
    start = change;
    offset = later;
  }
  return [...spans, { start, end, offset }];
}

/** The first whole minute in (low, high] at which the offset is `offset`: clocks change on whole minutes. */
function firstWith(format: Intl.DateTimeFormat, offset: number, low: number, high: number): number {
  let [before, after] = [low / MINUTE, high / MINUTE];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(format, middle * MINUTE) === offset) after = middle;
    else before = middle;
  }
  return after * MINUTE;
}

/** Local time minus UTC at a whole second, in milliseconds. */
function offsetAt(format: Intl.DateTimeFormat, at: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}
