import { averageLink } from "./average-link.ts";
import { likenesses, type ReadTicket } from "./likeness.ts";

/** Tickets that ask the same. */
export interface Cluster {
  /** The ticket that is most like the others. */
  representative: number;
  /** Their numbers, ascending. */
  tickets: number[];
}

/** From which mean likeness on several tickets are a group, and from which two alone are: see CARD.md. */
export interface Thresholds {
  group: number;
  pair: number;
}

export const THRESHOLDS: Thresholds = { group: 0.3, pair: 0.4 };

/** Gathers tickets that ask the same, the largest group first, each ticket in at most one. */
export function clustersOf(tickets: readonly ReadTicket[], thresholds: Thresholds = THRESHOLDS): Cluster[] {
  const sorted = tickets.toSorted((a, b) => a.number - b.number);
  const numbers = sorted.map(({ number }) => number);
  const likeness = likenesses(sorted);
  return averageLink(likeness.slice(), numbers.length, thresholds.group)
    .filter((group) => isOne(group, likeness, numbers.length, thresholds))
    .map((group) => ({
      representative: numbers[middle(group, likeness, numbers.length)] as number,
      tickets: group.map((place) => numbers[place] as number),
    }))
    .sort((a, b) => b.tickets.length - a.tickets.length || (a.tickets[0] ?? 0) - (b.tickets[0] ?? 0));
}

/** Of two alone less is known than of many that agree. */
function isOne(
  [a, b, ...more]: number[],
  likeness: Float32Array,
  count: number,
  { pair }: Thresholds,
): boolean {
  if (a === undefined || b === undefined) return false;
  return more.length > 0 || (likeness[a * count + b] as number) >= pair;
}

/** The place that is most like the others of its group; of equals the first. */
function middle(group: readonly number[], likeness: Float32Array, count: number): number {
  let [found, best] = [group[0] as number, -1];
  for (const place of group) {
    const sum = group.reduce((total, other) => total + (likeness[place * count + other] as number), 0);
    if (sum > best) [found, best] = [place, sum];
  }
  return found;
}
