export interface Limits {
  /** REST requests an hour. */
  perHour: number;
  /** Points an hour of GraphQL. */
  graphqlPerHour: number;
  /** Abuse limits; null: none. */
  secondary: {
    contentPerMinute: number;
    contentPerHour: number;
    restPointsPerMinute: number;
    graphqlPointsPerMinute: number;
  } | null;
}

export const GITHUB_LIMITS: Limits = {
  perHour: 5_000,
  graphqlPerHour: 5_000,
  secondary: null,
};

/** What GitHub documents for secondary limits. */
export const SECONDARY = {
  contentPerMinute: 80,
  contentPerHour: 500,
  restPointsPerMinute: 900,
  graphqlPointsPerMinute: 2_000,
};

export type Resource = "core" | "graphql";

export interface Cost {
  resource: Resource;
  /** Of the primary limit. */
  primary: number;
  /** Of the secondary one: read 1, write 5. */
  points: number;
  /** How much content it makes: comments, issues, discussions. */
  content: number;
}

export interface Verdict {
  headers: Record<string, string>;
  /** Which limit is hit, and for how many seconds. */
  refused: { limit: "primary" | "secondary"; seconds: number } | null;
}

export interface Gauge {
  limit: number;
  used: number;
  remaining: number;
  reset: number;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

interface Window {
  startedAt: number;
  used: number;
}

/** What a request would take from one window of a secondary limit. */
interface Draw {
  window: Window;
  length: number;
  amount: number;
  limit: number;
}

/** Counts in windows that begin with the first request, as GitHub's primary limit does. */
export class Meter {
  readonly #now: () => number;
  readonly #limits: Limits;
  readonly #windows = new Map<string, Window>();

  constructor(now: () => number, limits: Limits) {
    this.#now = now;
    this.#limits = limits;
  }

  /** Counts a request, unless a limit is hit: then it is refused and costs nothing. */
  charge(who: string, cost: Cost): Verdict {
    const before = this.#gauge(who, cost.resource);
    const window = this.#windowOf(`${who}:${cost.resource}`, HOUR);
    if (before.remaining < cost.primary) {
      const refused = { limit: "primary" as const, seconds: this.#secondsLeft(window, HOUR) };
      return { headers: headersOf(cost.resource, before), refused };
    }
    const draws = this.#draws(who, cost);
    const hit = draws.find((draw) => draw.amount > 0 && draw.window.used + draw.amount > draw.limit);
    if (hit) {
      const refused = { limit: "secondary" as const, seconds: this.#secondsLeft(hit.window, hit.length) };
      return { headers: headersOf(cost.resource, before), refused };
    }
    window.used += cost.primary;
    for (const draw of draws) draw.window.used += draw.amount;
    return { headers: headersOf(cost.resource, this.#gauge(who, cost.resource)), refused: null };
  }

  /** As `GET /rate_limit` answers. */
  overview(who: string): { core: Gauge; graphql: Gauge } {
    return { core: this.#gauge(who, "core"), graphql: this.#gauge(who, "graphql") };
  }

  #windowOf(key: string, length: number): Window {
    const known = this.#windows.get(key);
    if (known && this.#now() - known.startedAt < length) return known;
    const fresh = { startedAt: this.#now(), used: 0 };
    this.#windows.set(key, fresh);
    return fresh;
  }

  #secondsLeft(window: Window, length: number): number {
    return Math.max(1, Math.ceil((window.startedAt + length - this.#now()) / 1000));
  }

  #gauge(who: string, resource: Resource): Gauge {
    const { startedAt, used } = this.#windowOf(`${who}:${resource}`, HOUR);
    const limit = resource === "core" ? this.#limits.perHour : this.#limits.graphqlPerHour;
    const reset = Math.ceil((startedAt + HOUR) / 1000);
    return { limit, used, remaining: Math.max(0, limit - used), reset };
  }

  #draws(who: string, { resource, content, points }: Cost): Draw[] {
    const { secondary } = this.#limits;
    if (!secondary) return [];
    const draw = (name: string, length: number, amount: number, limit: number): Draw => ({
      window: this.#windowOf(`${who}:${name}`, length),
      length,
      amount,
      limit,
    });
    const perMinute = resource === "core" ? secondary.restPointsPerMinute : secondary.graphqlPointsPerMinute;
    return [
      draw("content a minute", MINUTE, content, secondary.contentPerMinute),
      draw("content an hour", HOUR, content, secondary.contentPerHour),
      draw(`points of ${resource}`, MINUTE, points, perMinute),
    ];
  }
}

function headersOf(resource: Resource, { limit, used, remaining, reset }: Gauge): Record<string, string> {
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(reset),
    "x-ratelimit-resource": resource,
  };
}
