import { comment } from "../../messages/comment.ts";
import { paragraph, say, type Voice } from "../../messages/template.ts";
import type { Period } from "../period.ts";
import { barsAndLine, pie } from "./chart.ts";
import { figureTables } from "./figure-table.ts";
import { kindName } from "./names.ts";
import { failingArticles, gaps, mistakes, promises, topics, troubles } from "./sections.ts";
import { suggestions } from "./suggestions.ts";
import type { SummaryFacts } from "./summary-facts.ts";
import { dayOf, shortDayOf } from "./wording.ts";

/** Where the figures are defined. */
const DEFINITIONS = "https://github.com/frontdesk/frontdesk/blob/main/.github/METRICS.md";

export interface Report {
  title: string;
  body: string;
}

/**
 * The report of a period on a repository, as GitHub-flavoured Markdown to be read in two minutes; null where there is
 * nothing to say. It names nobody.
 */
export function summary(voice: Voice, slot: string, facts: SummaryFacts): Report | null {
  if (isQuiet(facts)) return null;
  const { since, until } = facts.stretch.period;
  const title = say(voice, "reportTitle", {
    repository: { markdown: facts.subject },
    ...daysOf(voice, { since, until }),
  });
  return { title, body: comment(voice, slot, blocks(voice, facts, [])) };
}

/** The first and the last day of a period. */
export function daysOf(voice: Voice, { since, until }: Period) {
  return { from: { markdown: dayOf(voice, since) }, to: { markdown: dayOf(voice, until - 1) } };
}

/** What every report says, with what one adds to the figures. */
export function blocks(voice: Voice, facts: SummaryFacts, more: readonly string[]): string[] {
  const advice = suggestions(voice, facts).map((text, i) => `${i + 1}. ${text}`);
  const { now, before, stretch, previous } = facts;
  // A plain reference, so that the closed one names its successor.
  const earlier =
    previous === null ? [] : [say(voice, "reportPrevious", { report: { markdown: `#${previous}` } })];
  return [
    ...(stretch.running ? [say(voice, "reportRunning")] : []),
    paragraph(voice, [
      say(voice, "reportLive"),
      say(voice, "reportDefinitions", { url: { url: DEFINITIONS } }),
    ]),
    ...earlier,
    ...(advice.length > 0 ? [`### ${say(voice, "reportSuggestions")}`, advice.join("\n")] : []),
    `### ${say(voice, "reportChanged")}`,
    ...figureTables(voice, now, before),
    ...more,
    ...promises(voice, facts),
    ...topics(voice, facts),
    ...mistakes(voice, facts),
    ...gaps(voice, facts),
    ...failingArticles(voice, facts),
    ...troubles(voice, facts),
    // Last, since two of them fill a screen.
    ...charts(voice, facts),
  ];
}

/**
 * Nothing came, went, was said or waits. An old backlog alone is no news; nor is what is due as of now where nothing was
 * open when the period ended, since that is the next one's.
 */
export function isQuiet({ now, notable, parked, silent }: SummaryFacts): boolean {
  const { opened, closed } = now.automation;
  const promised = now.backlog.age.count === 0 ? 0 : notable.overdue.length + notable.due.length;
  return (
    opened + closed + now.satisfaction.csat.whole + parked.length + silent.length === 0 &&
    promised + notable.refused.length + notable.wrongLabels.size === 0
  );
}

function charts(voice: Voice, { stretch, flow }: SummaryFacts): string[] {
  const columns = stretch.shown.map(({ since }) => shortDayOf(voice, since));
  const kinds = [...flow.kinds].map(([kind, count]) => ({ name: kindName(voice, kind), count }));
  return [
    // One column shows no course, and one slice no parts.
    ...(columns.length > 1
      ? [
          barsAndLine(
            say(voice, "reportFlow"),
            say(voice, "reportTickets"),
            columns,
            flow.opened,
            flow.closed,
          ),
        ]
      : []),
    ...(kinds.length > 1 ? [pie(say(voice, "reportKinds"), kinds)] : []),
  ];
}
