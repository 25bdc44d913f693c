import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { Lesson } from "../ticket/lesson.ts";
import { GHOST } from "../ticket/person.ts";
import type { Thread } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { newTicket } from "../ticket/ticket.ts";
import { kindLabels } from "./classify.ts";
import { hearComment, hearEdit, ownCommentDeleted } from "./conversation.ts";
import { correctLabels } from "./correction.ts";
import { settleCredit } from "./credits.ts";
import { followedBy } from "./followed-by.ts";
import { notice } from "./notice.ts";
import type { Facts } from "./facts.ts";
import { recorded } from "./history.ts";
import { inherit, union } from "./inherit.ts";
import { has } from "./labels.ts";
import { hasOtherText, triageThread } from "./triage.ts";
import { served, withBeginning } from "./service.ts";
import { servedPrivately } from "./private-service.ts";
import { surveyOf } from "./survey.ts";
import { choice, disappointment, isOurs, praise } from "./verdict.ts";
import { watched, withDue } from "./watch.ts";
import { withdraw } from "./withdraw.ts";

/** What the desk makes of an event: the ticket as it is afterwards, and what it wants done, as data. */
export interface Decision {
  ticket: Ticket;
  plan: Action[];
  lessons: Lesson[];
  because: string[];
}

/**
 * The single door: everything that the desk decides is decided here, from facts alone.
 * null: the thread is none of ours (it was opened before the desk was installed).
 */
export function decide(
  known: Ticket | null,
  event: ThreadEvent,
  facts: Facts,
  settings: Settings,
  now: number,
): Decision | null {
  // An `opened` event reaches only the desk that is installed: it counts even if clocks disagree.
  if (!known && event.type !== "opened" && facts.thread.createdAt < facts.since) return null;
  const before = follow(inherit(known ?? newTicket(facts.thread), event, facts), facts);
  const ticket = withBeginning(catchUp(before, event, facts, settings));
  const first = upToDate(answer(ticket, event, facts, settings, now), event, facts, settings, now);
  const decision = served(ticket, first, event, facts, settings, now);
  const hidden = servedPrivately(decision.ticket, facts, settings, now);
  const paid = settleCredit(hidden.ticket, now);
  const wanted = [...decision.plan, ...hidden.actions, ...paid.actions];
  const plan = permitted(paid.ticket, wanted, facts, settings);
  const after = withDue(watched(paid.ticket, event, facts, settings, plan, now), settings);
  return { ...decision, ticket: recorded(known, after, event, facts, decision.lessons, settings, now), plan };
}

/** Keeps the ticket's address and visibility current: repositories are renamed, made public, made private. */
function follow(ticket: Ticket, { thread }: Facts): Ticket {
  return {
    ...ticket,
    installationId: thread.installationId,
    repository: thread.repository,
    private: thread.private,
    nodeId: thread.nodeId,
    url: thread.url,
    assignees: thread.assignees,
    seenAt: Math.max(ticket.seenAt, thread.updatedAt),
    ...(ticket.private && !thread.private ? madePublic(ticket) : {}),
    author: authorNow(ticket, thread),
    // Whose it is was forgotten after long silence; now that there is life in it again, it is somebody's.
    ...(ticket.anonymous ? { anonymous: undefined } : {}),
  };
}

/** Logins change, and a reporter under a new name is still the reporter. Who was erased stays so. */
function authorNow({ author, anonymous }: Ticket, thread: Thread): string | null {
  if (author === GHOST || (author === null && !anonymous)) return author;
  return thread.author?.login ?? author;
}

/** A repository was made public: what only private places may know of a plan is forgotten before anybody can ask. */
function madePublic({ service, timeline }: Ticket): Partial<Ticket> {
  const unknown = { plan: null, because: [], until: null, priority: null, givenBecause: [] };
  const kept = timeline?.map((fact) => (fact.type === "sla" ? { ...fact, private: true as const } : fact));
  return { ...(service ? { service: { ...service, ...unknown } } : {}), ...(kept ? { timeline: kept } : {}) };
}

/**
 * What the thread itself shows of our labels, whatever the event: the one that tells of it may come later, or never.
 * One that we were putting on and that is there is ours though the answer was lost, unless a person chose; were it
 * somebody's, GitHub's event makes it theirs again. One of ours that is gone was taken off by somebody: that is final.
 */
function catchUp(ticket: Ticket, event: ThreadEvent, facts: Facts, settings: Settings): Ticket {
  if (event.type === "deleted" || event.type === "transferred") return ticket;
  const { thread, underWay, readByUs } = facts;
  const there = (label: string) => has(thread.labels, label);
  const applied = ticket.kindByPerson ? [] : underWay.adding.filter(there);
  const missing = ticket.ownLabels.filter((label) => !there(label) && !has(underWay.removing, label));
  // Labels that a transferred thread had in its former home are not missing here.
  const moved = event.type === "opened" && event.movedFrom !== null;
  const removed = readByUs && !moved ? missing : [];
  return {
    ...ticket,
    ownLabels: union(ticket.ownLabels, applied).filter((label) => !removed.includes(label)),
    vetoedLabels: union(ticket.vetoedLabels, removed),
    kindByPerson: ticket.kindByPerson || removed.some((label) => has(kindLabels(settings), label)),
  };
}

const only = (ticket: Ticket, ...because: string[]): Decision => ({ ticket, plan: [], lessons: [], because });

function answer(ticket: Ticket, event: ThreadEvent, facts: Facts, settings: Settings, now: number): Decision {
  switch (event.type) {
    case "opened":
    case "edited":
    case "recategorized":
      return triageThread(ticket, event, facts, settings, now);
    case "due":
      // A clock says nothing of what was read long ago.
      return ticket.triage ? only(ticket) : triageThread(ticket, event, facts, settings, now);
    case "reopened":
      // Late word of what has changed back since is no news; nor is that of closing or of an answer.
      if (facts.thread.state === "closed") return only(ticket);
      return reopened({ ...ticket, status: "open", closedByUs: false }, event, facts, settings, now);
    case "closed":
      if (facts.thread.state === "open") return only(ticket);
      return {
        ...only({ ...ticket, status: "closed" }, "closed"),
        plan: surveyOf(ticket, event, facts, settings, now),
        lessons: praise(ticket, facts, null, now),
      };
    case "deleted":
      return only({ ...ticket, status: "deleted" }, "deleted");
    case "transferred":
      return only({ ...ticket, status: "moved", movedTo: event.to?.key ?? null }, "transferred");
    case "labeled":
    case "unlabeled": {
      const corrected = { ...correctLabels(ticket, event, facts, settings, now), because: [] };
      return readIfUnread(corrected, event, facts, settings, now);
    }
    case "disliked":
      return withdraw(ticket, facts, settings, now);
    case "noticed":
      return notice(ticket, event, facts, settings, now);
    case "commented": {
      if (ticket.triage) return hearComment(ticket, event, facts, settings, now);
      // It overtook the delivery of its own thread: first things first, or a refusal of our help would end it.
      const first = triageThread(ticket, event, facts, settings, now);
      return followedBy(first, hearComment(first.ticket, event, facts, settings, now));
    }
    case "comment-deleted":
      return { ...ownCommentDeleted(ticket, event, facts, now), plan: [], because: [] };
    case "answered":
      if (!facts.thread.answered) return only(ticket);
      return {
        ...only({ ...ticket, status: "solved" }, "an answer was marked"),
        lessons: choice(ticket, event.answer, facts, now),
      };
    case "unanswered":
      if (facts.thread.answered) return only(ticket);
      return {
        ...only({ ...ticket, status: "open" }, "the answer was unmarked"),
        lessons: isOurs(ticket, event.answer) ? disappointment(ticket, facts, now) : [],
      };
    case "comment-edited":
      return hearEdit(ticket, event, facts, settings, now);
    case "assigned":
    case "unassigned":
    case "locked":
    case "unlocked":
      return readIfUnread(only(ticket), event, facts, settings, now);
  }
}

/** Events at which the ticket has been read anew. */
const READ: readonly ThreadEvent["type"][] = ["opened", "edited", "recategorized", "noticed", "due"];

/** Of an edit whose word was lost, what comes later tells: it shows another text than the one that was read. */
function upToDate(
  decision: Decision,
  event: ThreadEvent,
  facts: Facts,
  settings: Settings,
  now: number,
): Decision {
  const behind = !READ.includes(event.type) && hasOtherText(decision.ticket, facts.text);
  const read = behind
    ? followedBy(decision, triageThread(decision.ticket, event, facts, settings, now))
    : decision;
  const { triage } = read.ticket;
  return triage ? { ...read, ticket: { ...read.ticket, triage: { ...triage, text: facts.text } } } : read;
}

/** The word of its opening was overtaken, or lost: then this one alone tells that the ticket is there. */
function readIfUnread(
  decision: Decision,
  event: ThreadEvent,
  facts: Facts,
  settings: Settings,
  now: number,
): Decision {
  const { triage, dueAt } = decision.ticket;
  if (triage || dueAt !== null) return decision;
  return followedBy(decision, triageThread(decision.ticket, event, facts, settings, now));
}

/** Back again. What was closed before it could be read (within its quiet period, say) is read now. */
function reopened(
  ticket: Ticket,
  event: ThreadEvent,
  facts: Facts,
  settings: Settings,
  now: number,
): Decision {
  if (ticket.triage !== null)
    return { ...only(ticket, "reopened"), lessons: disappointment(ticket, facts, now) };
  return triageThread(ticket, event, facts, settings, now);
}

/** What may be done of a plan: by the settings' mode, and by the state of the thread. */
function permitted(ticket: Ticket, plan: Action[], { thread }: Facts, settings: Settings): Action[] {
  if (settings.mode === "observe" || thread.archived) return [];
  return plan.filter((action) => {
    if (!isPublic(action)) return true;
    // Who commands gets an answer also where the team wants us quiet.
    if (ticket.muted && action.type === "comment" && !action.slot.startsWith("reply:")) return false;
    const isLabel = action.type === "label" || action.type === "unlabel";
    // Nobody is spoken to by an assignment: a locked thread may still be somebody's work.
    if (thread.locked) return isLabel || action.type === "assign" || action.type === "unassign";
    return settings.mode === "reply" || isLabel;
  });
}

function isPublic({ type }: Action): boolean {
  return (
    type !== "tell-maintainers" &&
    type !== "notify" &&
    type !== "mirror" &&
    type !== "credit" &&
    type !== "report"
  );
}
