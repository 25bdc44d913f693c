import type { Priority } from "../ticket/priority.ts";
import { WORKLOAD } from "../ticket/work.ts";
import type { Presence, Shift } from "./rota.ts";
import { presence } from "./rota.ts";

export type Strategy = "skills" | "least-loaded" | "round-robin" | "fastest";

/** A person of the team as the choice sees them. */
export interface Candidate {
  shift: Shift;
  /** Open work, weighted by priority. */
  load: number;
  /** Median time to first responses, in milliseconds; null: too few to tell. */
  responseTime: number | null;
  /** When a ticket was last given to them, milliseconds since 1970; null: never. */
  assignedAt: number | null;
}

/** A ticket as the choice sees it. */
export interface Work {
  level: Priority;
  /** Its kind, labels, language, and the paths that it names. */
  topics: readonly string[];
  /** Whom a person chose, or took it themselves. */
  assignees: readonly string[];
  /** Whom a person took off it: not given to them again. */
  refused: readonly string[];
}

export interface Assignment {
  /** null: nobody. */
  login: string | null;
  because: string[];
}

interface Available extends Candidate {
  presence: Exclude<Presence, { state: "away" }>;
  knows: string[];
  /** It would be more than the person takes. */
  over: boolean;
}

/**
 * Who gets a ticket. A person's own choice stands. Nobody who is away gets any, nobody gets more than they take, except
 * for P0, which goes to somebody at work, or else to who is at work first. When the strategy cannot tell people apart,
 * it is the turn of who waited longest for one.
 */
export function assign(
  work: Work,
  candidates: readonly Candidate[],
  strategy: Strategy,
  now: number,
): Assignment {
  if (work.assignees.length > 0)
    return { login: null, because: [`a person chose ${work.assignees.join(", ")}`] };
  const left: string[] = [];
  const available = candidates.flatMap((candidate) => {
    const judged = judge(candidate, work, now);
    if (typeof judged !== "string") return [judged];
    left.push(`${candidate.shift.person.login} ${judged}`);
    return [];
  });
  const pool = work.level === "P0" ? atWorkFirst(available) : available;
  const { order, because } = ranking(pool, strategy);
  const chosen = [...pool].sort(order)[0];
  const leftOut = left.length > 0 ? [`left out: ${left.join("; ")}`] : [];
  if (!chosen) return { login: null, because: ["nobody is free", ...leftOut] };
  return { login: chosen.shift.person.login, because: [because(chosen), state(chosen), ...leftOut] };
}

/** A candidate who can take the work, or why not. */
function judge(candidate: Candidate, work: Work, now: number): Available | string {
  const { person } = candidate.shift;
  if (work.refused.some((login) => same(login, person.login))) return "was taken off it";
  if (person.capacity === 0) return "takes no work";
  const over = candidate.load + WORKLOAD[work.level] > person.capacity;
  if (over && work.level !== "P0") return `has enough (${candidate.load} of ${person.capacity})`;
  const seen = presence(candidate.shift, now);
  if (seen.state === "away") return seen.last ? `is away until ${seen.last}` : "has no working hours";
  return { ...candidate, presence: seen, over, knows: known(person.skills, work.topics) };
}

/** The topics that skills cover. A skill with a slash is a path: all below it. */
function known(skills: readonly string[], topics: readonly string[]): string[] {
  return topics.filter((topic) =>
    skills.some((skill) =>
      skill.includes("/") ? within(topic.toLowerCase(), skill.toLowerCase()) : same(skill, topic),
    ),
  );
}

function within(path: string, skill: string): boolean {
  const folder = skill.replace(/\/(?:\*{1,2})?$/, "");
  return path === folder || path.startsWith(`${folder}/`);
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function atWorkFirst(available: Available[]): Available[] {
  const working = available.filter(({ presence }) => presence.state === "working");
  if (working.length > 0) return working;
  const opening = ({ presence }: Available) => (presence.state === "off" ? presence.until : 0);
  const first = Math.min(...available.map(opening));
  return available.filter((one) => opening(one) === first);
}

type Order = (a: Available, b: Available) => number;

interface Ranking {
  order: Order;
  because: (chosen: Available) => string;
}

const byShare: Order = (a, b) => a.load / a.shift.person.capacity - b.load / b.shift.person.capacity;
const byTurn: Order = (a, b) =>
  (a.assignedAt ?? Number.NEGATIVE_INFINITY) === (b.assignedAt ?? Number.NEGATIVE_INFINITY)
    ? 0
    : (a.assignedAt ?? Number.NEGATIVE_INFINITY) - (b.assignedAt ?? Number.NEGATIVE_INFINITY);
const withinCapacity: Order = (a, b) => Number(a.over) - Number(b.over);
/** The first order that tells two people apart; the team's own order where none does. */
const inTurn =
  (...orders: Order[]): Order =>
  (a, b) =>
    orders.reduce((result, order) => result || order(a, b), 0);

function ranking(pool: readonly Available[], strategy: Strategy): Ranking {
  const turn = (reason: string): Ranking => ({
    order: inTurn(withinCapacity, byTurn),
    because: () => reason,
  });
  switch (strategy) {
    case "round-robin":
      return turn("round-robin: the longest without a ticket");
    case "least-loaded":
      return { order: inTurn(withinCapacity, byShare, byTurn), because: () => "least-loaded" };
    case "skills": {
      if (pool.every(({ knows }) => knows.length === 0)) return turn("round-robin, as nobody's skills fit");
      const bySkill: Order = (a, b) => b.knows.length - a.knows.length;
      const because = ({ knows }: Available) =>
        knows.length > 0 ? `skills: ${knows.join(", ")}` : "least-loaded";
      return { order: inTurn(withinCapacity, bySkill, byShare, byTurn), because };
    }
    case "fastest": {
      if (pool.every(({ responseTime }) => responseTime === null))
        return turn("round-robin, as nobody's speed is known");
      const speed = ({ responseTime }: Available) => responseTime ?? Number.MAX_VALUE;
      const bySpeed: Order = (a, b) => speed(a) - speed(b);
      return { order: inTurn(withinCapacity, bySpeed, byShare, byTurn), because: () => "fastest responder" };
    }
  }
}

function state({ load, shift, presence: seen, over }: Available): string {
  const work = `${load} of ${shift.person.capacity} taken`;
  const hours = seen.state === "working" ? "at work" : `at work from ${new Date(seen.until).toISOString()}`;
  return over ? `${work}, more than usual as it is P0; ${hours}` : `${work}; ${hours}`;
}

/** An open ticket that we gave to somebody. */
export interface GivenWork extends Omit<Work, "assignees"> {
  key: string;
  assignee: string;
}

export interface Move {
  key: string;
  from: string;
  /** null: nobody is free; it stays and must be told. */
  to: string | null;
  because: string[];
}

/** Finds others for the work of those who are away, the most pressing first. Only what we assigned ourselves is moved. */
export function rebalance(
  given: readonly GivenWork[],
  candidates: readonly Candidate[],
  strategy: Strategy,
  now: number,
): Move[] {
  const people = new Map(candidates.map((one) => [one.shift.person.login.toLowerCase(), { ...one }]));
  const left = given
    .filter(({ assignee }) => {
      const owner = people.get(assignee.toLowerCase());
      return owner !== undefined && presence(owner.shift, now).state === "away";
    })
    .sort((a, b) => WORKLOAD[b.level] - WORKLOAD[a.level]);
  return left.map((work) => {
    const { login, because } = assign({ ...work, assignees: [] }, [...people.values()], strategy, now);
    const receiver = people.get(login?.toLowerCase() ?? "");
    if (receiver) {
      receiver.load += WORKLOAD[work.level];
      receiver.assignedAt = now;
    }
    return { key: work.key, from: work.assignee, to: login, because };
  });
}
