import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { TicketRecord } from "../../src/reports/course.ts";
import { type Figures, figures } from "../../src/reports/measure.ts";
import { flow } from "../../src/reports/metrics/flow.ts";
import { notable } from "../../src/reports/notable.ts";
import { before } from "../../src/reports/period.ts";
import type { Fact } from "../../src/ticket/fact.ts";
import { anyDesk, anyLife, HAPPENINGS } from "../builders/desks.ts";
import {
  AROUND_THE_WEEK,
  ask,
  close,
  DAY,
  type Happening,
  HOUR,
  label,
  life,
  measured,
  rate,
  reopen,
  reply,
  show,
  WEEK,
} from "../builders/lives.ts";

const options = {
  worked: (from: number, to: number) => to - from,
  people: [{ login: "maria", capacity: 2 }],
};

/** All that a report tells of the week: the figures, what the chart shows, the tickets that it names. */
const told = (records: readonly TicketRecord[]) => ({
  ...measured(figures(WEEK, options), records),
  flow: measured(flow([before(WEEK), WEEK]), records),
  named: measured(notable(WEEK, WEEK.until), records),
});

describe("what counts in a period", () => {
  it("is nothing that happened when it was over, or later", () => {
    const later = fc.record({
      ticket: fc.nat(7),
      after: fc.constantFrom(0, 1, 9 * DAY),
      what: fc.constantFrom(...HAPPENINGS),
    });
    const property = fc.property(anyDesk, fc.array(later, { maxLength: 4 }), (records, more) => {
      const grown = records.map((record, i) => ({
        ...record,
        timeline: [
          ...(record.timeline ?? []),
          ...more
            .filter(({ ticket }) => ticket % records.length === i)
            .map(({ after, what }) => ({ ...what, at: WEEK.until + after }) as Fact),
        ],
      }));
      const { named: _, ...now } = told(records);
      expect(told(grown)).toMatchObject(now);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("is no ticket that is opened when it is over, or later", () => {
    const late = life(99, [[0, label("bug", "desk")]], { createdAt: WEEK.until, author: "mona" });
    fc.assert(
      fc.property(anyDesk, (records) => {
        const { named: _, ...now } = told(records);
        expect(told([...records, late])).toMatchObject(now);
      }),
    );
  });

  it.each<[string, Partial<TicketRecord>, Fact["type"] & "opened", "reporter" | "team" | "bot"]>([
    ["of the team", {}, "opened", "team"],
    ["of a bot", {}, "opened", "bot"],
    ["that was deleted", { status: "deleted" }, "opened", "reporter"],
    ["that was moved away", { status: "moved" }, "opened", "reporter"],
  ])("is nothing of a ticket %s", (_, change, type, by) => {
    fc.assert(
      fc.property(anyDesk, anyLife(99), (records, other) => {
        const timeline = other.timeline?.map((fact) => (fact.type === type ? { ...fact, by } : fact)) ?? [];
        expect(told([...records, { ...other, ...change, timeline }])).toEqual(told(records));
      }),
    );
  });

  it("is a ticket that came from elsewhere, from when it was opened first", () => {
    const moved = life(1, [], { createdAt: WEEK.until - DAY });
    const first: Fact = { at: WEEK.until - 3 * DAY, type: "opened", by: "reporter" };
    const { backlog } = told([{ ...moved, timeline: [first, ...(moved.timeline ?? [])] }]);
    expect(backlog.age.median).toBe(3);
  });

  it("is a stranger's ticket, and one whose beginning nobody recorded", () => {
    const unrecorded = { ...life(2), timeline: [] };
    const { automation, backlog } = told([life(1, [], { openedBy: "other" }), unrecorded]);
    expect([automation.opened, backlog.age.count]).toEqual([2, 2]);
  });
});

/** A ticket that was opened so long before something happened, to the millisecond. */
function happened(at: number, what: Happening[], age = 0, earlier: Happening[] = []): TicketRecord {
  const createdAt = at - age;
  const facts = [
    ...earlier.map((one) => ({ ...one, at: createdAt + HOUR })),
    ...what.map((one) => ({ ...one, at })),
  ] as Fact[];
  const opened: Fact = { at: createdAt, type: "opened", by: "reporter" };
  return { ...life(1, [], { createdAt, author: "mona" }), timeline: [opened, ...facts] };
}

const MONTH = 30 * DAY;
const met = { type: "sla", policy: "gold", clock: "resolution", cycle: 0, outcome: "met" } as const;
const page = show("article", "12/a.md#b");

describe("each figure counts what happened", () => {
  const COUNTS: [string, (at: number) => TicketRecord, (figures: Figures) => number | undefined][] = [
    ["openings", (at) => happened(at, []), ({ automation }) => automation.opened],
    ["people with tickets", (at) => happened(at, []), ({ satisfaction }) => satisfaction.people],
    ["closings", (at) => happened(at, [close], MONTH), ({ automation }) => automation.closed],
    [
      "closings by the reporter",
      (at) => happened(at, [{ ...close, by: "reporter" }], MONTH),
      ({ automation }) => automation.closed,
    ],
    [
      "closings by the desk",
      (at) => happened(at, [{ ...close, by: "desk" }], MONTH),
      ({ automation }) => automation.closed,
    ],
    ["resolutions", (at) => happened(at, [close], MONTH), ({ times }) => times.resolution.calendar.count],
    [
      "resolutions of what was closed before",
      (at) => happened(at, [reopen, close], MONTH, [close]),
      ({ times }) => times.resolution.calendar.count,
    ],
    ["ratings", (at) => happened(at, [rate(1)], MONTH), ({ satisfaction }) => satisfaction.csat.whole],
    [
      "first responses",
      (at) => happened(at, [reply], MONTH),
      ({ times }) => times.firstResponse.calendar.count,
    ],
    [
      "next responses",
      (at) => happened(at, [ask, reply], MONTH, [reply]),
      ({ times }) => times.nextResponse.calendar.count,
    ],
    ["promises", (at) => happened(at, [met], MONTH), ({ attainment }) => attainment[0]?.met.whole],
    [
      "links",
      (at) => happened(at, [show("duplicate", "3")], MONTH),
      ({ accuracy }) => accuracy.duplicates.given,
    ],
    ["answers", (at) => happened(at, [page], MONTH), ({ accuracy }) => accuracy.answers.given],
    ["articles", (at) => happened(at, [page], MONTH), ({ accuracy }) => accuracy.articles[0]?.given],
    [
      "missed links",
      (at) => happened(at, [{ ...close, reason: "duplicate" }]),
      ({ accuracy }) => accuracy.duplicates.recall.whole,
    ],
  ];
  it.each(
    COUNTS.flatMap(([name, ticket, count]) =>
      AROUND_THE_WEEK.map(([when, after, counts]) => [name, when, ticket, count, after, counts] as const),
    ),
  )("%s %s", (_, __, ticket, count, after, counts) => {
    expect(count(told([ticket(WEEK.since + after)])) ?? 0).toBe(counts);
  });

  /** Of a ticket of the week's beginning, what holds by its end: so long after it something happened. */
  const BY_THE_END: [string, Happening[], (figures: Figures) => number, Happening[]][] = [
    ["told", [{ type: "told" }], ({ automation }) => automation.responded.part, []],
    ["taken back", [reopen], ({ automation }) => automation.reopened.part, [close]],
    ["answered by the team", [reply], ({ backlog }) => backlog.age.count - backlog.unanswered, []],
    ["closed", [close], ({ backlog }) => 1 - backlog.age.count, []],
    ["open again", [reopen], ({ backlog }) => backlog.age.count, [close]],
  ];
  it.each(BY_THE_END)("%s by its end, and not later", (_, what, count, earlier) => {
    const at = (moment: number) => count(told([happened(moment, what, moment - WEEK.since, earlier)]));
    expect([at(WEEK.until - 1), at(WEEK.until)]).toEqual([1, 0]);
  });

  it("once: an end of what is over already is none", () => {
    const { automation } = told([happened(WEEK.since + DAY, [close, { ...close, by: "desk" }], DAY)]);
    expect(automation.closed).toBe(1);
  });

  it("by the end that holds when it is over", () => {
    const ended = (...turns: [hours: number, what: Happening][]) =>
      told([life(1, turns, { createdAt: WEEK.since })]).times.resolution.calendar.count;
    expect(ended([1, close], [7 * 24, reopen])).toBe(1);
    expect(ended([1, close], [7 * 24, reopen], [8 * 24, close])).toBe(1);
    expect(ended([1, close], [6 * 24, reopen], [8 * 24, close])).toBe(0);
  });

  it("by a promise's first end", () => {
    const broken = { ...met, outcome: "breached" } as const;
    const both = told([happened(WEEK.since + DAY, [met], DAY, [broken])]);
    expect(both.attainment[0]?.met).toMatchObject({ part: 0, whole: 1 });
  });

  it("for as long as an open ticket was somebody's", () => {
    const assigned = { type: "assigned", login: "maria" } as const;
    const used = (record: TicketRecord) => told([record]).utilisation[0]?.utilisation;
    expect(used(happened(WEEK.since, [assigned], DAY))).toBe(0.5);
    expect(used(happened(WEEK.since - DAY, [assigned], DAY))).toBe(0.5);
    expect(used(happened(WEEK.until, [assigned], DAY))).toBe(0);
    expect(used({ ...happened(WEEK.since, [assigned], DAY), status: "deleted" })).toBe(0);
  });
});
