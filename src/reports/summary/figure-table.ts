import { say, type Voice } from "../../messages/template.ts";
import type { Figures } from "../measure.ts";
import type { Attainment } from "../metrics/attainment.ts";
import { type Share, shareOf } from "../share.ts";
import type { Spread } from "../spread.ts";
import { NONE, numeral, shareText, spreadText } from "./wording.ts";

interface Row {
  name: string;
  now: string;
  before: string;
  /** How many it was counted from. */
  count: number;
  /** Larger now, smaller, or the same; null where one of the two is not known. */
  trend: number | null;
}

const DAY = 86_400_000;

/** What changed: each figure beside that of the period before, with how many it was counted from. */
export function figureTable(voice: Voice, now: Figures, before: Figures): string {
  const rows = [...amounts(voice, now, before), ...times(voice, now, before), ...shares(voice, now, before)];
  const head = [
    say(voice, "reportFigure"),
    say(voice, "reportNow"),
    "",
    say(voice, "reportBefore"),
    say(voice, "reportFrom"),
  ];
  const lines = rows
    .filter(({ count, before: text }) => count > 0 || text !== NONE)
    .map((row) => [row.name, row.now, arrow(row.trend), row.before, numeral(voice, row.count)]);
  return [head, ["---", "---:", ":---:", "---:", "---:"], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

const arrow = (trend: number | null) => (trend === null || trend === 0 ? "" : trend > 0 ? "▲" : "▼");

function amounts(voice: Voice, now: Figures, before: Figures): Row[] {
  const row = (name: string, value: number, old: number): Row => ({
    name,
    now: numeral(voice, value),
    before: numeral(voice, old),
    count: value,
    trend: value - old,
  });
  return [
    row(say(voice, "reportOpened"), now.automation.opened, before.automation.opened),
    row(say(voice, "reportClosed"), now.automation.closed, before.automation.closed),
    row(say(voice, "reportOpen"), now.backlog.age.count, before.backlog.age.count),
    row(say(voice, "reportUnanswered"), now.backlog.unanswered, before.backlog.unanswered),
  ];
}

function times(voice: Voice, now: Figures, before: Figures): Row[] {
  const row = (name: string, value: Spread, old: Spread, unit?: number): Row => ({
    name,
    now: spreadText(voice, value, unit),
    before: spreadText(voice, old, unit),
    count: value.count,
    trend: difference(value.median, old.median),
  });
  const time = (figures: Figures) => figures.times;
  return [
    row(
      say(voice, "reportFirstResponse"),
      time(now).firstResponse.business,
      time(before).firstResponse.business,
    ),
    row(
      say(voice, "reportNextResponse"),
      time(now).nextResponse.business,
      time(before).nextResponse.business,
    ),
    row(say(voice, "reportResolution"), time(now).resolution.business, time(before).resolution.business),
    row(say(voice, "reportAge"), now.backlog.age, before.backlog.age, DAY),
  ];
}

function shares(voice: Voice, now: Figures, before: Figures): Row[] {
  const row = (name: string, value: Share, old: Share): Row => ({
    name,
    now: shareText(voice, value),
    before: shareText(voice, old),
    count: value.whole,
    trend: difference(value.share, old.share),
  });
  return [
    row(say(voice, "reportSla"), together(now.attainment), together(before.attainment)),
    row(say(voice, "reportCsat"), now.satisfaction.csat, before.satisfaction.csat),
    row(say(voice, "reportLoyalty"), now.satisfaction.loyalty, before.satisfaction.loyalty),
    row(say(voice, "reportResponded"), now.automation.responded, before.automation.responded),
    row(say(voice, "reportDeflected"), now.automation.deflected, before.automation.deflected),
    row(say(voice, "reportReopened"), now.automation.reopened, before.automation.reopened),
    row(say(voice, "reportImproved"), now.automation.improved, before.automation.improved),
  ];
}

/** All promises of all policies. */
function together(attainment: readonly Attainment[]): Share {
  const sum = (count: (share: Share) => number) => attainment.reduce((all, { met }) => all + count(met), 0);
  return shareOf(
    sum(({ part }) => part),
    sum(({ whole }) => whole),
  );
}

const difference = (now: number | null, before: number | null) =>
  now === null || before === null ? null : now - before;
