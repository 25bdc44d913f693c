import type { Action } from "../ticket/action.ts";
import type { Suggestions } from "../ticket/suggestion.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Undo } from "../ticket/undo.ts";
import { articleOrdered, originalJudged } from "./help-lessons.ts";
import type { Reference } from "./commands.ts";
import { put } from "./label-commands.ts";
import { has, labelActions } from "./labels.ts";
import { type Obeyed, obeyed, type Order, refused } from "./obeyed.ts";
import { replyActions } from "./reply.ts";
import { reasons } from "./service-notices.ts";
import { withdraw } from "./withdraw.ts";

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
    suggestions: { ...suggestions, duplicates: [{ ...original, ordered: true }] },
  };
  // A closed original may be a regression: whether that is so is not ours to say.
  const closes = original.state === "open" && facts.thread.state === "open";
  const close: Action = { type: "close", reason: "duplicate", original: original.number };
  const label = settings.labels.duplicate;
  const labels = label !== null && !has(facts.thread.labels, label) ? [label] : [];
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
      fields: said(ticket),
      actions: [
        ...labels.map((label): Action => ({ type: "unlabel", label })),
        ...(closes ? [{ type: "reopen" } satisfies Action] : []),
      ],
    },
  });
}

/** The team wants the best section, or the one that it names, as the answer: it knows better than our gate. */
export function answer(order: Order, wanted: string | null): Obeyed {
  const { ticket, facts, settings, by, now } = order;
  const { article } = facts.ordered;
  if (!article) return refused({ type: "cannot", reason: "commandNoArticle" });
  const suggestions = ticket.suggestions ?? NOTHING;
  const next: Ticket = {
    ...ticket,
    withdrawn: false,
    suggestions: { ...suggestions, answers: [{ ...article, ordered: true }] },
  };
  return obeyed(order, {
    ticket: next,
    plan: replyActions(next, facts, settings),
    lessons: [articleOrdered(ticket, article, facts, now)],
    because: `/answer ${wanted ?? ""} by ${by}`.replace("  ", " "),
    undo: { fields: said(ticket) },
  });
}

/** Our help is refused. The reporter's word is final; the team may take back its own. */
export function notHelpful(order: Order): Obeyed {
  const { ticket, facts, settings, now } = order;
  const { because, ...decision } = withdraw(ticket, facts, settings, now);
  const mayUndo = facts.actor.team && !ticket.withdrawn;
  return obeyed(order, {
    ...decision,
    because: because.join(),
    undo: mayUndo
      ? {
          fields: { ...said(ticket), status: ticket.status, vetoedLabels: ticket.vetoedLabels },
          actions: decision.plan.flatMap(opposite),
        }
      : null,
  });
}

/** What takes back a step of a refusal. Our words come back by what they rest on. */
function opposite(action: Action): Action[] {
  switch (action.type) {
    case "label":
      return action.labels.map(({ name }): Action => ({ type: "unlabel", label: name }));
    case "unlabel":
      return [put(action.label, [action.label])];
    case "reopen":
      return [{ type: "close", reason: "completed" }];
    default:
      return [];
  }
}

/** What our comment rests on. */
const said = ({ suggestions, withdrawn }: Ticket): Undo["fields"] => ({ suggestions, withdrawn });

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
