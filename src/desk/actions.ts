import type { Octokit } from "../github/client.ts";
import {
  editComment,
  findOwnComment,
  postComment,
  react,
  readLabels,
  removeLabel,
  reopenThread,
} from "../github/threads.ts";
import { marker } from "../messages/marker.ts";
import type { Action, OutboxEntry } from "../ticket/action.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { urgencyOf } from "../ticket/urgency.ts";
import { has } from "../triage/labels.ts";
import { assignPeople, unassignPeople } from "./assign.ts";
import { close } from "./close.ts";
import { keepCredit } from "./credits.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./digest.ts";
import type { Done } from "./outcome.ts";
import { putLabels } from "./labels.ts";
import { handOver } from "./hand-over.ts";
import { tellMaintainers } from "./maintainers.ts";

type Result = Promise<Done<Ticket>>;
type Of<T extends Action["type"]> = Action & { type: T };

const skipped = (reason: string): Done<Ticket> => ({ outcome: { type: "skipped", reason } });

export interface Caution {
  /** Read before writing. */
  look: boolean;
  /** It may have been applied already, by a try whose answer was lost. */
  tried: boolean;
}

/** Carries one action out on GitHub. */
export async function perform(desk: Desk, ticket: Ticket, entry: OutboxEntry, caution: Caution): Result {
  const { look } = caution;
  if (ticket.status === "deleted" || ticket.status === "moved") return skipped("the thread is gone");
  const octokit = await desk.clients.installation(ticket.installationId, urgencyOf(ticket));
  const { action } = entry;
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
    case "credit":
      return keepCredit(desk, ticket, action);
    case "react":
      await react(octokit, action.commentNodeId, action.content);
      return { outcome: { type: "done" } };
    case "tell-maintainers":
      return tellMaintainers(desk, ticket, { key: entry.key, action }, look);
    case "show-problems":
    case "show-report":
      return skipped("that belongs to a repository");
  }
}

/** All labels in one additive request: what a person set or refused meanwhile is left alone. */
async function label(
  desk: Desk,
  octokit: Octokit,
  ticket: Ticket,
  action: Of<"label">,
  { look, tried }: Caution,
): Result {
  const present = look ? await readLabels(octokit, ticket) : [];
  const wanted = action.labels.filter(
    ({ name, yieldsTo }) =>
      !has(present, name) &&
      !has(ticket.vetoedLabels, name) &&
      !yieldsTo.some((other) => has(present, other)),
  );
  // Ours from a try whose answer was lost, unless a person chose. Were it theirs, GitHub's event makes it theirs again.
  const applied = action.labels.map(({ name }) => name).filter((name) => has(present, name));
  const ownLabels = withNames(ticket.ownLabels, tried && !ticket.kindByPerson ? applied : []);
  const names = wanted.map(({ name }) => name);
  if (names.length === 0) return { ...skipped("the labels are settled already"), patch: { ownLabels } };
  await putLabels(desk, octokit, ticket, wanted);
  return {
    outcome: { type: "done", labels: names },
    patch: { ownLabels: withNames(ownLabels, names), wroteAt: desk.now() },
  };
}

const withNames = (own: string[], names: string[]) => [...own, ...names.filter((name) => !has(own, name))];

/** Only a label that is ours and still there: the thread is read again right before. */
async function unlabel(desk: Desk, octokit: Octokit, ticket: Ticket, action: Of<"unlabel">): Result {
  const ownLabels = ticket.ownLabels.filter((own) => !has([own], action.label));
  if (ownLabels.length === ticket.ownLabels.length) return skipped("the label is not ours");
  const there = has(await readLabels(octokit, ticket), action.label);
  if (there) await removeLabel(octokit, ticket, action.label);
  // Gone already may mean that we took it off and the answer was lost.
  const patch = { ownLabels, wroteAt: desk.now() };
  return there
    ? { outcome: { type: "done", labels: [action.label] }, patch }
    : { ...skipped("it is gone already"), patch };
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
