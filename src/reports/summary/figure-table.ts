import { say, type Voice } from "../../messages/template.ts";
import type { Figures } from "../measure.ts";
import { attainmentOfAll } from "../metrics/attainment.ts";
import { differenceOf, type Share } from "../share.ts";
import type { Spread } from "../spread.ts";
import { NONE, numeral, shareText, spreadText, timeText } from "./wording.ts";

interface Row {
  name: string;
  now: string;
  before: string;
  /** How many it was counted from; null: it is a count itself. */
  count: number | null;
  /** Larger now, smaller, or the same; null where one of the two is not known, or the difference may be chance. */
  trend: number | null;
}

const DAY = 86_400_000;

/**
 * What changed: each figure beside that of the period before (`before` null: the desk was not here), with how many it was
 * counted from. What most readers look for stands open, the rest behind a click.
 */
export function figureTables(voice: Voice, now: Figures, before: Figures | null): string[] {
  const amounts = amountsOf(voice, now, before);
  const [first, ...times] = timesOf(voice, now, before);
  const [sla, csat, ...shares] = sharesOf(voice, now, before);
  const some = (rows: (Row | undefined)[]) =>
    rows.filter((row) => row !== undefined).filter(({ count, before: text }) => count !== 0 || text !== NONE);
  const more = some([...times, ...shares]);
  return [
    table(voice, some([...amounts, first, sla, csat])),
    ...(more.length > 0
      ? [`<details><summary>${say(voice, "reportAllFigures")}</summary>`, table(voice, more), "</details>"]
      : []),
  ];
}

function table(voice: Voice, rows: readonly Row[]): string {
  const head = [
    say(voice, "reportFigure"),
    say(voice, "reportNow"),
    "",
    say(voice, "reportBefore"),
    say(voice, "reportFrom"),
  ];
  const lines = rows.map((row) => [
    row.name,
    row.now,
    arrow(row.trend),
    row.before,
    row.count === null ? "" : numeral(voice, row.count),
  ]);
  return [head, ["---", "---:", ":---:", "---:", "---:"], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

const arrow = (trend: number | null) => (trend === null || trend === 0 ? "" : trend > 0 ? "▲" : "▼");

function amountsOf(voice: Voice, now: Figures, before: Figures | null): Row[] {
  const row = (name: string, amount: (figures: Figures) => number): Row => ({
    name,
    now: numeral(voice, amount(now)),
    before: before ? numeral(voice, amount(before)) : NONE,
    count: null,
    trend: before ? amount(now) - amount(before) : null,
  });
  return [
    row(say(voice, "reportOpened"), ({ automation }) => automation.opened),
    row(say(voice, "reportClosed"), ({ automation }) => automation.closed),
    row(say(voice, "reportOpen"), ({ backlog }) => backlog.age.count),
    row(say(voice, "reportUnanswered"), ({ backlog }) => backlog.unanswered),
  ];
}

function timesOf(voice: Voice, now: Figures, before: Figures | null): Row[] {
  // What is told alike is alike: no arrow from 22 hours to 22 hours.
  const difference = (a: number | null, b: number | null, unit?: number) =>
    a === null || b === null || timeText(voice, a, unit) === timeText(voice, b, unit) ? null : a - b;
  const row = (name: string, spread: (figures: Figures) => Spread, unit?: number): Row => ({
    name,
    now: spreadText(voice, spread(now), unit),
    before: before ? spreadText(voice, spread(before), unit) : NONE,
    count: spread(now).count,
    trend: difference(spread(now).median, before && spread(before).median, unit),
  });
  return [
    row(say(voice, "reportFirstResponse"), ({ times }) => times.firstResponse.business),
    row(say(voice, "reportNextResponse"), ({ times }) => times.nextResponse.business),
    row(say(voice, "reportResolution"), ({ times }) => times.resolution.business),
    row(say(voice, "reportAge"), ({ backlog }) => backlog.age, DAY),
  ];
}

function sharesOf(voice: Voice, now: Figures, before: Figures | null): Row[] {
  const row = (name: string, share: (figures: Figures) => Share): Row => ({
    name,
    now: shareText(voice, share(now)),
    before: before ? shareText(voice, share(before)) : NONE,
    count: share(now).whole,
    trend: before && differenceOf(share(now), share(before)),
  });
  return [
    row(say(voice, "reportSla"), ({ attainment }) => attainmentOfAll(attainment)),
    row(say(voice, "reportCsat"), ({ satisfaction }) => satisfaction.csat),
    row(say(voice, "reportLoyalty"), ({ satisfaction }) => satisfaction.loyalty),
    row(say(voice, "reportResponded"), ({ automation }) => automation.responded),
    row(say(voice, "reportDeflected"), ({ automation }) => automation.deflected),
    row(say(voice, "reportReopened"), ({ automation }) => automation.reopened),
    row(say(voice, "reportImproved"), ({ automation }) => automation.improved),
  ];
}
