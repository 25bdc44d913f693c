import { link, quietUrl } from "../../messages/link.ts";
import { duration, percent, spokenLanguage } from "../../messages/language.ts";
import { clockName } from "../../messages/notice.ts";
import { inlineCode } from "../../messages/sanitize.ts";
import { say, type Voice } from "../../messages/template.ts";
import { REMEMBERED_MS } from "../demotion.ts";
import type { Accuracy } from "../metrics/accuracy.ts";
import { shareOf } from "../share.ts";
import { articleName, placeOf } from "./names.ts";
import type { Cluster, SummaryFacts } from "./summary-facts.ts";
import { bullets, capped, section, shareText, shortDayOf, ticketsText, ticketText } from "./wording.ts";

/** What is overdue, and what will be soon: neither crowds out the other. */
export function promises(voice: Voice, { subject, notable }: SummaryFacts): string[] {
  const named = ({ ticket, clock }: SummaryFacts["notable"]["due"][number]) => ({
    ticket: { markdown: ticketText(ticket, subject) },
    clock: clockName(voice, clock),
  });
  return section(
    voice,
    say(voice, "reportOverdue"),
    notable.overdue.map((one) =>
      say(voice, "reportBreached", { ...named(one), day: shortDayOf(voice, one.at) }),
    ),
    notable.due.map((one) => say(voice, "reportDue", named(one))),
  );
}

/** What people asked most: how many asked it, and the ticket that asks it best. */
export function topics(voice: Voice, { asked }: SummaryFacts): string[] {
  return section(
    voice,
    say(voice, "reportAsked"),
    asked.map((cluster) => clusterText(cluster)),
  );
}

function clusterText({ title, representative, tickets }: Cluster): string {
  return `${link(title, quietUrl(representative.url))} (${tickets.length})`;
}

/** How often the desk was right, what it was wrong about, and what it missed. */
export function mistakes(voice: Voice, facts: SummaryFacts): string[] {
  const { subject, notable, now } = facts;
  const tickets = (some: Parameters<typeof ticketsText>[1]) => ({
    markdown: ticketsText(voice, some, subject),
  });
  const label = (name: string) => ({ markdown: inlineCode(name, 60) });
  const wrong = [...notable.wrongLabels]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([name, some]) => say(voice, "reportWrongLabel", { label: label(name), tickets: tickets(some) }));
  const missed = now.accuracy.labels
    .map(({ subject: name, recall: { part, whole } }) => ({ name, count: whole - part }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 1)
    .map(({ name, count }) => say(voice, "reportMissedLabel", { label: label(name), count: String(count) }));
  const refused =
    notable.refused.length > 0 ? [say(voice, "reportWrongHelp", { tickets: tickets(notable.refused) })] : [];
  return section(voice, say(voice, "reportWrong"), [...refused, ...wrong], missed, accuracies(voice, facts));
}

/** The desk's own record: all labels together, links to originals, answers. */
function accuracies(voice: Voice, { now: { accuracy } }: SummaryFacts): string[] {
  const all: [what: "reportOurLabels" | "reportOurLinks" | "reportOurAnswers", of: readonly Accuracy[]][] = [
    ["reportOurLabels", accuracy.labels],
    ["reportOurLinks", [accuracy.duplicates]],
    ["reportOurAnswers", [accuracy.answers]],
  ];
  return all.flatMap(([what, of]) => {
    const sum = (count: (one: Accuracy) => number) => of.reduce((total, one) => total + count(one), 0);
    const judged = shareOf(
      sum(({ precision }) => precision.part),
      sum(({ precision }) => precision.whole),
    );
    const missed = sum(({ recall }) => recall.whole - recall.part);
    if (judged.whole + missed === 0) return [];
    const told = { what: say(voice, what), missed: String(missed) };
    // Of nothing nobody is right.
    if (judged.whole === 0) return [say(voice, "reportAccuracyMissed", told)];
    const { part, whole } = judged;
    return [say(voice, "reportAccuracy", { ...told, right: String(part), judged: String(whole) })];
  });
}

/** Questions without an article, with the tickets. */
export function gaps(voice: Voice, { subject, gaps: clusters, notable }: SummaryFacts): string[] {
  const gathered = new Set(clusters.flatMap(({ tickets }) => tickets.map(({ url }) => url)));
  const others = notable.unanswered.filter(({ url }) => !gathered.has(url));
  const name = clusters.length > 0 ? "reportGapsOther" : "reportGapsAll";
  return section(
    voice,
    say(voice, "reportGaps"),
    clusters.map((cluster) => `${clusterText(cluster)}: ${ticketsText(voice, cluster.tickets, subject)}`),
    others.length > 0
      ? [say(voice, name, { tickets: { markdown: ticketsText(voice, others, subject) } })]
      : [],
  );
}

/** Articles that helped in fewer than half of the cases that somebody judged. */
export function failingArticles(voice: Voice, { now }: SummaryFacts): string[] {
  return section(
    voice,
    say(voice, "reportFailingArticles"),
    now.accuracy.articles
      .filter(({ precision: { part, whole } }) => whole > 0 && part * 2 < whole)
      .map(({ subject: id, precision: { part, whole } }) =>
        say(voice, "reportFailing", {
          article: { markdown: articleName(id) },
          right: String(part),
          judged: String(whole),
        }),
      ),
  );
}

/** What the desk does no more, and what it could not do. */
export function troubles(
  voice: Voice,
  { subject, silent, parked, private: confidential }: SummaryFacts,
): string[] {
  const share = (value: number) => percent(value, spokenLanguage(voice.language));
  const fallen = silent.map(({ what, subject: name, repository, precision, count, target }) => {
    const named = {
      label: inlineCode(name, 60),
      article: articleName(name),
      answers: say(voice, "reportOurAnswers"),
      duplicates: say(voice, "reportOurLinks"),
    }[what];
    return say(voice, "reportSilentLabel", {
      label: { markdown: `${placeOf(repository, subject)}${named}` },
      percent: shareText(voice, shareOf(Math.round(precision * count), count)),
      count: String(count),
      target: share(target),
    });
  });
  const reasons = confidential
    ? parked.map(({ ticket, reason }) => {
        const place = ticket ? `${ticketText(ticket, subject)}: ` : "";
        return `${place}${inlineCode(reason, 120)}`;
      })
    : [];
  return [
    ...section(voice, say(voice, "reportSilent"), fallen),
    ...(fallen.length > 0
      ? [say(voice, "reportSilentAgain", { duration: duration(REMEMBERED_MS, voice.language ?? "en") })]
      : []),
    ...(parked.length > 0 ? [say(voice, "reportParked", { count: String(parked.length) })] : []),
    ...(reasons.length > 0 ? [bullets(capped(voice, reasons))] : []),
  ];
}
