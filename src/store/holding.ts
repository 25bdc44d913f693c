import type { Delivery, ScopeKey } from "../ticket/delivery.ts";
import type { Kept } from "./store.ts";

/** A document of any scope with all that belongs to it. */
export interface HeldRecord extends Kept {
  type: "record";
  scope: ScopeKey;
}

/** A delivery and what became of it. Of one that is done the payload is empty unless asked for: only its id still matters. */
export interface HeldDelivery {
  type: "delivery";
  delivery: Delivery;
  done: boolean;
  failures: number;
  reason: string;
  parkedAt: number | null;
}

/**
 * One piece of what a store holds: the same for every store, so that a backup of one fits the other. Records come before
 * deliveries: what happens while a store is read is then found as work still to be done, and is never lost.
 */
export type Holding = HeldRecord | HeldDelivery;

/** The store that is to be filled holds something already. */
export class NotEmpty extends Error {}

/** How many pieces there are of each type. */
export type HoldingCount = Record<Holding["type"], number>;

/** Passes holdings on and counts them. */
export async function* counted(
  holdings: AsyncIterable<Holding>,
  count: HoldingCount,
): AsyncGenerator<Holding> {
  for await (const holding of holdings) {
    count[holding.type] += 1;
    yield holding;
  }
}
