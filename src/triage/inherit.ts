import type { ThreadEvent } from "../ticket/event.ts";
import type { Thread } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { readClocks } from "./clocks.ts";
import type { Facts } from "./facts.ts";

/** A transfer makes a new ticket: what is ours, and what people refused, goes with it. */
export function inherit(ticket: Ticket, event: ThreadEvent, { before, thread }: Facts): Ticket {
  if (event.type !== "opened" || !event.movedFrom) return ticket;
  const moved: Ticket = { ...ticket, movedFrom: event.movedFrom.key };
  if (!before) return moved;
  return {
    ...moved,
    ownLabels: union(ticket.ownLabels, before.ownLabels),
    vetoedLabels: union(ticket.vetoedLabels, before.vetoedLabels),
    refusedComments: union(ticket.refusedComments, before.refusedComments),
    kindByPerson: ticket.kindByPerson || before.kindByPerson,
    withdrawn: ticket.withdrawn || before.withdrawn,
    closedByUs: ticket.closedByUs || before.closedByUs,
    suggestions: ticket.suggestions ?? answersOf(before),
    status: statusAfterMove(ticket.status, before, thread),
    ...(before.service ? { service: { ...before.service, given: [] } } : {}),
    ...(before.silence ? { silence: before.silence } : {}),
    ...(before.others ? { others: before.others } : {}),
    ...(before.reopened ? { reopened: before.reopened } : {}),
    ...(before.muted ? { muted: true } : {}),
  };
}

/**
 * The answers that came along in our comment: the wish for it finds the comment at its new place, and what people think
 * of it there is heard. Originals do not come along: they are named by their number in the place that was left.
 */
function answersOf({ suggestions, comments }: Ticket): Ticket["suggestions"] {
  return comments.triage && suggestions?.duplicates.length === 0 ? suggestions : null;
}

/** The old ticket may be `moved` by now: how far it had come is read off its clocks, which go with it. */
function statusAfterMove(status: Ticket["status"], { service }: Ticket, thread: Thread): Ticket["status"] {
  if (thread.state === "closed") return "closed";
  if (thread.answered) return "solved";
  if (status !== "new" || !service) return status;
  const { held, waiting, answered } = readClocks(service.clocks);
  if (held) return "on-hold";
  if (waiting) return "pending";
  return answered ? "open" : "new";
}

export const union = <T>(a: T[], b: T[]): T[] => [...new Set([...a, ...b])];
