import type { ClockName, Clocks } from "../ticket/clocks.ts";
import type { Climbed } from "../ticket/service.ts";
import type { SlaPolicy } from "./sla.ts";
import { readSla, shareReachedAt } from "./sla.ts";

/** A step of the ladder, as the settings have it. */
export interface Rung {
  /** Share of the promised time. */
  at: number;
  /** Names of plans; none: for all tickets. */
  plans: readonly string[];
  actions: readonly ("mention" | "label" | "assign" | "slack" | "email" | "webhook")[];
  mention: string | null;
  label: string | null;
  assign: string | null;
}

/** What is to be done for a ticket that nobody answers. */
export type EscalationAction =
  | { type: "label"; label: string }
  /** The first of this rung or those above who is there. */
  | { type: "assign"; login: string }
  | { type: "mention"; who: string }
  | { type: "slack" | "email" | "webhook" };

export interface EscalationStep {
  /** Clock, cycle, share and action: the same wish has the same key. */
  key: string;
  clock: ClockName;
  at: number;
  action: EscalationAction;
  /** When the promise is or was broken. */
  dueAt: number | null;
}

export interface Ladder {
  rungs: readonly Rung[];
  isPresent: (login: string) => boolean;
}

export interface Escalating {
  plan: string | null;
  clocks: Clocks;
  policy: SlaPolicy;
  climbed: Climbed;
}

/**
 * The steps that are due, each once a cycle of its clock, and when to look again. Rungs that were passed while nobody
 * looked are climbed together: people are then told once, by the highest of them.
 */
export function climb(
  ticket: Escalating,
  ladder: Ladder,
  now: number,
): { steps: EscalationStep[]; climbed: Climbed; dueAt: number | null } {
  const rungs = ladder.rungs
    .filter(({ plans }) => plans.length === 0 || (ticket.plan !== null && plans.includes(ticket.plan)))
    .toSorted((a, b) => a.at - b.at);
  const climbed = { ...ticket.climbed };
  const steps: EscalationStep[] = [];
  const next: number[] = [];
  for (const { clock, cycle, used, target, dueAt } of readSla(ticket.clocks, ticket.policy, now).filter(
    (one) => one.running,
  )) {
    const known = climbed[clock]?.cycle === cycle ? (climbed[clock]?.at ?? 0) : 0;
    const reached = rungs.filter(({ at }) => used >= Math.ceil(target * at));
    const fresh = reached.filter(({ at }) => at > known);
    const highest = fresh.at(-1);
    if (highest) climbed[clock] = { cycle, at: highest.at };
    const actions = fresh.flatMap((rung) =>
      actionsOf(rung, rungs, ladder).map((action) => ({ at: rung.at, action })),
    );
    for (const { at, action } of withoutFlood(actions)) {
      steps.push({ key: `${clock}/${cycle}/${at}/${action.type}`, clock, at, action, dueAt });
    }
    const above = rungs.find(({ at }) => at > known && used < Math.ceil(target * at));
    const at = above ? shareReachedAt(ticket.clocks, ticket.policy, clock, above.at) : null;
    if (at !== null) next.push(at);
  }
  return { steps, climbed, dueAt: next.length > 0 ? Math.min(...next) : null };
}

/** What a rung does, as far as it says with what. Where its assignee is away, the next higher one takes over. */
function actionsOf(rung: Rung, rungs: readonly Rung[], { isPresent }: Ladder): EscalationAction[] {
  const upwards = rungs.slice(rungs.indexOf(rung)).flatMap(({ assign }) => assign ?? []);
  const login = rung.assign === null ? undefined : upwards.find(isPresent);
  return rung.actions.flatMap((type) => actionOf(type, rung, login) ?? []);
}

function actionOf(
  type: Rung["actions"][number],
  { label, mention }: Rung,
  login: string | undefined,
): EscalationAction | null {
  switch (type) {
    case "label":
      return label === null ? null : { type, label };
    case "mention":
      return mention === null ? null : { type, who: mention };
    case "assign":
      return login === undefined ? null : { type, login };
    case "slack":
    case "email":
    case "webhook":
      return { type };
  }
}

/** Labels add up; of everything else the last one counts. */
function withoutFlood<T extends { action: EscalationAction }>(actions: T[]): T[] {
  return actions.filter(
    ({ action }, i) =>
      action.type === "label" || !actions.slice(i + 1).some((later) => later.action.type === action.type),
  );
}

/** How many messages a channel may get in a time before they are gathered. */
export interface FloodRule {
  limit: number;
  /** Milliseconds. */
  window: number;
}

/**
 * The messages to send into a channel now, each a list of notices, and when to look again if some must wait. Few go one
 * by one; more than the channel takes go together as a digest.
 */
export function gatherNotices<T>(
  waiting: readonly T[],
  sentAt: readonly number[],
  rule: FloodRule,
  now: number,
): { messages: T[][]; lookAgainAt: number | null } {
  const recent = sentAt.filter((at) => at > now - rule.window);
  const free = rule.limit - recent.length;
  if (waiting.length === 0) return { messages: [], lookAgainAt: null };
  if (free <= 0) return { messages: [], lookAgainAt: Math.min(...recent) + rule.window };
  if (waiting.length <= free) return { messages: waiting.map((notice) => [notice]), lookAgainAt: null };
  return { messages: [[...waiting]], lookAgainAt: null };
}
