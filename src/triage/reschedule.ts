import type { Audience } from "../customers/membership.ts";
import { chooseService } from "../customers/service.ts";
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
  const planFor = (audience: Audience) => planOf(ticket, audience, customer, settings, now);
  const changed =
    planFor(ticket.private ? "private" : "public") !== service.plan || levelChanges(service, settings);
  // What only the desk may know wakes the ticket, and moves no date that the public decision has.
  const { privateService } = ticket;
  const changedInside = planFor("private") !== (privateService ?? service).plan;
  const next = changed ? now : earliest(clocksDue(service, settings, now), handsDue(service, settings, now));
  const silent = silenceDue(ticket, settings, now);
  const { wakeAt, dueAt } = withDue(
    { ...ticket, wakeAt: earliest(next, changedInside ? now : privateService?.dueAt, silent) },
    settings,
  );
  return { service: { ...service, dueAt: next }, wakeAt: wakeAt ?? null, dueAt };
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

function planOf(
  { key, triage, language }: Ticket,
  audience: Audience,
  { requester, sources, credits }: CustomerFacts,
  settings: Settings,
  now: number,
): string | null {
  const served = { key, kind: triage?.kind ?? null, language };
  return chooseService(settings.plans, { requester, ticket: served, sources, credits, audience, now }).plan;
}
