import { PRIORITIES } from "./priority.ts";
import type { Ticket } from "./ticket.ts";

/**
 * Who goes first where GitHub's limits make work wait: a whole number, the higher the earlier. Who pays goes before who
 * does not, then the higher priority; 0 is a ticket of the community without one. In a public repository only what the
 * public may know counts: the order in which tickets are answered must not tell who is a private customer.
 */
export function urgencyOf(ticket: Ticket): number {
  const service = (ticket.private ? ticket.privateService : null) ?? ticket.service;
  if (!service) return 0;
  const { length } = PRIORITIES;
  const lowest = length - 1;
  const level = service.priority ? PRIORITIES.indexOf(service.priority.level) : lowest;
  return (service.plan === null ? 0 : length) + lowest - level;
}
