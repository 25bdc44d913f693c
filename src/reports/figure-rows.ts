import { neutralize } from "../messages/sanitize.ts";
import type { Figures } from "./measure.ts";
import type { Accuracy } from "./metrics/accuracy.ts";
import { change, type Satisfaction } from "./metrics/satisfaction.ts";
import type { Time } from "./metrics/times.ts";
import type { Share } from "./share.ts";
import type { Spread } from "./spread.ts";

/** A figure as one row of a table: the same in CSV and in JSON. */
export interface FigureRow {
  metric: string;
  /** What it is of: a policy and its clock, a label, an article; empty for the whole desk. */
  of: string;
  /** null: nothing to count it from. */
  value: number | null;
  unit: "tickets" | "people" | "share" | "hours" | "days" | "ratio";
  /** From how many it was counted. */
  count: number;
  /** Wilson's 95% interval, for shares. */
  low: number | null;
  high: number | null;
}

/** Every figure of a period; `baseline`: what the change of satisfaction is against, usually the period before. */
export function figureRows(now: Figures, baseline: Satisfaction | null): FigureRow[] {
  const { satisfaction: s, automation: a, backlog: b } = now;
  const rated = s.csat.whole;
  const changed = change(s.csat.share, baseline?.csat.share ?? null);
  return [
    amount("opened", a.opened),
    amount("closed", a.closed),
    amount("open", b.age.count),
    amount("open, unanswered", b.unanswered, b.age.count),
    ...spread("backlog age", b.age, "days"),
    share("csat", s.csat),
    plain("net satisfaction", s.net, "ratio", rated),
    plain("csat, change", changed, "ratio", rated),
    amount("repeat customers", s.repeat, a.opened, "people"),
    share("loyalty", s.loyalty),
    ...time("first response", now.times.firstResponse),
    ...time("next response", now.times.nextResponse),
    ...time("resolution", now.times.resolution),
    ...now.attainment.map(({ policy, clock, met }) => share("sla attainment", met, `${policy}: ${clock}`)),
    share("automation response rate", a.responded),
    share("deflection", a.deflected),
    share("reopen rate", a.reopened),
    share("feedback improvement rate", a.improved),
    ...now.accuracy.labels.flatMap((one) => accuracy("label", one)),
    ...accuracy("duplicates", { ...now.accuracy.duplicates, subject: "" }),
    ...accuracy("answers", { ...now.accuracy.answers, subject: "" }),
    ...now.accuracy.articles.map(({ subject, precision }) => share("article precision", precision, subject)),
    ...now.utilisation.map(({ login, tickets, utilisation }) => ({
      ...plain("utilisation", utilisation, "ratio", tickets),
      of: login,
    })),
  ];
}

function plain(metric: string, value: number | null, unit: FigureRow["unit"], count: number): FigureRow {
  return { metric, of: "", value, unit, count, low: null, high: null };
}

function amount(
  metric: string,
  value: number,
  count = value,
  unit: FigureRow["unit"] = "tickets",
): FigureRow {
  return plain(metric, value, unit, count);
}

function share(metric: string, { whole, share: value, interval }: Share, of = ""): FigureRow {
  const [low, high] = interval ?? [null, null];
  return { metric, of, value, unit: "share", count: whole, low, high };
}

function spread(metric: string, { count, median, p90 }: Spread, unit: FigureRow["unit"]): FigureRow[] {
  return [plain(`${metric}, median`, median, unit, count), plain(`${metric}, p90`, p90, unit, count)];
}

function time(metric: string, { calendar, business }: Time): FigureRow[] {
  return [
    ...spread(`${metric}, business`, business, "hours"),
    ...spread(`${metric}, calendar`, calendar, "hours"),
  ];
}

function accuracy(metric: string, { subject, precision, recall }: Accuracy): FigureRow[] {
  return [share(`${metric} precision`, precision, subject), share(`${metric} recall`, recall, subject)];
}

/** Widths that make a line of 79 characters. */
const WIDTHS = [34, 11, 15, 6] as const;

/** The rows as a table of Markdown that is readable as it is, at 80 columns. */
export function markdown(rows: readonly FigureRow[]): string {
  const lines = rows.map(({ metric, of, value, unit, count, low, high }) => [
    of === "" ? metric : `${metric}: ${neutralize(of, { maxLength: WIDTHS[0] - metric.length - 2 })}`,
    value === null ? "-" : `${shown(value, unit)}${UNIT[unit]}`,
    low === null || high === null ? "" : `${shown(low, unit)} to ${shown(high, unit)}%`,
    String(count),
  ]);
  const pad = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[i] ?? 0))).join(" | ")} |`;
  const rule = WIDTHS.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [["figure", "value", "95% interval", "of"], rule, ...lines].map(pad).join("\n");
}

const UNIT: Record<FigureRow["unit"], string> = {
  tickets: "",
  people: "",
  share: "%",
  hours: " h",
  days: " d",
  ratio: "",
};

const shown = (value: number, unit: FigureRow["unit"]) =>
  unit === "share" ? String(Math.round(value * 1_000) / 10) : String(Math.round(value * 100) / 100);

const COLUMNS = ["metric", "of", "value", "unit", "count", "low", "high"] as const;

/** RFC 4180, with a heading. What a spreadsheet would take for a formula is made a text. */
export function csv(rows: readonly FigureRow[]): string {
  const cell = (value: string | number | null) => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(","));
  return `${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
}
