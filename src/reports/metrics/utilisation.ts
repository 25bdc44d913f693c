import type { Fact } from "../../ticket/fact.ts";
import { pressing, weightOf } from "../../ticket/work.ts";
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
 * weighed then (P0 4, P1 2, P2 1, P3 0.5, as for the capacity), summed over the tickets) / (their capacity x the length
 * of the period). 1: as much work as they take, all the time; more than 1: too much. Of what happened before an older
 * version was replaced by one that writes changes of priorities down, the weight is that of the earliest priority that
 * is known. null where the capacity is 0. Only tickets of people whom the desk serves, only of people who agreed, and
 * never in public.
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
        const held = heldWork(course, load.login, period);
        load.held += held;
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

/** What the ticket's priority weighed at that moment. */
function weightAt({ facts, record }: Course, at: number): number {
  const turns = facts.filter((fact) => fact.type === "prioritised");
  const last = turns.findLast((turn) => turn.at <= at);
  if (last) return weightOf(last.to);
  const [next] = turns;
  return weightOf(next ? next.from : pressing(record));
}

/** For how long of the period the ticket was open and the person's, in milliseconds, each times its weight. */
function heldWork(course: Course, login: string, { since, until }: Period): number {
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
    if (assigned && isOpenAt(course, from + 1)) held += (to - from) * weightAt(course, from);
  }
  return held;
}

function isAbout(fact: Fact, login: string): boolean {
  const about = fact.type === "assigned" || fact.type === "unassigned";
  return about && fact.login.toLowerCase() === login.toLowerCase();
}
