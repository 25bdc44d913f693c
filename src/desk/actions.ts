import type { Octokit } from "../github/client.ts";
import { editComment, findOwnComment, postComment, react, reopenThread } from "../github/threads.ts";
import { marker } from "../messages/marker.ts";
import type { Action, OutboxEntry } from "../ticket/action.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { urgencyOf } from "../ticket/urgency.ts";
import { assignPeople, unassignPeople } from "./assign.ts";
import { close } from "./close.ts";
import { keepCredit } from "./credits.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./digest.ts";
import type { Caution, Done } from "./outcome.ts";
import { handOver } from "./hand-over.ts";
import { label, unlabel } from "./label-actions.ts";
import { tellMaintainers } from "./maintainers.ts";
import { handToMirror } from "./mirror.ts";
import { askForReports } from "./ordered-reports.ts";

type Result = Promise<Done<Ticket>>;
type Of<T extends Action["type"]> = Action & { type: T };

const skipped = (reason: string): Done<Ticket> => ({ outcome: { type: "skipped", reason } });

/** What is not done on the thread: the end of a ticket is told to its mirror and its credits, also when it is gone. */
const OUTLIVE: ReadonlySet<Action["type"]> = new Set(["mirror", "credit"]);

/** Carries one action out on GitHub. */
export async function perform(desk: Desk, ticket: Ticket, entry: OutboxEntry, caution: Caution): Result {
  const { look } = caution;
  const { action } = entry;
  const gone = ticket.status === "deleted" || ticket.status === "moved";
  if (gone && !OUTLIVE.has(action.type)) return skipped("the thread is gone");
  const octokit = await desk.clients.installation(ticket.installationId, urgencyOf(ticket));
  switch (action.type) {
    case "label":
      return label(desk, octokit, ticket, action, caution);
    case "unlabel":
      return unlabel(desk, octokit, ticket, action);
    case "comment":
      return comment(desk, octokit, ticket, action, look);
    case "close":
      return close(desk, octokit, ticket, action);
    case "reopen":
      await reopenThread(octokit, ticket);
      return { outcome: { type: "done" }, patch: { closedByUs: false, status: "open", wroteAt: desk.now() } };
    case "assign":
      return assignPeople(octokit, ticket, action, look);
    case "unassign":
      return unassignPeople(octokit, ticket, action);
    case "notify":
      await handOver(desk, ticket, { key: entry.key, ...action });
      return { outcome: { type: "done" } };
    case "send-notice":
      return skipped("notices are sent by their installation's own worker");
    case "mirror":
      return handToMirror(desk, ticket, action);
    case "credit":
      return keepCredit(desk, ticket, action);
    case "react":
      await react(octokit, action.commentNodeId, action.content);
      return { outcome: { type: "done" } };
    case "tell-maintainers":
      return tellMaintainers(desk, ticket, { key: entry.key, action }, look);
    case "report":
      return askForReports(desk, ticket);
    case "show-problems":
    case "show-report":
      return skipped("that belongs to a repository");
  }
}

/** Our one comment of a slot: posted, or edited in place, or left alone where a person deleted it. */
async function comment(
  desk: Desk,
  octokit: Octokit,
  ticket: Ticket,
  action: Of<"comment">,
  look: boolean,
): Result {
  const { slot, body } = action;
  if (ticket.refusedComments.includes(slot)) return skipped("a person deleted our comment");
  const digest = digestOf(body);
  const known = ticket.comments[slot];
  if (known?.digest === digest) return skipped("it says so already");
  const keep = (nodeId: string) => ({ comments: { ...ticket.comments, [slot]: { nodeId, digest } } });
  const there = known ?? (look ? await findOwnComment(octokit, ticket, marker(slot), desk.self) : null);
  if (!there) {
    const posted = await postComment(octokit, ticket, body);
    return {
      outcome: { type: "done", commentNodeId: posted.nodeId, url: posted.url },
      patch: keep(posted.nodeId),
    };
  }
  if ("body" in there && there.body === body) {
    return { outcome: { type: "done", commentNodeId: there.nodeId }, patch: keep(there.nodeId) };
  }
  const edited = await editComment(octokit, ticket, there.nodeId, body);
  if (edited === "gone") {
    const { [slot]: _gone, ...comments } = ticket.comments;
    const patch = { comments, refusedComments: [...ticket.refusedComments, slot] };
    return { outcome: { type: "refused", reason: "a person deleted our comment" }, patch };
  }
  return { outcome: { type: "done", commentNodeId: there.nodeId }, patch: keep(there.nodeId) };
}
