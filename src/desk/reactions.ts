import { randomUUID } from "node:crypto";
import { classifyFailure } from "../github/failure.ts";
import { MOST_IDS, type Reacted, type Reactions, readReactions } from "../github/reactions.ts";
import type { Settings } from "../settings/schema.ts";
import { type Delivery, parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import type { Fact } from "../ticket/fact.ts";
import { remember } from "../ticket/fact.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { ratingsOf } from "../triage/voices.ts";
import { listenedTo, looked } from "../triage/watch.ts";
import type { Desk } from "./desk.ts";
import { effectiveSettings } from "./settings.ts";
import { isOnTeam } from "./team.ts";

/** The name under which people's reactions wait in the inbox beside GitHub's deliveries. */
export const REACTED = "frontdesk.reacted";

/** Looks at the reactions on comments that are due, a hundred comments in one request, whatever tickets they are of. */
export async function lookAtReactions(desk: Desk, tickets: Ticket[]): Promise<void> {
  for (const [installation, theirs] of byInstallation(tickets)) {
    try {
      await lookAt(desk, installation, theirs);
    } catch (error) {
      // One installation that fails does not stop the others'; they are still due in the next round.
      const { type, reason } = classifyFailure(error, desk.now());
      const bug = type === "bug" ? { err: error } : {};
      desk.log[type === "bug" ? "error" : "warn"](
        { installation, reason, ...bug },
        "could not look at reactions",
      );
    }
  }
}

async function lookAt(desk: Desk, installation: number, theirs: Ticket[]): Promise<void> {
  const octokit = await desk.clients.installation(installation);
  const ids = theirs.flatMap(listenedTo);
  const found = new Map<string, Reactions>();
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const some = await readReactions(octokit, ids.slice(from, from + MOST_IDS));
    for (const [id, reactions] of some) found.set(id, reactions);
  }
  for (const ticket of theirs) await conclude(desk, ticket, found);
}

function byInstallation(tickets: Ticket[]): Map<number, Ticket[]> {
  const groups = new Map<number, Ticket[]>();
  for (const ticket of tickets) {
    groups.set(ticket.installationId, [...(groups.get(ticket.installationId) ?? []), ticket]);
  }
  return groups;
}

async function conclude(desk: Desk, ticket: Ticket, found: ReadonlyMap<string, Reactions>): Promise<void> {
  const repository = await desk.store.read("repository", String(ticket.repositoryId));
  if (!repository || repository.gone)
    return desk.store.merge("ticket", ticket.key, { wakeAt: null, dueAt: null });
  const settings = await effectiveSettings(desk, repository);
  await desk.store.merge("ticket", ticket.key, looked(ticket, settings));
  const seen = listenedTo(ticket).map((id) => found.get(id));
  const complete = seen.every((reactions) => reactions?.complete);
  const all = seen.flatMap((reactions) => reactions?.reacted ?? []);
  const counted = await customersAmong(desk, repository, settings, all);
  const ratings = ratingsOf(counted, complete, ticket, settings, desk.now());
  const refused = !ticket.withdrawn && isRefused(ticket, found, settings);
  if (ratings.length === 0 && !refused) return;
  const scope = scopeKey("ticket", ticket.key);
  const payload = JSON.stringify({ ratings, refused });
  await desk.store.receive({ id: randomUUID(), event: REACTED, scope, payload, receivedAt: desk.now() });
  await desk.queue.push(scope);
}

/** Neither bots nor the team say how well the team serves. */
async function customersAmong(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  reacted: readonly Reacted[],
): Promise<Reacted[]> {
  const counted: Reacted[] = [];
  for (const one of reacted) {
    if (one.login.endsWith("[bot]")) continue;
    if (!(await isOnTeam(desk, repository, settings, one.login))) counted.push(one);
  }
  return counted;
}

/** The reporter's sign under our answer says that it does not help. */
function isRefused(
  { author, comments }: Ticket,
  found: ReadonlyMap<string, Reactions>,
  { satisfaction }: Settings,
): boolean {
  const negative: readonly string[] = satisfaction.negative;
  const onOurs = found.get(comments.triage?.nodeId ?? "")?.reacted ?? [];
  return onOurs.some(({ login, content }) => login === author && negative.includes(content));
}

/** What was found by looking is written down by the ticket's own worker. Returns whether the reporter refused our help. */
export async function hearReactions(desk: Desk, { scope, payload }: Delivery): Promise<boolean> {
  const { ratings, refused } = JSON.parse(payload) as { ratings: Fact[]; refused: boolean };
  const id = parseScopeKey(scope)[1];
  const ticket = await desk.store.read("ticket", id);
  if (!ticket) return false;
  const document = { ...ticket, timeline: remember(ticket.timeline, ratings) };
  await desk.store.commit({ scope: "ticket", id, document });
  return refused;
}
