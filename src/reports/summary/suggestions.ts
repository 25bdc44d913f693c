import { inlineCode } from "../../messages/sanitize.ts";
import { say, type Voice } from "../../messages/template.ts";
import { clockName } from "../../messages/notice.ts";
import { articleName, placeOf } from "./names.ts";
import type { TicketLink } from "../notable.ts";
import type { Cluster, SummaryFacts } from "./summary-facts.ts";
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
    ...asked(voice, facts),
    ...labels(voice, facts),
    ...silent(voice, facts),
    ...promises(voice, facts),
    ...returns(voice, facts),
  ]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST)
    .map(({ text }) => text);
}

function articles(voice: Voice, { subject, gaps, notable, now }: SummaryFacts): Suggestion[] {
  const named = (tickets: Cluster["tickets"]) => ({ markdown: ticketsText(voice, tickets, subject) });
  const [largest] = gaps;
  const { unanswered } = notable;
  const write = largest
    ? [
        {
          text: say(voice, "reportSuggestArticle", {
            title: largest.title,
            tickets: named(largest.tickets),
          }),
          weight: largest.tickets.length,
        },
      ]
    : unanswered.length > 0
      ? // Each asks something else, so that none presses.
        [{ text: say(voice, "reportSuggestGaps", { tickets: named(unanswered) }), weight: 1 }]
      : [];
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

/** What many wrote about, unless it is the article that is to be written. */
function asked(voice: Voice, { subject, asked: groups, gaps }: SummaryFacts): Suggestion[] {
  const toWrite = new Set(gaps[0]?.tickets.map(({ url }) => url));
  const rest = groups.filter(({ tickets }) => !tickets.some(({ url }) => toWrite.has(url)));
  return rest.slice(0, 1).map(({ title, tickets }) => {
    const values = { title, tickets: { markdown: ticketsText(voice, tickets, subject) } };
    return { text: say(voice, "reportSuggestAsked", values), weight: tickets.length };
  });
}

/** Answers or links that fell silent altogether: an article is to be reworked, a label is looked at. */
function silent(voice: Voice, { subject, silent: fallen }: SummaryFacts): Suggestion[] {
  return fallen
    .flatMap(({ what, repository, precision, count }) => {
      if (what !== "answers" && what !== "duplicates") return [];
      const name = say(voice, what === "answers" ? "reportOurAnswers" : "reportOurLinks");
      const right = Math.round(precision * count);
      const told = { markdown: `${placeOf(repository, subject)}${name}` };
      const values = { what: told, right: String(right), judged: String(count) };
      return [{ text: say(voice, "reportSuggestSilent", values), weight: 1 }];
    })
    .slice(0, 1);
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

/** The ticket to answer first: whose promise was broken longest ago. Then whose is due soon, and who has waited longest. */
function next(voice: Voice, { subject, notable }: SummaryFacts): Suggestion[] {
  const [oldest] = notable.overdue;
  const [soon] = notable.due;
  const { longest = null, count = 0 } = notable.waiting ?? {};
  const named = (ticket: TicketLink) => ({ markdown: ticketText(ticket, subject) });
  const found: Suggestion[] = [];
  if (oldest) {
    const { length } = notable.overdue;
    const values = { ticket: named(oldest.ticket), count: String(length) };
    found.push({ text: say(voice, "reportSuggestOverdue", values), weight: PRESSING + length });
  }
  // However many are due or wait, that is no news: what this period taught comes first.
  if (soon) {
    const values = { ticket: named(soon.ticket), clock: clockName(voice, soon.clock) };
    found.push({ text: say(voice, "reportSuggestDue", values), weight: 1 });
  }
  if (longest && ![oldest, soon].some((one) => one?.ticket.url === longest.url)) {
    const values = { ticket: named(longest), count: String(count) };
    found.push({ text: say(voice, "reportSuggestAnswer", values), weight: 1 });
  }
  return found;
}

function parked(voice: Voice, { parked: { length } }: SummaryFacts): Suggestion[] {
  if (length === 0) return [];
  return [
    { text: say(voice, "reportSuggestParked", { count: String(length) }), weight: 2 * PRESSING + length },
  ];
}
