import { hasMarker } from "../messages/marker.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action, CommentSlot } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { addedCommands, type Command, commandMistakes, onlyCommands, parseCommands } from "./commands.ts";
import type { Decision } from "./decide.ts";
import type { Facts } from "./facts.ts";
import { labelActions } from "./labels.ts";
import { stillMissing } from "./missing.ts";
import { obey } from "./obey.ts";
import type { Order } from "./obeyed.ts";
import { replyActions } from "./reply.ts";
import { followedBy } from "./followed-by.ts";
import { lessonOf } from "./lesson.ts";
import { praise } from "./verdict.ts";

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
  const byReporter = speaker.login === ticket.author;
  if (!byReporter && !facts.actor.team) return { ticket, plan: [], lessons: [], because: [] };
  const { body } = event.comment;
  const order = { ticket, comment: event.comment, by: speaker.login, facts, settings, now };
  const commands = parseCommands(body);
  const mistakes = commandMistakes(body);
  const first = wordsOf(ticket, byReporter, commands, order);
  if (commands.length === 0 && mistakes.length === 0) return first;
  return followedBy(first, obey({ ...order, ticket: first.ticket }, commands, mistakes));
}

/** What is said beside commands. What somebody orders of the ticket's state goes before what we make of their words. */
function wordsOf(
  ticket: Ticket,
  byReporter: boolean,
  commands: readonly Command[],
  { comment, facts, settings, now }: Order,
): Decision {
  const none: Decision = { ticket, plan: [], lessons: [], because: [] };
  if (!byReporter) return onlyCommands(comment.body) ? none : { ...none, ticket: opened(ticket) };
  const ordered = commands.some(
    ({ name }) => name === "close" || name === "reopen" || name === "not-helpful",
  );
  if (ordered) return none;
  const lessons = praise(ticket, facts, comment.body, now);
  return { ...comeBack(ticket, comment.body, facts, settings), lessons };
}

/** An edited comment is obeyed in what the edit added, once; its other words were heard when it was written. */
export function hearEdit(
  known: Ticket,
  event: ThreadEvent & { type: "comment-edited" },
  facts: Facts,
  settings: Settings,
  now: number,
): Decision {
  const { comment, before } = event;
  const speaker = facts.actor.person;
  const none: Decision = { ticket: known, plan: [], lessons: [], because: [] };
  const edit = `${comment.nodeId}@${comment.updatedAt}`;
  // Who edits somebody else's comment gives no orders in their name.
  const own = speaker !== null && !speaker.bot && speaker.login === comment.author?.login;
  if (!own || before === null || known.heard.includes(edit)) return none;
  const commands = addedCommands(before, comment.body);
  if (commands.length === 0 || !(facts.actor.team || speaker.login === known.author)) return none;
  const ticket: Ticket = { ...known, heard: [...known.heard, edit].slice(-MOST_HEARD) };
  // Given when it was written in: an old comment must not hold a clock from its own day on.
  const given = { ...comment, createdAt: comment.updatedAt };
  return obey({ ticket, comment: given, by: speaker.login, facts, settings, now }, commands, []);
}

function opened(ticket: Ticket): Ticket {
  return ticket.status === "new" ? { ...ticket, status: "open" } : ticket;
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
  plan.push(...labelActions(informed, facts, settings), ...replyActions(informed, facts, settings));
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
    lessons: [lessonOf(ticket, "comment-deleted", slot, facts, now)],
  };
}
