import type { Action } from "../ticket/action.ts";
import type { ClockEvent, Clocks } from "../ticket/clocks.ts";
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
  const told = eventHappenings(event, facts, before);
  const id = (what: string, at: number) => ({ id: `${what}:${at}`, at });
  const ours = plan.flatMap((action): Happening[] => {
    if (action.type === "close") return [{ ...id("closed", now), type: "closed" }];
    return action.type === "reopen" ? [{ ...id("reopened", now), type: "reopened" }] : [];
  });
  const waiting: Happening[] = pending ? [{ ...id("waiting", now), type: "waiting" }] : [];
  return [...told, ...ours, ...waiting];
}

function eventHappenings(
  event: ThreadEvent,
  { thread, actor, commenters }: Facts,
  before: Ticket,
): Happening[] {
  const at = thread.updatedAt;
  switch (event.type) {
    case "commented":
      return heard(event.comment, before, actor.team);
    case "noticed":
      return event.comments.flatMap((comment) =>
        heard(comment, before, commenters.includes(comment.author?.login ?? "")),
      );
    case "reopened": {
      if (thread.state === "closed") return [];
      const reopened: Happening = { id: `reopened:${at}`, at, type: "reopened" };
      const byReporter = actor.person !== null && actor.person.login === before.author;
      // Who reopens their own ticket says that they still wait for us.
      return byReporter ? [reopened, { id: `spoke:${at}`, at, type: "reporter-spoke" }] : [reopened];
    }
    case "closed":
      return thread.state === "open" ? [] : [{ id: `closed:${at}`, at, type: "closed" }];
    case "answered":
      return thread.answered ? [{ id: `answered:${at}`, at, type: "answered" }] : [];
    case "unanswered":
      return thread.answered ? [] : [{ id: `unanswered:${at}`, at, type: "unanswered" }];
    default:
      return [];
  }
}

/** A bot's word is no reply, nor is a comment that holds nothing but commands. */
function heard({ nodeId, author, body, createdAt }: Comment, before: Ticket, team: boolean): Happening[] {
  if (!author || author.bot || before.heard.includes(nodeId)) return [];
  const mute = onlyCommands(body) && !parseCommands(body).some(({ name }) => name === "not-helpful");
  if (mute) return [];
  if (author.login === before.author) return [{ id: nodeId, at: createdAt, type: "reporter-spoke" }];
  return team ? [{ id: nodeId, at: createdAt, type: "team-replied" }] : [];
}

/** What must have happened unheard, as the thread and the clocks do not agree on whether it is closed. */
export function unheard(clocks: Clocks, { thread }: Facts): ClockEvent[] {
  const { closed } = readClocks(clocks);
  const over = thread.state === "closed" || thread.answered;
  if (closed === over) return [];
  const at = thread.updatedAt;
  return [{ id: `found:${at}`, at, type: over ? "closed" : "reopened" }];
}
