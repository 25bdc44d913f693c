import type { World } from "../state/world.ts";

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

export interface Meter {
  charge: (who: string, cost: Cost) => Verdict;
  /** As `GET /rate_limit` answers. */
  overview: (who: string) => { core: Gauge; graphql: Gauge };
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

/** Counts in windows that begin with the first request, as GitHub's primary limit does. */
export function createMeter(world: Pick<World, "now">, limits: Limits): Meter {
  const windows = new Map<string, Window>();

  const windowOf = (key: string, length: number): Window => {
    const now = world.now();
    const known = windows.get(key);
    if (known && now - known.startedAt < length) return known;
    const fresh = { startedAt: now, used: 0 };
    windows.set(key, fresh);
    return fresh;
  };

  const gauge = (who: string, resource: Resource): Gauge => {
    const window = windowOf(`${who}:${resource}`, HOUR);
    const limit = resource === "core" ? limits.perHour : limits.graphqlPerHour;
    const reset = Math.ceil((window.startedAt + HOUR) / 1000);
    return { limit, used: window.used, remaining: Math.max(0, limit - window.used), reset };
  };

  const headersOf = (resource: Resource, { limit, used, remaining, reset }: Gauge) => ({
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(reset),
    "x-ratelimit-resource": resource,
  });

  /** The secondary windows that a request draws from, as [window, its length, amount, limit]. */
  const secondary = (who: string, cost: Cost): [Window, number, number, number][] => {
    const s = limits.secondary;
    if (!s) return [];
    const points = cost.resource === "core" ? s.restPointsPerMinute : s.graphqlPointsPerMinute;
    return [
      [windowOf(`${who}:content/min`, MINUTE), MINUTE, cost.content, s.contentPerMinute],
      [windowOf(`${who}:content/h`, HOUR), HOUR, cost.content, s.contentPerHour],
      [windowOf(`${who}:${cost.resource}:points`, MINUTE), MINUTE, cost.points, points],
    ];
  };

  return {
    charge(who, cost) {
      const window = windowOf(`${who}:${cost.resource}`, HOUR);
      const before = gauge(who, cost.resource);
      const seconds = (since: Window, length: number) =>
        Math.max(1, Math.ceil((since.startedAt + length - world.now()) / 1000));
      if (before.remaining < cost.primary) {
        const refused = { limit: "primary" as const, seconds: seconds(window, HOUR) };
        return { headers: headersOf(cost.resource, before), refused };
      }
      const draws = secondary(who, cost);
      const hit = draws.find(([drawn, , amount, limit]) => amount > 0 && drawn.used + amount > limit);
      if (hit) {
        const refused = { limit: "secondary" as const, seconds: seconds(hit[0], hit[1]) };
        return { headers: headersOf(cost.resource, before), refused };
      }
      window.used += cost.primary;
      for (const [drawn, , amount] of draws) drawn.used += amount;
      return { headers: headersOf(cost.resource, gauge(who, cost.resource)), refused: null };
    },
    overview: (who) => ({ core: gauge(who, "core"), graphql: gauge(who, "graphql") }),
  };
}
