import { describe, expect, it } from "@jest/globals";
import { figureRows } from "../../src/reports/figure-rows.ts";
import { figures } from "../../src/reports/measure.ts";
import { flow } from "../../src/reports/metrics/flow.ts";
import { courseOf, type TicketRecord } from "../../src/reports/course.ts";
import { before, type Period } from "../../src/reports/period.ts";
import { markdown } from "../../src/reports/row-table.ts";
import { tally } from "../../src/reports/tally.ts";
import { DAY, life, MONDAY, rate, show, WEEK } from "../builders/lives.ts";

const worked = (from: number, to: number) => Math.max(0, to - from);
const measured = (records: readonly TicketRecord[], period: Period) => {
  const courses = records.map((record) => courseOf(record));
  return {
    figures: tally(figures(period, { worked }), courses),
    kinds: tally(flow([period]), courses).kinds,
  };
};
const kind = (name: "bug" | "security" | null): Partial<TicketRecord> => ({
  triage: { kind: name, confidence: 0.9, because: [], missing: [], asked: false, at: MONDAY },
});
const sla = (policy: string, clock: "firstResponse" | "resolution", outcome: "met" | "breached") =>
  ({ type: "sla", policy, clock, cycle: 0, outcome }) as const;

const RECORDS = [
  life(1, [[1, rate(1)]], { createdAt: MONDAY - 5 * DAY, ...kind("bug") }),
  life(2, [[1, rate(-1)]], { createdAt: MONDAY - 5 * DAY }),
  life(3, [[1, rate(1)]], kind("bug")),
  life(4, [[1, sla("plan enterprise-eu-west-gold", "firstResponse", "met")]], kind("bug")),
  life(5, [[1, sla("plan enterprise-eu-west-gold", "resolution", "breached")]], kind("security")),
  life(6, [[1, sla("plan enterprise-eu-west-silver", "firstResponse", "breached")]]),
  life(7, [[1, show("article", "12/docs/guides/networking/behind-a-proxy.md#set")]]),
  life(8, [[1, show("article", "12/docs/guides/networking/behind-a-proxy.md#unset")]]),
];
const rows = figureRows(measured(RECORDS, WEEK), measured(RECORDS, before(WEEK)));
const row = (metric: string, of = "") => rows.find((one) => one.metric === metric && one.of === of);

describe("rows of figures", () => {
  it("stand beside the period before, each value with its count", () => {
    expect(row("csat")).toMatchObject({ value: 1, count: 1, before: 0.5, beforeCount: 2 });
    expect(row("opened")).toMatchObject({ value: 6, before: 2, beforeCount: 2 });
    expect(row("csat, change")).toMatchObject({ value: 1, count: 1, before: null, beforeCount: 2 });
    const [alone] = figureRows(measured(RECORDS, WEEK), null);
    expect(alone).toMatchObject({ metric: "opened", value: 6, before: null, beforeCount: 0 });
  });

  it("say of a part of what it is one", () => {
    const replied = life(9, [[1, { type: "spoke", by: "team" }]], { author: "author-3" });
    const more = figureRows(measured([...RECORDS, replied], WEEK), null);
    const told = (metric: string) => more.find((one) => one.metric === metric);
    expect(told("repeat customers")).toMatchObject({ value: 1, unit: "people", count: 6 });
    expect(told("open, unanswered")).toMatchObject({ value: 8, unit: "tickets", count: 9 });
  });

  it("count what was opened by kind, and no vulnerability by itself", () => {
    expect(row("opened", "bug")).toMatchObject({ value: 2, before: 1 });
    expect(row("opened", "other")).toMatchObject({ value: 4 });
    expect(row("opened", "security")).toBeUndefined();
  });

  it("sum the promises up, and name clock and policy of each", () => {
    const promises = rows.filter(({ metric }) => metric === "sla attainment");
    expect(promises.map(({ of, value, count }) => [of, value, count])).toEqual([
      ["", 1 / 3, 3],
      ["firstResponse, plan enterprise-eu-west-gold", 1, 1],
      ["resolution, plan enterprise-eu-west-gold", 0, 1],
      ["firstResponse, plan enterprise-eu-west-silver", 0, 1],
    ]);
  });
});

describe("their table", () => {
  const lines = markdown(rows).split("\n");
  const names = lines.map((line) => line.split(" | ")[0]?.replace("| ", "").trimEnd());

  it("has 80 columns and the whole of each name", () => {
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([79]));
    const at = names.indexOf("sla attainment: firstResponse,");
    expect(names.slice(at, at + 2)).toEqual([
      "sla attainment: firstResponse,",
      "  plan enterprise-eu-west-gold",
    ]);
    const text = names.join("").replace(/\s/g, "");
    expect(text).toContain("articleprecision:docs/guides/networking/behind-a-proxy.md#set");
    expect(text).toContain("articleprecision:docs/guides/networking/behind-a-proxy.md#unset");
  });

  it("says what a change is against, and units of money", () => {
    expect(names).toContain("csat, change (against 2)");
    const money = { ...rows[0], metric: "cost", of: "", value: 1234.567, unit: "EUR", count: 3 };
    expect(markdown([money as (typeof rows)[number]])).toContain("| 1234.57 EUR |");
  });

  it("breaks a long name without a word's end, but never within an escape", () => {
    const long = { ...(rows[0] as (typeof rows)[number]), metric: "label", of: "|".repeat(60) };
    const wide = markdown([long]).split("\n");
    expect(new Set(wide.map((line) => line.length))).toEqual(new Set([79]));
    expect(wide.slice(2).every((line) => !/[^\\]\\ /.test(line))).toBe(true);
  });

  // `| ` and 34 columns as terminals draw them, in UTF-16 units.
  it.each<[string, string, number]>([
    ["plain letters", "bug", 36],
    ["signs that are two columns wide", "性能問題", 32],
    ["pictures", "🐛 bug", 36],
    ["a gap that stops a mention", "@team", 37],
    ["marks on letters", "e\u0301te\u0301", 38],
  ])("has its columns under each other with %s", (_, of, length) => {
    const line = markdown([{ ...(rows[0] as (typeof rows)[number]), of }]).split("\n")[2];
    expect(line?.indexOf(" |", 1)).toBe(length);
  });

  it("breaks a long name of wide signs within its column", () => {
    const of = "問題報告のラベルはとても長いので折り返されるはずですよ";
    const lines = markdown([{ ...(rows[0] as (typeof rows)[number]), of }]).split("\n");
    expect(lines.slice(2).map((line) => line.split(" | ")[0]?.trimEnd().length)).toEqual([23, 18]);
  });
});
