import { kindOfLabel } from "../learning/kind-label.ts";
import type { Measured } from "../reports/metrics/utilisation.ts";
import type { Stretch } from "../reports/schedule.ts";
import type { Cluster, ParkedWork, SummaryFacts } from "../reports/summary/summary-facts.ts";
import { clustersOf } from "../kb/clusters.ts";
import { type ReadTicket, ticketReader } from "../kb/likeness.ts";
import { type Course, courseOf } from "../reports/course.ts";
import { type Figures, figures } from "../reports/measure.ts";
import { flow } from "../reports/metrics/flow.ts";
import { notable, type TicketLink } from "../reports/notable.ts";
import { type Period, within } from "../reports/period.ts";
import type { Store } from "../store/store.ts";
import { parseScopeKey, repositoryOf } from "../ticket/delivery.ts";
import type { Repository } from "../ticket/repository.ts";
import { soon } from "./aside.ts";
import { keptBacklog } from "./backlog.ts";
import type { Desk } from "./desk.ts";
import { type Configured, readingOf } from "./reading.ts";

/**
 * Tickets of a period that are compared with each other, each with all: 1,000 take a tenth of a second, and as much again
 * in small pieces before, while they are read.
 */
const MOST_COMPARED = 1_000;

/** What is reported on, and to whom. */
export interface Assignment {
  /** `owner/name`, or the owner of several. */
  subject: string;
  repositories: readonly Configured[];
  /** The report stands in a private place: private customers' promises count, and reasons are told. */
  private: boolean;
  stretch: Stretch;
}

/** Told of each ticket that counts. */
type Watcher = (course: Course, repository: Repository) => void;

/** All that a report is written from: one pass over the tickets, each read by its own repository's settings. */
export async function reportFacts(
  desk: Desk,
  { subject, repositories: all, private: confidential, stretch }: Assignment,
  people: readonly Measured[] = [],
  watch: Watcher = () => undefined,
): Promise<Omit<SummaryFacts, "labels" | "previous">> {
  const { store } = desk;
  const { period, before, shown } = stretch;
  const { worked, isRuled } = readingOf(all);
  const repositories = all.map(({ repository }) => repository);
  const tallies = {
    now: figures(period, { worked, people, isRuled }),
    before: before && figures(before, { worked, isRuled }),
    flow: flow(shown),
    notable: notable(period, desk.now(), isRuled),
  };
  const opened = new Map<number, TicketLink[]>();
  for (const { repository, settings } of all) {
    const told: TicketLink[] = [];
    for await (const ticket of store.tickets({ repositoryId: repository.id })) {
      const course = courseOf(ticket, { confidential, labels: settings.labels });
      for (const tally of Object.values(tallies)) tally?.add(course);
      if (course.served) watch(course, repository);
      if (isTold(course, period)) told.push(ticket);
    }
    opened.set(repository.id, told);
  }
  const named = tallies.notable.result();
  const isTellable = tellable(all);
  return {
    subject,
    private: confidential,
    stretch,
    now: withoutSecurity(tallies.now.result(), isTellable),
    before: tallies.before?.result() ?? null,
    flow: tallies.flow.result(),
    notable: {
      ...named,
      wrongLabels: new Map([...named.wrongLabels].filter(([label]) => isTellable(label))),
    },
    ...(await groupsOf(desk, opened, named.unanswered)),
    silent: repositories.flatMap(({ fullName, silent = [] }) =>
      silent
        .filter(({ what, subject }) => what !== "label" || isTellable(subject))
        .map((one) => ({ ...one, repository: fullName })),
    ),
    parked: await parkedIn(store, all),
  };
}

/** How right a repository's labels were, by its figures, and how right they must be. */
export function labelsOf(one: Configured, found: Figures): SummaryFacts["labels"][number] {
  const { repository, settings } = one;
  return {
    repository: repository.fullName,
    accuracy: withoutSecurity(found, tellable([one])).accuracy.labels,
    targetPrecision: settings.classification.targetPrecision,
  };
}

/** How often people set or take off the label of vulnerabilities tells how many there are. */
function tellable(all: readonly Configured[]): (label: string) => boolean {
  return (label) => all.every(({ settings }) => kindOfLabel(label, settings.labels) !== "security");
}

function withoutSecurity(found: Figures, isTellable: (label: string) => boolean): Figures {
  const { accuracy } = found;
  const labels = accuracy.labels.filter(({ subject }) => isTellable(subject));
  return { ...found, accuracy: { ...accuracy, labels } };
}

/** A ticket of the period whose title a report may show: never a suspected vulnerability. */
function isTold({ served, secret, openedAt }: Course, period: Period): boolean {
  return served && !secret && within(openedAt, period);
}

/** The groups of all repositories, the largest first. */
async function groupsOf(
  desk: Desk,
  opened: ReadonlyMap<number, readonly TicketLink[]>,
  unanswered: readonly TicketLink[],
): Promise<Pick<SummaryFacts, "asked" | "gaps">> {
  const found: { asked: Cluster[]; gaps: Cluster[] } = { asked: [], gaps: [] };
  for (const [repositoryId, tickets] of opened) {
    const [first] = tickets;
    const own = unanswered.filter(({ repository }) => repository === first?.repository);
    const [asked, gaps] = await clusters(desk, repositoryId, tickets, own);
    found.asked.push(...asked);
    found.gaps.push(...gaps);
  }
  const largest = (a: Cluster, b: Cluster) => b.tickets.length - a.tickets.length;
  return { asked: found.asked.sort(largest), gaps: found.gaps.sort(largest) };
}

/** What was asked most, and the questions that no article answered, gathered by what they ask. */
async function clusters(
  desk: Desk,
  repositoryId: number,
  opened: readonly TicketLink[],
  unanswered: readonly TicketLink[],
): Promise<[asked: Cluster[], gaps: Cluster[]]> {
  const newest = opened.toSorted((a, b) => b.number - a.number).slice(0, MOST_COMPARED);
  const links = new Map(newest.map((ticket) => [ticket.number, ticket]));
  const { tickets, titles } = await readThreads(desk, repositoryId, [...links.keys()]);
  const gather = (some: readonly ReadTicket[]) =>
    soon(() => clustersOf(some)).then((found) =>
      found.map(({ representative, tickets: numbers }) => ({
        title: titles.get(representative) ?? "",
        representative: links.get(representative) as TicketLink,
        tickets: numbers.flatMap((number) => links.get(number) ?? []),
      })),
    );
  const waiting = new Set(unanswered.map(({ number }) => number));
  return [await gather(tickets), await gather(tickets.filter(({ number }) => waiting.has(number)))];
}

/** What the tickets ask, and their titles: never of a thread that is not to be shown. */
async function readThreads(
  desk: Desk,
  repositoryId: number,
  numbers: readonly number[],
): Promise<{ tickets: ReadTicket[]; titles: Map<number, string> }> {
  const found = { tickets: [] as ReadTicket[], titles: new Map<number, string>() };
  if (numbers.length < 2) return found;
  const read = ticketReader(await keptBacklog(desk, repositoryId), numbers);
  for (const number of numbers) {
    const thread = await desk.store.read("thread", `${repositoryId}/${number}`);
    const ticket = thread && !thread.hidden ? read(thread) : null;
    if (!thread || !ticket) continue;
    found.tickets.push(ticket);
    found.titles.set(number, thread.title);
  }
  return found;
}

/**
 * Work on tickets and on the repositories themselves. Not that on mirrors: in public the number alone would tell of
 * private customers.
 */
export async function parkedIn(store: Store, all: readonly Configured[]): Promise<ParkedWork[]> {
  const names = new Map(all.map(({ repository, settings }) => [repository.id, settings.labels]));
  const parked: ParkedWork[] = [];
  for (const { scope, reason } of await store.parked()) {
    const labels = names.get(repositoryOf(scope) ?? 0);
    if (!labels) continue;
    const [kind, id] = parseScopeKey(scope);
    const ticket = kind === "ticket" ? await store.read("ticket", id) : null;
    const secret = ticket !== null && courseOf(ticket, { labels }).secret;
    parked.push({ ticket: secret ? null : ticket, reason });
  }
  return parked;
}
