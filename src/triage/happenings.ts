import type { Action } from "../ticket/action.ts";
import type { ClockEvent } from "../ticket/clocks.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Comment } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { readClocks } from "./clocks.ts";
import { onlyCommands, parseCommands } from "./commands.ts";
import type { Facts } from "./facts.ts";
import type { LifecycleEvent } from "./lifecycle.ts";
import { CLOCK_EVENT } from "./lifecycle.ts";

/** Something that happened between the reporter and the team. */
export interface Happening extends Omit<ClockEvent, "type"> {
  type: LifecycleEvent;
}

/** The happening as the clocks take it. */
export function clockEvent({ type, ...happening }: Happening): ClockEvent {
  return { ...happening, type: CLOCK_EVENT[type] };
}

/**
 * What an event, and what was decided on it, mean to the clocks and the state. `before`: the ticket as it was; `pending`:
 * it waits for the reporter from now on.
 */
export function happenings(
  event: ThreadEvent,
  facts: Facts,
  before: Ticket,
  decided: { plan: readonly Action[]; pending: boolean },
  now: number,
): Happening[] {
  const { pending, plan } = decided;
  const happened = eventHappenings(event, facts, before);
  if (plan.some(({ type }) => type === "reopen")) happened.push(at("reopened", now));
  // Late word of one turn tells that word of the next is on its way.
  const turned = [event, ...happened].some(({ type }) => TURNS.has(type));
  return [...(turned ? [] : unheard(before, facts)), ...happened, ...(pending ? [at("waiting", now)] : [])];
}

const TURNS = new Set<string>(["closed", "reopened", "answered", "unanswered"]);

function at(type: LifecycleEvent, moment: number): Happening {
  return { id: ownEventId(type, moment), at: moment, type };
}

/** Our own closing: it stops the clocks as it is decided; the state turns when it is done. */
export function closings(plan: readonly Action[], now: number): ClockEvent[] {
  // `/close` and `/undo` in one comment close and reopen.
  const last = plan.findLast(({ type }) => type === "close" || type === "reopen");
  return last?.type === "close" ? [clockEvent(at("closed", now))] : [];
}

/** How a happening that is our own doing is known on the clocks. */
export const ownEventId = (what: LifecycleEvent, at: number): string => `${what}:${at}`;

function eventHappenings(
  event: ThreadEvent,
  { thread, actor, commenters }: Facts,
  before: Ticket,
): Happening[] {
  const closed = thread.state === "closed";
  const moment = thread.updatedAt;
  switch (event.type) {
    case "commented":
      return heard(event.comment, before, actor.team);
    case "noticed":
      return event.comments.flatMap((comment) =>
        heard(comment, before, commenters.includes(comment.author?.login ?? "")),
      );
    case "reopened": {
      const byReporter = actor.person !== null && actor.person.login === before.author;
      // Who reopens their own ticket says that they still wait for us.
      const spoke = byReporter ? [at("reporter-spoke", moment)] : [];
      return closed ? [] : [at("reopened", moment), ...spoke];
    }
    case "closed":
      return closed ? [at("closed", moment)] : [];
    case "answered":
      return thread.answered ? [at("answered", moment)] : [];
    case "unanswered":
      return thread.answered ? [] : [at("unanswered", moment)];
    default:
      return [];
  }
}

/** Whose word a comment is, between the reporter and the team. A bot's is none, nor is one of nothing but commands. */
export function speaker(
  { author, body }: Comment,
  reporter: string | null,
  team: boolean,
): "reporter" | "team" | null {
  if (!author || author.bot) return null;
  if (author.login === reporter) return onlyCommands(body) && !complains(body) ? null : "reporter";
  return team && !onlyCommands(body) ? "team" : null;
}

const complains = (body: string) => parseCommands(body).some(({ name }) => name === "not-helpful");

function heard(comment: Comment, before: Ticket, team: boolean): Happening[] {
  const { nodeId, createdAt } = comment;
  const by = speaker(comment, before.author, team);
  if (by === null || before.heard.includes(nodeId)) return [];
  return [{ id: nodeId, at: createdAt, type: by === "reporter" ? "reporter-spoke" : "team-replied" }];
}

/** What must have happened unheard, as the thread and the clocks do not agree on whether it is over. */
function unheard({ service, status }: Ticket, { thread }: Facts): Happening[] {
  if (!service || status === "deleted" || status === "moved") return [];
  const over = thread.state === "closed" || thread.answered;
  if (readClocks(service.clocks).closed === over) return [];
  if (thread.state === "closed") return [at("closed", thread.updatedAt)];
  if (thread.answered) return [at("answered", thread.updatedAt)];
  return [at(status === "solved" ? "unanswered" : "reopened", thread.updatedAt)];
}
