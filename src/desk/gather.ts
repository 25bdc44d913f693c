import { readThread } from "../github/threads.ts";
import { effectiveSettings } from "./settings.ts";
import type { Settings } from "../settings/schema.ts";
import { everyLabelOf, type OutboxEntry } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Person, Thread } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts } from "../triage/facts.ts";
import { withCredits } from "./credits.ts";
import { has } from "../triage/labels.ts";
import { hasOtherText } from "../triage/triage.ts";
import { customerOf } from "./customers.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./digest.ts";
import { findHelp } from "./find-help.ts";
import { knowRepository } from "./knowledge.ts";
import { knownLabels } from "./labels.ts";
import { moodOf } from "./mood.ts";
import { lookUpOrdered } from "./ordered.ts";
import { repositoryModel } from "./repository-model.ts";
import { standingOf } from "./standing.ts";
import { isOnTeam } from "./team.ts";

/** GitHub's times are whole seconds: a payload of the second of our own write may be from before it. */
const SECOND_MS = 1_000;

/** What our clock and GitHub's may differ by at most, where reconciling takes what is missing for taken off. */
const CLOCKS_DIFFER_MS = 60_000;

export interface Gathered {
  event: ThreadEvent;
  facts: Facts;
  settings: Settings;
  /** How old the picture of the thread is: a write later than 10 s after it looks again first. */
  snapshotAt: number;
}

/**
 * All reads, up front. In steady state there is none: the thread comes with the payload, everything else from the
 * store, which webhooks keep current. null: the thread is gone, or the repository is not ours any more.
 */
export async function gather(
  desk: Desk,
  event: ThreadEvent,
  known: Ticket | null,
  waiting: OutboxEntry[],
  receivedAt: number,
): Promise<Gathered | null> {
  const repository = await knowRepository(desk, event.thread);
  if (repository.gone || (await standingOf(desk, repository.installationId)) !== "served") return null;
  const current = await currentThread(desk, event, known, receivedAt);
  if (!current) return null;
  const { thread, snapshotAt, readByUs } = current;
  const settings = await effectiveSettings(desk, repository);
  const authorOnTeam = await onTeam(desk, repository, settings, thread.author);
  const team = await onTeam(desk, repository, settings, event.actor);
  const crew = await commenters(desk, repository, settings, event);
  const { original, article, labels } = await lookUpOrdered(
    desk,
    event,
    repository,
    settings,
    team || crew.length > 0,
  );
  const learned = await learnedOf(desk, { ...event, thread }, known, repository, settings);
  const facts: Facts = {
    thread,
    readByUs,
    text: digestOf(textOf(thread)),
    toldAt: event.thread.updatedAt,
    actor: {
      person: event.actor,
      self: event.actor?.login === desk.self,
      team,
    },
    authorOnTeam,
    before:
      event.type === "opened" && event.movedFrom
        ? await desk.store.read("ticket", event.movedFrom.key)
        : null,
    since: repository.since,
    underWay: underWay(waiting),
    forms: repository.forms ?? [],
    security: repository.security ?? { policyUrl: null, privateReportingUrl: null },
    model: desk.model,
    found: authorOnTeam ? null : await findHelp(desk, { ...event, thread }, known, repository, settings),
    customer: await withCredits(
      desk,
      repository.installationId,
      settings,
      await customerOf(desk, repository, settings, thread.author),
    ),
    commenters: crew,
    people: null,
    silent: repository.silent ?? [],
    mood: await moodOf(desk, event, known),
    surveyedAt: repository[`surveyed:${thread.author?.login.toLowerCase() ?? ""}`] ?? null,
    ordered: { original, article },
    deletedReport: repository.reports?.repository?.deleted ? repository.reports.repository.period : null,
    ...learned,
    labels: labels ?? learned.labels,
  };
  // A thread from elsewhere may carry our comment and labels: the executor looks before it writes.
  const foreign = event.type === "opened" && (event.movedFrom !== null || event.discussed);
  return { event: { ...event, thread }, facts, settings, snapshotAt: foreign ? 0 : snapshotAt };
}

/** What the outbox may have done already. */
function underWay(waiting: OutboxEntry[]): Facts["underWay"] {
  const labels = waiting.flatMap(({ action }) => (action.type === "label" ? action : []));
  return {
    adding: labels.flatMap(everyLabelOf),
    triage: labels.filter(({ slot }) => slot === "triage").flatMap(everyLabelOf),
    removing: waiting.flatMap(({ action }) => (action.type === "unlabel" ? action.label : [])),
  };
}

const textOf = ({ title, body }: Thread) => JSON.stringify([title, body]);

/** Events after which the ticket is read anew: only these need what was learned. */
const READS: readonly ThreadEvent["type"][] = ["opened", "edited", "recategorized", "noticed", "due"];

async function learnedOf(
  desk: Desk,
  { type, thread }: ThreadEvent,
  known: Ticket | null,
  repository: Repository,
  settings: Settings,
): Promise<Pick<Facts, "learned" | "labels">> {
  const unread = known === null || hasOtherText(known, digestOf(textOf(thread)));
  const reads = READS.includes(type) || unread;
  if (!reads || (type === "due" && known?.triage)) return { learned: null, labels: [] };
  const learned = await repositoryModel(desk, repository, settings);
  if (!learned?.labels) return { learned, labels: [] };
  const octokit = await desk.clients.installation(repository.installationId);
  return { learned, labels: await knownLabels(desk, octokit, repository) };
}

async function commenters(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  event: ThreadEvent,
): Promise<string[]> {
  if (event.type !== "noticed") return [];
  const team: string[] = [];
  for (const { author } of event.comments) {
    if (author && (await onTeam(desk, repository, settings, author))) team.push(author.login);
  }
  return team;
}

function onTeam(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  person: Person | null,
): Promise<boolean> {
  if (!person || person.bot) return Promise.resolve(false);
  return isOnTeam(desk, repository, settings, person.login);
}

/**
 * The payload's picture of the thread when it is newer than all that we know and did; else the thread is read again:
 * deliveries come late and out of order, and one from before our own write shows a label that we took off as somebody's.
 * So it is when a label of ours is gone without a word: the word may have been lost. What is gone needs no second look.
 */
async function currentThread(
  desk: Desk,
  event: ThreadEvent,
  known: Ticket | null,
  receivedAt: number,
): Promise<{ thread: Thread; snapshotAt: number; readByUs: boolean } | null> {
  const { thread } = event;
  const last = event.type === "deleted" || event.type === "transferred";
  const noticed = event.type === "noticed";
  const settled = (known?.wroteAt ?? 0) + (noticed ? CLOCKS_DIFFER_MS : SECOND_MS);
  const isNewer = thread.updatedAt > Math.max(known?.seenAt ?? 0, settled);
  if (last || !known || (isNewer && (noticed || !lacksOurs(event, known)))) {
    return { thread, snapshotAt: Math.min(receivedAt, thread.updatedAt), readByUs: noticed };
  }
  const octokit = await desk.clients.installation(thread.installationId);
  const again = await readThread(octokit, thread);
  return again && { thread: again, snapshotAt: desk.now(), readByUs: true };
}

/** A label of ours is not there, and the event is not the one that says so. */
function lacksOurs(event: ThreadEvent, { ownLabels }: Ticket): boolean {
  const told = event.type === "unlabeled" ? [event.label] : [];
  return ownLabels.some((own) => !has([...event.thread.labels, ...told], own));
}
