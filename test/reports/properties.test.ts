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
import { anyDesk as desk } from "../builders/desks.ts";
import {
  close,
  DAY,
  label,
  life,
  measured,
  rate,
  reopen,
  reply,
  show,
  unlabel,
  WEEK,
} from "../builders/lives.ts";

const sla = (outcome: "met" | "breached") =>
  ({ type: "sla", policy: "gold", clock: "resolution", cycle: 0, outcome }) as const;
const worked = (from: number, to: number) => Math.max(0, to - from) / 3;
const options = { worked, people: [{ login: "maria", capacity: 2 }] };
const measure = (records: readonly TicketRecord[]): Figures => measured(figures(WEEK, options), records);

/** Figures that count what happened, each in the period in which it did. */
const ADDITIVE: [string, (figures: Figures) => number][] = [
  ["opened", ({ automation }) => automation.opened],
  ["closed", ({ automation }) => automation.closed],
  ["responded, of", ({ automation }) => automation.responded.whole],
  ["reopened, of", ({ automation }) => automation.reopened.whole],
  ["deflected", ({ automation }) => automation.deflected.part],
  ["deflected, of", ({ automation }) => automation.deflected.whole],
  ["improved", ({ automation }) => automation.improved.part],
  ["improved, of", ({ automation }) => automation.improved.whole],
  ["promises kept", ({ attainment }) => attainment.reduce((all, { met }) => all + met.part, 0)],
  ["promises", ({ attainment }) => attainment.reduce((all, { met }) => all + met.whole, 0)],
  ["first responses", ({ times }) => times.firstResponse.calendar.count],
  ["next responses", ({ times }) => times.nextResponse.business.count],
  ["labels", ({ accuracy }) => accuracy.labels.reduce((all, { given }) => all + given, 0)],
  ["links", ({ accuracy }) => accuracy.duplicates.given],
  ["answers", ({ accuracy }) => accuracy.answers.given],
  ["articles", ({ accuracy }) => accuracy.articles.reduce((all, { given }) => all + given, 0)],
];

/** The cells of a CSV, as RFC 4180 has them. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows.slice(0, -1);
}

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

  it("move as one more ticket would have them move", () => {
    const reporterClosed = { type: "closed", by: "reporter", reason: "completed" } as const;
    const page = show("article", "12/a.md#b");
    const ripe = { createdAt: WEEK.since - 6 * DAY };
    const old = { createdAt: WEEK.since - 29 * DAY };
    const better = { type: "improved", ref: "#1" } as const;
    const MOVES: [
      name: string,
      figure: (figures: Figures) => number | null,
      up: TicketRecord,
      down: TicketRecord,
    ][] = [
      [
        "first response",
        ({ times }) => times.firstResponse.calendar.median,
        life(99, [[1e5, reply]], { createdAt: WEEK.until - 1 - 1e5 * 3_600_000 }),
        life(99, [[0, reply]]),
      ],
      [
        "responded",
        ({ automation }) => automation.responded.share,
        life(99, [[1, { type: "told" }]]),
        life(99),
      ],
      [
        "reopened",
        ({ automation }) => automation.reopened.share,
        life(99, [
          [1, close],
          [2, reopen],
        ]),
        life(99, [[1, close]]),
      ],
      [
        "deflected",
        ({ automation }) => automation.deflected.share,
        life(
          99,
          [
            [1, page],
            [2, reporterClosed],
          ],
          ripe,
        ),
        life(99, [[2, close]], ripe),
      ],
      [
        "improved",
        ({ automation }) => automation.improved.share,
        life(
          99,
          [
            [1, rate(-1)],
            [2, better],
          ],
          old,
        ),
        life(99, [[1, rate(-1)]], old),
      ],
      [
        "promises",
        ({ attainment: [gold] }) => gold?.met.share ?? null,
        life(99, [[1, sla("met")]]),
        life(99, [[1, sla("breached")]]),
      ],
      [
        "label",
        ({ accuracy }) => accuracy.labels.find(({ subject }) => subject === "bug")?.precision.share ?? null,
        life(99, [
          [1, label("bug", "desk")],
          [2, reply],
        ]),
        life(99, [
          [1, label("bug", "desk")],
          [2, unlabel("bug", "team")],
        ]),
      ],
      [
        "answers",
        ({ accuracy }) => accuracy.answers.precision.share,
        life(
          99,
          [
            [1, page],
            [2, rate(1)],
          ],
          { author: "mona" },
        ),
        life(
          99,
          [
            [1, page],
            [2, rate(-1)],
          ],
          { author: "mona" },
        ),
      ],
      [
        "backlog",
        ({ backlog }) => backlog.age.median,
        life(99, [], { createdAt: 0 }),
        life(99, [], { createdAt: WEEK.until - 1 }),
      ],
    ];
    fc.assert(
      fc.property(desk, fc.constantFrom(...MOVES), (records, [name, figure, up, down]) => {
        const now = figure(measure(records));
        if (now === null) return;
        const [higher, lower] = [up, down].map((one) => figure(measure([...records, one])) ?? Number.NaN);
        expect([name, (higher ?? 0) >= now - 1e-9, (lower ?? 0) <= now + 1e-9]).toEqual([name, true, true]);
      }),
      { numRuns: 300 },
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
        for (const [name, count] of ADDITIVE) expect([name, count(both)]).toEqual([name, sum(count)]);
        const [first, second] = each.map((one) => one.utilisation[0]?.utilisation ?? 0);
        expect(both.utilisation[0]?.utilisation).toBeCloseTo(((first ?? 0) + (second ?? 0)) / 2, 9);
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
        const [heading = [], ...cells] = readCsv(csv(rows));
        expect(cells.map(({ length }) => length)).toEqual(rows.map(() => heading.length));
        expect(cells.map((row) => row.slice(0, 2))).toEqual(rows.map(({ metric, of }) => [metric, of]));
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
    [" =1+1", "' =1+1"],
    ["＝1+1", "'＝1+1"],
    ["\n=1", '"\'\n=1"'],
    ["area: a=b", "area: a=b"],
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
