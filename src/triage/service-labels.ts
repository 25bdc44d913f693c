import { LABELS } from "../messages/label.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action, LabelWish } from "../ticket/action.ts";
import { PRIORITIES } from "../ticket/priority.ts";
import type { Status, Ticket } from "../ticket/ticket.ts";
import type { EscalationStep } from "./escalation.ts";
import type { Facts } from "./facts.ts";
import { has } from "./labels.ts";
import { statusLabels } from "./lifecycle.ts";
import { priorityLabels } from "./policies.ts";

/** What is to be added, and which of ours are to go. */
interface Change {
  add: LabelWish[];
  remove: string[];
}

/** The labels of priority, state and escalation that a ticket is to have, by the rules of all own labels. */
export function serviceLabels(
  ticket: Ticket,
  steps: readonly EscalationStep[],
  facts: Facts,
  settings: Settings,
): Action[] {
  const changes = [
    priorityChange(ticket, facts, settings),
    stateChange(ticket, facts.thread.labels, settings),
    escalationChange(ticket, steps, facts.thread.labels),
  ];
  const labels = changes.flatMap(({ add }) => add);
  return [
    ...changes.flatMap(({ remove }) => remove.map((label): Action => ({ type: "unlabel", label }))),
    ...(labels.length > 0 ? [{ type: "label", slot: "service", labels } satisfies Action] : []),
  ];
}

/** A priority that a person set stays alone; ours is exchanged when it changes. */
function priorityChange(ticket: Ticket, { thread }: Facts, settings: Settings): Change {
  const names = priorityLabels(settings).filter((name) => name !== null);
  const level = ticket.service?.priority?.level;
  // How pressing a suspected vulnerability is would tell readers what it is.
  const hidden = ticket.triage?.kind === "security" && !thread.private;
  const wanted = level && !hidden ? priorityLabels(settings)[PRIORITIES.indexOf(level)] : null;
  const present = names.filter((name) => has(thread.labels, name));
  const ours = present.filter((name) => has(ticket.ownLabels, name));
  const chosen = present.some((name) => !has(ours, name));
  const remove = ours.filter((name) => chosen || name !== wanted);
  if (!level || !wanted || chosen || has(present, wanted) || has(ticket.vetoedLabels, wanted)) {
    return { add: [], remove };
  }
  const yieldsTo = names.filter((name) => name !== wanted && !has(remove, name));
  return { add: [{ name: wanted, ...LABELS[level], yieldsTo }], remove };
}

function stateChange(ticket: Ticket, present: readonly string[], settings: Settings): Change {
  const { onHold, ...states } = settings.labels.states;
  const names: Partial<Record<Status, string | null>> = { ...states, "on-hold": onHold };
  const { add, remove } = statusLabels(ticket.status, names, {
    present,
    own: ticket.ownLabels,
    vetoed: ticket.vetoedLabels,
  });
  return { add: add === null ? [] : [{ name: add, ...LABELS.state, yieldsTo: [] }], remove };
}

function escalationChange(ticket: Ticket, steps: readonly EscalationStep[], present: string[]): Change {
  const names = steps.flatMap(({ action }) => (action.type === "label" ? action.label : []));
  const wanted = names.filter((name) => !has(present, name) && !has(ticket.vetoedLabels, name));
  return { add: wanted.map((name) => ({ name, ...LABELS.escalated, yieldsTo: [] })), remove: [] };
}

/**
 * All labels of a decision in one request: GitHub counts requests, and people get one line in the timeline. What one
 * policy gives up of an earlier such wish, another may want still: it was wished for by all of them together.
 */
export function withLabelsTogether(plan: readonly Action[]): Action[] {
  const wishes = plan.filter((action) => action.type === "label");
  const [first] = wishes;
  if (!first || wishes.length === 1) return [...plan];
  const labels = wishes.flatMap((wish) => wish.labels);
  const once = labels.filter(({ name }, place) => labels.findIndex((one) => one.name === name) === place);
  const { abandoned: _, ...together } = { ...first, labels: once };
  const names = once.map(({ name }) => name);
  const abandoned = wishes.flatMap((wish) => wish.abandoned ?? []).filter((name) => !has(names, name));
  return plan.flatMap((action): Action[] => {
    if (action === first) return [{ ...together, ...(abandoned.length > 0 ? { abandoned } : {}) }];
    return action.type === "label" ? [] : [action];
  });
}

/** The names of all labels that a plan adds. */
export function labelsIn(plan: readonly Action[]): string[] {
  return plan.flatMap((action) => (action.type === "label" ? action.labels.map(({ name }) => name) : []));
}
