import { describe, expect, it } from "@jest/globals";
import type { Roster, RosterReading } from "../../src/customers/roster.ts";
import { mergeRoster } from "../../src/customers/roster.ts";

const ended = (name: string) => name.startsWith("old");
const roster = (entries: string[], reason: string | null = null): Roster<string> => ({
  entries,
  readAt: 1,
  failing: reason === null ? null : { since: 2, reason },
});
const read = (...entries: string[]): RosterReading<string> => ({ ok: true, entries });
const failed: RosterReading<string> = { ok: false, reason: "the token lacks read:org" };

describe("a list from outside", () => {
  const emptied = "it is empty, and had 2 entries that still hold";

  it.each<[string, Roster<string> | null, RosterReading<string>, string[], string | null, string | null]>([
    ["is taken over", roster(["a"]), read("b", "c"), ["b", "c"], null, null],
    ["is taken over the first time", null, read("a"), ["a"], null, null],
    ["may be empty from the beginning", null, read(), [], null, null],
    ["may stay empty", roster([]), read(), [], null, null],
    ["may become empty when all its entries have ended", roster(["old a"]), read(), [], null, null],
    ["is kept when it cannot be read", roster(["a"]), failed, ["a"], failed.reason, failed.reason],
    ["is kept when it is suddenly empty", roster(["a", "b"]), read(), ["a", "b"], emptied, emptied],
    ["alarms once for the same reason", roster(["a"], failed.reason), failed, ["a"], failed.reason, null],
    [
      "alarms again for another reason",
      roster(["a", "b"], failed.reason),
      read(),
      ["a", "b"],
      emptied,
      emptied,
    ],
    ["recovers", roster(["a"], failed.reason), read("b"), ["b"], null, null],
    ["that failed the first time is empty and failing", null, failed, [], failed.reason, failed.reason],
  ])("%s", (_, known, reading, entries, failing, alarm) => {
    const merged = mergeRoster(known, reading, 9, ended);
    expect(merged.roster.entries).toEqual(entries);
    expect(merged.roster.failing?.reason ?? null).toBe(failing);
    expect(merged.alarm).toBe(alarm);
    expect(merged.roster.readAt).toBe(failing === null ? 9 : (known?.readAt ?? 9));
    if (failing !== null) expect(merged.roster.failing?.since).toBe(known?.failing?.since ?? 9);
  });
});
