import type { Octokit } from "../github/client.ts";
import { closeThread, closeThreadAsDuplicate } from "../github/threads.ts";
import type { Action } from "../ticket/action.ts";
import { withOriginal } from "../ticket/backlog-thread.ts";
import { ticketKey } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { amendThread } from "./backlog.ts";
import type { Desk } from "./desk.ts";
import type { Done } from "./outcome.ts";

type Close = Action & { type: "close" };

/** Closes the thread; as a duplicate only while its original is open, and our comment says why. */
export async function close(
  desk: Desk,
  octokit: Octokit,
  ticket: Ticket,
  action: Close,
): Promise<Done<Ticket>> {
  const refused =
    action.reason === "duplicate"
      ? await closeAsDuplicate(desk, octokit, ticket, action.original)
      : await closeThread(octokit, ticket, action.reason);
  if (refused) return { outcome: { type: "skipped", reason: refused } };
  const closedByUs = action.reason === "duplicate" || action.orderedBy !== "team";
  const patch = { closedByUs, status: "closed", dueAt: null, wroteAt: desk.now() } as const;
  return { outcome: { type: "done" }, patch };
}

/** Why it was not closed; nothing when it was. */
async function closeAsDuplicate(
  desk: Desk,
  octokit: Octokit,
  ticket: Ticket,
  number: number,
): Promise<string | undefined> {
  if (ticket.withdrawn || !ticket.comments.triage) return "nothing says why it would be closed";
  const { repositoryId } = ticket;
  const original = await desk.store.read("thread", ticketKey({ repositoryId, number }));
  if (!original || original.hidden || original.closedAt !== null) return "its original is not open any more";
  const closed = await closeThreadAsDuplicate(octokit, ticket, original);
  if (!closed) return "its original is not open any more";
  await amendThread(desk, ticket.key, (thread) => ({
    ...withOriginal(thread, number),
    closedAt: desk.now(),
    stateReason: "duplicate",
  }));
  return undefined;
}
