import { hasName } from "../customers/plan.ts";
import type { CommandReply, ShownClock } from "../messages/command-reply.ts";
import { escalationCall } from "../messages/notice.ts";
import { periodOf } from "../reports/schedule.ts";
import type { Action, CommentSlot } from "../ticket/action.ts";
import type { ClockEvent, Ledger } from "../ticket/clocks.ts";
import type { ServiceState } from "../ticket/service.ts";
import { threadName } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { advance, readClocks } from "./clocks.ts";
import { LABELS } from "../messages/label.ts";
import { ownEventId } from "./happenings.ts";
import { has } from "./labels.ts";
import { nextStatus } from "./lifecycle.ts";
import { type Obeyed, obeyed, type Order, refused } from "./obeyed.ts";
import { policyFor } from "./policies.ts";
import { newService } from "./serve.ts";
import { type ClockReading, readSla } from "./sla.ts";
import { takenOff } from "./give.ts";
import { voiceOf } from "./reply.ts";

/** Gives the ticket to people; `me` is who says so. */
export function assign(order: Order, logins: readonly string[]): Obeyed {
  const { facts, by } = order;
  if (facts.thread.kind === "discussion") return refused({ type: "cannot", reason: "commandNoAssignees" });
  const people = named(logins, by).filter((login) => !hasName(facts.thread.assignees, login));
  return obeyed(order, {
    plan: people.length > 0 ? [{ type: "assign", logins: people }] : [],
    because: `/assign by ${by}`,
    undo: people.length > 0 ? { actions: [{ type: "unassign", logins: people }] } : null,
  });
}

/** Takes people off, or who says so: none of them gets the ticket back from us. */
export function unassign(order: Order, logins: readonly string[]): Obeyed {
  const { ticket, facts, by } = order;
  if (facts.thread.kind === "discussion") return refused({ type: "cannot", reason: "commandNoAssignees" });
  const people = named(logins.length > 0 ? logins : ["me"], by);
  const there = people.filter((login) => hasName(facts.thread.assignees, login));
  const state = ticket.service ?? newService(ticket.createdAt);
  return obeyed(order, {
    ticket: { ...ticket, service: people.reduce(takenOff, state) },
    plan: there.length > 0 ? [{ type: "unassign", logins: there }] : [],
    because: `/unassign by ${by}`,
    undo: {
      refused: state.refused,
      actions: there.length > 0 ? [{ type: "assign", logins: there }] : [],
    },
  });
}

const named = (logins: readonly string[], by: string) => [
  ...new Set(logins.map((login) => (login.toLowerCase() === "me" ? by : login))),
];

/** We wait for the reporter from now on: the clocks hear of it as of any other turn of the state. */
export function waiting(order: Order): Obeyed {
  const { ticket, by, now } = order;
  return obeyed(order, {
    ticket: { ...ticket, status: nextStatus(ticket.status, "waiting") },
    because: `/waiting by ${by}`,
    undo: { fields: { status: ticket.status }, clockEvent: ownEventId("waiting", now) },
  });
}

/** Holds the clocks, lets them go, or shows how they stand. */
export function sla(order: Order, what: "pause" | "resume" | "show"): Obeyed {
  if (what === "show") return show(order);
  const { ticket, comment, by } = order;
  const type = what === "pause" ? "held" : "released";
  // An edited comment may hold them more than once.
  const id = `${type}:${comment.nodeId}:${comment.createdAt}`;
  return obeyed(order, {
    ticket: withEvent(
      { ...ticket, status: nextStatus(ticket.status, type) },
      { id, at: comment.createdAt, type },
    ),
    because: `/sla ${what} by ${by}`,
    undo: { fields: { status: ticket.status }, clockEvent: id },
  });
}

function show(order: Order): Obeyed {
  const { ticket, settings, now, by } = order;
  const { service } = ticket;
  // The public service, wherever it is asked for: what only we know is shown on the private mirror.
  const policy = service ? policyFor(settings, service.plan, service.priority?.level ?? null) : null;
  if (!service || !policy) return refused({ type: "cannot", reason: "commandNoDeadlines" });
  const readings = readSla(service.clocks, policy, now);
  const newest = readings.filter(
    ({ clock, cycle }) => !readings.some((other) => other.clock === clock && other.cycle > cycle),
  );
  const reply: CommandReply = {
    type: "deadlines",
    clocks: newest.map((reading) => ({
      clock: reading.clock,
      state: stateOf(reading, readClocks(service.clocks)),
      dueIn: reading.dueAt === null ? null : reading.dueAt - now,
      dueAt: reading.dueAt,
    })),
  };
  return obeyed(order, { because: `/sla show by ${by}`, reply });
}

/** A clock that stands still has done its work, or is held until the ticket goes on. */
function stateOf(
  { clock, running, met }: ClockReading,
  { answered, owed, closed, held }: Ledger,
): ShownClock["state"] {
  if (running) return "running";
  const done = closed || (clock === "firstResponse" && answered) || (clock === "nextResponse" && !owed);
  if (done || !met) return met ? "kept" : "missed";
  return held || clock === "resolution" ? "paused" : "kept";
}

/** All rungs of the ladder at once, and the reason to those who are told in private. */
export function escalate(order: Order, reason: string | null): Obeyed {
  const { ticket, comment, facts, settings, by, now } = order;
  const { thread } = facts;
  const plan = ticket.service?.plan ?? null;
  const rungs = settings.escalation.filter(
    ({ plans }) => plans.length === 0 || (plan !== null && plans.includes(plan)),
  );
  const wants = (action: (typeof rungs)[number]["actions"][number]) =>
    rungs.filter(({ actions }) => actions.includes(action));
  const labels = new Set(wants("label").flatMap(({ label }) => label ?? []));
  const people = new Set(wants("assign").flatMap(({ assign }) => assign ?? []));
  const newLabels = [...labels].filter((label) => !has(thread.labels, label));
  const isIssue = thread.kind === "issue";
  const newPeople = [...people].filter((login) => isIssue && !hasName(thread.assignees, login));
  const called = [...new Set(wants("mention").flatMap(({ mention }) => mention ?? []))];
  const slot: CommentSlot = `sla:escalated-${comment.nodeId}`;
  const wishes = newLabels.map((name) => ({ name, ...LABELS.escalated, yieldsTo: [] }));
  const actions: Action[] = [
    ...when(wishes.length > 0, { type: "label", slot: "command:escalate", labels: wishes }),
    ...when(newPeople.length > 0, { type: "assign", logins: newPeople }),
    ...when(called.length > 0, {
      type: "comment",
      slot,
      body: escalationCall(voiceOf(ticket, settings), slot, called, by),
    }),
    {
      type: "notify",
      slot: `escalated:${comment.nodeId}`,
      notice: {
        kind: "escalation",
        title: `${threadName(thread)} was escalated by ${by}`,
        text: [reason, ...(ticket.service?.priority?.because ?? [])].filter(Boolean).join("\n"),
        url: thread.url,
        ticket: ticket.key,
        private: thread.private,
        channels: null,
        at: now,
      },
    },
  ];
  return obeyed(order, {
    plan: actions,
    because: `/escalate by ${by}`,
    undo: {
      actions: [
        ...newLabels.map((label): Action => ({ type: "unlabel", label })),
        ...when(newPeople.length > 0, { type: "unassign", logins: newPeople }),
      ],
    },
  });
}

const when = (wanted: boolean, action: Action): Action[] => (wanted ? [action] : []);

function withEvent(ticket: Ticket, event: ClockEvent): Ticket {
  const hear = (state: ServiceState): ServiceState => ({ ...state, clocks: advance(state.clocks, event) });
  return {
    ...ticket,
    service: hear(ticket.service ?? newService(ticket.createdAt)),
    ...(ticket.privateService ? { privateService: hear(ticket.privateService) } : {}),
  };
}

/** Asks for the report of the running period at once, where reports are written and nobody deleted it. */
export function report(order: Order): Obeyed {
  const { schedule } = order.settings.reports;
  if (schedule === "never") return refused(null);
  if (periodOf(schedule, order.now).since === order.facts.deletedReport) return refused(null);
  return obeyed(order, { plan: [{ type: "report" }], because: `/report by ${order.by}` });
}
