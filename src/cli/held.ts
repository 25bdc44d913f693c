import type { Delivery, ScopeKey } from "../ticket/delivery.ts";
import type { Mention } from "../ticket/person.ts";
import { readHoldings, type StorePlace } from "./store-place.ts";
import { findTraces, heldIn, isHeldIn, type Traces } from "./traces.ts";

/** All that is held of a person. */
export interface Held {
  records: { scope: ScopeKey; mentions: Mention[] }[];
  /** Deliveries that are done with, and such as are still to be worked on. */
  done: Delivery[];
  open: Delivery[];
  /** What could not be read, in words. */
  damage: string[];
  traces: Traces;
}

/** Also while a desk works there. Reads everything twice: the first time for what one document tells of another. */
export async function heldOf(place: StorePlace, login: string): Promise<Held> {
  const traces = await findTraces(
    readHoldings(place, () => undefined),
    login,
  );
  const held: Held = { records: [], done: [], open: [], damage: [], traces };
  const onDamage = (message: string) => void held.damage.push(message);
  for await (const holding of readHoldings(place, onDamage, "all")) {
    if (holding.type === "delivery") {
      if (isHeldIn(holding, traces)) held[holding.done ? "done" : "open"].push(holding.delivery);
      continue;
    }
    const mentions = heldIn(holding.scope, holding, traces);
    if (mentions.length > 0) held.records.push({ scope: holding.scope, mentions });
  }
  return held;
}
