import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { periodOf, stretchOf } from "../../src/reports/schedule.ts";

const DAY = 86_400_000;
const day = (year: number, month: number, date: number) => Date.UTC(year, month - 1, date);
/** The days from which and to which a period runs. */
const days = (period: { since: number; until: number } | null) =>
  period && [period.since, period.until].map((at) => new Date(at).toISOString().slice(0, 10));

describe("the period that holds an instant", () => {
  it.each<["weekly" | "monthly", number, [string, string]]>([
    ["weekly", day(2026, 3, 2), ["2026-03-02", "2026-03-09"]],
    ["weekly", day(2026, 3, 9) - 1, ["2026-03-02", "2026-03-09"]],
    ["weekly", day(1969, 12, 31), ["1969-12-29", "1970-01-05"]],
    ["monthly", day(2024, 2, 29), ["2024-02-01", "2024-03-01"]],
    ["monthly", day(2026, 12, 31), ["2026-12-01", "2027-01-01"]],
  ])("%s at %d", (schedule, at, expected) => {
    expect(days(periodOf(schedule, at))).toEqual(expected);
  });

  it("is one of a row without gaps", () => {
    const instant = fc.integer({ min: day(1960, 1, 1), max: day(2100, 1, 1) });
    fc.assert(
      fc.property(fc.constantFrom("weekly" as const, "monthly" as const), instant, (schedule, at) => {
        const period = periodOf(schedule, at);
        expect(period.since <= at && at < period.until).toBe(true);
        expect(periodOf(schedule, period.until).since).toBe(period.until);
        expect(periodOf(schedule, period.since - 1).until).toBe(period.since);
      }),
    );
  });
});

describe("what a report is compared with", () => {
  it("is the whole period before, once the period is over", () => {
    const { running, before } = stretchOf("monthly", day(2026, 3, 5), day(2026, 4, 2), 0);
    expect([running, days(before)]).toEqual([false, ["2026-02-01", "2026-03-01"]]);
  });

  it("is as much of the one before as has run of this one, and no more than there was of it", () => {
    const so = (now: number) => stretchOf("monthly", now, now, 0);
    const tenth = so(day(2026, 3, 10) - 1);
    expect([tenth.running, days(tenth.period), days(tenth.before)]).toEqual([
      true,
      ["2026-03-01", "2026-03-10"],
      ["2026-02-01", "2026-02-10"],
    ]);
    expect(days(so(day(2026, 3, 31)).before)).toEqual(["2026-02-01", "2026-03-01"]);
  });

  it("is nothing where the desk was not here for all of it", () => {
    const installed = day(2026, 3, 2);
    const so = (since: number) => stretchOf("weekly", day(2026, 3, 9), day(2026, 3, 17), since);
    expect(days(so(installed).before)).toEqual(["2026-03-02", "2026-03-09"]);
    expect(so(installed + 1).before).toBeNull();
    // A chart shows the week in which the desk came, and at most eight of them.
    expect(so(installed + 1).shown).toHaveLength(2);
    expect(so(installed + 7 * DAY).shown).toHaveLength(1);
    expect(so(0).shown).toHaveLength(8);
  });
});
