import type { Fact } from "../ticket/fact.ts";
import { pressing } from "../ticket/work.ts";
import type { Ticket } from "../ticket/ticket.ts";

/**
 * A change of the priority, at the time of the decision: it is our own doing, whenever what it was decided on happened.
 * Tickets that keep the one with which they came need no fact.
 */
export function priorityTurns(before: Ticket | null, after: Ticket, at: number): Fact[] {
  if (!before) return [];
  const [from, to] = [pressing(before), pressing(after)];
  return from === to ? [] : [{ at, type: "prioritised", from, to }];
}
