import { describe, expect, it } from "@jest/globals";
import type { Priority } from "../../src/ticket/priority.ts";
import type { Candidate, Strategy, Work } from "../../src/triage/assignment.ts";
import { WORKLOAD } from "../../src/ticket/work.ts";
import { assign, rebalance } from "../../src/triage/assignment.ts";
import type { BusinessHours } from "../../src/triage/business-hours.ts";
import type { Teammate } from "../../src/triage/rota.ts";
import { presence, shiftsOf } from "../../src/triage/rota.ts";
import { DAY, HOUR } from "../../src/triage/time-zone.ts";
import { generator } from "../generator.ts";

const HOURS: BusinessHours = {
  timezone: "UTC",
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "09:00",
  to: "17:00",
  holidays: ["2026-11-18"],
};
const MONDAY = Date.parse("2026-11-16T10:00Z");
const FRIDAY_NIGHT = Date.parse("2026-11-20T22:00Z");

interface Parts extends Partial<Teammate>, Partial<Omit<Candidate, "shift">> {
  login: string;
}

function someone({ load = 0, responseTime = null, assignedAt = null, ...person }: Parts): Candidate {
  const mate: Teammate = { skills: [], capacity: 10, timezone: null, away: [], ...person };
  const [shift] = shiftsOf([mate], HOURS);
  if (!shift) throw new Error("no shift");
  return { shift, load, responseTime, assignedAt };
}

const work = (parts: Partial<Work> = {}): Work => ({
  level: "P2",
  topics: [],
  assignees: [],
  refused: [],
  ...parts,
});

describe("a ticket goes", () => {
  it.each<[string, Strategy, Partial<Work>, Parts[], string | null, string]>([
    ["to nobody without a team", "skills", {}, [], null, "nobody is free"],
    [
      "to nobody when a person chose",
      "skills",
      { assignees: ["zoe"] },
      [{ login: "ann" }],
      null,
      "a person chose zoe",
    ],
    [
      "to who knows most of it",
      "skills",
      { topics: ["bug", "networking"] },
      [
        { login: "ann", skills: ["bug"] },
        { login: "bob", skills: ["Networking", "bug"], load: 9 },
      ],
      "bob",
      "skills: bug, networking",
    ],
    [
      "to who knows the path",
      "skills",
      { topics: ["src/net/tls.ts"] },
      [
        { login: "ann", skills: ["src/ui/"] },
        { login: "bob", skills: ["src/net/**"] },
      ],
      "bob",
      "skills: src/net/tls.ts",
    ],
    [
      "to who speaks the language",
      "skills",
      { topics: ["ja"] },
      [{ login: "ann" }, { login: "bob", skills: ["ja"] }],
      "bob",
      "skills: ja",
    ],
    [
      "to the less loaded of those who know it",
      "skills",
      { topics: ["bug"] },
      [
        { login: "ann", skills: ["bug"], load: 5 },
        { login: "bob", skills: ["bug"], load: 1 },
      ],
      "bob",
      "skills: bug",
    ],
    [
      "in turn when nobody knows it",
      "skills",
      { topics: ["bug"] },
      [
        { login: "ann", assignedAt: 5 },
        { login: "bob", assignedAt: 3, load: 5 },
      ],
      "bob",
      "round-robin, as nobody's skills fit",
    ],
    [
      "to the least loaded by share of capacity",
      "least-loaded",
      {},
      [
        { login: "ann", load: 3, capacity: 4 },
        { login: "bob", load: 5, capacity: 10 },
      ],
      "bob",
      "least-loaded",
    ],
    [
      "to who never had one, in turn",
      "round-robin",
      {},
      [{ login: "ann", assignedAt: 1 }, { login: "bob" }],
      "bob",
      "round-robin: the longest without a ticket",
    ],
    [
      "to the first of the team where nothing tells them apart",
      "round-robin",
      {},
      [{ login: "ann" }, { login: "bob" }],
      "ann",
      "round-robin: the longest without a ticket",
    ],
    [
      "to the fastest",
      "fastest",
      {},
      [{ login: "ann", responseTime: 9 }, { login: "bob", responseTime: 3 }, { login: "eve" }],
      "bob",
      "fastest responder",
    ],
    [
      "in turn when nobody's speed is known",
      "fastest",
      {},
      [
        { login: "ann", assignedAt: 9 },
        { login: "bob", assignedAt: 8 },
      ],
      "bob",
      "round-robin, as nobody's speed is known",
    ],
    [
      "not to who is full",
      "least-loaded",
      {},
      [
        { login: "ann", load: 3, capacity: 3.5 },
        { login: "bob", load: 8 },
      ],
      "bob",
      "least-loaded",
    ],
    [
      "not to who takes no work, even in need",
      "skills",
      { level: "P0" },
      [{ login: "ann", capacity: 0 }],
      null,
      "nobody is free",
    ],
    [
      "to who is full, if it is P0",
      "least-loaded",
      { level: "P0" },
      [{ login: "ann", load: 10 }],
      "ann",
      "least-loaded",
    ],
    [
      "to who is not full even if it is P0",
      "skills",
      { level: "P0", topics: ["bug"] },
      [{ login: "ann", load: 10, skills: ["bug"] }, { login: "bob" }],
      "bob",
      "least-loaded",
    ],
    ...(["least-loaded", "fastest", "round-robin"] as const).map(
      (strategy): [string, Strategy, Partial<Work>, Parts[], string | null, string] => [
        "to who has room even if it is P0 and another has waited longer, does less or is faster",
        strategy,
        { level: "P0" },
        [
          { login: "ann", capacity: 100, load: 97, responseTime: HOUR, assignedAt: 1 },
          { login: "bob", capacity: 4, load: 0, responseTime: 2 * HOUR, assignedAt: 2 },
          { login: "eve", capacity: 3, load: 0, responseTime: HOUR / 2, assignedAt: 0 },
        ],
        "bob",
        {
          "least-loaded": "least-loaded",
          fastest: "fastest responder",
          "round-robin": "round-robin: the longest without a ticket",
        }[strategy],
      ],
    ),
    [
      "not to who knows another folder whose name begins alike",
      "skills",
      { topics: ["src/network/tcp.ts"] },
      [
        { login: "ann", skills: ["src/net/"] },
        { login: "bob", skills: ["src/network/"], load: 5 },
      ],
      "bob",
      "skills: src/network/tcp.ts",
    ],
    [
      "not to who was taken off it",
      "round-robin",
      { refused: ["Ann"] },
      [{ login: "ann" }, { login: "bob", assignedAt: 1 }],
      "bob",
      "round-robin: the longest without a ticket",
    ],
    [
      "not to who is away",
      "round-robin",
      {},
      [
        { login: "ann", away: [{ from: "2026-11-10", to: "2026-11-16" }] },
        { login: "bob", assignedAt: 1 },
      ],
      "bob",
      "round-robin: the longest without a ticket",
    ],
  ])("%s", (_, strategy, given, people, login, because) => {
    const assignment = assign(work(given), people.map(someone), strategy, MONDAY);
    expect(assignment.login).toBe(login);
    expect(assignment.because[0]).toBe(because);
  });

  it("with all that was weighed", () => {
    const people: Parts[] = [
      { login: "ann", away: [{ from: "2026-11-16", to: "2026-11-20" }] },
      { login: "bob", load: 10 },
      { login: "eve", load: 2 },
      { login: "sam", capacity: 0 },
    ];
    expect(assign(work(), people.map(someone), "least-loaded", MONDAY).because).toEqual([
      "least-loaded",
      "2 of 10 taken; at work",
      "left out: ann is away until 2026-11-20; bob has enough (10 of 10); sam takes no work",
    ]);
  });

  it("at once to somebody at work, if it is P0", () => {
    const people = [
      someone({ login: "ann", assignedAt: 1 }),
      someone({ login: "kim", timezone: "Asia/Tokyo" }),
    ];
    expect(assign(work({ level: "P1" }), people, "round-robin", MONDAY).login).toBe("kim");
    expect(assign(work({ level: "P0" }), people, "round-robin", MONDAY).login).toBe("ann");
  });

  it("to who is at work first, if it is P0 and all sleep", () => {
    const people = [
      someone({ login: "ann" }),
      someone({ login: "kim", timezone: "Asia/Tokyo", assignedAt: 1 }),
    ];
    const { login, because } = assign(work({ level: "P0" }), people, "round-robin", FRIDAY_NIGHT);
    expect([login, because[1]]).toEqual(["kim", "0 of 10 taken; at work from 2026-11-23T00:00:00.000Z"]);
  });
});

describe("somebody", () => {
  const week = [{ from: "2026-11-23", to: "2026-11-27" }];

  it.each<[string, Partial<Teammate>, string, string]>([
    ["is at work in their hours", {}, "2026-11-16T09:00Z", "working"],
    ["is off in the evening", {}, "2026-11-16T17:00Z", "off"],
    ["is off on a holiday", {}, "2026-11-18T12:00Z", "off"],
    ["is at work in their own time zone", { timezone: "America/New_York" }, "2026-11-16T20:00Z", "working"],
    ["is away from the first day", { away: week }, "2026-11-23T10:00Z", "away"],
    ["is away until the end of the last day", { away: week }, "2026-11-27T16:59Z", "away"],
    ["is back on the day after", { away: week }, "2026-11-30T10:00Z", "working"],
    ["is away from the last evening on", { away: week }, "2026-11-20T17:00Z", "away"],
    ["is at work on the last day before", { away: week }, "2026-11-20T16:59Z", "working"],
    ["is off in the night before the return", { away: week }, "2026-11-28T10:00Z", "off"],
    ["is away by their own dates", { away: week, timezone: "Asia/Tokyo" }, "2026-11-29T23:00Z", "off"],
  ])("%s", (_, parts, at, state) => {
    expect(presence(someone({ login: "ann", ...parts }).shift, Date.parse(at)).state).toBe(state);
  });
});

describe("when somebody leaves", () => {
  it("their work goes to others, the most pressing first, as far as they can take it", () => {
    const people = [
      someone({ login: "ann", away: [{ from: "2026-11-16", to: "2026-11-20" }], load: 5 }),
      someone({ login: "bob", load: 8 }),
      someone({ login: "eve", load: 9 }),
    ];
    const given = (key: string, level: Priority, assignee = "Ann") => ({
      key,
      level,
      assignee,
      topics: [],
      refused: [],
    });
    const moves = rebalance(
      [given("1", "P2"), given("2", "P1"), given("3", "P2"), given("4", "P1", "bob")],
      people,
      "least-loaded",
      MONDAY,
    );
    expect(moves.map(({ key, to }) => [key, to])).toEqual([
      ["2", "bob"],
      ["1", "eve"],
      ["3", null],
    ]);
  });

  it("goes to each in turn, as if it had come one by one", () => {
    const away = [{ from: "2026-11-16", to: "2026-11-20" }];
    const people = [
      someone({ login: "ann", away }),
      someone({ login: "bob", assignedAt: 1 }),
      someone({ login: "eve", assignedAt: 2 }),
    ];
    const given = ["1", "2", "3"].map((key) => {
      return { key, level: "P2" as const, assignee: "ann", topics: [], refused: [] };
    });
    const moves = rebalance(given, people, "round-robin", MONDAY);
    expect(moves.map(({ to }) => to)).toEqual(["bob", "eve", "bob"]);
  });

  it("nothing moves while all are there, or of who left the team", () => {
    const given = [{ key: "1", level: "P1" as const, assignee: "ann", topics: [], refused: [] }];
    expect(rebalance(given, [someone({ login: "ann" })], "skills", FRIDAY_NIGHT)).toEqual([]);
    expect(rebalance(given, [someone({ login: "bob" })], "skills", MONDAY)).toEqual([]);
  });
});

/** 0: all the same; 1: one has it all (Gini 1912). */
function gini(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const sum = sorted.reduce((total, value) => total + value, 0);
  const ranked = sorted.reduce((total, value, i) => total + (i + 1) * value, 0);
  return (2 * ranked) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
}

describe("a year of 10,000 tickets for eight people", () => {
  const START = Date.parse("2026-01-01T00:00Z");
  const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"];

  /** Plays the year through: who got how much, and which rules were broken. */
  function year(strategy: Strategy, seed: number) {
    const { integer, pick, chance, next } = generator(seed);
    const skills = ["bug", "question", "feature", "networking"];
    const date = (day: number) => new Date(START + day * DAY).toISOString().slice(0, 10);
    const team: Teammate[] = Array.from({ length: 8 }, (_, i) => ({
      login: `person-${i}`,
      skills: skills.filter(() => chance(0.5)),
      capacity: 12,
      timezone: zones[i % zones.length] ?? null,
      away: Array.from({ length: 3 }, () => integer(0, 350)).map((day) => ({
        from: date(day),
        to: date(day + integer(4, 14)),
      })),
    }));
    const people = shiftsOf(team, HOURS).map(
      (shift): Candidate => ({ shift, load: 0, responseTime: integer(1, 9) * HOUR, assignedAt: null }),
    );
    const open: { until: number; person: Candidate; weight: number }[] = [];
    const taken = new Map(team.map(({ login }) => [login, 0]));
    const broken: string[] = [];
    let nobody = 0;
    const moments = Array.from({ length: 10_000 }, () => START + Math.floor(next() * 365 * DAY)).sort(
      (a, b) => a - b,
    );
    for (const now of moments) {
      for (let i = open.length - 1; i >= 0; i--) {
        const one = open[i];
        if (!one || one.until > now) continue;
        one.person.load -= one.weight;
        open.splice(i, 1);
      }
      const level = pick<Priority>(["P0", "P1", "P2", "P2", "P2", "P3", "P3", "P3"]);
      const { login } = assign(work({ level, topics: [pick(skills)] }), people, strategy, now);
      const person = people.find(({ shift }) => shift.person.login === login);
      if (!person) {
        nobody++;
        continue;
      }
      if (presence(person.shift, now).state === "away") broken.push(`${login} was away`);
      if (level !== "P0" && person.load + WORKLOAD[level] > person.shift.person.capacity)
        broken.push(`${login} was full`);
      person.load += WORKLOAD[level];
      person.assignedAt = now;
      taken.set(person.shift.person.login, (taken.get(person.shift.person.login) ?? 0) + WORKLOAD[level]);
      open.push({ until: now + integer(2, 60) * HOUR, person, weight: WORKLOAD[level] });
    }
    return { gini: gini([...taken.values()]), broken, nobody };
  }

  it.each<Strategy>(["least-loaded", "round-robin", "skills", "fastest"])(
    "breaks no rule by %s",
    (strategy) => {
      const { broken, nobody } = year(strategy, 11);
      expect(broken).toEqual([]);
      expect(nobody).toBeLessThan(100);
    },
  );

  it.each([1, 2, 3])("spreads the work by least-loaded, seed %i", (seed) => {
    const { gini: spread, broken } = year("least-loaded", seed);
    expect(broken).toEqual([]);
    expect(spread).toBeLessThan(0.15);
  });

  it("measures spread as Gini did", () => {
    expect(gini([1, 1, 1, 1])).toBeCloseTo(0);
    expect(gini([0, 0, 0, 1])).toBeCloseTo(0.75);
  });
});
