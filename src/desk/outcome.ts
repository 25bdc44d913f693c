import type { Outcome } from "../ticket/action.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What an action did, and what its document learns from it. */
export interface Done<D extends Ticket | Repository> {
  outcome: Outcome;
  patch?: Partial<D>;
}

/** How much an action is to look around first. */
export interface Caution {
  /** Read before writing. */
  look: boolean;
  /** It may have been applied already, by a try whose answer was lost. */
  tried: boolean;
}
