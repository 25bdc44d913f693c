import { describe, expect, it } from "@jest/globals";
import type { Calendar } from "../../src/triage/business-hours.ts";
import { ALWAYS, businessCalendar, isOpen } from "../../src/triage/business-hours.ts";
import type { ClockEvent, ClockName, Clocks } from "../../src/ticket/clocks.ts";
import { advance, readClocks, startClocks } from "../../src/triage/clocks.ts";
import type { SlaPolicy } from "../../src/triage/sla.ts";
import { choosePolicy, dueNotices, readSla, shareReachedAt } from "../../src/triage/sla.ts";
import { HOUR, MINUTE } from "../../src/triage/time-zone.ts";
import { generator } from "../generator.ts";

const OFFICE = businessCalendar({
  timezone: "Europe/Berlin",
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "09:00",
  to: "17:00",
  holidays: [],
});

function policy(hours: Partial<Record<ClockName, number>>, more: Partial<SlaPolicy> = {}): SlaPolicy {
  const target = (clock: ClockName) => (hours[clock] === undefined ? null : hours[clock] * HOUR);
  return {
    calendar: ALWAYS,
    targets: {
      firstResponse: target("firstResponse"),
      nextResponse: target("nextResponse"),
      resolution: target("resolution"),
    },
    warn: { share: 0.75 },
    repeat: null,
    because: "a test",
    ...more,
  };
}

/** `3 team-replied`: three hours after the opening the team replied. The opening is at 0. */
function story(...lines: string[]): Clocks {
  return lines.reduce((clocks, line, i) => {
    const [hours, type] = line.split(" ");
    return advance(clocks, { id: String(i), at: Number(hours) * HOUR, type: type as ClockEvent["type"] });
  }, startClocks(0));
}

const ALL = policy({ firstResponse: 4, nextResponse: 8, resolution: 40 });

/** What each clock has used at an hour: `firstResponse 3 stopped`. */
function used(clocks: Clocks, hour: number): string[] {
  return readSla(clocks, ALL, hour * HOUR).map(
    (one) => `${one.clock} ${one.used / HOUR} ${one.running ? "running" : "stopped"}`,
  );
}

describe("the clocks of a ticket", () => {
  it.each<[string, string[], number, string[]]>([
    [
      "first response and resolution run from the opening",
      [],
      3,
      ["firstResponse 3 running", "resolution 3 running"],
    ],
    [
      "the first public reply of the team stops the first response for good",
      ["2 team-replied", "5 team-replied"],
      9,
      ["firstResponse 2 stopped", "resolution 9 running"],
    ],
    [
      "what the reporter adds before the first response starts no second clock",
      ["1 reporter-spoke"],
      3,
      ["firstResponse 3 running", "resolution 3 running"],
    ],
    [
      "a question and its answer in the same second owe nothing",
      ["1 team-replied", "2 team-replied", "2 reporter-spoke"],
      9,
      ["firstResponse 1 stopped", "nextResponse 0 stopped", "resolution 9 running"],
    ],
    [
      "waiting for the reporter pauses the resolution, not an owed first response",
      ["1 waiting", "3 reporter-spoke"],
      4,
      ["firstResponse 4 running", "resolution 2 running"],
    ],
    [
      "the next response runs while we owe a reply",
      ["1 team-replied", "4 reporter-spoke", "6 reporter-spoke"],
      9,
      ["firstResponse 1 stopped", "nextResponse 5 running", "resolution 9 running"],
    ],
    [
      "each debt has a clock of its own",
      ["1 team-replied", "4 reporter-spoke", "6 team-replied", "10 reporter-spoke"],
      11,
      [
        "firstResponse 1 stopped",
        "nextResponse 2 stopped",
        "nextResponse 1 running",
        "resolution 11 running",
      ],
    ],
    [
      "asking the reporter back ends our debt",
      ["1 team-replied", "4 reporter-spoke", "5 waiting"],
      9,
      ["firstResponse 1 stopped", "nextResponse 1 stopped", "resolution 5 stopped"],
    ],
    ["closed freezes all", ["2 closed"], 9, ["firstResponse 2 stopped", "resolution 2 stopped"]],
    ["reopened resumes", ["2 closed", "7 reopened"], 9, ["firstResponse 4 running", "resolution 4 running"]],
    [
      "reopened while waiting waits no more",
      ["1 team-replied", "2 waiting", "3 closed", "7 reopened"],
      9,
      ["firstResponse 1 stopped", "resolution 4 running"],
    ],
    [
      "on hold freezes all until it is released",
      ["1 held", "5 released"],
      6,
      ["firstResponse 2 running", "resolution 2 running"],
    ],
    [
      "reopened lets go what was held before",
      ["1 held", "2 closed", "7 reopened"],
      9,
      ["firstResponse 3 running", "resolution 3 running"],
    ],
    [
      "waiting for the reporter ends a hold",
      ["1 team-replied", "2 held", "4 waiting", "6 reporter-spoke"],
      9,
      ["firstResponse 1 stopped", "nextResponse 3 running", "resolution 5 running"],
    ],
    [
      "what waited before it was held is open once it is released",
      ["1 team-replied", "2 waiting", "3 held", "5 released"],
      9,
      ["firstResponse 1 stopped", "resolution 6 running"],
    ],
    [
      "a word after the closing is owed once it is reopened",
      ["1 team-replied", "2 closed", "5 reporter-spoke", "6 reopened"],
      8,
      ["firstResponse 1 stopped", "nextResponse 2 running", "resolution 4 running"],
    ],
  ])("%s", (_, lines, hour, expected) => {
    expect(used(story(...lines), hour)).toEqual(expected);
  });

  it("counts events by their own time, in whatever order and how often they are heard of", () => {
    const { integer, pick, shuffle } = generator(6);
    const types: ClockEvent["type"][] = [
      "reopened",
      "reporter-spoke",
      "team-replied",
      "waiting",
      "held",
      "released",
      "closed",
    ];
    for (let round = 0; round < 300; round++) {
      const events = Array.from({ length: integer(1, 25) }, (_, i) => ({
        id: String(i),
        // Few different times, so that many fall into the same second.
        at: integer(0, 20) * HOUR,
        type: pick(types),
      }));
      const straight = events.reduce(advance, startClocks(0));
      const mixed = [...shuffle(events), ...shuffle(events)].reduce(advance, startClocks(0));
      expect(mixed).toEqual(straight);
    }
  });

  it("agree with a model that looks at every minute", () => {
    const { integer, pick } = generator(7);
    const types: ClockEvent["type"][] = [
      "reopened",
      "reporter-spoke",
      "team-replied",
      "waiting",
      "held",
      "released",
      "closed",
    ];
    const monday = Date.parse("2026-10-19T00:00Z");
    for (let round = 0; round < 60; round++) {
      const events: ClockEvent[] = [];
      for (let at = 0; events.length < 12; at += integer(1, 900)) {
        events.push({ id: String(at), at: monday + at * MINUTE, type: pick(types) });
      }
      const calendar = pick<Calendar>([ALWAYS, OFFICE]);
      const end = (events.at(-1)?.at ?? monday) + 500 * MINUTE;
      const readings = readSla(events.reduce(advance, startClocks(monday)), { ...ALL, calendar }, end);
      const sum = (clock: ClockName) =>
        readings.filter((one) => one.clock === clock).reduce((total, one) => total + one.used, 0) / MINUTE;
      const model = { firstResponse: 0, nextResponse: 0, resolution: 0 };
      const now = { answered: false, owed: false, waiting: false, held: false, closed: false };
      for (let at = monday; at < end; at += MINUTE) {
        for (const { type } of events.filter((event) => event.at === at)) {
          if (type === "reporter-spoke") Object.assign(now, { waiting: false, owed: now.answered });
          if (type === "team-replied") Object.assign(now, { answered: true, owed: false });
          if (type === "waiting") Object.assign(now, { waiting: true, owed: false, held: false });
          if (type === "held") now.held = true;
          if (type === "released" && now.held) Object.assign(now, { held: false, waiting: false });
          if (type === "closed") now.closed = true;
          if (type === "reopened") Object.assign(now, { closed: false, waiting: false, held: false });
        }
        if (now.held || now.closed || !isOpen(calendar, at)) continue;
        if (!now.answered) model.firstResponse++;
        if (now.owed) model.nextResponse++;
        if (!now.waiting) model.resolution++;
      }
      expect({
        firstResponse: sum("firstResponse"),
        nextResponse: sum("nextResponse"),
        resolution: sum("resolution"),
      }).toEqual(model);
    }
  });

  it("stay small in an endless conversation, and right", () => {
    let clocks = story("1 team-replied");
    for (let i = 0; i < 500; i++) {
      clocks = advance(clocks, { id: `a${i}`, at: (2 + 2 * i) * HOUR, type: "reporter-spoke" });
      clocks = advance(clocks, { id: `b${i}`, at: (3 + 2 * i) * HOUR, type: "team-replied" });
    }
    expect(clocks.log.length).toBeLessThan(64);
    expect(readClocks(clocks).nextResponse).toHaveLength(500);
    expect(
      readSla(clocks, ALL, 2000 * HOUR).filter((one) => one.clock === "nextResponse" && one.used === HOUR),
    ).toHaveLength(500);
  });

  it("take nothing for earlier than the opening", () => {
    expect(used(advance(startClocks(5 * HOUR), { id: "x", at: 0, type: "team-replied" }), 6)[0]).toBe(
      "firstResponse 0 stopped",
    );
  });
});

describe("a promise", () => {
  /** Looks whenever a clock is due, until the hour: `3 firstResponse warning`. */
  function told(clocks: Clocks, rule: SlaPolicy, hours: number): string[] {
    const lines: string[] = [];
    for (let now: number | null = 0; now !== null && now <= hours * HOUR; ) {
      const looked = dueNotices(clocks, rule, now);
      for (const { clock, stage, repetition } of looked.notices) {
        lines.push(`${now / HOUR} ${clock} ${stage}${repetition ? ` ${repetition}` : ""}`);
      }
      clocks = looked.clocks;
      now = looked.dueAt;
    }
    return lines;
  }

  it.each<[string, SlaPolicy, string[]]>([
    [
      "is warned of at three quarters, then broken",
      policy({ firstResponse: 4 }),
      ["3 firstResponse warning", "4 firstResponse breach"],
    ],
    [
      "is warned of a time before its end",
      policy({ firstResponse: 4 }, { warn: { before: HOUR / 2 } }),
      ["3.5 firstResponse warning", "4 firstResponse breach"],
    ],
    [
      "shorter than its warning is warned of at once",
      policy({ firstResponse: 1 }, { warn: { before: 2 * HOUR } }),
      ["0 firstResponse warning", "1 firstResponse breach"],
    ],
    [
      "with a warning at its end is broken only",
      policy({ firstResponse: 4 }, { warn: { share: 1 } }),
      ["4 firstResponse breach"],
    ],
    [
      "that stays broken is told of again",
      policy({ firstResponse: 4 }, { repeat: 3 * HOUR }),
      [
        "3 firstResponse warning",
        "4 firstResponse breach",
        "7 firstResponse repeated-breach 1",
        "10 firstResponse repeated-breach 2",
      ],
    ],
    [
      "stands beside others",
      policy({ firstResponse: 4, resolution: 8 }),
      ["3 firstResponse warning", "4 firstResponse breach", "6 resolution warning", "8 resolution breach"],
    ],
    ["that nobody made is never due", policy({}), []],
  ])("%s", (_, rule, lines) => {
    expect(told(startClocks(0), rule, 11)).toEqual(lines);
  });

  it("is due in business hours", () => {
    const friday = Date.parse("2026-11-20T15:00Z");
    const rule = policy({ firstResponse: 4 }, { calendar: OFFICE });
    const [reading] = readSla(startClocks(friday), rule, friday);
    // 16:00 in Berlin: one hour is left on Friday, three on Monday from 9:00, which is 8:00 UTC.
    expect(reading?.dueAt).toBe(Date.parse("2026-11-23T11:00Z"));
    expect(shareReachedAt(startClocks(friday), rule, "firstResponse", 0.25)).toBe(
      Date.parse("2026-11-20T16:00Z"),
    );
  });

  it("is not due while its clock stands still", () => {
    const clocks = story("1 team-replied", "2 waiting");
    expect(dueNotices(clocks, ALL, 100 * HOUR)).toMatchObject({ notices: [], dueAt: null });
    expect(shareReachedAt(clocks, ALL, "resolution", 1)).toBeNull();
  });

  it("leaves a warning out that the breach overtook", () => {
    expect(
      dueNotices(startClocks(0), policy({ firstResponse: 4 }), 9 * HOUR).notices.map(({ stage }) => stage),
    ).toEqual(["breach"]);
  });

  it("is told of anew for each debt", () => {
    const rule = policy({ nextResponse: 2 });
    const first = dueNotices(story("1 team-replied", "2 reporter-spoke"), rule, 5 * HOUR);
    const second = advance(advance(first.clocks, { id: "r", at: 6 * HOUR, type: "team-replied" }), {
      id: "s",
      at: 7 * HOUR,
      type: "reporter-spoke",
    });
    expect(first.notices).toMatchObject([{ stage: "breach", cycle: 0, dueAt: 4 * HOUR }]);
    expect(dueNotices(second, rule, 10 * HOUR).notices).toMatchObject([
      { stage: "breach", cycle: 1, dueAt: 9 * HOUR },
    ]);
  });

  it("that was edited counts from the beginning, and is told of once more when its new end is reached", () => {
    const short = dueNotices(startClocks(0), policy({ firstResponse: 4 }), 5 * HOUR);
    const longer = dueNotices(short.clocks, policy({ firstResponse: 20 }), 6 * HOUR);
    expect(longer).toMatchObject({ notices: [], dueAt: 15 * HOUR });
    expect(dueNotices(longer.clocks, policy({ firstResponse: 20 }), 20 * HOUR).notices).toMatchObject([
      { stage: "breach" },
    ]);
    const stricter = dueNotices(short.clocks, policy({ firstResponse: 1 }), 6 * HOUR);
    expect(stricter).toMatchObject({ notices: [], dueAt: null });
  });

  it("is kept by a reply before its end, not at its end", () => {
    const met = (line: string) =>
      readSla(story(line), policy({ firstResponse: 4 }), 99 * HOUR).map((one) => one.met);
    expect([met("3.99 team-replied"), met("4 team-replied")]).toEqual([[true], [false]]);
  });

  it("tells every breach once in 10,000 tickets, however the desk looks", () => {
    const { integer, pick, chance } = generator(8);
    const monday = Date.parse("2026-03-23T00:00Z");
    const rule = policy(
      { firstResponse: 4, nextResponse: 8, resolution: 24 },
      { calendar: OFFICE, repeat: 8 * HOUR },
    );
    const wrong: string[] = [];
    let breaches = 0;
    for (let ticket = 0; ticket < 10_000; ticket++) {
      const opened = monday + integer(0, 7 * 24 * 60) * MINUTE;
      let clocks = startClocks(opened);
      const seen: string[] = [];
      let now = opened;
      for (let i = 0; i < 8; i++) {
        if (chance(0.5)) {
          const type = pick<ClockEvent["type"]>([
            "reporter-spoke",
            "team-replied",
            "waiting",
            "closed",
            "reopened",
          ]);
          clocks = advance(clocks, { id: String(i), at: now, type });
        }
        const looked = dueNotices(clocks, rule, now);
        const again = dueNotices(looked.clocks, rule, now);
        if (again.notices.length > 0) wrong.push(`${ticket} told twice`);
        if (looked.dueAt !== null && looked.dueAt <= now) wrong.push(`${ticket} is due in the past`);
        seen.push(...looked.notices.map((one) => `${one.clock}/${one.cycle}/${one.stage}/${one.repetition}`));
        const late = readSla(looked.clocks, rule, now).filter((one) => one.running && !one.met);
        breaches += looked.notices.filter((one) => one.stage === "breach").length;
        for (const one of late)
          if (!seen.includes(`${one.clock}/${one.cycle}/breach/0`)) wrong.push(`${ticket} hid a breach`);
        clocks = looked.clocks;
        now = chance(0.5) ? (looked.dueAt ?? now + HOUR) : now + integer(1, 3000) * MINUTE;
      }
      if (new Set(seen).size < seen.length) wrong.push(`${ticket} repeats itself`);
    }
    expect(wrong).toEqual([]);
    expect(breaches).toBeGreaterThan(3000);
  });
});

describe("the policy of a ticket", () => {
  const hours = (first: number | null, resolution: number | null = null) => ({
    firstResponse: first === null ? null : { days: 0, ms: first * HOUR },
    nextResponse: null,
    resolution: resolution === null ? null : { days: resolution, ms: 0 },
  });
  const offer = {
    level: "P1" as const,
    byPriority: {},
    default: null,
    calendar: OFFICE,
    warn: { share: 0.75 },
    repeat: null,
  };

  it.each<[string, Parameters<typeof choosePolicy>[0], [number | null, number | null] | null, string]>([
    ["is none when nothing is promised", { ...offer, plan: null }, null, ""],
    ["is the default's", { ...offer, plan: null, default: hours(8) }, [8, null], "SLA of default"],
    [
      "is the plan's before the default's",
      { ...offer, plan: { name: "gold", sla: hours(4) }, default: hours(8) },
      [4, null],
      "SLA of plan gold",
    ],
    [
      "is the stricter of plan and priority",
      { ...offer, plan: { name: "gold", sla: hours(4) }, byPriority: { P1: hours(2) } },
      [2, null],
      "SLA of plan gold and priority P1",
    ],
    ["is no other priority's", { ...offer, plan: null, byPriority: { P0: hours(1) } }, null, ""],
    [
      "fills what the plan leaves open",
      { ...offer, plan: { name: "gold", sla: hours(4) }, default: hours(8, 5) },
      [4, 40],
      "SLA of plan gold and default",
    ],
  ])("%s", (_, given, targets, because) => {
    const chosen = choosePolicy(given);
    expect(
      chosen && [chosen.targets.firstResponse, chosen.targets.resolution].map((ms) => ms && ms / HOUR),
    ).toEqual(targets);
    expect(chosen?.because ?? "").toBe(because);
  });
});
