import type { Audience } from "../customers/membership.ts";
import { chooseService, type Service } from "../customers/service.ts";
import type { Settings } from "../settings/schema.ts";
import type { ServiceState } from "../ticket/service.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { CustomerFacts } from "./facts.ts";
import { handsDue } from "./give.ts";
import { silenceDue } from "./patience.ts";
import { levelOf } from "./priority.ts";
import { earliest, watchClocks } from "./serve.ts";
import { withDue } from "./watch.ts";

/**
 * A ticket's next deadline under changed settings or plans, from what is stored of it. Where the plan or the promise is
 * another one now, or something is due, it is decided anew at once, with all that this needs; else only the date moves.
 */
export function reschedule(
  ticket: Ticket,
  customer: CustomerFacts,
  settings: Settings,
  now: number,
): Pick<Ticket, "service" | "wakeAt" | "dueAt"> {
  const { service } = ticket;
  if (!service || ticket.triage === null) return ticket;
  const audience = ticket.private ? "private" : "public";
  const { plan, ...found } = chosen(ticket, customer, settings, audience, now);
  // What plan a kind by a person's label has is known only where the thread is read: what was to be looked at stays so.
  const until = ticket.kindByPerson ? earliest(found.until, service.until) : found.until;
  const changed = plan !== service.plan || levelChanges(service, settings);
  const state = { ...service, until };
  const next = changed ? now : earliest(clocksDue(state, settings, now), handsDue(state, settings, now));
  const silent = silenceDue(ticket, settings, now);
  const { wakeAt, dueAt } = withDue(
    {
      ...ticket,
      wakeAt: earliest(
        next,
        privatelyDue(ticket, customer, settings, now),
        silent,
        ticket.kindByPerson ? ticket.wakeAt : null,
      ),
    },
    settings,
  );
  return { service: { ...state, dueAt: next }, wakeAt: wakeAt ?? null, dueAt };
}

/** When the second decision is due, which knows who pays in private: at once, where somebody's plan begins or ends. */
function privatelyDue(
  ticket: Ticket,
  customer: CustomerFacts,
  settings: Settings,
  now: number,
): number | null {
  const { service, privateService } = ticket;
  if (ticket.private) return null;
  const known = (privateService ?? service)?.plan ?? null;
  const { plan, until } = chosen(ticket, customer, settings, "private", now);
  if (plan !== known) return now;
  return privateService ? clocksDue({ ...privateService, until }, settings, now) : until;
}

function clocksDue(service: ServiceState, settings: Settings, now: number): number | null {
  const { state, notices, steps } = watchClocks(service, settings, now);
  return notices.length + steps.length > 0 ? now : state.dueAt;
}

/** The thresholds may have moved: a level that a person chose stays. */
function levelChanges({ priority, priorityByPerson }: ServiceState, settings: Settings): boolean {
  if (!priority || priorityByPerson || priority.chosen) return false;
  return levelOf(priority.value, settings.priority.thresholds) !== priority.level;
}

/** Under which plan the ticket is served by what is known now, and when that is to be asked again. */
function chosen(
  { key, triage, language }: Ticket,
  { requester, sources, credits }: CustomerFacts,
  settings: Settings,
  audience: Audience,
  now: number,
): Pick<Service, "plan" | "until"> {
  const served = { key, kind: triage?.kind ?? null, language };
  return chooseService(settings.plans, { requester, ticket: served, sources, credits, audience, now });
}
