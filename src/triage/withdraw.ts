import { LABELS } from "../messages/label.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { verdict } from "./help-lessons.ts";
import type { Decision } from "./decide.ts";
import type { Facts } from "./facts.ts";
import { has } from "./labels.ts";
import { lessonOf } from "./lesson.ts";
import { replyActions } from "./reply.ts";

/**
 * The reporter's word about our help is final: we take back what is ours and leave the ticket to people. No command from
 * before is undone any more, as that might bring our words back.
 */
export function withdraw(ticket: Ticket, facts: Facts, settings: Settings, now: number): Decision {
  if (ticket.withdrawn) return { ticket, plan: [], lessons: [], because: [] };
  const { needsHuman, needsInfo, duplicate } = settings.labels;
  const named = duplicate !== null && (ticket.suggestions?.duplicates.length ?? 0) > 0;
  const vetoed = named && !has(ticket.vetoedLabels, duplicate) ? [duplicate] : [];
  const vetoedLabels = [...ticket.vetoedLabels, ...vetoed];
  const { undo: _over, ...rest } = ticket;
  const next: Ticket = { ...rest, withdrawn: true, status: "open", dueAt: null, vetoedLabels };
  // Only a comment that is there has something to take back.
  const plan: Action[] = ticket.comments.triage ? replyActions(next, facts, settings) : [];
  if (ticket.closedByUs && facts.thread.state === "closed") plan.push({ type: "reopen" });
  if (needsInfo && has(next.ownLabels, needsInfo)) plan.push({ type: "unlabel", label: needsInfo });
  if (named && has(next.ownLabels, duplicate)) plan.push({ type: "unlabel", label: duplicate });
  if (needsHuman && !has(facts.thread.labels, needsHuman) && !has(next.vetoedLabels, needsHuman)) {
    plan.push({
      type: "label",
      slot: "needsHuman",
      labels: [{ name: needsHuman, ...LABELS.needsHuman, yieldsTo: [] }],
    });
  }
  return {
    ticket: next,
    plan,
    lessons: [lessonOf(ticket, "not-helpful", "triage", facts, now), ...verdict(ticket, false, facts, now)],
    because: ["/not-helpful"],
  };
}
