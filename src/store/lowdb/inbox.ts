import type { Delivery, ScopeKey } from "../../ticket/delivery.ts";
import type { HeldDelivery } from "../holding.ts";
import type { Parked } from "../store.ts";
import { DeliveryIndex } from "./delivery-index.ts";
import { blankPayload, type Note, type Place, readPayload } from "./segment.ts";
import { SegmentLog, type SegmentLogOptions } from "./segment-log.ts";

export interface InboxOptions extends SegmentLogOptions {
  /** How long GitHub can send a delivery again, milliseconds: so long its id, and its payload, are kept. */
  windowMs: number;
}

type DeliveryNote = Omit<Extract<Note, { type: "delivery" }>, "type" | "bytes">;

/**
 * The deliveries of the last days in append-only segments. A delivery is durable when `receive` resolves; those that
 * arrive at the same time share one fsync. A segment is dropped when its deliveries are older than the window; those
 * that are still open then move to the newest segment.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #index = new DeliveryIndex();
  readonly #arriving = new Map<string, Promise<void>>();
  readonly #log: SegmentLog;
  #expiry: Promise<void> = Promise.resolve();

  /** Reads what earlier processes left; every process begins a segment of its own. */
  constructor(options: InboxOptions) {
    this.#options = options;
    this.#log = new SegmentLog(options, () => void this.expire());
    this.#log.replay((note, place) => this.#replay(note, place));
  }

  /** The delivery's number among all; null when its id is not known. */
  orderOf(id: string): number | null {
    return this.#index.get(id)?.order ?? null;
  }

  /** False when the delivery's id is known. */
  async receive(delivery: Delivery): Promise<boolean> {
    if (this.orderOf(delivery.id) !== null) return false;
    if (this.#arriving.has(delivery.id)) {
      await this.#arriving.get(delivery.id);
      return false;
    }
    const arrival = this.#keep(delivery, this.#index.nextOrder());
    this.#arriving.set(delivery.id, arrival);
    await arrival.finally(() => this.#arriving.delete(delivery.id));
    return true;
  }

  pending(scope: ScopeKey, limit = Number.POSITIVE_INFINITY): Delivery[] {
    return this.#index
      .pending(scope)
      .slice(0, limit)
      .map(({ id, event, receivedAt, place }) => {
        return { id, event, scope, receivedAt, payload: readPayload(place) };
      });
  }

  pendingScopes(): ScopeKey[] {
    return this.#index.pendingScopes();
  }

  /** A record's commit made these done: the record remembers it. */
  markDone(ids: string[]): void {
    for (const id of ids) this.#index.setState(id, "done");
  }

  /** The record of a scope was lost: what it had done is to be done again. */
  reopen(scope: ScopeKey): void {
    this.#index.reopen(scope);
  }

  async discard(ids: string[]): Promise<void> {
    const known = ids.filter((id) => this.orderOf(id) !== null);
    if (known.length === 0) return;
    await this.#log.append({ type: "discarded", ids: known });
    for (const id of known) this.#index.setState(id, "discarded");
  }

  /** First it is noted that they are not needed to build a lost record anew. */
  async forgetPayloads(ids: string[]): Promise<void> {
    const entries = ids.flatMap((id) => this.#index.get(id) ?? []);
    const finished = entries.filter(({ id }) => this.#isFinished(id));
    await this.discard(finished.map(({ id }) => id));
    for (const { place } of finished) {
      this.#options.mayWrite();
      await blankPayload(place);
    }
  }

  /** Returns how often it has failed. */
  async fail(id: string, reason: string, park: boolean): Promise<number> {
    const entry = this.#index.get(id);
    if (!entry) throw new Error(`there is no delivery ${id}`);
    const failures = entry.failures + 1;
    const open = entry.state === "pending" || entry.state === "parked";
    const parkedAt = park && open ? this.#options.now() : entry.parkedAt;
    await this.#log.append({ type: "failed", id, failures, reason, parkedAt });
    this.#index.setFailed(id, failures, reason, parkedAt);
    return failures;
  }

  parked(): Parked[] {
    return this.#index
      .parked()
      .map(({ id, scope, reason, parkedAt }) => ({ scope, what: id, reason, at: parkedAt ?? 0 }));
  }

  /** Returns the scopes of what was parked. */
  async retryParked(): Promise<ScopeKey[]> {
    const entries = this.#index.parked();
    if (entries.length === 0) return [];
    const ids = entries.map(({ id }) => id);
    await this.#log.append({ type: "retried", ids });
    for (const id of ids) this.#index.setRetried(id);
    return entries.map(({ scope }) => scope);
  }

  /** Every delivery that is remembered, in the order in which they came, with what those said that are open, or all. */
  *holdings(payloads: "open" | "all" = "open"): Generator<HeldDelivery> {
    for (const entry of this.#index.all()) {
      const { id, event, scope, receivedAt, place, state, failures, reason } = entry;
      const done = state === "done" || state === "discarded";
      const parkedAt = state === "parked" ? entry.parkedAt : null;
      const payload = done && payloads === "open" ? "" : readPayload(place).trim();
      const delivery = { id, event, scope, receivedAt, payload };
      yield { type: "delivery", delivery, done, failures, reason, parkedAt };
    }
  }

  async load({ delivery, done, failures, reason, parkedAt }: HeldDelivery): Promise<void> {
    const { id } = delivery;
    await this.receive(delivery);
    if (failures > 0) await this.#log.append({ type: "failed", id, failures, reason, parkedAt });
    if (done) await this.#log.append({ type: "discarded", ids: [id] });
  }

  /** Drops segments that nobody needs any more. */
  expire(): Promise<void> {
    this.#expiry = this.#expiry
      .then(() => this.#dropOld())
      .catch((error: Error) => {
        this.#options.onDamage(`old segments of ${this.#options.dir} stay: ${error.message}`);
      });
    return this.#expiry;
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#arriving.values(), this.#expiry]);
    await this.#log.close();
  }

  async #keep(delivery: Delivery, order: number): Promise<void> {
    const { id, event, scope, receivedAt } = delivery;
    const place = await this.#appendDelivery({ id, event, scope, receivedAt, order }, delivery.payload);
    this.#index.add({ id, event, scope, receivedAt, order, place });
    this.#log.enlist(id, receivedAt, place);
  }

  #appendDelivery(about: DeliveryNote, payload: string): Promise<Place> {
    const bytes = Buffer.from(payload);
    return this.#log.append({ type: "delivery", ...about, bytes: bytes.length }, bytes);
  }

  /** From the oldest on, so that a note is never dropped before the delivery that it is about. */
  async #dropOld(): Promise<void> {
    for (;;) {
      const oldest = this.#log.oldest();
      if (!oldest || oldest.newestAt + this.#options.windowMs >= this.#options.now()) return;
      // The newest goes too when nothing came for so long, unless all that it holds would move to another.
      const isWorthwhile = this.#arriving.size === 0 && oldest.ids.some((id) => this.#isFinished(id));
      if (oldest === this.#log.newest() && !isWorthwhile) return;
      await this.#log.dropOldest((id, path) => this.#leave(id, path));
    }
  }

  #isFinished(id: string): boolean {
    const { state = "done" } = this.#index.get(id) ?? {};
    return state === "done" || state === "discarded";
  }

  /** Forgets a delivery of a segment that goes; an open one is written again at the end, with its failures. */
  async #leave(id: string, path: string): Promise<void> {
    const entry = this.#index.get(id);
    if (entry?.place.path !== path) return;
    if (this.#isFinished(id)) {
      this.#index.remove(id);
      return;
    }
    // It may get done or fail again meanwhile: only its place changes here.
    const { event, scope, receivedAt, order, failures, reason, parkedAt } = entry;
    const about = { id, event, scope, receivedAt, order };
    entry.place = await this.#appendDelivery(about, readPayload(entry.place));
    this.#log.enlist(id, receivedAt, entry.place);
    if (failures > 0) await this.#log.append({ type: "failed", id, failures, reason, parkedAt });
  }

  #replay(note: Note, place: Place): void {
    switch (note.type) {
      case "delivery": {
        const { id, event, scope, receivedAt, order } = note;
        this.#index.add({ id, event, scope, receivedAt, order, place });
        this.#log.enlist(id, receivedAt, place);
        return;
      }
      case "discarded":
        for (const id of note.ids) this.#index.setState(id, "discarded");
        return;
      case "failed":
        this.#index.setFailed(note.id, note.failures, note.reason, note.parkedAt);
        return;
      case "retried":
        for (const id of note.ids) this.#index.setRetried(id);
        return;
    }
  }
}
