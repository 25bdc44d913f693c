import { describe, expect, it } from "@jest/globals";
import { ALWAYS } from "../../src/triage/business-hours.ts";
import { advance, startClocks } from "../../src/triage/clocks.ts";
import type { Escalating, Rung } from "../../src/triage/escalation.ts";
import { climb, gatherNotices } from "../../src/triage/escalation.ts";
import { HOUR, MINUTE } from "../../src/triage/time-zone.ts";

/** 2026-11-16 is a Monday. */
const OPENED = Date.parse("2026-11-16T00:00Z");

function rung(at: number, parts: Partial<Rung>): Rung {
  const actions = (["mention", "label", "assign"] as const).filter((name) => parts[name]);
  return { at, plans: [], mention: null, label: null, assign: null, actions, ...parts };
}

function ticket(parts: Partial<Escalating> = {}): Escalating {
  return {
    plan: "gold",
    clocks: startClocks(OPENED),
    policy: {
      calendar: ALWAYS,
      targets: { firstResponse: 8 * HOUR, nextResponse: 8 * HOUR, resolution: null },
      warn: { share: 0.75 },
      repeat: null,
      because: "a test",
    },
    climbed: {},
    ...parts,
  };
}

const LADDER = [
  rung(0.5, { label: "late" }),
  rung(0.75, { mention: "@acme/support" }),
  rung(1, { assign: "ann", actions: ["assign", "slack"] }),
  rung(2, { assign: "boss", label: "very-late" }),
];

function ladder(rungs: Rung[] = LADDER, away: string[] = []) {
  return { rungs, isPresent: (login: string) => !away.includes(login) };
}

/** Looks whenever it is due, until the hour: `4 label late`. */
function climbed(given: Escalating, on: ReturnType<typeof ladder>, hours: number): string[] {
  const lines: string[] = [];
  for (let now: number | null = OPENED; now !== null && now <= OPENED + hours * HOUR; ) {
    const looked = climb(given, on, now);
    for (const { action } of looked.steps)
      lines.push(`${(now - OPENED) / HOUR} ${Object.values(action).join(" ")}`);
    given = { ...given, climbed: looked.climbed };
    now = looked.dueAt;
  }
  return lines;
}

describe("the ladder", () => {
  it.each<[string, Escalating, ReturnType<typeof ladder>, string[]]>([
    [
      "is climbed rung by rung",
      ticket(),
      ladder(),
      [
        "4 label late",
        "6 mention @acme/support",
        "8 assign ann",
        "8 slack",
        "16 label very-late",
        "16 assign boss",
      ],
    ],
    [
      "is climbed in order of its shares, however it is written",
      ticket(),
      ladder([...LADDER].reverse()),
      [
        "4 label late",
        "6 mention @acme/support",
        "8 assign ann",
        "8 slack",
        "16 label very-late",
        "16 assign boss",
      ],
    ],
    [
      "skips who is away",
      ticket(),
      ladder(LADDER, ["ann"]),
      [
        "4 label late",
        "6 mention @acme/support",
        "8 assign boss",
        "8 slack",
        "16 label very-late",
        "16 assign boss",
      ],
    ],
    [
      "assigns nobody when all are away",
      ticket(),
      ladder(LADDER, ["ann", "boss"]),
      ["4 label late", "6 mention @acme/support", "8 slack", "16 label very-late"],
    ],
    [
      "is for its plans",
      ticket(),
      ladder([rung(0.5, { label: "a", plans: ["silver"] }), rung(0.5, { label: "b", plans: ["gold"] })]),
      ["4 label b"],
    ],
    [
      "for plans is not for community",
      ticket({ plan: null }),
      ladder([rung(0.5, { label: "b", plans: ["gold"] })]),
      [],
    ],
    [
      "ends with the answer",
      ticket({
        clocks: advance(startClocks(OPENED), { id: "a", at: OPENED + 5 * HOUR, type: "team-replied" }),
      }),
      ladder(),
      [],
    ],
  ])("%s", (_, given, on, lines) => {
    expect(climbed(given, on, 40)).toEqual(lines);
  });

  it("is climbed once, and anew for the next debt", () => {
    const first = climb(ticket(), ladder(), OPENED + 9 * HOUR);
    expect(climb(ticket({ climbed: first.climbed }), ladder(), OPENED + 9 * HOUR).steps).toEqual([]);
    const replied = advance(startClocks(OPENED), { id: "a", at: OPENED + 9 * HOUR, type: "team-replied" });
    const again = advance(replied, { id: "b", at: OPENED + 10 * HOUR, type: "reporter-spoke" });
    const second = climb(ticket({ clocks: again, climbed: first.climbed }), ladder(), OPENED + 14 * HOUR);
    expect(second.steps.map(({ key }) => key)).toEqual(["nextResponse/0/0.5/label"]);
  });

  it("is climbed from its foot for each further debt, and looked at in time for it", () => {
    const turns = ["team-replied", "reporter-spoke", "team-replied", "reporter-spoke"] as const;
    const clocks = turns.reduce(
      (known, type, i) => advance(known, { id: String(i), at: OPENED + 10 * i * HOUR, type }),
      startClocks(OPENED),
    );
    const nextResponse = { cycle: 0, at: 1 };
    const again = ticket({ clocks, climbed: { nextResponse } });
    const early = climb(again, ladder(), OPENED + 31 * HOUR);
    expect(early).toMatchObject({ steps: [], dueAt: OPENED + 34 * HOUR });
    const late = climb(again, ladder(), OPENED + 34 * HOUR);
    expect(late.steps.map(({ key }) => key)).toEqual(["nextResponse/1/0.5/label"]);
  });

  it("is looked at when the first of several promises reaches a rung", () => {
    const { policy } = ticket();
    const slow = { ...policy, targets: { ...policy.targets, resolution: 80 * HOUR } };
    expect(climb(ticket({ policy: slow }), ladder(), OPENED + HOUR).dueAt).toBe(OPENED + 4 * HOUR);
  });

  it("tells people once of what it passed while nobody looked", () => {
    const rungs = [
      rung(0.5, { mention: "@a", label: "x" }),
      rung(0.75, { mention: "@b", label: "y" }),
      rung(1, { actions: ["email"] }),
    ];
    const { steps, dueAt } = climb(ticket(), ladder(rungs), OPENED + 20 * HOUR);
    expect(steps.map(({ key }) => key)).toEqual([
      "firstResponse/0/0.5/label",
      "firstResponse/0/0.75/mention",
      "firstResponse/0/0.75/label",
      "firstResponse/0/1/email",
    ]);
    expect(dueAt).toBeNull();
  });
});

describe("notices of a channel", () => {
  const rule = { limit: 3, window: 60 * MINUTE };
  const now = 100 * MINUTE;

  it.each<[string, string[], number[], string[][], number | null]>([
    ["go one by one while they are few", ["a", "b"], [], [["a"], ["b"]], null],
    ["go one by one up to the limit", ["a", "b"], [50], [["a"], ["b"]], null],
    ["go together when they are many", ["a", "b", "c"], [50], [["a", "b", "c"]], null],
    ["wait when the channel had enough", ["a"], [50, 60, 70], [], 110],
    ["forget what was sent long ago", ["a"], [10, 20, 40, 50], [["a"]], null],
    ["are none when nothing waits", [], [50, 60, 70], [], null],
  ])("%s", (_, waiting, sent, messages, lookAgain) => {
    expect(
      gatherNotices(
        waiting,
        sent.map((minute) => minute * MINUTE),
        rule,
        now,
      ),
    ).toEqual({
      messages,
      lookAgainAt: lookAgain === null ? null : lookAgain * MINUTE,
    });
  });
});
