import { describe, expect, it } from "@jest/globals";
import type { BusinessHours, Weekday } from "../../src/triage/business-hours.ts";
import {
  ALWAYS,
  businessCalendar,
  countedTime,
  dayNumber,
  deadline,
  elapsed,
  isOpen,
  localDay,
  nextOpening,
  startOfDay,
} from "../../src/triage/business-hours.ts";
import { DAY, HOUR, MINUTE, isTimeZone, offsetSpan } from "../../src/triage/time-zone.ts";
import { generator } from "../generator.ts";

const OFFICE: BusinessHours = {
  timezone: "UTC",
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "09:00",
  to: "17:00",
  holidays: [],
};
const at = (text: string) => Date.parse(text);
const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());

describe("a deadline in business hours", () => {
  // The situations that help desks explain in their manuals, in our own words and figures. 2026-11-16 is a Monday.
  const cases: [string, Partial<BusinessHours>, string, number, string][] = [
    ["within the day", {}, "2026-11-16T10:00Z", 4 * HOUR, "2026-11-16T14:00Z"],
    ["opened before hours, counts from nine", {}, "2026-11-16T06:30Z", 2 * HOUR, "2026-11-16T11:00Z"],
    ["opened after hours, counts from the next morning", {}, "2026-11-16T20:00Z", HOUR, "2026-11-17T10:00Z"],
    ["the rest goes over to the next day", {}, "2026-11-16T16:00Z", 4 * HOUR, "2026-11-17T12:00Z"],
    ["ends with the day, not with the next morning", {}, "2026-11-16T16:00Z", HOUR, "2026-11-16T17:00Z"],
    ["Friday evening goes over the weekend", {}, "2026-11-20T16:00Z", 2 * HOUR, "2026-11-23T10:00Z"],
    ["opened on Saturday", {}, "2026-11-21T12:00Z", 8 * HOUR, "2026-11-23T17:00Z"],
    ["a week of forty hours", {}, "2026-11-16T09:00Z", 40 * HOUR, "2026-11-20T17:00Z"],
    [
      "a holiday does not count",
      { holidays: ["2026-11-17"] },
      "2026-11-16T16:00Z",
      2 * HOUR,
      "2026-11-18T10:00Z",
    ],
    ["opened on a holiday", { holidays: ["2026-11-17"] }, "2026-11-17T12:00Z", HOUR, "2026-11-18T10:00Z"],
    [
      "a holiday on a weekend changes nothing",
      { holidays: ["2026-11-21"] },
      "2026-11-20T16:00Z",
      2 * HOUR,
      "2026-11-23T10:00Z",
    ],
    [
      "Christmas to New Year",
      { holidays: ["2026-12-25", "2027-01-01"] },
      "2026-12-24T16:00Z",
      34 * HOUR,
      "2027-01-04T10:00Z",
    ],
    ["a leap day is a working day", {}, "2028-02-28T16:00Z", 9 * HOUR, "2028-02-29T17:00Z"],
    ["no duration is due at once, even at night", {}, "2026-11-16T03:00Z", 0, "2026-11-16T03:00Z"],
    ["in another zone", { timezone: "Asia/Tokyo" }, "2026-11-16T00:00Z", 4 * HOUR, "2026-11-16T04:00Z"],
    [
      "Berlin springs forward: the night is an hour shorter",
      { timezone: "Europe/Berlin" },
      "2026-03-27T15:00Z",
      2 * HOUR,
      "2026-03-30T08:00Z",
    ],
    [
      "Berlin falls back: the night is an hour longer",
      { timezone: "Europe/Berlin" },
      "2026-10-23T14:00Z",
      2 * HOUR,
      "2026-10-26T09:00Z",
    ],
    [
      "a Sunday shift that loses an hour",
      { timezone: "America/New_York", days: ["sun"], from: "00:00", to: "06:00" },
      "2026-03-08T05:00Z",
      5 * HOUR,
      "2026-03-08T10:00Z",
    ],
    [
      "a Sunday shift that gains an hour",
      { timezone: "America/New_York", days: ["sun"], from: "00:00", to: "06:00" },
      "2026-11-01T04:00Z",
      7 * HOUR,
      "2026-11-01T11:00Z",
    ],
    [
      "round the clock on weekdays",
      { from: "00:00", to: "24:00" },
      "2026-11-20T12:00Z",
      24 * HOUR,
      "2026-11-23T12:00Z",
    ],
  ];

  it.each(cases)("%s", (_, hours, start, duration, due) => {
    const calendar = businessCalendar({ ...OFFICE, ...hours });
    expect(iso(deadline(calendar, at(start), duration))).toBe(iso(at(due)));
    expect(elapsed(calendar, at(start), at(due))).toBe(duration);
  });

  it("in calendar time is plain addition", () => {
    expect(deadline(ALWAYS, 5, 7)).toBe(12);
    expect(elapsed(ALWAYS, 5, 12)).toBe(7);
    expect(elapsed(ALWAYS, 12, 5)).toBe(0);
    expect(isOpen(ALWAYS, 5)).toBe(true);
    expect(nextOpening(ALWAYS, 5)).toBe(5);
  });

  it("is never, when every day is a holiday", () => {
    const first = dayNumber("2026-01-01");
    const holidays = Array.from({ length: 4000 }, (_, i) =>
      new Date((first + i) * DAY).toISOString().slice(0, 10),
    );
    const calendar = businessCalendar({ ...OFFICE, holidays });
    expect(deadline(calendar, at("2026-01-01"), HOUR)).toBeNull();
    expect(nextOpening(calendar, at("2026-01-01"))).toBeNull();
  });

  it("takes a day for as long as the hours are open", () => {
    expect(countedTime(businessCalendar(OFFICE), { days: 2, ms: MINUTE })).toBe(16 * HOUR + MINUTE);
    expect(countedTime(ALWAYS, { days: 1.5, ms: 0 })).toBe(36 * HOUR);
  });

  it("knows when the desk opens", () => {
    const calendar = businessCalendar(OFFICE);
    expect(isOpen(calendar, at("2026-11-16T09:00Z"))).toBe(true);
    expect(isOpen(calendar, at("2026-11-16T17:00Z"))).toBe(false);
    expect(iso(nextOpening(calendar, at("2026-11-20T17:00Z")))).toBe("2026-11-23T09:00:00.000Z");
    expect(iso(nextOpening(calendar, at("2026-11-20T12:00Z")))).toBe("2026-11-20T12:00:00.000Z");
  });
});

describe("bad business hours", () => {
  it.each<[string, Partial<BusinessHours>, RegExp]>([
    ["an unknown zone", { timezone: "Mars/Olympus" }, /Mars.*time zone/i],
    ["an hour that does not exist", { from: "25:00" }, /25:00.*09:00/],
    ["a time after midnight", { to: "24:01" }, /24:01/],
    ["words", { from: "nine" }, /nine/],
    ["hours over midnight", { from: "22:00", to: "06:00" }, /06:00.*22:00/],
    ["no hour between the two", { from: "09:00", to: "09:00" }, /09:00.*not after 09:00/],
    ["no day", { days: [] }, /at least one/],
    ["a date that does not exist", { holidays: ["2026-02-30"] }, /2026-02-30.*2026-12-25/],
    ["a month that does not exist", { holidays: ["2026-13-01"] }, /2026-13-01/],
    ["another way to write dates", { holidays: ["25.12.2026"] }, /25\.12\.2026/],
  ])("%s is named", (_, hours, message) => {
    expect(() => businessCalendar({ ...OFFICE, ...hours })).toThrow(message);
  });

  it("knows a zone by its name", () => {
    expect(["UTC", "Europe/Berlin", "Asia/Kolkata"].map(isTimeZone)).toEqual([true, true, true]);
    expect(["", "Mars/Olympus", "Berlin"].map(isTimeZone)).toEqual([false, false, false]);
  });
});

describe("the spans of a zone", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29T01:00Z", 2],
    ["America/New_York", "2026-11-01T06:00Z", -5],
    ["Australia/Lord_Howe", "2026-04-04T15:00Z", 10.5],
    ["Africa/Casablanca", "2026-02-15T02:00Z", 0],
    ["Pacific/Apia", "2011-12-30T10:00Z", 14],
  ])("%s changes its clocks at %s", (zone, change, hours) => {
    expect(offsetSpan(zone, at(change)).start).toBe(at(change));
    expect(offsetSpan(zone, at(change)).offset).toBe(hours * HOUR);
    expect(offsetSpan(zone, at(change) - 1).offset).not.toBe(hours * HOUR);
  });

  it("gives the local date", () => {
    expect(localDay("Asia/Tokyo", at("2026-11-16T15:00Z"))).toBe(dayNumber("2026-11-17"));
    expect(localDay("America/New_York", at("2026-11-16T04:59Z"))).toBe(dayNumber("2026-11-15"));
  });
});

/**
 * The slow reference: what the wall clock shows in each minute of seven years, asked from the platform every quarter of
 * an hour, since clocks change on quarters. It knows nothing of spans, offsets or calendars.
 */
const FIRST = at("2023-01-01T00:00Z");
const LAST = at("2030-01-01T00:00Z");
const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];

function wallClock(timezone: string): { day: Int32Array; minute: Int16Array } {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    hourCycle: "h23",
    dateStyle: "short",
    timeStyle: "short",
  });
  const length = (LAST - FIRST) / MINUTE;
  const table = { day: new Int32Array(length), minute: new Int16Array(length) };
  for (let quarter = 0; quarter < length; quarter += 15) {
    const shown = format.format(FIRST + quarter * MINUTE);
    const day = Date.parse(`${shown.slice(0, 10)}T00:00Z`) / DAY;
    const minute = Number(shown.slice(-5, -3)) * 60 + Number(shown.slice(-2));
    table.day.fill(day, quarter, quarter + 15);
    for (let i = 0; i < 15; i++) table.minute[quarter + i] = minute + i;
  }
  return table;
}

const tables = new Map(ZONES.map((zone) => [zone, wallClock(zone)]));
const WEEK: Weekday[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const minutesOfDay = ({ from, to }: BusinessHours) => minutes(to) - minutes(from);

/** Minutes since 1970 -> is the desk open in that minute? */
function reference(hours: BusinessHours): (minute: number) => boolean {
  const table = tables.get(hours.timezone);
  if (!table) throw new Error("no table");
  const [from, to] = [minutes(hours.from), minutes(hours.to)];
  const works = new Map<number, boolean>();
  const isDay = (day: number) => {
    const known = works.get(day);
    if (known !== undefined) return known;
    const date = new Date(day * DAY);
    const weekday = WEEK[date.getUTCDay()] as Weekday;
    const answer = hours.days.includes(weekday) && !hours.holidays.includes(date.toISOString().slice(0, 10));
    works.set(day, answer);
    return answer;
  };
  return (minute) => {
    const i = minute - FIRST / MINUTE;
    if (i >= table.day.length) throw new RangeError("the case leaves the table");
    const [day, clock] = [table.day[i] ?? 0, table.minute[i] ?? 0];
    return clock >= from && clock < to && isDay(day);
  };
}

describe("against a minute-by-minute reference", () => {
  const COUNT = Number(process.env.SLA_CASES ?? 5000);
  const { integer, pick, chance } = generator(20_261_116);
  // Days around which cases gather: clock changes, leap days, turns of years.
  const hot = [
    "2024-02-29",
    "2028-02-29",
    "2025-12-31",
    "2024-03-10",
    "2026-03-29",
    "2026-10-25",
    "2027-11-07",
    "2025-10-04",
    "2026-04-04",
  ];

  function someHours(timezone: string, start: number): BusinessHours {
    const time = (hour: number) => `${String(hour).padStart(2, "0")}:${pick(["00", "15", "30", "45"])}`;
    const days = WEEK.filter(() => chance(0.7));
    const holidays = Array.from({ length: integer(0, 4) }, () =>
      new Date(start + integer(-2, 12) * DAY).toISOString().slice(0, 10),
    );
    const [from, to] = [time(integer(0, 23)), time(integer(0, 23))].sort() as [string, string];
    return {
      timezone,
      days: days.length > 0 ? days : ["wed"],
      from,
      to: to === from ? "24:00" : to,
      holidays,
    };
  }

  it(`agrees on ${COUNT} deadlines and on the time until them`, () => {
    const wrong: unknown[] = [];
    for (let i = 0; i < COUNT; i++) {
      const timezone = pick(ZONES);
      const day = chance(0.6)
        ? at(`${pick(hot)}T00:00Z`) + integer(-5, 3) * DAY
        : at("2023-02-01") + integer(0, 2300) * DAY;
      const start = day + integer(0, 1439) * MINUTE;
      const hours = someHours(timezone, start);
      const open = reference(hours);
      // At most eight weeks of one day each, so that the reference stays within its table.
      const duration = integer(1, Math.min(1800, 8 * minutesOfDay(hours)));
      let minute = start / MINUTE;
      for (let counted = 0; counted < duration; minute++) if (open(minute)) counted++;
      const calendar = businessCalendar(hours);
      const due = deadline(calendar, start, duration * MINUTE);
      const passed = elapsed(calendar, start, minute * MINUTE);
      if (due !== minute * MINUTE || passed !== duration * MINUTE) {
        wrong.push({
          hours,
          start: iso(start),
          duration,
          due: iso(due),
          expected: iso(minute * MINUTE),
          passed,
        });
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  }, 600_000);
});

describe("a local day begins", () => {
  it.each<[string, string, string, string]>([
    ["at midnight", "Europe/Berlin", "2026-07-01", "2026-06-30T22:00:00.000Z"],
    [
      "after the hour that is left out, west of Greenwich",
      "America/Santiago",
      "2026-09-06",
      "2026-09-06T04:00:00.000Z",
    ],
    ["after the hour that is left out, east of it", "Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z"],
    ["with the first of two midnights", "America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z"],
    [
      "after the hour before midnight came twice",
      "America/Santiago",
      "2026-04-05",
      "2026-04-05T04:00:00.000Z",
    ],
  ])("%s: %s, %s", (_name, timezone, date, expected) => {
    const start = startOfDay(timezone, dayNumber(date));
    expect(iso(start)).toBe(expected);
    expect([localDay(timezone, start - 1), localDay(timezone, start)]).toEqual([
      dayNumber(date) - 1,
      dayNumber(date),
    ]);
  });
});
