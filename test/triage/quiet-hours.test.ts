import { describe, expect, it } from "@jest/globals";
import { quietUntil } from "../../src/triage/quiet-hours.ts";

const at = (time: string) => Date.parse(time);

describe("quiet hours", () => {
  it.each<[string, string, string, string, string, string | null]>([
    [
      "in the evening they last into the morning",
      "UTC",
      "20:00",
      "08:00",
      "2026-03-02T21:30Z",
      "2026-03-03T08:00Z",
    ],
    [
      "after midnight they end on the same day",
      "UTC",
      "20:00",
      "08:00",
      "2026-03-03T03:00Z",
      "2026-03-03T08:00Z",
    ],
    ["begin on the minute", "UTC", "20:00", "08:00", "2026-03-02T20:00Z", "2026-03-03T08:00Z"],
    ["are over on the minute", "UTC", "20:00", "08:00", "2026-03-03T08:00Z", null],
    ["by day there are none", "UTC", "20:00", "08:00", "2026-03-02T12:00Z", null],
    ["at noon", "UTC", "12:00", "13:00", "2026-03-02T12:15Z", "2026-03-02T13:00Z"],
    ["before noon", "UTC", "12:00", "13:00", "2026-03-02T11:59Z", null],
    ["until midnight", "UTC", "18:00", "24:00", "2026-03-02T20:00Z", "2026-03-03T00:00Z"],
    ["written with midnight as 00:00", "UTC", "18:00", "00:00", "2026-03-02T20:00Z", "2026-03-03T00:00Z"],
    ["from midnight written as 24:00", "UTC", "24:00", "06:00", "2026-03-02T05:00Z", "2026-03-02T06:00Z"],
    ["in Berlin's winter", "Europe/Berlin", "20:00", "08:00", "2026-01-10T19:00Z", "2026-01-11T07:00Z"],
    // Clocks go forward on 2026-03-29: the night is an hour shorter.
    ["in the short night", "Europe/Berlin", "20:00", "08:00", "2026-03-28T19:00Z", "2026-03-29T06:00Z"],
    [
      "over the year's end in Tokyo",
      "Asia/Tokyo",
      "20:00",
      "08:00",
      "2026-12-31T14:00Z",
      "2026-12-31T23:00Z",
    ],
  ])("%s", (_, timezone, from, to, now, expected) => {
    const until = quietUntil({ timezone, from, to }, at(now));
    expect(until && new Date(until).toISOString()).toBe(expected && new Date(expected).toISOString());
  });

  it("without any nobody is left alone", () => {
    expect(quietUntil(null, at("2026-03-02T21:30Z"))).toBeNull();
  });
});
