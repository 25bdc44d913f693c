import type { BusinessTime, Calendar } from "./business-hours.ts";
import { countedTime, deadline, elapsed } from "./business-hours.ts";
import type { ClockName, Clocks, Ledger, Run } from "../ticket/clocks.ts";
import { CLOCKS } from "../ticket/clocks.ts";
import { readClocks } from "./clocks.ts";
import type { Priority } from "../ticket/priority.ts";

/** Promised spans of business time; null: no promise. */
export type SlaTargets = Record<ClockName, BusinessTime | null>;

/** What is promised to one ticket. A ticket has one policy at a time. */
export interface SlaPolicy {
  calendar: Calendar;
  /** In milliseconds of counted time; null: no promise. */
  targets: Record<ClockName, number | null>;
  /** When to warn: at a share of the target, or so many milliseconds of counted time before its end. */
  warn: { share: number } | { before: number };
  /** A breach that goes on is told again after each such span of counted time; null: told once. */
  repeat: number | null;
  because: string;
}

/** What a policy is chosen from. */
export interface SlaOffer {
  plan: { name: string; sla: SlaTargets | null } | null;
  level: Priority | null;
  byPriority: Partial<Record<Priority, SlaTargets>>;
  default: SlaTargets | null;
  calendar: Calendar;
  warn: SlaPolicy["warn"];
  repeat: number | null;
}

/**
 * The one policy of a ticket: for each clock the stricter of the plan's promise and the priority's, else the default.
 * null: nothing is promised.
 */
export function choosePolicy(offer: SlaOffer): SlaPolicy | null {
  const { plan, level, calendar, warn, repeat } = offer;
  const sources = [
    { name: `plan ${plan?.name}`, targets: plan?.sla },
    { name: `priority ${level}`, targets: level ? offer.byPriority[level] : null },
  ];
  const targets: SlaPolicy["targets"] = { firstResponse: null, nextResponse: null, resolution: null };
  const from = new Set<string>();
  for (const clock of CLOCKS) {
    const own = sources.filter(({ targets }) => targets?.[clock]);
    for (const { name, targets: promised } of own.length > 0
      ? own
      : [{ name: "default", targets: offer.default }]) {
      const span = promised?.[clock];
      if (!span) continue;
      targets[clock] = Math.min(targets[clock] ?? Number.POSITIVE_INFINITY, countedTime(calendar, span));
      from.add(name);
    }
  }
  return from.size > 0
    ? { calendar, targets, warn, repeat, because: `SLA of ${[...from].join(" and ")}` }
    : null;
}

/** How a clock stands at an instant. */
export interface ClockReading {
  clock: ClockName;
  /** 0 for the clocks that run once; the next response counts each time that we owe a reply. */
  cycle: number;
  running: boolean;
  /** Counted milliseconds that are spent, and the promise. */
  used: number;
  target: number;
  /** When the promise is broken if nothing happens; null while the clock stands still, or if it never is. */
  dueAt: number | null;
  met: boolean;
}

/** All clocks that a policy promises something of, with the past cycles of the next response. */
export function readSla(clocks: Clocks, policy: SlaPolicy, now: number): ClockReading[] {
  return promised(readClocks(clocks), policy).map(({ clock, cycle, runs, target }) => {
    const used = spent(runs, policy.calendar, now);
    const running = runs.at(-1)?.to === null;
    const dueAt = instantOf(runs, policy.calendar, target);
    return { clock, cycle, running, used, target, dueAt, met: used < target };
  });
}

/** The share of a running clock's target that is reached when: for ladders. null: never, or it stands still. */
export function shareReachedAt(
  clocks: Clocks,
  policy: SlaPolicy,
  clock: ClockName,
  share: number,
): number | null {
  const found = promised(readClocks(clocks), policy).findLast((one) => one.clock === clock);
  return found ? instantOf(found.runs, policy.calendar, Math.ceil(found.target * share)) : null;
}

/** Something to tell the team, once. */
export interface SlaNotice {
  clock: ClockName;
  cycle: number;
  stage: "warning" | "breach" | "repeated-breach";
  /** How often the breach was told before. */
  repetition: number;
  /** When the promise is or was broken. */
  dueAt: number | null;
}

/**
 * What is to be told now, the clocks that remember it as told, and when to look again (null: not before something
 * happens). A notice that another one overtook while nobody looked is left out; each is given once, and once more only
 * if an edited policy moved the deadline out and it is reached again.
 */
export function dueNotices(
  clocks: Clocks,
  policy: SlaPolicy,
  now: number,
): { clocks: Clocks; notices: SlaNotice[]; dueAt: number | null } {
  const notices: SlaNotice[] = [];
  const told = { ...clocks.told };
  let next: number | null = null;
  for (const { clock, cycle, runs, target } of running(readClocks(clocks), policy)) {
    const used = spent(runs, policy.calendar, now);
    const level = levelOf(used, target, policy);
    const known = told[clock]?.cycle === cycle ? (told[clock]?.level ?? 0) : 0;
    if (level > known)
      notices.push(notice(clock, cycle, level, known, instantOf(runs, policy.calendar, target)));
    if (level > 0 || known > 0) told[clock] = { cycle, level };
    const then = levelAt(level + 1, target, policy);
    const at = then === null ? null : instantOf(runs, policy.calendar, then);
    if (at !== null && (next === null || at < next)) next = at;
  }
  return { clocks: { ...clocks, told }, notices, dueAt: next };
}

interface Promised {
  clock: ClockName;
  cycle: number;
  runs: Run[];
  target: number;
}

function promised(ledger: Ledger, policy: SlaPolicy): Promised[] {
  return CLOCKS.flatMap((clock) => {
    const target = policy.targets[clock];
    if (target === null) return [];
    const cycles = clock === "nextResponse" ? ledger.nextResponse : [ledger[clock]];
    return cycles.map((runs, cycle) => ({ clock, cycle, runs, target }));
  });
}

function running(ledger: Ledger, policy: SlaPolicy): Promised[] {
  return promised(ledger, policy).filter(({ runs }) => runs.at(-1)?.to === null);
}

function spent(runs: Run[], calendar: Calendar, now: number): number {
  return runs.reduce((sum, { from, to }) => sum + elapsed(calendar, from, to ?? now), 0);
}

/** When a running clock has spent so much; the start of its last run if it had by then. null: it stands still. */
function instantOf(runs: Run[], calendar: Calendar, amount: number): number | null {
  const last = runs.at(-1);
  if (!last || last.to !== null) return null;
  return deadline(calendar, last.from, amount - spent(runs.slice(0, -1), calendar, last.from));
}

/** At which spent time a level is reached: 1 the warning, 2 the breach, 3 and on its repetitions. */
function levelAt(level: number, target: number, { warn, repeat }: SlaPolicy): number | null {
  if (level === 2) return target;
  if (level > 2) return repeat ? target + (level - 2) * repeat : null;
  const at = "share" in warn ? Math.ceil(target * warn.share) : target - warn.before;
  return Math.min(Math.max(at, 0), target);
}

function levelOf(used: number, target: number, policy: SlaPolicy): number {
  if (used >= target) return 2 + (policy.repeat ? Math.floor((used - target) / policy.repeat) : 0);
  return used >= (levelAt(1, target, policy) ?? target) ? 1 : 0;
}

function notice(
  clock: ClockName,
  cycle: number,
  level: number,
  known: number,
  dueAt: number | null,
): SlaNotice {
  if (level === 1) return { clock, cycle, stage: "warning", repetition: 0, dueAt };
  if (known < 2) return { clock, cycle, stage: "breach", repetition: 0, dueAt };
  return { clock, cycle, stage: "repeated-breach", repetition: level - 2, dueAt };
}
