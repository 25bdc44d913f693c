import { randomUUID } from "node:crypto";
import type { Octokit } from "../github/client.ts";
import { classifyFailure } from "../github/failure.ts";
import { isComplete, MOST_IDS, type Reactions, readOn, readReactions } from "../github/reactions.ts";
import type { Settings } from "../settings/schema.ts";
import { type Delivery, parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import type { Fact } from "../ticket/fact.ts";
import { remember } from "../ticket/fact.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { isRefused, type Look, type Reaction, ratingsOf, signsAfter, signsOf } from "../triage/voices.ts";
import { EARLY_MS, listenedTo, looked, mayLook, wakesAt } from "../triage/watch.ts";
import type { Desk } from "./desk.ts";
import { countedAs } from "./erased.ts";
import { effectiveSettings } from "./settings.ts";
import { isOnTeam } from "./team.ts";

/** The name under which people's reactions wait in the inbox beside GitHub's deliveries. */
export const REACTED = "frontdesk.reacted";

/** What looking found, for the ticket's own worker. */
interface Heard extends Pick<Ticket, "signs" | "nameless"> {
  ratings: Fact[];
  refused: boolean;
}

/** Looks at the reactions on comments that are due, a hundred comments in one request, whatever tickets they are of. */
export async function lookAtReactions(desk: Desk, tickets: Ticket[]): Promise<void> {
  if (tickets.length === 0) return;
  const ahead = await soonest(desk, tickets);
  for (const [installation, theirs] of byInstallation(tickets)) {
    // One installation that fails does not stop the others'; they are still due in the next round.
    await trying(desk, { installation }, () =>
      lookAt(desk, installation, filled(theirs, ahead.get(installation) ?? [])),
    );
  }
}

/** What fails is due again; the log says why. */
async function trying(desk: Desk, what: object, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    const { type, reason } = classifyFailure(error, desk.now());
    const bug = type === "bug" ? { err: error } : {};
    desk.log[type === "bug" ? "error" : "warn"]({ ...what, reason, ...bug }, "could not look at reactions");
  }
}

/** As many tickets are read in the search for what fills up requests: many wait for other clocks than a look. */
const MOST_AHEAD = 300;

/** Tickets whose looks are not due but may come already, the earliest first, by installation. */
async function soonest(desk: Desk, due: readonly Ticket[]): Promise<Map<number, Ticket[]>> {
  const now = desk.now();
  const known = new Set(due.map(({ key }) => key));
  const found: Ticket[] = [];
  for (const key of await desk.store.due(now + EARLY_MS, due.length + MOST_AHEAD)) {
    const ticket = known.has(key) ? null : await desk.store.read("ticket", key);
    const repository = ticket && (await desk.store.read("repository", String(ticket.repositoryId)));
    if (!ticket || !repository || (wakesAt(ticket) ?? Infinity) <= now) continue;
    if (mayLook(ticket, await effectiveSettings(desk, repository), now)) found.push(ticket);
  }
  return byInstallation(found);
}

/** As many of the others are looked at as the last request has room for: it costs the same. */
function filled(due: Ticket[], ahead: readonly Ticket[]): Ticket[] {
  const count = due.flatMap(listenedTo).length;
  let room = (MOST_IDS - (count % MOST_IDS)) % MOST_IDS;
  const more = ahead.filter((ticket) => {
    const fits = listenedTo(ticket).length <= room;
    if (fits) room -= listenedTo(ticket).length;
    return fits;
  });
  return [...due, ...more];
}

async function lookAt(desk: Desk, installation: number, theirs: Ticket[]): Promise<void> {
  const octokit = await desk.clients.installation(installation);
  const ids = theirs.flatMap(listenedTo);
  const found = new Map<string, Reactions>();
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const some = await readReactions(octokit, ids.slice(from, from + MOST_IDS));
    for (const [id, reactions] of some) found.set(id, reactions);
  }
  for (const ticket of theirs) {
    await trying(desk, { ticket: ticket.key }, () => conclude(desk, octokit, ticket, found));
  }
}

function byInstallation(tickets: Ticket[]): Map<number, Ticket[]> {
  const groups = new Map<number, Ticket[]>();
  for (const ticket of tickets) {
    groups.set(ticket.installationId, [...(groups.get(ticket.installationId) ?? []), ticket]);
  }
  return groups;
}

/** The look is over when what it found is durable: before that, it is due again. */
async function conclude(
  desk: Desk,
  octokit: Octokit,
  ticket: Ticket,
  found: ReadonlyMap<string, Reactions>,
): Promise<void> {
  const repository = await desk.store.read("repository", String(ticket.repositoryId));
  if (!repository || repository.gone)
    return desk.store.merge("ticket", ticket.key, { wakeAt: null, dueAt: null });
  const settings = await effectiveSettings(desk, repository);
  const scope = scopeKey("ticket", ticket.key);
  const heard = await hear(desk, octokit, ticket, found, repository, settings);
  if (heard) {
    const payload = JSON.stringify(heard);
    await desk.store.receive({ id: randomUUID(), event: REACTED, scope, payload, receivedAt: desk.now() });
  }
  await desk.store.revise(
    "ticket",
    ticket.key,
    (current) => current && { ...current, ...looked(current, settings, desk.now()) },
  );
  // Last: a worker that had read the ticket before would write its look undone.
  if (heard) await desk.queue.push(scope);
}

/** What the reactions say that is not known; null: nothing. */
async function hear(
  desk: Desk,
  octokit: Octokit,
  ticket: Ticket,
  found: ReadonlyMap<string, Reactions>,
  repository: Repository,
  settings: Settings,
): Promise<Heard | null> {
  const all = new Map<string, Look>();
  const customers = new Map<string, Look>();
  for (const id of listenedTo(ticket)) {
    const first = found.get(id);
    if (!first) continue;
    const read = await readOn(octokit, id, first);
    const look = { reactions: read.reacted, nameless: read.nameless, complete: isComplete(read) };
    all.set(id, look);
    const theirs = await customersAmong(desk, repository, settings, read.reacted);
    const reactions = theirs.map((one) => ({ ...one, login: countedAs(ticket, one.login) }));
    customers.set(id, { ...look, reactions });
  }
  const { signs, nameless } = signsAfter(ticket, customers, settings);
  const ratings = ratingsOf(ticket, signs, desk.now());
  const refused = !ticket.withdrawn && isRefused(ticket, all, settings);
  const before = [signsOf(ticket), ticket.nameless ?? {}];
  const news = ratings.length > 0 || refused || JSON.stringify([signs, nameless]) !== JSON.stringify(before);
  return news ? { ratings, refused, signs, nameless } : null;
}

/**
 * Neither the team nor bots say how well it serves. GitHub's schema knows users only here, so that a bot has no name; a
 * server that names it all the same names it as everywhere.
 */
async function customersAmong(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  reacted: readonly Reaction[],
): Promise<Reaction[]> {
  const counted: Reaction[] = [];
  for (const one of reacted) {
    if (/\[bot\]$/i.test(one.login)) continue;
    if (!(await isOnTeam(desk, repository, settings, one.login))) counted.push(one);
  }
  return counted;
}

/** What was found by looking is written down by the ticket's own worker. Returns whether the reporter refused our help. */
export async function hearReactions(desk: Desk, { scope, payload }: Delivery): Promise<boolean> {
  const { ratings, refused, signs, nameless } = JSON.parse(payload) as Heard;
  const id = parseScopeKey(scope)[1];
  const ticket = await desk.store.read("ticket", id);
  // A look may have been under way when its people were forgotten.
  if (!ticket || ticket.anonymous) return false;
  const timeline = remember(ticket.timeline, ratings);
  await desk.store.commit({
    scope: "ticket",
    id,
    document: { ...ticket, timeline, ...(signs ? { signs } : {}), ...(nameless ? { nameless } : {}) },
  });
  return refused;
}
