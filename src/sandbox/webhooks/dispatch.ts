import type { DeliveryFault } from "../faults.ts";
import { must } from "../state/access.ts";
import type { Account, Delivery, Hook, State } from "../state/state.ts";
import type { Happening, World } from "../state/world.ts";
import { audience } from "./audience.ts";
import { accountView } from "../views/account.ts";
import { newGuid, type Parcel, post } from "./post.ts";

export interface DispatchOptions {
  onDelivery?: ((parcel: Parcel) => DeliveryFault | undefined) | undefined;
  /** How many deliveries of one app may be under way: 1 keeps their order. */
  concurrency: number;
  patienceMs: number;
}

interface Queue {
  waiting: Parcel[];
  underWay: number;
}

/** The post office: a queue for each app, in order unless a fault says otherwise. */
export class Dispatch {
  readonly #world: World;
  readonly #options: DispatchOptions;
  readonly #queues = new Map<number, Queue>();
  readonly #late = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();
  #onSettled: (() => void)[] = [];

  constructor(world: World, options: DispatchOptions) {
    this.#world = world;
    this.#options = options;
  }

  /** Makes a parcel for everybody who is told of it. */
  publish(happening: Happening): void {
    const { event, action, repository, sponsored } = happening;
    if (sponsored) {
      this.#tellSponsored(happening, sponsored);
      return;
    }
    for (const { app, installation, body } of audience(this.#world, happening)) {
      if (!app.webhookUrl) continue;
      const to = { appId: app.id, installationId: installation.id, repositoryId: repository?.id ?? null };
      this.#hand({ guid: newGuid(), ...to, event, action, body, redelivery: false });
    }
  }

  #tellSponsored({ event, action, payload, sender }: Happening, account: Account): void {
    const hook = this.#world.state.sponsorsHooks.get(account.id);
    if (!hook) return;
    const body = JSON.stringify({ action, ...payload, sender: accountView(this.#world, sender) });
    const to = { appId: hook.id, installationId: null, repositoryId: null };
    this.#hand({ guid: newGuid(), ...to, event, action, body, redelivery: false });
  }

  /** Sends what was sent before once more, under the same guid. */
  redeliver(delivery: Delivery): void {
    const { guid, appId, installationId, repositoryId, event, action } = delivery;
    const { body } = delivery.request;
    this.#enqueue({ guid, appId, installationId, repositoryId, event, action, body, redelivery: true });
  }

  /** Resolves when no delivery is queued or under way. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#onSettled.push(resolve);
      this.#wake();
    });
  }

  stop(): void {
    this.#closing.abort();
    for (const timer of this.#late) clearTimeout(timer);
    this.#late.clear();
    for (const queue of this.#queues.values()) queue.waiting = [];
    this.#wake();
  }

  #hand(parcel: Parcel): void {
    const fault = this.#options.onDelivery?.(parcel) ?? { do: "nothing" };
    switch (fault.do) {
      case "drop":
        break;
      case "duplicate":
        this.#enqueue(parcel);
        this.#enqueue(parcel);
        break;
      case "first":
        this.#enqueue(parcel, "first");
        break;
      case "delay":
        this.#enqueueLater(parcel, fault.ms);
        break;
      case "nothing":
        this.#enqueue(parcel);
        break;
    }
  }

  #enqueue(parcel: Parcel, place: "first" | "last" = "last"): void {
    if (this.#closing.signal.aborted) return;
    const queue = this.#queues.get(parcel.appId) ?? { waiting: [], underWay: 0 };
    this.#queues.set(parcel.appId, queue);
    if (place === "first") queue.waiting.unshift(parcel);
    else queue.waiting.push(parcel);
    // Later, so that whoever caused it gets their answer first, as on github.com.
    setImmediate(() => this.#pump(queue));
  }

  #enqueueLater(parcel: Parcel, ms: number): void {
    const timer = setTimeout(() => {
      this.#late.delete(timer);
      this.#enqueue(parcel);
    }, ms);
    this.#late.add(timer);
  }

  /** Sends as many as may be under way; what arrives or ends calls it again. */
  #pump(queue: Queue): void {
    const { concurrency, patienceMs } = this.#options;
    while (queue.underWay < concurrency) {
      const parcel = queue.waiting.shift();
      if (!parcel) break;
      queue.underWay++;
      void post(this.#world, hookOf(this.#world.state, parcel.appId), parcel, {
        patienceMs,
        stop: this.#closing.signal,
      }).then(() => {
        queue.underWay--;
        this.#pump(queue);
      });
    }
    this.#wake();
  }

  #wake(): void {
    const queues = [...this.#queues.values()];
    if (this.#late.size > 0 || queues.some((queue) => queue.underWay + queue.waiting.length > 0)) return;
    for (const resolve of this.#onSettled) resolve();
    this.#onSettled = [];
  }
}

/** The app of an id, or the sponsors dashboard: they are numbered together. */
function hookOf({ apps, sponsorsHooks }: State, id: number): Hook {
  const hook = apps.get(id) ?? [...sponsorsHooks.values()].find((one) => one.id === id);
  return must(hook, "a webhook");
}
