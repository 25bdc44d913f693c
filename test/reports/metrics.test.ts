import { describe, expect, it } from "@jest/globals";
import type { TicketRecord } from "../../src/reports/course.ts";
import { attainment } from "../../src/reports/metrics/attainment.ts";
import { automation } from "../../src/reports/metrics/automation.ts";
import { backlog } from "../../src/reports/metrics/backlog.ts";
import { change, satisfaction } from "../../src/reports/metrics/satisfaction.ts";
import { times } from "../../src/reports/metrics/times.ts";
import { utilisation } from "../../src/reports/metrics/utilisation.ts";
import type { Priority } from "../../src/ticket/priority.ts";
import { newService } from "../../src/triage/serve.ts";
import { shareOf } from "../../src/reports/share.ts";
import { spreadOf } from "../../src/reports/spread.ts";
import { businessCalendar, elapsed } from "../../src/triage/business-hours.ts";
import {
  ask,
  close,
  DAY,
  life,
  measured as of,
  MONDAY,
  rate,
  reopen,
  reply,
  type Step,
  WEEK,
} from "../builders/lives.ts";

const hours = businessCalendar({
  timezone: "UTC",
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "09:00",
  to: "17:00",
  holidays: [],
});
const worked = (from: number, to: number) => elapsed(hours, from, to);
const earlier = { createdAt: MONDAY - 7 * DAY };

describe("shares and spreads", () => {
  it.each<[number, number, number, number]>([
    // The roots p of (part/whole - p)^2 = z^2 p (1 - p) / whole, found by bisection.
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [8, 10, 0.4902, 0.9433],
    [60, 100, 0.502, 0.6906],
    [1, 1, 0.2065, 1],
  ])("%d of %d lies between %d and %d", (part, whole, low, high) => {
    const { share, interval } = shareOf(part, whole);
    expect(share).toBe(part / whole);
    expect(interval?.map((end) => Math.round(end * 1e4) / 1e4)).toEqual([low, high]);
  });

  it("is nothing of nothing", () => {
    expect(shareOf(0, 0)).toEqual({ part: 0, whole: 0, share: null, interval: null });
    expect(spreadOf([])).toEqual({ count: 0, median: null, p90: null });
  });

  it("refuses a part that is larger than its whole", () => {
    expect(() => shareOf(2, 1)).toThrow(RangeError);
  });

  it.each<[number[], number, number]>([
    [[4], 4, 4],
    [[1, 2], 1.5, 1.9],
    [[10, 1, 2, 3], 2.5, 7.9],
    [[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 6, 10],
  ])("of %j the median is %d and the 90th percentile %d", (values, median, p90) => {
    const spread = spreadOf(values);
    expect(spread.count).toBe(values.length);
    expect(spread.median).toBeCloseTo(median, 12);
    expect(spread.p90).toBeCloseTo(p90, 12);
  });
});

describe("satisfaction", () => {
  it.each<[string, TicketRecord[], object]>([
    ["nobody rated", [life(1)], { satisfied: 0, csat: { whole: 0, share: null }, net: null }],
    [
      "3 satisfied, 1 neutral, 1 dissatisfied",
      [life(1, [[1, rate(1), rate(1, "lisa"), rate(0, "tom")]]), life(2, [[1, rate(1), rate(-1, "lisa")]])],
      { satisfied: 3, neutral: 1, dissatisfied: 1, csat: { part: 3, whole: 5, share: 0.6 }, net: 0.4 },
    ],
    [
      "a person's last word on a ticket counts, however the name is written",
      [
        life(1, [
          [1, rate(1, "Mona")],
          [2, rate(-1, "mona")],
        ]),
      ],
      { satisfied: 0, dissatisfied: 1, csat: { share: 0 }, net: -1 },
    ],
    ...[200, 7 * 24 - 9].map((hours): [string, TicketRecord[], object] => [
      `a rating ${hours} hours later is after the period and does not count, the one before it does`,
      [
        life(1, [
          [1, rate(1)],
          [hours, rate(-1)],
        ]),
      ],
      { satisfied: 1, dissatisfied: 0 },
    ]),
    ["a rating before the period counts in none", [life(1, [[1, rate(1)]], earlier)], { satisfied: 0 }],
  ])("%s", (_, records, expected) => {
    expect(of(satisfaction(WEEK), records)).toMatchObject(expected);
  });

  it("counts people who come back as loyal: (P + repeat) / (T + repeat)", () => {
    const again = ["mona", "Mona", "MONA"].map((author, i) => life(1 + i, [], { author }));
    const before = [life(4, [], { author: "lisa", ...earlier }), life(5, [], { author: "lisa" })];
    const once = [life(6, [[1, rate(1)]]), life(7, [[1, rate(-1)]])];
    const gone = [life(8, [], { author: "tom", ...earlier }), life(9, [], { author: "tom", ...earlier })];
    const team = [1, 2].map((number) => life(20 + number, [], { author: "maria", openedBy: "team" }));
    const { repeat, people, loyalty } = of(satisfaction(WEEK), [
      ...again,
      ...before,
      ...once,
      ...gone,
      ...team,
    ]);
    expect([repeat, people]).toEqual([2, 4]);
    expect(loyalty).toMatchObject({ part: 3, whole: 4, share: 0.75 });
  });

  it("is 69.2% of 600 satisfied of 1000 with 300 who came back, where the formula's source says 50%", () => {
    const ratings = Array.from({ length: 1000 }, (_, i) => life(i, [[1, rate(i < 600 ? 1 : -1)]]));
    const back = Array.from({ length: 300 }, (_, i) => life(2000 + i, [], { author: `author-${i}` }));
    const { loyalty } = of(satisfaction(WEEK), [...ratings, ...back]);
    expect(loyalty).toMatchObject({ part: 900, whole: 1300 });
    expect(loyalty.share).toBeCloseTo(0.6923, 4);
  });

  it.each<[number | null, number | null, number | null]>([
    [0.66, 0.6, 0.1],
    [0.3, 0.6, -0.5],
    [0.6, 0, null],
    [null, 0.6, null],
    [0.6, null, null],
  ])("changed from %d against %d: %d", (now, baseline, expected) => {
    const changed = change(now, baseline);
    if (expected === null) expect(changed).toBeNull();
    else expect(changed).toBeCloseTo(expected, 12);
  });
});

describe("times", () => {
  const spread = (records: TicketRecord[], which: "firstResponse" | "nextResponse" | "resolution") => {
    const { calendar, business } = of(times(WEEK, worked), records)[which];
    return [calendar.count, calendar.median, business.median];
  };

  it.each<[string, "firstResponse" | "nextResponse" | "resolution", TicketRecord[], unknown[]]>([
    // Opened on Monday at 09:00; the desk is open from 09:00 to 17:00.
    [
      "a reply after 30 hours is one of 14 in business",
      "firstResponse",
      [life(1, [[30, reply]])],
      [1, 30, 14],
    ],
    [
      "only the first reply is the first response",
      "firstResponse",
      [
        life(1, [
          [2, reply],
          [9, reply],
        ]),
      ],
      [1, 2, 2],
    ],
    ["no reply yet is no time", "firstResponse", [life(1, [[2, ask]])], [0, null, null]],
    [
      "the team's own ticket counts in none",
      "firstResponse",
      [life(1, [[2, reply]], { openedBy: "team" })],
      [0, null, null],
    ],
    [
      "a reply counts in the period in which it came",
      "firstResponse",
      [life(1, [[7 * 24 + 1, reply]], earlier), life(2, [[1, reply]], earlier)],
      [1, 169, 41],
    ],
    [
      "each further word of the reporter is owed a reply, from the first that nobody answered",
      "nextResponse",
      [
        life(1, [
          [1, reply],
          [2, ask],
          [3, ask],
          [5, reply],
          [6, reply],
          [7, ask],
          [8, reply],
        ]),
      ],
      [2, 2, 2],
    ],
    [
      "what the reporter adds before the first response is part of it",
      "nextResponse",
      [
        life(1, [
          [1, ask],
          [3, reply],
        ]),
      ],
      [0, null, null],
    ],
    ["a resolution runs to the end", "resolution", [life(1, [[26, close]])], [1, 26, 10]],
    [
      "waiting for the reporter is left out",
      "resolution",
      [
        life(1, [
          [1, { type: "waiting" }],
          [5, { type: "resumed" }],
          [7, close],
        ]),
      ],
      [1, 3, 3],
    ],
    [
      "closed in between is left out, and the last end counts",
      "resolution",
      [
        life(1, [
          [2, close],
          [4, reopen],
          [7, close],
        ]),
      ],
      [1, 5, 5],
    ],
    [
      "an end that was taken back is none",
      "resolution",
      [
        life(1, [
          [2, close],
          [4, reopen],
        ]),
      ],
      [0, null, null],
    ],
    [
      "closed in between is left out of a next response",
      "nextResponse",
      [
        life(1, [
          [1, reply],
          [2, ask],
          [3, close],
          [5, reopen],
          [6, reply],
        ]),
      ],
      [1, 2, 2],
    ],
    [
      "what was closed before the reporter's word, or after the reply, is none of it",
      "nextResponse",
      [
        life(1, [
          [1, reply],
          [2, close],
          [4, reopen],
          [6, ask],
          [8, reply],
          [10, close],
          [12, reopen],
        ]),
      ],
      [1, 2, 2],
    ],
    [
      "what is said while the ticket is closed ends with the closing",
      "nextResponse",
      [
        life(1, [
          [1, reply],
          [2, ask],
          [3, close],
          [125, reply],
        ]),
      ],
      [1, 1, 1],
    ],
    [
      "when we wait for the reporter again nothing is owed any more",
      "nextResponse",
      [
        life(1, [
          [1, reply],
          [2, ask],
          [3, { type: "waiting" }],
          [4, close],
          [130, reply],
        ]),
      ],
      [0, null, null],
    ],
    [
      "what the reporter says while we wait is owed a reply from then on",
      "nextResponse",
      [
        life(1, [
          [1, reply],
          [2, ask],
          [3, { type: "waiting" }],
          [4, { type: "resumed" }, ask],
          [7, reply],
        ]),
      ],
      [1, 3, 3],
    ],
    [
      "closed while we waited ends with the waiting",
      "resolution",
      [
        life(1, [
          [2, { type: "waiting" }],
          [7, close],
        ]),
      ],
      [1, 2, 2],
    ],
  ])("%s", (_, which, records, expected) => {
    expect(spread(records, which)).toEqual(expected);
  });
});

describe("SLA attainment", () => {
  const sla = (outcome: "warned" | "met" | "breached", cycle = 0, clock = "firstResponse" as const) =>
    ({ type: "sla", policy: "gold", clock, cycle, outcome }) as const;

  it("is met / (met + broken), a promise once, broken for good", () => {
    const records = [
      life(1, [
        [1, sla("warned")],
        [2, sla("met")],
      ]),
      life(2, [[1, sla("met")]]),
      life(3, [
        [1, sla("breached")],
        [2, sla("met")],
      ]),
      life(4, [[1, sla("warned")]]),
      life(5, [[1, sla("met")]], earlier),
    ];
    expect(of(attainment(WEEK), records)).toEqual([
      { policy: "gold", clock: "firstResponse", met: shareOf(2, 3) },
    ]);
  });

  it("counts a promise once, by its first end, whatever policy it passes to and whatever week that was", () => {
    const bySilver = { ...sla("met"), policy: "silver" } as const;
    const records = [
      life(1, [
        [1, sla("breached")],
        [2, bySilver],
      ]),
      life(
        2,
        [
          [1, sla("breached")],
          [7 * 24 + 1, sla("met")],
        ],
        earlier,
      ),
    ];
    expect(of(attainment(WEEK), records)).toEqual([
      { policy: "gold", clock: "firstResponse", met: shareOf(0, 1) },
    ]);
  });

  it("counts each cycle of a next response, and each policy by itself", () => {
    const next = (cycle: number, outcome: "met" | "breached") =>
      ({ type: "sla", policy: "silver", clock: "nextResponse", cycle, outcome }) as const;
    const records = [
      life(1, [
        [1, next(0, "met"), next(1, "breached"), next(2, "met")],
        [2, sla("met")],
      ]),
    ];
    expect(of(attainment(WEEK), records).map(({ policy, met }) => [policy, met.part, met.whole])).toEqual([
      ["gold", 1, 1],
      ["silver", 2, 3],
    ]);
  });

  it("is empty where nothing was promised", () => {
    expect(of(attainment(WEEK), [life(1)])).toEqual([]);
  });
});

describe("automation", () => {
  const told = { type: "told" } as const;

  it.each<[string, TicketRecord[], object]>([
    ["nothing happened", [], { opened: 0, responded: { whole: 0, share: null } }],
    [
      "the desk commented on 1 of 3 that were opened, the team's own left out",
      [life(1, [[1, told]]), life(2), life(3), life(4, [[1, told]], { openedBy: "team" })],
      { opened: 3, responded: { part: 1, whole: 3 } },
    ],
    [
      "1 of 3 ends was taken back",
      [
        life(1, [
          [1, close],
          [2, reopen],
          [3, close],
        ]),
        life(2, [[1, close]]),
      ],
      { closed: 3, reopened: { part: 1, whole: 3 } },
    ],
  ])("%s", (_, records, expected) => {
    expect(of(automation(WEEK), records)).toMatchObject(expected);
  });
});

describe("the backlog", () => {
  it("is what is open at the end, with its age in days", () => {
    const records = [
      life(1),
      life(2, [[1, reply]], { createdAt: WEEK.until - 2 * DAY }),
      life(3, [[1, close]]),
      life(
        4,
        [
          [1, close],
          [2, reopen],
        ],
        { createdAt: WEEK.until - 4 * DAY },
      ),
      life(5, [[300, close]], { createdAt: WEEK.until - 10 * DAY }),
      life(6, [], { createdAt: WEEK.until + 1 }),
      life(7, [], { status: "deleted" }),
      life(8, [], { openedBy: "bot" }),
    ];
    const { age, unanswered } = of(backlog(WEEK), records);
    // 6 days and 15 hours, 2, 4 and 10 days.
    expect(age.count).toBe(4);
    expect(age.median).toBeCloseTo((4 + 6.625) / 2, 9);
    expect(unanswered).toBe(3);
  });
});

describe("utilisation", () => {
  const assigned = (login: string) => ({ type: "assigned", login }) as const;
  const unassigned = (login: string) => ({ type: "unassigned", login }) as const;
  /** A ticket that was opened with the week's beginning. */
  const from = { createdAt: WEEK.since };

  it("is the time with open tickets by capacity and time", () => {
    const records = [
      // Half of the week, as it was closed then; a quarter; nothing.
      life(
        1,
        [
          [0, assigned("Maria")],
          [84, close],
        ],
        from,
      ),
      life(
        2,
        [
          [42, assigned("maria")],
          [84, unassigned("maria")],
        ],
        from,
      ),
      life(3, [[0, assigned("tom")]], from),
      life(4, [], from),
    ];
    const people = [
      { login: "maria", capacity: 3 },
      { login: "lisa", capacity: 5 },
      { login: "tom", capacity: 0 },
    ];
    expect(of(utilisation(WEEK, people), records)).toEqual([
      { login: "maria", tickets: 2, utilisation: 0.25 },
      { login: "lisa", tickets: 0, utilisation: 0 },
      { login: "tom", tickets: 1, utilisation: null },
    ]);
  });

  it("weighs each stretch of time by the priority that held then", () => {
    const people = [{ login: "maria", capacity: 1 }];
    const turn = (from: Priority | null, to: Priority | null) => ({ type: "prioritised", from, to }) as const;
    const used = (steps: Step[], level: Priority | null) => {
      const priority = level && { level, value: 0, weight: 0, because: [] };
      const service = { ...newService(WEEK.since), priority };
      const record = life(1, [[0, assigned("maria")], ...steps], { ...from, service });
      return of(utilisation(WEEK, people), [record])[0]?.utilisation;
    };
    expect(used([], "P1")).toBe(2);
    expect(used([], null)).toBe(1);
    // Half of the week P2, a quarter P0, a quarter P3.
    expect(
      used(
        [
          [84, turn("P2", "P0")],
          [126, turn("P0", "P3")],
        ],
        "P3",
      ),
    ).toBe(0.5 + 1 + 0.125);
    // What came later says what held before.
    expect(used([[200, turn("P1", "P0")]], "P0")).toBe(2);
    expect(used([[84, turn(null, "P3")]], "P3")).toBe(0.75);
  });

  it("weighs by the priority of the private customer where there is one", () => {
    const serve = (level: Priority) => ({
      ...newService(WEEK.since),
      priority: { level, value: 0, weight: 0, because: [] },
    });
    const used = (change: Partial<TicketRecord>) =>
      of(utilisation(WEEK, [{ login: "maria", capacity: 1 }]), [
        life(1, [[0, assigned("maria")]], { ...from, ...change }),
      ])[0]?.utilisation;
    expect(used({ service: serve("P3") })).toBe(0.5);
    expect(used({ service: serve("P3"), privateService: serve("P0") })).toBe(4);
  });

  it("is of nobody unless they are named", () => {
    expect(of(utilisation(WEEK, []), [life(1, [[0, assigned("maria")]])])).toEqual([]);
  });
});
