import type { Outcome } from "../ticket/action.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What an action did, and what its document learns from it. */
export interface Done<D extends Ticket | Repository> {
  outcome: Outcome;
  patch?: Partial<D>;
}
