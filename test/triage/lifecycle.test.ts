import { describe, expect, it } from "@jest/globals";
import type { Status } from "../../src/ticket/ticket.ts";
import type { LifecycleEvent, Silence } from "../../src/triage/lifecycle.ts";
import { CLOCK_EVENT, nextStatus, onSilence, statusLabels } from "../../src/triage/lifecycle.ts";
import { DAY } from "../../src/triage/time-zone.ts";

const STATES: Status[] = ["new", "open", "pending", "on-hold", "solved", "closed", "deleted", "moved"];
const EVENTS = Object.keys(CLOCK_EVENT) as LifecycleEvent[];

describe("a ticket's state", () => {
  it.each<[Status, LifecycleEvent, Status]>([
    ["new", "team-replied", "open"],
    ["new", "reporter-spoke", "new"],
    ["new", "waiting", "pending"],
    ["open", "team-replied", "open"],
    ["open", "held", "on-hold"],
    ["open", "answered", "solved"],
    ["pending", "reporter-spoke", "open"],
    ["pending", "team-replied", "pending"],
    ["on-hold", "reporter-spoke", "on-hold"],
    ["on-hold", "released", "open"],
    ["open", "released", "open"],
    ["solved", "reporter-spoke", "open"],
    ["solved", "unanswered", "open"],
    ["open", "unanswered", "open"],
    ["solved", "closed", "closed"],
    ["closed", "reporter-spoke", "closed"],
    ["closed", "waiting", "closed"],
    ["closed", "reopened", "open"],
  ])("%s + %s -> %s", (status, event, next) => {
    expect(nextStatus(status, event)).toBe(next);
  });

  it("is left for good by deletion and transfer", () => {
    for (const event of EVENTS)
      expect([nextStatus("deleted", event), nextStatus("moved", event)]).toEqual(["deleted", "moved"]);
  });

  it("never becomes new again, and is the same when the same is heard of twice", () => {
    for (const status of STATES) {
      for (const event of EVENTS) {
        const once = nextStatus(status, event);
        if (status !== "new") expect(once).not.toBe("new");
        expect(nextStatus(once, event)).toBe(once);
      }
    }
  });
});

describe("the reporter's silence", () => {
  const pending: Silence = {
    status: "pending",
    pendingSince: 10 * DAY,
    reporterSpokeAt: DAY,
    remindedAt: null,
    owed: false,
  };
  const rule = { remindAfter: 14 * DAY, closeAfter: 7 * DAY };

  it.each<
    [
      string,
      Partial<Silence>,
      typeof rule | { remindAfter: number | null; closeAfter: number | null },
      number,
      string,
      number | null,
    ]
  >([
    ["is borne for a while", {}, rule, 23, "none", 24],
    ["is met with a reminder", {}, rule, 24, "remind", null],
    [
      "counts from the reporter's word, if that came later",
      { reporterSpokeAt: 12 * DAY },
      rule,
      24,
      "none",
      26,
    ],
    ["is reminded of once", { remindedAt: 24 * DAY }, rule, 25, "none", 31],
    ["ends with a closing", { remindedAt: 24 * DAY }, rule, 31, "close", null],
    ["is never closed without a reminder", {}, rule, 400, "remind", null],
    ["is not closed for an earlier reminder", { remindedAt: 5 * DAY }, rule, 400, "remind", null],
    [
      "is never closed unless settings say so",
      { remindedAt: 24 * DAY },
      { ...rule, closeAfter: null },
      400,
      "none",
      null,
    ],
    [
      "is borne for ever where settings say so",
      {},
      { remindAfter: null, closeAfter: 7 * DAY },
      400,
      "none",
      null,
    ],
    ["is none when we owe a reply", { owed: true }, rule, 400, "none", null],
    ["is none when we do not wait", { status: "open" }, rule, 400, "none", null],
    ["is none when it waits for others", { status: "on-hold" }, rule, 400, "none", null],
    ["is none once it is closed", { status: "closed" }, rule, 400, "none", null],
  ])("%s", (_, parts, given, day, action, dueDay) => {
    expect(onSilence({ ...pending, ...parts }, given, day * DAY)).toEqual({
      action,
      dueAt: dueDay === null ? null : dueDay * DAY,
    });
  });
});

describe("the labels of a state", () => {
  const names = { pending: "waiting-for-reporter", "on-hold": "on-hold", solved: null };

  it.each<
    [
      string,
      Status,
      { present: string[]; own: string[]; vetoed: string[] },
      { add: string | null; remove: string[] },
    ]
  >([
    [
      "are added",
      "pending",
      { present: [], own: [], vetoed: [] },
      { add: "waiting-for-reporter", remove: [] },
    ],
    [
      "are not added twice",
      "pending",
      { present: ["Waiting-For-Reporter"], own: [], vetoed: [] },
      { add: null, remove: [] },
    ],
    [
      "are not added against a veto",
      "pending",
      { present: [], own: [], vetoed: ["waiting-for-reporter"] },
      { add: null, remove: [] },
    ],
    [
      "are replaced, if ours",
      "on-hold",
      { present: ["waiting-for-reporter"], own: ["waiting-for-reporter"], vetoed: [] },
      { add: "on-hold", remove: ["waiting-for-reporter"] },
    ],
    [
      "are left, if a person's",
      "on-hold",
      { present: ["waiting-for-reporter"], own: [], vetoed: [] },
      { add: "on-hold", remove: [] },
    ],
    [
      "are removed where a state has none",
      "open",
      { present: ["on-hold", "bug"], own: ["on-hold", "bug"], vetoed: [] },
      { add: null, remove: ["on-hold"] },
    ],
    [
      "are not mirrored where settings say so",
      "solved",
      { present: [], own: [], vetoed: [] },
      { add: null, remove: [] },
    ],
  ])("%s", (_, status, labels, expected) => {
    expect(statusLabels(status, names, labels)).toEqual(expected);
  });
});
