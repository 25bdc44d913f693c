import type { Faults } from "../../src/sandbox/sandbox.ts";
import type { Generator } from "../generator.ts";
import { generator } from "../generator.ts";
import type { Boundary, Fate } from "./life.ts";

type OnRequest = NonNullable<Faults["onRequest"]>;
type OnDelivery = NonNullable<Faults["onDelivery"]>;

/**
 * Chance for one thing by its name, not by its turn: what runs at the same time may change places between two runs of a
 * seed, and each still meets the same fault.
 */
function chanceFor(seed: number, name: string): Generator {
  let hash = seed ^ 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  const chance = generator(hash);
  // Names that differ in their last character only are seeds that are near each other.
  for (let i = 0; i < 3; i++) chance.next();
  return chance;
}

/** Counts how often a name came up. */
function counter(): (name: string) => string {
  const counts = new Map<string, number>();
  return (name) => {
    const nth = counts.get(name) ?? 0;
    counts.set(name, nth + 1);
    return `${name} ${nth}`;
  };
}

/** The fault of a request or a delivery in words. */
function nameOf(fault: NonNullable<ReturnType<OnRequest> | ReturnType<OnDelivery>>): string {
  const status = "status" in fault ? ` ${fault.status}` : "";
  return `${fault.do}${status}${"after" in fault && fault.after ? " after" : ""}`;
}

/** How often the run's faults come, by kind; some runs have few, some have none of a kind. */
const rate = (seed: number, kind: string) => chanceFor(seed, kind).pick([0, 0.02, 0.1]);

/** Deaths at boundaries, at most three in a run, and clients that give up waiting. */
export function fates(seed: number): (boundary: Boundary) => Fate {
  const dying = rate(seed, "deaths") / 4;
  const waiting = rate(seed, "timeouts") / 2;
  let deaths = 3;
  return ({ label, nth }) => {
    const chance = chanceFor(seed, `${label} ${nth}`);
    if (chance.chance(dying) && deaths > 0) {
      deaths -= 1;
      return chance.pick(["dies-before", "dies-after"] as const);
    }
    if (label.startsWith("github") && chance.chance(waiting)) {
      return chance.pick(["timeout-before", "timeout-after"] as const);
    }
    return "passes";
  };
}

/**
 * Requests that GitHub answers badly, some of them after it did what was asked.
 * @param retryAfter seconds that a secondary limit asks to wait.
 */
function requestFaults(seed: number, retryAfter: number): OnRequest {
  const count = counter();
  const failing = rate(seed, "requests");
  return ({ method, path, body }) => {
    const chance = chanceFor(seed, count(`${method} ${path} ${body.slice(0, 300)}`));
    if (!chance.chance(failing)) return undefined;
    const after = chance.chance(0.5);
    return chance.pick([
      { do: "answer", status: 500, after },
      { do: "answer", status: 502, after },
      { do: "reset", after },
      { do: "delay", ms: 30 },
      { do: "secondary-limit", retryAfter },
    ] as const);
  };
}

/**
 * Deliveries that are lost, come twice, late, or before others. What tells of our own writes is not lost: where GitHub
 * loses both the answer to a write and the delivery about it, nothing proves any more that a label is ours, and the desk
 * leaves it alone as if it were a person's.
 */
function deliveryFaults(seed: number): OnDelivery {
  const count = counter();
  const failing = rate(seed, "deliveries") * 2;
  return ({ event, action, repositoryId, body }) => {
    const { issue, discussion, sender } = JSON.parse(body) as Record<
      string,
      { number?: number; type?: string }
    >;
    const number = (issue ?? discussion)?.number ?? "";
    const chance = chanceFor(seed, count(`${event} ${action} ${repositoryId} ${number}`));
    if (!chance.chance(failing)) return undefined;
    return chance.pick([
      sender?.type === "Bot" ? { do: "first" } : { do: "drop" },
      { do: "duplicate" },
      { do: "first" },
      { do: "delay", ms: chance.integer(1, 60) },
    ] as const);
  };
}

/** Gives something on, and has it noted if there is anything. */
export function noted<T>(thing: T, note: (thing: T & {}) => void): T {
  if (thing) note(thing);
  return thing;
}

/** Faults of requests and deliveries; their kinds are put into `met`. `retryAfter`: seconds. */
export function faultsOf(seed: number, retryAfter: number, met: Set<string>): Required<Faults> {
  const ofRequest = requestFaults(seed, retryAfter);
  const ofDelivery = deliveryFaults(seed);
  return {
    onRequest: (request) => noted(ofRequest(request), (fault) => met.add(nameOf(fault))),
    onDelivery: (parcel) => noted(ofDelivery(parcel), (fault) => met.add(`delivery ${nameOf(fault)}`)),
  };
}

/** Some runs have a GitHub of narrow limits. */
export function secondaryLimits(chance: Generator) {
  if (!chance.chance(0.25)) return null;
  return { contentPerMinute: 2, contentPerHour: 20, restPointsPerMinute: 60, graphqlPointsPerMinute: 60 };
}
