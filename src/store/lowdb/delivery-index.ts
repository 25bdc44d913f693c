import type { ScopeKey } from "../../ticket/delivery.ts";
import type { Place } from "./segment.ts";

/** What is kept in memory of a delivery; its payload stays on disk. */
export interface Entry {
  readonly id: string;
  readonly event: string;
  readonly scope: ScopeKey;
  readonly receivedAt: number;
  /** Rises with every delivery: they are worked on in the order in which they came. */
  readonly order: number;
  place: Place;
  /** `done`: with the commit of a record, which says so itself. `discarded`: by a note in the inbox. */
  state: "pending" | "parked" | "done" | "discarded";
  failures: number;
  /** Of the last failure. */
  reason: string;
  parkedAt: number | null;
}

/** The deliveries that the inbox remembers: by id, the pending ones by scope, and the parked ones. */
export class DeliveryIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #pending = new Map<ScopeKey, Set<Entry>>();
  readonly #parked = new Set<Entry>();
  #lastOrder = 0;

  nextOrder(): number {
    this.#lastOrder += 1;
    return this.#lastOrder;
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** A pending delivery without failures; it takes the place of an earlier copy. */
  add(delivery: Pick<Entry, "id" | "event" | "scope" | "receivedAt" | "order" | "place">): void {
    this.remove(delivery.id);
    const entry: Entry = { ...delivery, state: "pending", failures: 0, reason: "", parkedAt: null };
    this.#lastOrder = Math.max(this.#lastOrder, entry.order);
    this.#entries.set(entry.id, entry);
    this.#enter(entry, "pending");
  }

  remove(id: string): void {
    this.setState(id, "done");
    this.#entries.delete(id);
  }

  setState(id: string, state: Entry["state"]): void {
    const entry = this.#entries.get(id);
    if (entry) this.#enter(entry, state);
  }

  setFailed(id: string, failures: number, reason: string, parkedAt: number | null): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    Object.assign(entry, { failures, reason, parkedAt });
    if (parkedAt !== null && entry.state === "pending") this.#enter(entry, "parked");
  }

  setRetried(id: string): void {
    this.setFailed(id, 0, "", null);
    if (this.#entries.get(id)?.state === "parked") this.setState(id, "pending");
  }

  /** All of them, in the order in which they came. */
  all(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => a.order - b.order);
  }

  /** In the order in which they came. */
  pending(scope: ScopeKey): Entry[] {
    return [...(this.#pending.get(scope) ?? [])].sort((a, b) => a.order - b.order);
  }

  pendingScopes(): ScopeKey[] {
    return [...this.#pending.keys()];
  }

  parked(): Entry[] {
    return [...this.#parked];
  }

  /** Makes pending again what the lost record of a scope had done. */
  reopen(scope: ScopeKey): void {
    for (const entry of this.#entries.values()) {
      if (entry.scope === scope && entry.state === "done") this.#enter(entry, "pending");
    }
  }

  #enter(entry: Entry, state: Entry["state"]): void {
    entry.state = state;
    const ofScope = this.#pending.get(entry.scope) ?? new Set();
    if (state === "pending") this.#pending.set(entry.scope, ofScope.add(entry));
    else if (ofScope.delete(entry) && ofScope.size === 0) this.#pending.delete(entry.scope);
    if (state === "parked") this.#parked.add(entry);
    else this.#parked.delete(entry);
  }
}
