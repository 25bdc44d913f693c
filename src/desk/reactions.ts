import { randomUUID } from "node:crypto";
import type { Reacted } from "../github/reactions.ts";
import { MOST_IDS, readReactions } from "../github/reactions.ts";
import type { Delivery } from "../ticket/delivery.ts";
import { scopeKey } from "../ticket/delivery.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { looked } from "../triage/watch.ts";
import type { Desk } from "./desk.ts";
import { effectiveSettings } from "./settings.ts";

/** The name under which a reporter's thumbs-down waits in the inbox beside GitHub's deliveries. */
export const DISLIKED = "frontdesk.disliked";

/** Looks at the reactions on our comments, a hundred in one request, and has the reporters' refusals worked on. */
export async function lookAtReactions(desk: Desk, tickets: Ticket[]): Promise<void> {
  for (const [installation, theirs] of byInstallation(tickets)) {
    for (let from = 0; from < theirs.length; from += MOST_IDS) {
      const some = theirs.slice(from, from + MOST_IDS);
      const octokit = await desk.clients.installation(installation);
      const ids = some.flatMap(({ comments }) => comments.triage?.nodeId ?? []);
      const found = ids.length > 0 ? await readReactions(octokit, ids) : new Map<string, Reacted[]>();
      for (const ticket of some)
        await conclude(desk, ticket, found.get(ticket.comments.triage?.nodeId ?? "") ?? []);
    }
  }
}

function byInstallation(tickets: Ticket[]): Map<number, Ticket[]> {
  const groups = new Map<number, Ticket[]>();
  for (const ticket of tickets) {
    groups.set(ticket.installationId, [...(groups.get(ticket.installationId) ?? []), ticket]);
  }
  return groups;
}

async function conclude(desk: Desk, ticket: Ticket, reacted: Reacted[]): Promise<void> {
  const repository = await desk.store.read("repository", String(ticket.repositoryId));
  if (!repository || repository.gone)
    return desk.store.merge("ticket", ticket.key, { wakeAt: null, dueAt: null });
  const settings = await effectiveSettings(desk, repository);
  await desk.store.merge("ticket", ticket.key, looked(ticket, settings));
  const negative: readonly string[] = settings.satisfaction.negative;
  if (!reacted.some(({ login, content }) => login === ticket.author && negative.includes(content))) return;
  const scope = scopeKey("ticket", ticket.key);
  const delivery: Delivery = {
    id: randomUUID(),
    event: DISLIKED,
    scope,
    payload: "{}",
    receivedAt: desk.now(),
  };
  await desk.store.receive(delivery);
  await desk.queue.push(scope);
}
