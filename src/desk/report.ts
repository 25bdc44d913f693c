import type { Cluster, SummaryFacts } from "../reports/summary/summary-facts.ts";
import { draftArticles, type Unanswered } from "../kb/drafts.ts";
import { type Course, courseOf } from "../reports/course.ts";
import { figures } from "../reports/measure.ts";
import { flow } from "../reports/metrics/flow.ts";
import { notable, type TicketLink } from "../reports/notable.ts";
import { type Period, within } from "../reports/period.ts";
import type { Settings } from "../settings/schema.ts";
import type { Store } from "../store/store.ts";
import { parseScopeKey } from "../ticket/delivery.ts";
import type { Repository } from "../ticket/repository.ts";
import { workedTime } from "./worked-time.ts";

/** Tickets of a period that are compared with each other: comparing takes about a millisecond each. */
const MOST_COMPARED = 1_000;

/** All that a report on a repository is written from: one pass over its tickets. `periods`: the last one is reported on. */
export async function reportFacts(
  store: Store,
  { id, fullName, silent = [] }: Pick<Repository, "id" | "fullName" | "silent">,
  settings: Settings,
  periods: readonly Period[],
  now: number,
): Promise<SummaryFacts> {
  const [before, period] = periods.slice(-2) as [Period, Period];
  const worked = workedTime(settings);
  const tallies = {
    now: figures(period, { worked }),
    before: figures(before, { worked }),
    flow: flow(periods),
    notable: notable(period, now),
  };
  const opened: TicketLink[] = [];
  for await (const ticket of store.tickets({ repositoryId: id })) {
    const course = courseOf(ticket);
    for (const tally of Object.values(tallies)) tally.add(course);
    if (isTold(course, period)) opened.push(ticket);
  }
  const named = tallies.notable.result();
  const [asked, gaps] = await clusters(store, id, opened, named.unanswered);
  return {
    subject: fullName,
    now: tallies.now.result(),
    before: tallies.before.result(),
    periods,
    flow: tallies.flow.result(),
    notable: named,
    asked,
    gaps,
    silent: silent.map(({ what, subject, ...figures }) => ({
      label: subject === "" ? what : subject,
      ...figures,
    })),
    parked: await parkedIn(store, id),
    targetPrecision: settings.classification.targetPrecision,
  };
}

/** Figures of several repositories together, and of each. */
export async function figuresOf(
  store: Store,
  repositories: readonly Pick<Repository, "id" | "fullName">[],
  add: (course: Course, fullName: string) => void,
): Promise<void> {
  for (const { id, fullName } of repositories) {
    for await (const ticket of store.tickets({ repositoryId: id })) add(courseOf(ticket), fullName);
  }
}

/** A ticket of the period whose title a report may show: never a suspected vulnerability. */
function isTold({ record, served, openedAt }: Course, period: Period): boolean {
  const gone = record.status === "deleted" || record.status === "moved";
  return served && within(openedAt, period) && !gone && record.triage?.kind !== "security";
}

/** What was asked most, and the questions that no article answered, gathered by what they ask. */
async function clusters(
  store: Store,
  repositoryId: number,
  opened: readonly TicketLink[],
  unanswered: readonly TicketLink[],
): Promise<[asked: Cluster[], gaps: Cluster[]]> {
  const newest = opened.toSorted((a, b) => b.number - a.number).slice(0, MOST_COMPARED);
  const links = new Map(newest.map((ticket) => [ticket.number, ticket]));
  const texts: Unanswered[] = [];
  for (const number of links.keys()) {
    const thread = await store.read("thread", `${repositoryId}/${number}`);
    if (thread && !thread.hidden)
      texts.push({ number, title: thread.title, body: thread.body, answer: null });
  }
  const gather = (some: readonly Unanswered[]) =>
    draftArticles(some).map(({ title, tickets }) => ({
      title,
      tickets: tickets.flatMap((number) => links.get(number) ?? []),
    }));
  const waiting = new Set(unanswered.map(({ number }) => number));
  return [gather(texts), gather(texts.filter(({ number }) => waiting.has(number)))];
}

async function parkedIn(store: Store, repositoryId: number): Promise<number> {
  const parked = await store.parked();
  return parked.filter(({ scope }) => parseScopeKey(scope)[1].split("/")[0] === String(repositoryId)).length;
}
