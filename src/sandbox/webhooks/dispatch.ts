import type { DeliveryFault } from "../faults.ts";
import { must } from "../state/access.ts";
import type { Delivery } from "../state/state.ts";
import type { Happening, World } from "../state/world.ts";
import { audience } from "./audience.ts";
import { newGuid, type Parcel, post } from "./post.ts";

export interface DispatchOptions {
  onDelivery?: ((parcel: Parcel) => DeliveryFault | undefined) | undefined;
  /** How many deliveries of one app may be under way: 1 keeps their order. */
  concurrency: number;
  patienceMs: number;
}

export interface Dispatch {
  publish: (happening: Happening) => void;
  redeliver: (delivery: Delivery) => void;
  /** Resolves when no delivery is queued or under way. */
  settled: () => Promise<void>;
  stop: () => void;
}

/** The post office: a queue for each app, in order unless a fault says otherwise. */
export function createDispatch(world: World, options: DispatchOptions): Dispatch {
  const queues = new Map<number, Parcel[]>();
  const busy = new Map<number, number>();
  const timers = new Set<NodeJS.Timeout>();
  let waiting: (() => void)[] = [];
  const closing = new AbortController();
  let stopped = false;

  const idle = () =>
    timers.size === 0 &&
    [...busy.values()].every((count) => count === 0) &&
    [...queues.values()].every((queue) => queue.length === 0);

  const wake = () => {
    if (!idle()) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };

  const pump = (appId: number): void => {
    const app = must(world.state.apps.get(appId), "an app");
    const queue = queues.get(appId) ?? [];
    const running = busy.get(appId) ?? 0;
    const parcel = stopped || running >= options.concurrency ? undefined : queue.shift();
    if (!parcel) {
      wake();
      return;
    }
    busy.set(appId, running + 1);
    void post(world, app, parcel, { patienceMs: options.patienceMs, stop: closing.signal }).then(() => {
      busy.set(appId, (busy.get(appId) ?? 1) - 1);
      pump(appId);
    });
    pump(appId);
  };

  const enqueue = (parcel: Parcel, first = false): void => {
    const queue = queues.get(parcel.appId) ?? [];
    queues.set(parcel.appId, queue);
    if (first) queue.unshift(parcel);
    else queue.push(parcel);
    // Later, so that whoever caused it gets their answer first, as on github.com.
    setImmediate(() => pump(parcel.appId));
  };

  const later = (parcel: Parcel, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      enqueue(parcel);
    }, ms);
    timers.add(timer);
  };

  const hand = (parcel: Parcel): void => {
    const fault = options.onDelivery?.(parcel) ?? { do: "nothing" };
    switch (fault.do) {
      case "drop":
        break;
      case "duplicate":
        enqueue(parcel);
        enqueue(parcel);
        break;
      case "first":
        enqueue(parcel, true);
        break;
      case "delay":
        later(parcel, fault.ms);
        break;
      case "nothing":
        enqueue(parcel);
        break;
    }
  };

  return {
    publish(happening) {
      if (stopped) return;
      for (const { app, installation, body } of audience(world, happening)) {
        if (!app.webhookUrl) continue;
        const { event, action, repository } = happening;
        const repositoryId = repository?.id ?? null;
        const place = { appId: app.id, installationId: installation.id, repositoryId };
        hand({ guid: newGuid(), ...place, event, action, body, redelivery: false });
      }
    },
    redeliver(delivery) {
      const { guid, appId, installationId, repositoryId, event, action } = delivery;
      const body = delivery.request.body;
      enqueue({ guid, appId, installationId, repositoryId, event, action, body, redelivery: true });
    },
    settled: () => (idle() ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve))),
    stop() {
      stopped = true;
      closing.abort();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      queues.clear();
      wake();
    },
  };
}
