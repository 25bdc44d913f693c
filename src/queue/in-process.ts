import type { ScopeKey } from "../ticket/delivery.ts";
import { Heap } from "./heap.ts";
import type { Queue } from "./queue.ts";

export interface InProcessOptions {
  /** How many scopes are worked on at once. */
  concurrency: number;
  now: () => number;
  /** Wakes up once after so many milliseconds; returns how to call it off. A simulation brings its own. */
  after?: ((milliseconds: number, wake: () => void) => () => void) | undefined;
}

interface Job {
  scope: ScopeKey;
  notBefore: number;
  priority: number;
  /** Of equal priority, first come, first served. */
  order: number;
}

/** The longest time that setTimeout can wait, about 25 days; a later job is looked at again by then. */
const LONGEST_WAIT = 2 ** 31 - 1;

function afterTimeout(milliseconds: number, wake: () => void): () => void {
  const timer = setTimeout(wake, Math.min(milliseconds, LONGEST_WAIT));
  return () => clearTimeout(timer);
}

/** The queue of a single process: in memory, since what is to be done is known to the store. */
export function createInProcessQueue(options: InProcessOptions): Queue {
  return new InProcessQueue(options);
}

class InProcessQueue implements Queue {
  readonly #concurrency: number;
  readonly #now: () => number;
  readonly #after: NonNullable<InProcessOptions["after"]>;
  /** The one waiting job of each scope. A job that was changed leaves its old self behind in a heap, to be skipped. */
  readonly #waiting = new Map<ScopeKey, Job>();
  readonly #ready = new Heap<Job>(
    (a, b) => a.priority > b.priority || (a.priority === b.priority && a.order < b.order),
  );
  readonly #later = new Heap<Job>((a, b) => a.notBefore < b.notBefore);
  readonly #running = new Map<ScopeKey, Promise<void>>();
  #idlers: (() => void)[] = [];
  #orders = 0;
  #work: ((scope: ScopeKey) => Promise<void>) | null = null;
  #onBug: (error: unknown, scope: ScopeKey) => void = () => undefined;
  #stopped = false;
  #callOff: () => void = () => undefined;

  constructor({ concurrency, now, after = afterTimeout }: InProcessOptions) {
    this.#concurrency = concurrency;
    this.#now = now;
    this.#after = after;
  }

  async push(scope: ScopeKey, { notBefore = 0, priority = 0 } = {}): Promise<void> {
    const known = this.#waiting.get(scope);
    if (known && known.notBefore <= notBefore && known.priority >= priority) return;
    this.#enter({
      scope,
      notBefore: Math.min(notBefore, known?.notBefore ?? notBefore),
      priority: Math.max(priority, known?.priority ?? priority),
      order: known?.order ?? ++this.#orders,
    });
    this.#next();
  }

  async start(
    work: (scope: ScopeKey) => Promise<void>,
    onBug: (error: unknown, scope: ScopeKey) => void,
  ): Promise<void> {
    this.#work = work;
    this.#onBug = onBug;
    this.#next();
  }

  async idle(): Promise<void> {
    const now = this.#now();
    const waiting = [...this.#waiting.values()].some(({ notBefore }) => notBefore <= now);
    if (this.#running.size === 0 && !waiting) return;
    await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#callOff();
    await Promise.all(this.#running.values());
  }

  async ping(): Promise<void> {
    if (this.#stopped) throw new Error("the queue has been stopped");
  }

  async size(): Promise<{ waiting: number; running: number }> {
    return { waiting: this.#waiting.size, running: this.#running.size };
  }

  #enter(job: Job): void {
    this.#waiting.set(job.scope, job);
    if (this.#running.has(job.scope)) return;
    if (job.notBefore > this.#now()) this.#later.push(job);
    else this.#ready.push(job);
  }

  /** Takes up what may run now, and sets the timer for the first of the others. */
  #next(): void {
    if (this.#work === null || this.#stopped) return;
    this.#ripen();
    while (this.#running.size < this.#concurrency) {
      const job = this.#ready.pop();
      if (!job) break;
      if (this.#isCurrent(job)) this.#run(job.scope, this.#work);
    }
    this.#callOff();
    const first = this.#later.peek();
    if (first) this.#callOff = this.#after(first.notBefore - this.#now(), () => this.#next());
    // With nothing running every ready job has been taken up: what is left is for later.
    if (this.#running.size === 0) for (const resolve of this.#idlers.splice(0)) resolve();
  }

  /** Moves jobs whose time has come to those that are ready. */
  #ripen(): void {
    for (let first = this.#later.peek(); first; first = this.#later.peek()) {
      if (this.#isCurrent(first) && first.notBefore > this.#now()) return;
      this.#later.pop();
      if (this.#isCurrent(first)) this.#ready.push(first);
    }
  }

  /** False for a job that was replaced, or whose scope is being worked on: it comes back when that ends. */
  #isCurrent(job: Job): boolean {
    return this.#waiting.get(job.scope) === job && !this.#running.has(job.scope);
  }

  #run(scope: ScopeKey, work: (scope: ScopeKey) => Promise<void>): void {
    this.#waiting.delete(scope);
    const run = Promise.resolve(scope)
      .then(work)
      .catch((error) => this.#onBug(error, scope))
      .catch((error) => process.emitWarning(`the report of a bug failed: ${error}`))
      .then(() => {
        this.#running.delete(scope);
        const again = this.#waiting.get(scope);
        if (again) this.#enter(again);
        this.#next();
      });
    this.#running.set(scope, run);
  }
}
