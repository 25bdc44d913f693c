import type { Kind } from "../learning/kind.ts";
import { LABELS } from "../messages/label.ts";
import type { Action, LabelWish } from "../ticket/action.ts";
import { PRIORITIES, type Priority } from "../ticket/priority.ts";
import type { ServiceState } from "../ticket/service.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { kindLabel, kindLabels } from "./classify.ts";
import { has } from "./labels.ts";
import { type Obeyed, obeyed, type Order, refused } from "./obeyed.ts";
import { priorityLabels } from "./policies.ts";
import { isServed, newService } from "./serve.ts";
import { lessonOf } from "./lesson.ts";

/** The team's choice of priority goes before what is read from the text, until it is undone or chosen anew. */
export function priority(order: Order, level: Priority): Obeyed {
  const { ticket, by, facts, settings } = order;
  const before = ticket.service ?? newService(ticket.createdAt);
  const name = priorityLabels(settings)[PRIORITIES.indexOf(level)] ?? null;
  const chosen = { level, value: 0, weight: 0, because: [`${level}: chosen by ${by}`] };
  const choose = (state: ServiceState) => ({ ...state, priority: chosen, priorityByPerson: true });
  const next: Ticket = {
    ...ticket,
    // What somebody set by hand before is exchanged too: it is the same team that says so now.
    ...adopt(ticket, priorityLabels(settings), facts.thread.labels),
    // What was refused before is wanted now.
    vetoedLabels: ticket.vetoedLabels.filter((label) => !has([label], name ?? "")),
    service: choose(before),
    ...(ticket.privateService ? { privateService: choose(ticket.privateService) } : {}),
  };
  const { priority, priorityByPerson } = before;
  return obeyed(order, {
    ticket: next,
    because: `/priority ${level} by ${by}`,
    undo: { priority: { priority, priorityByPerson }, fields: refusals(ticket) },
  });
}

/** The team's choice of kind: its label takes the place of the other kinds', whoever set them. */
export function kind(order: Order, chosen: Kind): Obeyed {
  const { ticket, by, facts, settings, now } = order;
  const because = `${chosen}: chosen by ${by}`;
  const triage = ticket.triage ?? { missing: [], asked: false, at: now };
  const name = kindLabel(chosen, settings);
  const present = facts.thread.labels;
  const others = kindLabels(settings).filter((label) => label !== name && has(present, label));
  const missing = name !== null && !has(present, name);
  const next: Ticket = {
    ...ticket,
    ...adopt(ticket, others, present),
    triage: { ...triage, kind: chosen, confidence: 1, because: [because] },
    kindByPerson: true,
    vetoedLabels: ticket.vetoedLabels.filter((label) => label !== name),
  };
  return obeyed(order, {
    ticket: next,
    plan: [
      ...others.map((label): Action => ({ type: "unlabel", label })),
      ...(missing ? [wish("kind", { name, ...LABELS[chosen], yieldsTo: [] })] : []),
    ],
    lessons: [
      ...(name === null ? [] : [lessonOf(ticket, "label-added", name, facts, now)]),
      ...others.map((label) => lessonOf(ticket, "label-removed", label, facts, now)),
    ],
    because: `/kind ${chosen} by ${by}`,
    undo: {
      fields: { ...refusals(ticket), triage: ticket.triage, kindByPerson: ticket.kindByPerson },
      actions: [
        ...(missing ? [{ type: "unlabel", label: name } satisfies Action] : []),
        ...(others.length > 0 ? [put("kind", others)] : []),
      ],
    },
  });
}

/**
 * A label that exists: a typo makes no new one. One of a kind or a priority is the team's choice of it, as if it had been
 * set by hand: it would be taken off again as soon as the ticket is read anew, as a guess of ours that changed.
 */
export function label(order: Order, wanted: string): Obeyed {
  const { ticket, by, facts, settings, now } = order;
  const known = facts.labels.find(({ name }) => has([name], wanted));
  if (!known) return refused({ type: "cannot", reason: "commandNoLabel", subject: wanted });
  const { name } = known;
  const level = PRIORITIES[priorityLabels(settings).findIndex((one) => one !== null && has([one], name))];
  // Tickets of the team and of bots have no priority: there it is a label like any other.
  if (level && isServed(ticket, facts)) return priority(order, level);
  const kindByPerson = ticket.kindByPerson || has(kindLabels(settings), name);
  const there = has(facts.thread.labels, name);
  return obeyed(order, {
    ticket: {
      ...ticket,
      vetoedLabels: ticket.vetoedLabels.filter((label) => !has([label], name)),
      kindByPerson,
    },
    plan: there ? [] : [wish(name, { ...known, yieldsTo: [] })],
    lessons: [lessonOf(ticket, "label-added", name, facts, now)],
    because: `/label ${name} by ${by}`,
    undo: there
      ? null
      : {
          fields: { ...refusals(ticket), kindByPerson: ticket.kindByPerson },
          actions: [{ type: "unlabel", label: name }],
        },
  });
}

const wish = (slot: string, label: LabelWish): Action => ({
  type: "label",
  slot: `command:${slot}`,
  labels: [label],
});

/** Labels that are put back: they existed a moment ago, so that their looks do not matter. */
export function put(slot: string, names: readonly string[]): Action {
  const labels = names.map((name): LabelWish => ({ name, ...LABELS.state, yieldsTo: [] }));
  return { type: "label", slot: `undo:${slot}`, labels };
}

/** Only labels that are ours are taken off: what the team orders us to exchange becomes ours by that. */
function adopt(
  { ownLabels }: Ticket,
  names: readonly (string | null)[],
  present: readonly string[],
): Pick<Ticket, "ownLabels"> {
  const theirs = present.filter((label) => names.some((name) => name !== null && has([name], label)));
  return { ownLabels: [...new Set([...ownLabels, ...theirs])] };
}

const refusals = ({ vetoedLabels }: Ticket): Pick<Ticket, "vetoedLabels"> => ({ vetoedLabels });
