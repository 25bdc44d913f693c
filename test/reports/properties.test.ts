import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { courseOf, type TicketRecord } from "../../src/reports/course.ts";
import { figureRows } from "../../src/reports/figure-rows.ts";
import { csv } from "../../src/reports/row-table.ts";
import { type Figures, figures } from "../../src/reports/measure.ts";
import { before } from "../../src/reports/period.ts";
import { shareOf } from "../../src/reports/share.ts";
import { tally } from "../../src/reports/tally.ts";
import { remember } from "../../src/ticket/fact.ts";
import {
  ask,
  close,
  DAY,
  type Happening,
  judge,
  label,
  life,
  MONDAY,
  rate,
  reopen,
  reply,
  show,
  type Step,
  unlabel,
  WEEK,
} from "../builders/lives.ts";

const HAPPENINGS: Happening[] = [
  reply,
  ask,
  close,
  { type: "closed", by: "reporter", reason: "completed" },
  { type: "closed", by: "team", reason: "duplicate" },
  reopen,
  rate(1),
  rate(-1),
  rate(0, "lisa"),
  { type: "told" },
  { type: "refused" },
  { type: "waiting" },
  { type: "resumed" },
  { type: "improved", ref: "#7" },
  show("article", "12/a.md#b"),
  show("duplicate", "3"),
  judge("article", "12/a.md#b", true),
  judge("duplicate", "3", false),
  label("bug", "desk"),
  label("bug", "team"),
  unlabel("bug", "team"),
  { type: "assigned", login: "maria" },
  { type: "unassigned", login: "maria" },
  { type: "sla", policy: "gold", clock: "resolution", cycle: 0, outcome: "met" },
  { type: "sla", policy: "gold", clock: "resolution", cycle: 0, outcome: "breached" },
];

const step = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom(...HAPPENINGS)) as fc.Arbitrary<Step>;
const record = (number: number) =>
  fc
    .record({
      steps: fc.array(step, { maxLength: 12 }),
      days: fc.integer({ min: -20, max: 8 }),
      author: fc.constantFrom("mona", "lisa", null),
      openedBy: fc.constantFrom("reporter" as const, "team" as const, "bot" as const),
    })
    .map(({ steps, days, author, openedBy }) =>
      life(number, steps, { author, openedBy, createdAt: MONDAY + days * DAY }),
    );
const desk = fc
  .integer({ min: 0, max: 8 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => record(i + 1))));

const worked = (from: number, to: number) => Math.max(0, to - from) / 3;
const options = { worked, people: [{ login: "maria", capacity: 2 }] };
const measure = (records: readonly TicketRecord[]): Figures =>
  tally(
    figures(WEEK, options),
    records.map((record) => courseOf(record)),
  );

/** Every share and every number in some figures. */
function parts(value: unknown): { shares: ReturnType<typeof shareOf>[]; numbers: number[] } {
  const found = { shares: [] as ReturnType<typeof shareOf>[], numbers: [] as number[] };
  const walk = (it: unknown): void => {
    if (typeof it === "number") found.numbers.push(it);
    if (it === null || typeof it !== "object") return;
    if ("interval" in it) found.shares.push(it as ReturnType<typeof shareOf>);
    Object.values(it).forEach(walk);
  };
  walk(value);
  return found;
}

describe("figures", () => {
  it("are the same in whatever order tickets come and facts were heard", () => {
    fc.assert(
      fc.property(desk, (records) => {
        const shuffled = records
          .toReversed()
          .map((one) => ({ ...one, timeline: one.timeline?.toReversed() }));
        expect(measure(shuffled)).toEqual(measure(records));
        const heard = records.map((one) => ({
          ...one,
          timeline: one.timeline
            ?.toReversed()
            .reduce((known, fact) => remember(known, [fact, fact]), remember([], [])),
        }));
        expect(measure(heard)).toEqual(measure(records));
      }),
    );
  });

  it("are finite numbers, shares lie within their interval, and that within 0 and 1", () => {
    fc.assert(
      fc.property(desk, (records) => {
        const { shares, numbers } = parts(measure(records));
        expect(numbers.every(Number.isFinite)).toBe(true);
        for (const { part, whole, share, interval } of shares) {
          expect(part).toBeLessThanOrEqual(whole);
          if (share === null || interval === null) {
            expect(whole).toBe(0);
            continue;
          }
          const [low, high] = interval;
          expect(low).toBeGreaterThanOrEqual(0);
          expect(share).toBeGreaterThanOrEqual(low);
          expect(high).toBeGreaterThanOrEqual(share);
          expect(high).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("of satisfaction rise with a satisfied person and fall with a dissatisfied one", () => {
    fc.assert(
      fc.property(desk, (records) => {
        const rated = (rating: 1 | -1) =>
          measure([...records, life(99, [[1, rate(rating, "new")]], { author: null })]).satisfaction;
        const now = measure(records).satisfaction;
        for (const figure of ["csat", "loyalty"] as const) {
          const share = now[figure].share;
          if (share === null) continue;
          expect(rated(1)[figure].share).toBeGreaterThanOrEqual(share);
          expect(rated(-1)[figure].share).toBeLessThanOrEqual(share);
        }
        if (now.net === null) return;
        expect(rated(1).net).toBeGreaterThanOrEqual(now.net);
        expect(rated(-1).net).toBeLessThanOrEqual(now.net);
        expect(now.net).toBeGreaterThanOrEqual(-1);
        expect(now.net).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("of several weeks count what the weeks count one by one", () => {
    fc.assert(
      fc.property(desk, (records) => {
        const courses = records.map((record) => courseOf(record));
        const last = before(WEEK);
        const both = tally(figures({ since: last.since, until: WEEK.until }, options), courses);
        const each = [last, WEEK].map((period) => tally(figures(period, options), courses));
        const sum = (count: (one: Figures) => number) => each.reduce((all, one) => all + count(one), 0);
        expect(both.automation.opened).toBe(sum((one) => one.automation.opened));
        expect(both.automation.closed).toBe(sum((one) => one.automation.closed));
        expect(both.automation.deflected.whole).toBe(sum((one) => one.automation.deflected.whole));
        expect(both.times.firstResponse.calendar.count).toBe(
          sum((one) => one.times.firstResponse.calendar.count),
        );
      }),
    );
  });

  it("have a table in which each has its count, and whose CSV has as many cells in every line", () => {
    fc.assert(
      fc.property(desk, (records) => {
        const rows = figureRows({ figures: measure(records), kinds: new Map() }, null);
        expect(
          rows.every(({ value, count }) => Number.isInteger(count) && (value === null || count >= 0)),
        ).toBe(true);
        expect(
          rows.every(({ value, low, high }) => value === null || low === null || low <= (high ?? 0)),
        ).toBe(true);
        const lines = csv(rows).trimEnd().split("\r\n");
        expect(lines).toHaveLength(rows.length + 1);
        // Commas within quotes separate nothing.
        const cells = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, "").split(",").length);
        expect(new Set(cells)).toEqual(new Set([9]));
      }),
      { numRuns: 30 },
    );
  });
});

describe("CSV", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["@cmd", "'@cmd"],
    ['a "b", c', '"a ""b"", c"'],
    ["-x", "'-x"],
    ["plain", "plain"],
  ])("writes the label %j as %s, which no spreadsheet executes", (of, cell) => {
    const row = {
      metric: "label precision",
      of,
      value: 1,
      unit: "share",
      count: 1,
      low: 0.2,
      high: 1,
      before: null,
      beforeCount: 0,
    } as const;
    expect(csv([row])).toBe(
      `metric,of,value,unit,count,low,high,before,beforeCount\r\nlabel precision,${cell},1,share,1,0.2,1,,0\r\n`,
    );
  });
});

describe("Wilson's interval", () => {
  it("gets narrower as the same share is seen more often", () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 2, max: 20 }),
        (part, more, times) => {
          const width = (k: number) => {
            const [low, high] = shareOf(part * k, (part + more) * k).interval ?? [0, 0];
            return high - low;
          };
          expect(width(times)).toBeLessThan(width(1));
        },
      ),
    );
  });
});
