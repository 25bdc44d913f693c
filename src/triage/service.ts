import { hasName } from "../customers/plan.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { ClockEvent } from "../ticket/clocks.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { ServiceState } from "../ticket/service.ts";
import type { Person } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { advance } from "./clocks.ts";
import type { Decision } from "./decide.ts";
import type { Facts } from "./facts.ts";
import { type Given, give, takenOff } from "./give.ts";
import { clockEvent, closings, type Happening, happenings } from "./happenings.ts";
import { nextStatus } from "./lifecycle.ts";
import { followSilence, onReportersSilence, silenceDue } from "./patience.ts";
import { usesPriorities } from "./policies.ts";
import { audienceOf, type Due, earliest, isServed, newService, rate, watchClocks } from "./serve.ts";
import { labelsIn, serviceLabels, withLabelsTogether } from "./service-labels.ts";
import { restsBecause } from "./triage.ts";
import { ladderWords, reasons, slaNotices } from "./service-notices.ts";

/** A ticket with the state that every ticket has from now on. One from an older version begins with what its status tells. */
export function withBeginning(ticket: Ticket): Ticket {
  if (ticket.service) return ticket;
  const service = newService(ticket.createdAt);
  const answered = ticket.status === "open" || ticket.status === "on-hold" || ticket.status === "solved";
  if (!answered) return { ...ticket, service };
  const replied = { id: "before", at: ticket.createdAt, type: "team-replied" } as const;
  return { ...ticket, service: { ...service, clocks: advance(service.clocks, replied) } };
}

/**
 * The second half of a decision: what happened is put on the clocks, the ticket is rated, and promises, ladder,
 * assignment, labels and silence follow. `before`: the ticket as the first half got it.
 */
export function served(
  before: Ticket,
  first: Decision,
  event: ThreadEvent,
  facts: Facts,
  settings: Settings,
  now: number,
): Decision {
  // A clock that only we may know of must not move anything that the public sees, not even earlier than it would.
  if (event.type === "due" && before.triage !== null && !isDue(before, settings, now)) {
    return {
      ...first,
      ticket: { ...first.ticket, wakeAt: wakesNext(first.ticket, silenceDue(before, settings, now)) },
    };
  }
  const happened = happenings(
    event,
    facts,
    before,
    {
      plan: first.plan,
      pending: first.ticket.status === "pending" && before.status !== "pending",
    },
    now,
  );
  const heard = hear(before, first.ticket, happened, event, facts);
  if (!isServed(heard, facts))
    return { ...first, ticket: { ...heard, wakeAt: quietUntil(heard, facts, settings) } };
  const isRated = first.ticket.service?.priority !== before.service?.priority;
  return carryOn(heard, isRated, first, facts, settings, now);
}

function isDue(ticket: Ticket, settings: Settings, now: number): boolean {
  // One from an older version was not rated yet.
  if (!ticket.service?.priority) return true;
  const at = earliest(ticket.service.dueAt, silenceDue(ticket, settings, now));
  return at !== null && at <= now;
}

/** When something of what the public sees is due next. */
function wakesNext({ service }: Ticket, silence: number | null): number | null {
  return earliest(service?.dueAt, silence);
}

/** When the quiet period of a ticket that was not read yet is over; null: it needs no reading. */
function quietUntil(ticket: Ticket, facts: Facts, settings: Settings): number | null {
  if (ticket.triage !== null || restsBecause(ticket, facts) !== null) return null;
  return facts.thread.createdAt + settings.classification.quietPeriod;
}

function hear(
  before: Ticket,
  after: Ticket,
  happened: readonly Happening[],
  event: ThreadEvent,
  facts: Facts,
): Ticket {
  const status = happened.reduce((known, { type }) => nextStatus(known, type), after.status);
  const ticket = { ...after, status };
  const again = happened.some(({ type }) => type === "reopened") ? 1 : 0;
  return {
    ...withEvents(withHands(ticket, event, facts), happened.map(clockEvent)),
    silence: followSilence(ticket, happened),
    reopened: (before.reopened ?? 0) + again,
    others: othersAfter(before, event, facts),
  };
}

/** Who was taken off by a person is not given the ticket again. */
function withHands(ticket: Ticket, event: ThreadEvent, { actor }: Facts): Ticket {
  if (event.type !== "unassigned" || actor.person === null || !ticket.service) return ticket;
  return { ...ticket, service: takenOff(ticket.service, event.login) };
}

/** So many of those who spoke are remembered: more make a ticket no more pressing. */
const MOST_OTHERS = 100;

/** Neither the reporter, nor the team, nor bots. */
function othersAfter({ others = [], author }: Ticket, event: ThreadEvent, facts: Facts): string[] {
  const spoke = speakersOf(event, facts).flatMap((one) => (one && !one.bot ? one.login : []));
  const all = new Set([...others, ...spoke.filter((login) => login !== author)]);
  return all.size === others.length ? others : [...all].slice(0, MOST_OTHERS);
}

/** Who of those that are not on the team has a word in an event. */
function speakersOf(event: ThreadEvent, { actor, commenters }: Facts): (Person | null)[] {
  if (event.type === "commented") return actor.team ? [] : [actor.person];
  if (event.type !== "noticed") return [];
  return event.comments.flatMap(({ author }) =>
    author && commenters.includes(author.login) ? [] : [author],
  );
}

function carryOn(
  ticket: Ticket,
  isRated: boolean,
  first: Decision,
  facts: Facts,
  settings: Settings,
  now: number,
): Decision {
  const begun = ticket.service ?? newService(ticket.createdAt);
  const rated = isRated ? begun : rate(ticket, begun, facts, settings, audienceOf(facts), now);
  const due = watchClocks(rated, settings, now);
  const given = handed(ticket, due, first, facts, settings, now);
  const service = {
    ...given.state,
    dueAt: isOpen(ticket) ? earliest(due.state.dueAt, given.dueAt) : null,
  };
  const silent = onReportersSilence({ ...ticket, service }, facts, settings, now);
  const told = { ticket, thread: facts.thread, due: { ...due, state: service }, private: false, now };
  const plan: Action[] = [
    ...first.plan,
    ...serviceLabels(silent.ticket, due.steps, facts, settings),
    ...given.actions,
    ...slaNotices(told),
    ...ladderWords(told, settings),
    ...silent.actions,
  ];
  const why = usesPriorities(settings) && (first.plan.length > 0 || plan.length > 0);
  const wakeAt = wakesNext({ ...ticket, service }, silent.dueAt);
  return {
    ...first,
    ticket: { ...withEvents(silent.ticket, closings(plan, now)), wakeAt },
    plan: withLabelsTogether(plan),
    because: [...first.because, ...(why ? reasons(service, due.because) : [])],
  };
}

/** Whose the ticket is by now: the ladder's steps first, then the team's turns, absences and loads. */
function handed(
  ticket: Ticket,
  due: Due,
  first: Decision,
  facts: Facts,
  settings: Settings,
  now: number,
): Given {
  // Who was told by a command whose it is does not hear otherwise in the same breath.
  const ordered = first.plan.some(({ type }) => type === "assign" || type === "unassign");
  if (settings.mode !== "reply" || facts.thread.archived || !isOpen(ticket) || ordered) {
    return { state: due.state, actions: [], dueAt: null };
  }
  const higher = upwards(due, facts);
  // Labels that are on their way count as topics already.
  const labels = [...facts.thread.labels, ...labelsIn(first.plan)];
  const given = give(ticket, higher.state, { ...facts, thread: { ...facts.thread, labels } }, settings, now);
  return { ...given, actions: [...higher.actions, ...given.actions] };
}

/** Puts events on the clocks of all who look at the ticket. */
function withEvents(ticket: Ticket, events: readonly ClockEvent[]): Ticket {
  if (events.length === 0) return ticket;
  const { service, privateService } = ticket;
  const on = (state: ServiceState) => ({ ...state, clocks: events.reduce(advance, state.clocks) });
  return {
    ...ticket,
    ...(service ? { service: on(service) } : {}),
    ...(privateService ? { privateService: on(privateService) } : {}),
  };
}

function isOpen({ status }: Ticket): boolean {
  return status !== "solved" && status !== "closed";
}

/** The steps of the ladder that hand the ticket up: who has it already stays, and is joined. */
function upwards({ state, steps }: Due, { thread }: Facts): Pick<Due, "state"> & { actions: Action[] } {
  const called = steps.flatMap(({ action }) => (action.type === "assign" ? action.login : []));
  const logins = called.filter((login) => !hasName([...thread.assignees, ...state.given], login));
  if (logins.length === 0 || thread.kind === "discussion") return { state, actions: [] };
  const givenBecause = [...state.givenBecause, `handed up to ${logins.join(", ")}`];
  const given = [...state.given, ...logins];
  return { state: { ...state, given, givenBecause }, actions: [{ type: "assign", logins }] };
}
