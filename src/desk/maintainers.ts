import { createIssue, findOwnIssue } from "../github/issues.ts";
import { readRepository } from "../github/repositories.ts";
import type { Action } from "../ticket/action.ts";
import { scopeKey } from "../ticket/delivery.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { urgencyOf } from "../ticket/urgency.ts";
import type { Desk } from "./desk.ts";
import type { Done } from "./outcome.ts";
import { effectiveSettings } from "./settings.ts";

type TellMaintainers = Action & { type: "tell-maintainers" };

/**
 * Tells the maintainers, once a ticket and slot, where only they can read: an issue in the private support repository. Without one (or when it
 * turns out to be public) nothing is written anywhere but in the operator's log.
 */
export async function tellMaintainers(
  desk: Desk,
  ticket: Ticket,
  { key, action }: { key: string; action: TellMaintainers },
  look: boolean,
): Promise<Done<Ticket>> {
  // Each edit of the thread wishes for it again.
  const before = (await desk.store.outcomes(scopeKey("ticket", ticket.key)))[key]?.outcome;
  if (before?.type === "done") return { outcome: before };
  const repository = await desk.store.read("repository", String(ticket.repositoryId));
  const support = repository && (await effectiveSettings(desk, repository)).support.repository;
  const octokit = await desk.clients.installation(ticket.installationId, urgencyOf(ticket));
  if (!support || !(await readRepository(octokit, support))?.private) {
    const reason = support
      ? `${support} is not a private repository we can see`
      : "no support.repository is set";
    desk.log.warn(
      { ticket: ticket.key, url: ticket.url, slot: action.slot, reason },
      "maintainers must look at a ticket",
    );
    return { outcome: { type: "skipped", reason } };
  }
  const marker = `<!-- frontdesk:${action.slot}:${ticket.key} -->`;
  const there = look ? await findOwnIssue(octokit, support, marker, desk.self) : null;
  const issue =
    there ??
    (await createIssue(octokit, support, { title: action.title, body: `${action.body}\n\n${marker}` }));
  return { outcome: { type: "done", url: issue.url } };
}
