import type { Audience } from "../customers/membership.ts";
import { chooseService, type Service } from "../customers/service.ts";
import type { Kind } from "../learning/kind.ts";
import { parseDocument } from "../learning/document.ts";
import type { Settings } from "../settings/schema.ts";
import type { Priority } from "../ticket/priority.ts";
import { PRIORITIES } from "../ticket/priority.ts";
import type { ServiceState, StoredPriority } from "../ticket/service.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { kindByLabels } from "./classify.ts";
import { readClocks, startClocks } from "./clocks.ts";
import type { EscalationStep } from "./escalation.ts";
import { climb } from "./escalation.ts";
import type { Facts } from "./facts.ts";
import { has } from "./labels.ts";
import { policyFor, priorityLabels, shifts } from "./policies.ts";
import { ratePriority } from "./priority.ts";
import { presence } from "./rota.ts";
import type { SlaNotice } from "./sla.ts";
import { dueNotices } from "./sla.ts";

/** Who may know what the decision on the thread itself shows. */
export function audienceOf({ thread }: Pick<Facts, "thread">): Audience {
  return thread.private ? "private" : "public";
}

/** How a ticket begins to be served. */
export function newService(createdAt: number): ServiceState {
  return {
    plan: null,
    because: [],
    until: null,
    priority: null,
    priorityByPerson: false,
    clocks: startClocks(createdAt),
    climbed: {},
    given: [],
    refused: [],
    givenBecause: [],
    dueAt: null,
  };
}

/**
 * Chooses the plan and rates the priority, as an audience may know it. What the public sees of a private customer is
 * what it would see of anybody.
 */
export function rate(
  ticket: Ticket,
  state: ServiceState,
  facts: Facts,
  settings: Settings,
  audience: Audience,
  now: number,
): ServiceState {
  const { plan, because, until, weight } = serviceOf(ticket, facts, settings, audience, now);
  return {
    ...state,
    plan,
    because,
    until,
    ...priorityOf(ticket, { ...state, plan }, facts, settings, weight, now),
  };
}

/** What serves the ticket as it is now, as an audience may know it. */
export function serviceOf(
  ticket: Ticket,
  facts: Facts,
  settings: Settings,
  audience: Audience,
  now: number,
): Service {
  const { requester, sources, credits } = facts.customer;
  const { key, language } = ticket;
  const served = { key, kind: kindOf(ticket, facts, settings), language };
  return chooseService(settings.plans, { requester, ticket: served, sources, credits, audience, now });
}

/** The team's own tickets and those of bots are nobody's to wait for. */
export function isServed({ status, triage }: Ticket, { thread, authorOnTeam }: Facts): boolean {
  if (thread.author?.bot || authorOnTeam) return false;
  return triage !== null && status !== "deleted" && status !== "moved";
}

/** The kind that a person chose by its label, else ours. */
function kindOf({ triage, ownLabels }: Ticket, { thread }: Facts, settings: Settings): Kind | null {
  const foreign = thread.labels.filter((label) => !has(ownLabels, label));
  return kindByLabels(foreign, settings)?.kind ?? triage?.kind ?? null;
}

function priorityOf(
  ticket: Ticket,
  state: ServiceState,
  facts: Facts,
  settings: Settings,
  weight: number,
  now: number,
): Pick<ServiceState, "priority" | "priorityByPerson"> {
  const chosen = chosenPriority(ticket, facts, settings);
  if (chosen) {
    const because = [`${chosen.level}: the label ${JSON.stringify(chosen.label)}, which a person set`];
    return {
      priority: { level: chosen.level, value: 0, weight, because, chosen: true },
      priorityByPerson: false,
    };
  }
  if (state.priorityByPerson) return { priority: state.priority, priorityByPerson: true };
  return { priority: rated(ticket, state, facts, settings, weight, now), priorityByPerson: false };
}

/** The priority whose label is there and is not ours: somebody's choice, the most pressing where there are several. */
function chosenPriority(
  ticket: Ticket,
  { thread, underWay }: Facts,
  settings: Settings,
): { level: Priority; label: string } | null {
  const names = priorityLabels(settings);
  for (const [place, level] of PRIORITIES.entries()) {
    const label = names[place];
    if (!label || !has(thread.labels, label)) continue;
    if (!has(ticket.ownLabels, label) && !has(underWay.adding, label)) return { level, label };
  }
  return null;
}

function rated(
  ticket: Ticket,
  state: ServiceState,
  facts: Facts,
  settings: Settings,
  weight: number,
  now: number,
): StoredPriority {
  const { thread, forms } = facts;
  // GitHub puts a form's labels on: they say what the form is for, not what the team thinks.
  const notTheTeams = [...ticket.ownLabels, ...forms.flatMap(({ labels }) => labels)];
  const repeated = ticket.suggestions?.duplicates.filter(({ byReporter }) => byReporter).length ?? 0;
  const { level, value, because } = ratePriority(
    {
      document: parseDocument(thread.title, thread.body),
      language: ticket.language,
      kind: kindOf(ticket, facts, settings),
      teamLabels: thread.labels.filter((label) => !has(notTheTeams, label)),
      others: Math.max(ticket.others?.length ?? 0, thread.upvotes ?? 0),
      history: { reopened: ticket.reopened ?? 0, repeated, waitingSince: waitingSince(state) },
      weight,
      now,
    },
    settings.priority,
  );
  return { level, value, weight, because };
}

/** Since when the reporter waits for a word of the team; null: they do not. */
function waitingSince({ clocks }: ServiceState): number | null {
  const { answered, owed, waiting, closed, firstResponse, nextResponse } = readClocks(clocks);
  if (closed || waiting) return null;
  if (!answered) return firstResponse[0]?.from ?? null;
  return owed ? (nextResponse.at(-1)?.[0]?.from ?? null) : null;
}

/** What promises and ladder ask for now. */
export interface Due {
  state: ServiceState;
  notices: SlaNotice[];
  steps: EscalationStep[];
  /** Which promise is in force, in words; null: none. */
  because: string | null;
}

/** Reads a rated service's clocks: what is to be told and done now, each once, and when to look again. */
export function watchClocks(state: ServiceState, settings: Settings, now: number): Due {
  const level = state.priority?.level ?? null;
  const policy = policyFor(settings, state.plan, level);
  if (!policy) return { state: { ...state, dueAt: state.until }, notices: [], steps: [], because: null };
  const { clocks, notices, dueAt } = dueNotices(state.clocks, policy, now);
  const people = shifts(settings);
  const ladder = climb(
    { plan: state.plan, clocks, policy, climbed: state.climbed },
    {
      rungs: settings.escalation,
      isPresent: (login) => {
        const shift = people.find(({ person }) => person.login.toLowerCase() === login.toLowerCase());
        return shift === undefined || presence(shift, now).state !== "away";
      },
    },
    now,
  );
  const { steps, climbed } = ladder;
  const next = earliest(dueAt, ladder.dueAt, state.until);
  return { state: { ...state, clocks, climbed, dueAt: next }, notices, steps, because: policy.because };
}

/** The earliest of some moments; null: none of them is known. */
export function earliest(...moments: (number | null | undefined)[]): number | null {
  const known = moments.filter((at) => at !== null && at !== undefined);
  return known.length > 0 ? Math.min(...known) : null;
}
