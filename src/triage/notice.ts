import type { Settings } from "../settings/schema.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { hearComment } from "./conversation.ts";
import type { Decision } from "./decide.ts";
import type { Facts } from "./facts.ts";
import { has } from "./labels.ts";
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
  const removed = ticket.ownLabels.filter((label) => !has(facts.thread.labels, label));
  const caughtUp: Ticket = {
    ...ticket,
    ownLabels: ticket.ownLabels.filter((label) => !removed.includes(label)),
    // Who took it off is not known: respected like a person's hand, but no lesson.
    vetoedLabels: [...ticket.vetoedLabels, ...removed.filter((label) => !has(ticket.vetoedLabels, label))],
    status: statusOf(ticket, facts),
  };
  const first = triageThread(caughtUp, event, facts, settings, now);
  return event.comments.reduce<Decision>((decision, comment) => {
    const said = { ...event, type: "commented", comment } as const;
    const actor = { person: comment.author, self: false, team: false };
    const heard = hearComment(decision.ticket, said, { ...facts, actor }, settings, now);
    return {
      ticket: heard.ticket,
      plan: [...decision.plan, ...heard.plan],
      lessons: [...decision.lessons, ...heard.lessons],
      because: [...decision.because, ...heard.because],
    };
  }, first);
}

function statusOf(ticket: Ticket, { thread }: Facts): Ticket["status"] {
  if (thread.state === "closed") return "closed";
  if (thread.answered) return "solved";
  return ticket.status === "closed" || ticket.status === "solved" ? "open" : ticket.status;
}
