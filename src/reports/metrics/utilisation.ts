import type { Fact } from "../../ticket/fact.ts";
import { WORKLOAD } from "../../ticket/work.ts";
import { type Course, isOpenAt } from "../course.ts";
import type { Period } from "../period.ts";
import type { Tally } from "../tally.ts";

/** A person of the team who agreed to be measured. */
export interface Measured {
  login: string;
  /** How much open work, weighted by priority, the person takes at most. */
  capacity: number;
}

/**
 * Resource utilisation of a person = (time for which open tickets were assigned to them, each times what its priority
 * weighs (`WORKLOAD`: P0 4, P1 2, P2 1, P3 0.5, as for the capacity), summed over the tickets) / (their capacity x the
 * length of the period). 1: as much work as they take, all the time; more than 1: too much. The weight is that of the
 * newest priority: what it was before nobody wrote down. null where the capacity is 0. Only tickets of people
 * whom the desk serves, only of people who agreed, and never in public.
 */
export interface Utilisation {
  login: string;
  /** Tickets that were theirs at some time of the period. */
  tickets: number;
  utilisation: number | null;
}

export function utilisation(period: Period, people: readonly Measured[]): Tally<Utilisation[]> {
  const loads = people.map((person) => ({ ...person, tickets: 0, held: 0 }));
  return {
    add(course) {
      if (!course.served) return;
      for (const load of loads) {
        const held = heldTime(course, load.login, period);
        load.held += held * weightOf(course);
        load.tickets += Number(held > 0);
      }
    },
    result: () =>
      loads.map(({ login, capacity, tickets, held }) => ({
        login,
        tickets,
        utilisation: capacity > 0 ? held / (capacity * (period.until - period.since)) : null,
      })),
  };
}

function weightOf({ record: { service, privateService } }: Course): number {
  return WORKLOAD[(privateService ?? service)?.priority?.level ?? "P2"];
}

/** For how long of the period the ticket was open and the person's, in milliseconds. */
function heldTime(course: Course, login: string, { since, until }: Period): number {
  const mine = course.facts.filter((fact) => isAbout(fact, login));
  if (mine.length === 0) return 0;
  const instants = [
    since,
    until,
    ...course.facts.map(({ at }) => at).filter((at) => at > since && at < until),
  ].sort((a, b) => a - b);
  let held = 0;
  for (let i = 1; i < instants.length; i++) {
    const [from, to] = [instants[i - 1] as number, instants[i] as number];
    const assigned = mine.findLast(({ at }) => at <= from)?.type === "assigned";
    if (assigned && isOpenAt(course, from + 1)) held += to - from;
  }
  return held;
}

function isAbout(fact: Fact, login: string): boolean {
  const about = fact.type === "assigned" || fact.type === "unassigned";
  return about && fact.login.toLowerCase() === login.toLowerCase();
}
