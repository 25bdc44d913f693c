import type { Settings } from "../settings/schema.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { hearComment } from "./conversation.ts";
import type { Decision } from "./decide.ts";
import type { Facts } from "./facts.ts";
import { followedBy } from "./followed-by.ts";
import { triageThread } from "./triage.ts";

/**
 * A change that no delivery told us of: what happened is read off the difference between the thread and what we know,
 * so that a lost delivery ends in the same state as one that came.
 */
export function notice(
  ticket: Ticket,
  event: ThreadEvent & { type: "noticed" },
  facts: Facts,
  settings: Settings,
  now: number,
): Decision {
  const caughtUp: Ticket = { ...ticket, status: statusOf(ticket, facts) };
  const first = triageThread(caughtUp, event, facts, settings, now);
  return event.comments.reduce<Decision>((decision, comment) => {
    const said = { ...event, type: "commented", comment } as const;
    const team = facts.commenters.includes(comment.author?.login ?? "");
    const actor = { person: comment.author, self: false, team };
    return followedBy(decision, hearComment(decision.ticket, said, { ...facts, actor }, settings, now));
  }, first);
}

function statusOf(ticket: Ticket, { thread }: Facts): Ticket["status"] {
  if (thread.state === "closed") return "closed";
  if (thread.answered) return "solved";
  return ticket.status === "closed" || ticket.status === "solved" ? "open" : ticket.status;
}
