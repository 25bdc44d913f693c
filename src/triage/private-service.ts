import { clockName } from "../messages/notice.ts";
import { type MirrorFacts, mirrorIssue } from "../messages/mirror.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action } from "../ticket/action.ts";
import type { ServiceState } from "../ticket/service.ts";
import { threadName } from "../ticket/thread.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts } from "./facts.ts";
import { policyFor } from "./policies.ts";
import { earliest, isServed, newService, rate, serviceOf, watchClocks } from "./serve.ts";
import { ladderWords, reasons, slaNotices } from "./service-notices.ts";
import { readSla } from "./sla.ts";

/**
 * The second decision on a ticket in a public repository, which knows what the public may not: whose plan it is, and what
 * that promises. All that follows from it is private: notices, and a mirror in the support repository. Nothing of it
 * touches the thread, its order or its time.
 */
export function servedPrivately(
  ticket: Ticket,
  facts: Facts,
  settings: Settings,
  now: number,
): { ticket: Ticket; actions: Action[] } {
  const before = ticket.privateService;
  // A private repository has no second decision.
  if (facts.thread.private || !isServed(ticket, facts))
    return before ? lapsed(ticket, facts, settings, now) : { ticket, actions: [] };
  if (!before) {
    const { plan, until } = serviceOf(ticket, facts, settings, "private", now);
    if (plan === null || plan === ticket.service?.plan) {
      // A plan may begin while the ticket is open.
      const next = until === null ? ticket : { ...ticket, wakeAt: earliest(ticket.wakeAt, until) };
      return { ticket: next, actions: [] };
    }
  }
  const rated = rate(ticket, before ?? begun(ticket), facts, settings, "private", now);
  const due = watchClocks(rated, settings, now);
  const over = ticket.status === "closed" || ticket.status === "solved";
  const state: ServiceState = { ...due.state, dueAt: over ? null : due.state.dueAt };
  const next: Ticket = { ...ticket, privateService: state };
  // Once nobody knows better than the public, the mirror is closed and the ticket goes on as everybody's.
  if (rated.plan === (ticket.service?.plan ?? null)) return lapsed(next, facts, settings, now);
  const told = { ticket: next, thread: facts.thread, due: { ...due, state }, private: true, now };
  const words = [...slaNotices(told), ...ladderWords(told, settings)];
  return {
    ticket: { ...next, wakeAt: earliest(ticket.wakeAt, state.dueAt) },
    actions: [
      // A call on the thread itself would be seen by everybody.
      ...words.filter(({ type }) => type === "notify"),
      ...mirrorActions(next, facts, settings, now, !over),
    ],
  };
}

/**
 * The second decision is over: nobody knows better than the public any more, or the thread was deleted, transferred, or is
 * in a private repository by now. What was shown of it must not stay open.
 */
function lapsed(
  ticket: Ticket,
  facts: Facts,
  settings: Settings,
  now: number,
): { ticket: Ticket; actions: Action[] } {
  const { privateService: _lapsed, ...rest } = ticket;
  return { ticket: rest, actions: mirrorActions(ticket, facts, settings, now, false) };
}

/** What happened is the same for all; what was told of it is told anew to those who know more. */
function begun({ service, createdAt }: Ticket): ServiceState {
  if (!service) return newService(createdAt);
  return { ...newService(createdAt), clocks: { ...service.clocks, told: {} } };
}

function mirrorActions(
  ticket: Ticket,
  { thread }: Facts,
  settings: Settings,
  now: number,
  open: boolean,
): Action[] {
  const { privateService: service } = ticket;
  if (settings.support.repository === null || !service) return [];
  const secret = ticket.triage?.kind === "security";
  const policy = policyFor(settings, service.plan, service.priority?.level ?? null);
  const readings = policy ? readSla(service.clocks, policy, now) : [];
  const newest = readings.filter(
    ({ clock, cycle }) => !readings.some((other) => other.clock === clock && other.cycle > cycle),
  );
  const facts: MirrorFacts = {
    key: ticket.key,
    name: threadName(thread),
    url: thread.url,
    title: secret ? "(a possible vulnerability: see the ticket)" : thread.title,
    reporter: ticket.author,
    plan: service.plan ?? "community",
    because: reasons(service, policy?.because ?? null),
    priority: service.priority?.level ?? null,
    state: ticket.status,
    deadlines: newest.map(({ clock, dueAt, met, running }) => ({
      clock: clockName({ language: "en" }, clock),
      dueAt: running ? dueAt : null,
      met,
    })),
  };
  return [{ type: "mirror", ...mirrorIssue(facts), open }];
}
