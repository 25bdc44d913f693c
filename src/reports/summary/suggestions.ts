import { inlineCode } from "../../messages/sanitize.ts";
import { say, type Voice } from "../../messages/template.ts";
import { clockName } from "../../messages/notice.ts";
import { articleName, placeOf } from "./names.ts";
import type { SummaryFacts } from "./summary-facts.ts";
import { ticketsText, ticketText } from "./wording.ts";

/** What a report advises at most: more is not done by anybody. */
const MOST = 3;

/** Fewer than these say nothing: two of three may be chance. */
const FEWEST = 3;

interface Suggestion {
  text: string;
  /** How many tickets of the period speak for it: the most pressing come first. */
  weight: number;
}

/** Always before what merely could be better: work that is not done, promises that are broken. */
const PRESSING = 1_000;

/** Three concrete suggestions, each with its evidence; fewer where there is none. */
export function suggestions(voice: Voice, facts: SummaryFacts): string[] {
  return [
    ...parked(voice, facts),
    ...next(voice, facts),
    ...articles(voice, facts),
    ...labels(voice, facts),
    ...promises(voice, facts),
    ...returns(voice, facts),
  ]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST)
    .map(({ text }) => text);
}

function articles(voice: Voice, { subject, gaps, now }: SummaryFacts): Suggestion[] {
  const write = gaps.slice(0, 1).map(({ title, tickets }) => ({
    text: say(voice, "reportSuggestArticle", {
      title,
      tickets: { markdown: ticketsText(voice, tickets, subject) },
    }),
    weight: tickets.length,
  }));
  const rework = now.accuracy.articles.flatMap(({ subject: id, precision: { part, whole } }) =>
    whole >= FEWEST && part * 2 <= whole
      ? [
          {
            text: say(voice, "reportSuggestRework", {
              article: { markdown: articleName(id) },
              right: String(part),
              judged: String(whole),
            }),
            weight: whole - part,
          },
        ]
      : [],
  );
  return [...write, ...rework.sort((a, b) => b.weight - a.weight).slice(0, 1)];
}

/** The label that was taken off most often in one repository, by what is asked for there. */
function labels(voice: Voice, { subject: reported, labels: all }: SummaryFacts): Suggestion[] {
  return all
    .flatMap(({ repository, accuracy, targetPrecision }) =>
      accuracy.flatMap(({ subject, precision: { part, whole, share } }) => {
        const wrong = whole - part;
        if (share === null || wrong < FEWEST || share >= targetPrecision) return [];
        const label = { markdown: `${placeOf(repository, reported)}${inlineCode(subject, 60)}` };
        const values = { label, wrong: String(wrong), judged: String(whole) };
        return [{ text: say(voice, "reportSuggestLabel", values), weight: wrong }];
      }),
    )
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 1);
}

/** The promise that was broken most often. */
function promises(voice: Voice, { now }: SummaryFacts): Suggestion[] {
  return now.attainment
    .flatMap(({ policy, clock, met: { part, whole } }) => {
      if (whole - part < FEWEST) return [];
      const named = { policy: { markdown: inlineCode(policy, 60) }, clock: clockName(voice, clock) };
      const values = { ...named, part: String(part), whole: String(whole) };
      return [{ text: say(voice, "reportSuggestPromise", values), weight: whole - part }];
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 1);
}

/** One end in seven that does not hold is more than chance. */
function returns(voice: Voice, { now }: SummaryFacts): Suggestion[] {
  const { part, whole } = now.automation.reopened;
  if (part < FEWEST || part * 7 < whole) return [];
  const values = { part: String(part), whole: String(whole) };
  return [{ text: say(voice, "reportSuggestReopened", values), weight: part }];
}

/** The ticket to answer next: whose promise was broken first, else which has waited longest. One of them is enough. */
function next(voice: Voice, { subject, notable }: SummaryFacts): Suggestion[] {
  const [oldest] = notable.overdue;
  if (oldest) {
    const ticket = { markdown: ticketText(oldest.ticket, subject) };
    const count = notable.overdue.length;
    return [
      {
        text: say(voice, "reportSuggestOverdue", { ticket, count: String(count) }),
        weight: PRESSING + count,
      },
    ];
  }
  if (!notable.waiting) return [];
  const { longest, count } = notable.waiting;
  const ticket = { markdown: ticketText(longest, subject) };
  // However many wait, that is no news: what this period taught comes first.
  return [{ text: say(voice, "reportSuggestAnswer", { ticket, count: String(count) }), weight: 1 }];
}

function parked(voice: Voice, { parked: { length } }: SummaryFacts): Suggestion[] {
  if (length === 0) return [];
  return [
    { text: say(voice, "reportSuggestParked", { count: String(length) }), weight: 2 * PRESSING + length },
  ];
}
