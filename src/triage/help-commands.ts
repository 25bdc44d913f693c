import type { Action } from "../ticket/action.ts";
import type { Suggestions } from "../ticket/suggestion.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { articleOrdered, originalJudged } from "./answer.ts";
import type { Reference } from "./commands.ts";
import { labelActions } from "./labels.ts";
import { type Obeyed, obeyed, type Order, refused } from "./obeyed.ts";
import { replyActions } from "./reply.ts";
import { reasons } from "./service-notices.ts";

const NOTHING: Suggestions = { answers: [], duplicates: [], related: [] };

/** The team names the original: our comment links it, and the label says so. What we had guessed instead was wrong. */
export function duplicate(order: Order, of: Reference): Obeyed {
  const { ticket, facts, settings, by, now } = order;
  const { original } = facts.ordered;
  const subject = `${of.repository ?? ""}#${of.number}`;
  if (!original || original.number === ticket.number) {
    return refused({ type: "cannot", reason: "commandNoThread", subject });
  }
  const suggestions = ticket.suggestions ?? NOTHING;
  const lessons = suggestions.duplicates.map((one) =>
    originalJudged(ticket, one, one.number === original.number, facts, now),
  );
  const next: Ticket = {
    ...ticket,
    withdrawn: false,
    suggestions: { ...suggestions, duplicates: [original] },
  };
  // A closed original may be a regression: whether that is so is not ours to say.
  const closes = original.state === "open" && facts.thread.state === "open";
  const close: Action = { type: "close", reason: "duplicate", original: original.number };
  const before = restored(order);
  return obeyed(order, {
    ticket: next,
    plan: [
      ...labelActions(next, facts, settings),
      ...replyActions(next, facts, settings, closes),
      ...(closes ? [close] : []),
    ],
    lessons,
    because: `/duplicate ${subject} by ${by}`,
    undo: {
      ...before,
      actions: [...before.actions, ...(closes ? [{ type: "reopen" } satisfies Action] : [])],
    },
  });
}

/** The team wants the best section, or the one that it names, as the answer: it knows better than our gate. */
export function answer(order: Order, wanted: string | null): Obeyed {
  const { ticket, facts, settings, by, now } = order;
  const { article } = facts.ordered;
  if (!article) return refused({ type: "cannot", reason: "commandNoArticle" });
  const suggestions = ticket.suggestions ?? NOTHING;
  const next: Ticket = { ...ticket, withdrawn: false, suggestions: { ...suggestions, answers: [article] } };
  return obeyed(order, {
    ticket: next,
    plan: replyActions(next, facts, settings),
    lessons: [articleOrdered(ticket, article, facts, now)],
    because: `/answer ${wanted ?? ""} by ${by}`.replace("  ", " "),
    undo: restored(order),
  });
}

/** What our comment said before is said again. */
function restored({ ticket, facts, settings }: Order) {
  const actions = ticket.comments.triage ? replyActions(ticket, facts, settings) : [];
  return { fields: { suggestions: ticket.suggestions }, actions };
}

/** The reasons as the public may know them. Of a suspected vulnerability none: they would tell where to look. */
export function why(order: Order): Obeyed {
  const { ticket, by } = order;
  const { triage, service } = ticket;
  const because =
    triage?.kind === "security"
      ? []
      : [...(triage?.because ?? []), ...(service ? reasons(service, null) : [])];
  return obeyed(order, { because: `/why by ${by}`, reply: { type: "why", because } });
}
