import { comment } from "../../messages/comment.ts";
import { link } from "../../messages/link.ts";
import { inlineCode } from "../../messages/sanitize.ts";
import { percent, spokenLanguage } from "../../messages/language.ts";
import { say, type Voice } from "../../messages/template.ts";
import type { Notable } from "../notable.ts";
import type { Period } from "../period.ts";
import { barsAndLine, pie } from "./chart.ts";
import { figureTable } from "./figure-table.ts";
import { clockName } from "../../messages/notice.ts";
import { articleName, kindName } from "./names.ts";
import { suggestions } from "./suggestions.ts";
import type { Cluster, SummaryFacts } from "./summary-facts.ts";
import { dayOf, section, shortDayOf, ticketsText, ticketText } from "./wording.ts";

/** Where the figures are defined. */
const DEFINITIONS = "https://github.com/frontdesk/frontdesk/blob/main/.github/METRICS.md";

const DAY = 86_400_000;

/**
 * The report of a period, as GitHub-flavoured Markdown to be read in two minutes; null where there is nothing to say.
 * It names nobody.
 */
export function summary(
  voice: Voice,
  slot: string,
  facts: SummaryFacts,
): { title: string; body: string } | null {
  if (isQuiet(facts)) return null;
  const { subject, now, before } = facts;
  const advice = suggestions(voice, facts).map((text, i) => `${i + 1}. ${text}`);
  const body = comment(voice, slot, [
    `${say(voice, "reportLive")} ${say(voice, "reportDefinitions", { url: { url: DEFINITIONS } })}.`,
    ...(advice.length > 0 ? [`### ${say(voice, "reportSuggestions")}`, advice.join("\n")] : []),
    `### ${say(voice, "reportChanged")}`,
    figureTable(voice, now, before),
    ...charts(voice, facts),
    ...promises(voice, facts),
    ...topics(voice, facts),
    ...mistakes(voice, facts),
    ...knowledge(voice, facts),
    ...troubles(voice, facts),
  ]);
  return { title: titleOf(voice, subject, now.period), body };
}

function titleOf(voice: Voice, subject: string, { since, until }: Period): string {
  const from = { markdown: dayOf(voice, since) };
  return say(voice, "reportTitle", {
    repository: { markdown: subject },
    from,
    to: { markdown: dayOf(voice, until - DAY) },
  });
}

/** Nothing came, went, was said or waits. An old backlog alone is no news. */
function isQuiet({ now, notable, parked, silent }: SummaryFacts): boolean {
  const { opened, closed } = now.automation;
  return (
    opened + closed + now.satisfaction.csat.whole + parked + silent.length === 0 &&
    notable.overdue.length + notable.due.length + notable.refused.length + notable.wrongLabels.size === 0
  );
}

function charts(voice: Voice, { periods, flow, now }: SummaryFacts): string[] {
  const columns = periods.map(({ since }) => shortDayOf(voice, since));
  const kinds = [...flow.kinds].map(([kind, count]) => ({ name: kindName(voice, kind), count }));
  return [
    barsAndLine(say(voice, "reportFlow"), say(voice, "reportTickets"), columns, flow.opened, flow.closed),
    ...(now.automation.opened > 0 ? [pie(say(voice, "reportKinds"), kinds)] : []),
  ];
}

function promises(voice: Voice, { subject, notable }: SummaryFacts): string[] {
  const item =
    (name: "reportBreached" | "reportDue") =>
    ({ ticket, clock }: Notable["due"][number]) =>
      say(voice, name, { ticket: { markdown: ticketText(ticket, subject) }, clock: clockName(voice, clock) });
  return section(voice, say(voice, "reportOverdue"), [
    ...notable.overdue.map(item("reportBreached")),
    ...notable.due.map(item("reportDue")),
  ]);
}

function topics(voice: Voice, { subject, asked }: SummaryFacts): string[] {
  return section(
    voice,
    say(voice, "reportAsked"),
    asked.map((cluster) => clusterText(voice, cluster, subject)),
  );
}

function clusterText(voice: Voice, { title, tickets }: Cluster, subject: string): string {
  const [first] = tickets;
  const named = link(title, first?.url ?? "");
  return `${named} (${tickets.length}): ${ticketsText(voice, tickets, subject)}`;
}

function mistakes(voice: Voice, { subject, notable }: SummaryFacts): string[] {
  const labels = [...notable.wrongLabels]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([label, tickets]) =>
      say(voice, "reportWrongLabel", {
        label: { markdown: inlineCode(label, 60) },
        tickets: { markdown: ticketsText(voice, tickets, subject) },
      }),
    );
  const refused =
    notable.refused.length > 0
      ? [
          say(voice, "reportWrongHelp", {
            tickets: { markdown: ticketsText(voice, notable.refused, subject) },
          }),
        ]
      : [];
  return section(voice, say(voice, "reportWrong"), [...refused, ...labels]);
}

function knowledge(voice: Voice, { subject, gaps, notable, now }: SummaryFacts): string[] {
  const gathered = gaps.flatMap(({ tickets }) => tickets.map(({ number }) => number));
  const others = notable.unanswered.filter(({ number }) => !gathered.includes(number));
  const failing = now.accuracy.articles.filter(
    ({ precision: { part, whole } }) => whole > 0 && part * 2 < whole,
  );
  return section(voice, say(voice, "reportGaps"), [
    ...gaps.map((cluster) => clusterText(voice, cluster, subject)),
    ...(others.length > 0
      ? [say(voice, "reportGapsOther", { tickets: { markdown: ticketsText(voice, others, subject) } })]
      : []),
    ...failing.map(({ subject: id, precision: { part, whole } }) =>
      say(voice, "reportFailing", {
        article: { markdown: articleName(id) },
        right: String(part),
        judged: String(whole),
      }),
    ),
  ]);
}

function troubles(voice: Voice, { silent, parked }: SummaryFacts): string[] {
  const share = (value: number) => percent(value, spokenLanguage(voice.language));
  const labels = silent.map(({ label, precision, count, target }) =>
    say(voice, "reportSilentLabel", {
      label: { markdown: inlineCode(label, 60) },
      percent: share(precision),
      count: String(count),
      target: share(target),
    }),
  );
  return [
    ...section(voice, say(voice, "reportSilent"), labels),
    ...(parked > 0 ? [say(voice, "reportParked", { count: String(parked) })] : []),
  ];
}
