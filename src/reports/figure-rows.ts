import type { Figures } from "./measure.ts";
import type { Accuracy } from "./metrics/accuracy.ts";
import { attainmentOfAll } from "./metrics/attainment.ts";
import type { Flow } from "./metrics/flow.ts";
import { change } from "./metrics/satisfaction.ts";
import type { Time } from "./metrics/times.ts";
import type { Share } from "./share.ts";
import type { Spread } from "./spread.ts";

/** A figure as one row of a table: the same in CSV and in JSON. */
export interface FigureRow {
  metric: string;
  /** What it is of: a clock and its policy, a label, an article; empty for the whole desk. */
  of: string;
  /** null: nothing to count it from. */
  value: number | null;
  /** `tickets`, `people`, `pieces` (of work), `share`, `hours`, `days`, `ratio`, or the code of a currency. */
  unit: string;
  /** From how many it was counted. */
  count: number;
  /** Wilson's 95% interval, for shares. */
  low: number | null;
  high: number | null;
  /** The value in the period before, and from how many that was counted; null: there was none, or it is not compared. */
  before: number | null;
  beforeCount: number;
}

/** A period's figures, and how many tickets of each kind came in it. */
export interface Measured {
  figures: Figures;
  kinds: Flow["kinds"];
}

/** The row whose value compares two periods by itself. */
export const CHANGE = "csat, change";

/** Every figure of a period, beside those of the period before; null: the desk was not here then. */
export function figureRows(now: Measured, before: Measured | null): FigureRow[] {
  const nameOf = ({ metric, of }: FigureRow) => `${metric}\n${of}`;
  const past = new Map((before ? rowsOf(before) : []).map((row) => [nameOf(row), row]));
  const [csat, csat0] = [now, before].map((one) => one?.figures.satisfaction.csat ?? null);
  return rowsOf(now).map((row) => {
    const { value = null, count = 0 } = past.get(nameOf(row)) ?? {};
    if (row.metric !== CHANGE) return { ...row, before: value, beforeCount: count };
    const changed = change(csat?.share ?? null, csat0?.share ?? null);
    return { ...row, value: changed, beforeCount: count };
  });
}

function rowsOf({ figures: now, kinds }: Measured): FigureRow[] {
  const { satisfaction: s, automation: a, backlog: b } = now;
  const rated = s.csat.whole;
  return [
    amount("opened", a.opened),
    ...[...kinds].map(([kind, count]) => ({ ...amount("opened", count), of: kind ?? "other" })),
    amount("closed", a.closed),
    amount("open", b.age.count),
    amount("open, unanswered", b.unanswered, b.age.count),
    ...spread("backlog age", b.age, "days"),
    share("csat", s.csat),
    plain("net satisfaction", s.net, "ratio", rated),
    plain(CHANGE, null, "ratio", rated),
    amount("repeat customers", s.repeat, s.people, "people"),
    share("loyalty", s.loyalty),
    ...time("first response", now.times.firstResponse),
    ...time("next response", now.times.nextResponse),
    ...time("resolution", now.times.resolution),
    share("sla attainment", attainmentOfAll(now.attainment)),
    ...now.attainment.map(({ policy, clock, met }) => share("sla attainment", met, `${clock}, ${policy}`)),
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

function plain(metric: string, value: number | null, unit: string, count: number): FigureRow {
  return { metric, of: "", value, unit, count, low: null, high: null, before: null, beforeCount: 0 };
}

/** A row of so many tickets. */
export function amount(metric: string, value: number, count = value, unit = "tickets"): FigureRow {
  return plain(metric, value, unit, count);
}

function share(metric: string, { whole, share: value, interval }: Share, of = ""): FigureRow {
  const [low, high] = interval ?? [null, null];
  return { ...plain(metric, value, "share", whole), of, low, high };
}

function spread(metric: string, { count, median, p90 }: Spread, unit: string): FigureRow[] {
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
