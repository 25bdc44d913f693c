import type { Frontdesk } from "../../src/app.ts";
import type { Clients, Octokit } from "../../src/github/client.ts";
import type { Queue } from "../../src/queue/queue.ts";
import type { Store } from "../../src/store/store.ts";

/** A step that leaves the desk: into the store, into the queue, or to GitHub. */
export interface Boundary {
  /** What is called and for what: `store.commit ticket:700000001/1`, `github POST /repos/.../labels`. */
  label: string;
  /** How often the same was called before, from 0. */
  nth: number;
  /** Counts all boundaries of a desk's life, from 0. */
  index: number;
}

/** What happens at a boundary. `timeout`: the client gave up waiting, and what was asked for is done or not. */
export type Fate = "passes" | "dies-before" | "dies-after" | "timeout-before" | "timeout-after";

/** What a dead desk's calls end with: nothing of it may reach the store or GitHub any more. */
export class Killed extends Error {
  constructor() {
    super("the desk was killed");
    this.name = "Killed";
  }
}

export interface Life {
  readonly dead: boolean;
  /** All boundaries that were reached, in order. */
  readonly boundaries: Boundary[];
  kill: () => void;
}

/** What a desk calls, and what for, in words that are the same in every run. */
function aboutCall(method: string, [first]: unknown[]): string {
  if (typeof first === "string") return `${method} ${first}`;
  const { scope = "", id = "" } = (first ?? {}) as { scope?: string; id?: string };
  // A delivery's own id is another one in every run.
  return method === "receive" ? `${method} ${scope}` : `${method} ${scope}:${id}`;
}

/**
 * Puts a fail point around each boundary of a desk that has just been started: every method of its store, every push to
 * its queue and every request to GitHub. Generated from the objects themselves, so that none can be forgotten.
 * After its death every call is refused, as if the process were gone.
 */
export function live(frontdesk: Frontdesk, fateOf: (boundary: Boundary) => Fate): Life {
  const { desk, server } = frontdesk;
  const counts = new Map<string, number>();
  const boundaries: Boundary[] = [];
  let dead = false;
  const kill = () => {
    dead = true;
    server.close();
    server.closeAllConnections();
  };
  const pass = async <T>(label: string, step: () => Promise<T>): Promise<T> => {
    if (dead) throw new Killed();
    const nth = counts.get(label) ?? 0;
    counts.set(label, nth + 1);
    const boundary = { label, nth, index: boundaries.length };
    boundaries.push(boundary);
    const fate = fateOf(boundary);
    if (fate === "dies-before") kill();
    if (dead) throw new Killed();
    if (fate === "timeout-before") throw new DOMException("no answer in time", "TimeoutError");
    const result = await step();
    if (fate === "dies-after") kill();
    if (dead) throw new Killed();
    if (fate === "timeout-after") throw new DOMException("no answer in time", "TimeoutError");
    return result;
  };
  desk.store = guardStore(desk.store, pass);
  desk.queue = guardQueue(desk.queue, pass);
  desk.clients = guardClients(desk.clients, pass);
  return {
    get dead() {
      return dead;
    },
    boundaries,
    kill,
  };
}

type Listing = {
  [K in keyof Store]: ReturnType<Store[K]> extends AsyncIterable<unknown> ? K : never;
}[keyof Store];

/** What gives its answer bit by bit: what is done with each is a boundary of its own. The type check holds it complete. */
const LISTINGS: Record<Listing, true> = { tickets: true, threads: true, examples: true, shelves: true };

type Pass = <T>(label: string, step: () => Promise<T>) => Promise<T>;

function guardStore(store: Store, pass: Pass): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== "function" || typeof name !== "string" || Object.hasOwn(LISTINGS, name))
        return method;
      return (...args: unknown[]) =>
        pass(`store.${aboutCall(name, args)}`, async () => Reflect.apply(method, target, args));
    },
  });
}

function guardQueue(queue: Queue, pass: Pass): Queue {
  return new Proxy(queue, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== "function") return method;
      if (name !== "push") return method.bind(target);
      return (...args: unknown[]) =>
        pass(`queue.${aboutCall(name, args)}`, async () => Reflect.apply(method, target, args));
    },
  });
}

function guardClients(clients: Clients, pass: Pass): Clients {
  const guarded = new WeakSet<Octokit>();
  const guard = (octokit: Octokit): Octokit => {
    if (guarded.has(octokit)) return octokit;
    guarded.add(octokit);
    octokit.hook.wrap("request", (request, options) =>
      pass(`github ${aboutRequest(options)}`, async () => request(options)),
    );
    return octokit;
  };
  return {
    app: async () => guard(await clients.app()),
    installation: async (id, urgency) => guard(await clients.installation(id, urgency)),
    forget: (id) => clients.forget(id),
    left: (now) => clients.left(now),
    owner: null,
  };
}

function aboutRequest(options: Record<string, unknown>): string {
  const { method, url, issue_number: issue = "", path = "", query, variables } = options;
  if (typeof query !== "string") return `${method} ${url} ${issue}${path}`.trim();
  const { id = "" } = (variables ?? {}) as { id?: string };
  return `${query.replaceAll(/\s+/g, " ").slice(0, 80)} ${id}`.trim();
}
