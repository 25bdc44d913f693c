import { LABELS } from "../messages/label.ts";
import { hasMarker } from "../messages/marker.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action, CommentSlot } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Lesson } from "../ticket/lesson.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { verdict } from "./answer.ts";
import { parseCommands } from "./commands.ts";
import type { Decision } from "./decide.ts";
import type { Facts } from "./facts.ts";
import { has, labelActions } from "./labels.ts";
import { stillMissing } from "./missing.ts";
import { replyActions } from "./reply.ts";

/** Comments come twice within hours at most: this many a ticket are remembered. */
const MOST_HEARD = 100;

/**
 * A comment. The reporter may give what was missing, refuse our help, or come back to a ticket that we closed;
 * what the team says makes a new ticket an open one; everybody else is not ours to answer.
 */
export function hearComment(
  known: Ticket,
  event: ThreadEvent & { type: "commented" },
  facts: Facts,
  settings: Settings,
  now: number,
): Decision {
  const speaker = facts.actor.person;
  const { nodeId } = event.comment;
  if (!speaker || speaker.bot || known.heard.includes(nodeId)) {
    return { ticket: known, plan: [], lessons: [], because: [] };
  }
  const ticket: Ticket = { ...known, heard: [...known.heard, nodeId].slice(-MOST_HEARD) };
  const none: Decision = { ticket, plan: [], lessons: [], because: [] };
  if (speaker.login !== ticket.author) return facts.actor.team ? { ...none, ticket: opened(ticket) } : none;
  const closed = facts.thread.state === "closed";
  for (const { name } of parseCommands(event.comment.body)) {
    if (name === "not-helpful") return withdraw(ticket, facts, settings, now);
    // What a person closed already stays their doing: no comment reopens it by itself.
    if (name === "close")
      return { ...none, plan: closed ? [] : [{ type: "close", reason: "completed" }], because: ["/close"] };
    if (name === "reopen") return { ...none, plan: closed ? [{ type: "reopen" }] : [], because: ["/reopen"] };
  }
  return comeBack(ticket, event.comment.body, facts, settings);
}

function opened(ticket: Ticket): Ticket {
  return ticket.status === "new" ? { ...ticket, status: "open" } : ticket;
}

/** The reporter's word about our help is final: we take back what is ours and leave the ticket to people. */
export function withdraw(ticket: Ticket, facts: Facts, settings: Settings, now: number): Decision {
  if (ticket.withdrawn) return { ticket, plan: [], lessons: [], because: [] };
  const { needsHuman, needsInfo, duplicate } = settings.labels;
  const named = duplicate !== null && (ticket.suggestions?.duplicates.length ?? 0) > 0;
  const vetoed = named && !has(ticket.vetoedLabels, duplicate) ? [duplicate] : [];
  const vetoedLabels = [...ticket.vetoedLabels, ...vetoed];
  const next: Ticket = { ...ticket, withdrawn: true, status: "open", vetoedLabels };
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
    lessons: [lesson(ticket, "not-helpful", "triage", facts, now), ...verdict(ticket, false, facts, now)],
    because: ["/not-helpful"],
  };
}

/** The reporter answers: what we asked for may be there now, and a ticket that we closed is open again. */
function comeBack(ticket: Ticket, text: string, facts: Facts, settings: Settings): Decision {
  const next: Ticket = { ...ticket, status: ticket.status === "pending" ? "open" : ticket.status };
  const plan: Action[] = ticket.closedByUs && facts.thread.state === "closed" ? [{ type: "reopen" }] : [];
  const asked = ticket.triage?.missing ?? [];
  const missing = stillMissing(asked, text);
  if (!ticket.triage || ticket.withdrawn || missing.length === asked.length)
    return { ticket: next, plan, lessons: [], because: [] };
  const informed: Ticket = { ...next, triage: { ...ticket.triage, missing } };
  plan.push(
    ...labelActions(informed, facts.thread.labels, settings),
    ...replyActions(informed, facts, settings),
  );
  return { ticket: informed, plan, lessons: [], because: ["the reporter gave what was missing"] };
}

/** A comment was deleted: if it was one of ours, and not by ourselves, it is not posted again. */
export function ownCommentDeleted(
  ticket: Ticket,
  event: ThreadEvent & { type: "comment-deleted" },
  facts: Facts,
  now: number,
): Pick<Decision, "ticket" | "lessons"> {
  const { nodeId, author, body } = event.comment;
  const slots = [...(Object.keys(ticket.comments) as CommentSlot[]), "triage" as const];
  const slot = slots.find(
    // By its marker too: it may be gone before we noted its id.
    (candidate) =>
      ticket.comments[candidate]?.nodeId === nodeId || (author?.bot && hasMarker(body, candidate)),
  );
  if (!slot || ticket.refusedComments.includes(slot)) return { ticket, lessons: [] };
  const { [slot]: _deleted, ...comments } = ticket.comments;
  return {
    ticket: { ...ticket, comments, refusedComments: [...ticket.refusedComments, slot] },
    lessons: [lesson(ticket, "comment-deleted", slot, facts, now)],
  };
}

function lesson(ticket: Ticket, type: Lesson["type"], subject: string, facts: Facts, now: number): Lesson {
  const by = facts.actor.person?.login ?? null;
  return {
    ticket: ticket.key,
    repositoryId: ticket.repositoryId,
    type,
    subject,
    by,
    byTeam: facts.actor.team,
    at: now,
  };
}
