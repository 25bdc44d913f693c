import type { Action } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Lesson } from "../ticket/lesson.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Settings } from "../settings/schema.ts";
import { kindLabels } from "./classify.ts";
import type { Facts } from "./facts.ts";
import { has } from "./labels.ts";
import { lessonOf } from "./lesson.ts";

/**
 * What a label that somebody else set or removed means. A person's hand is final: a label that a person removed is
 * never set again on this ticket, and a kind that a person chose ends our own choice. Another bot's removal is
 * respected too, so that two bots never fight, but teaches nothing.
 */
export function correctLabels(
  ticket: Ticket,
  event: ThreadEvent & { type: "labeled" | "unlabeled" },
  facts: Facts,
  settings: Settings,
  now: number,
): { ticket: Ticket; lessons: Lesson[]; plan: Action[] } {
  const { label } = event;
  const byPerson = facts.actor.person !== null && !facts.actor.person.bot;
  const ours = has(ticket.ownLabels, label);
  const ownLabels = ticket.ownLabels.filter((own) => !has([own], label));
  const isKind = has(kindLabels(settings), label);
  const lesson = (type: Lesson["type"]): Lesson[] =>
    byPerson ? [lessonOf(ticket, type, label, facts, now)] : [];
  if (event.type === "labeled") {
    return {
      // Set by somebody else: from now on it is theirs, and a removal by us would be against their hand.
      ticket: { ...ticket, ownLabels, kindByPerson: ticket.kindByPerson || (isKind && byPerson) },
      lessons: lesson("label-added"),
      plan: [],
    };
  }
  const vetoed = has(ticket.vetoedLabels, label) ? ticket.vetoedLabels : [...ticket.vetoedLabels, label];
  // The word came late: we have set it again since, for a try whose answer was lost.
  const again = ours && has(facts.thread.labels, label) && ticket.wroteAt > facts.toldAt;
  return {
    ticket: {
      ...ticket,
      ownLabels: again ? ticket.ownLabels : ownLabels,
      vetoedLabels: vetoed,
      kindByPerson: ticket.kindByPerson || (isKind && ours),
    },
    lessons: lesson("label-removed"),
    plan: again ? [{ type: "unlabel", label }] : [],
  };
}
