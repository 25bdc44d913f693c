/**
 * GitHub's secondary limits for one installation: content-creating requests a minute and an hour, and points a minute
 * (a read counts 1, a write or a mutation 5), for REST and GraphQL apart.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export interface Limits {
  contentPerMinute: number;
  contentPerHour: number;
  restPointsPerMinute: number;
  graphqlPointsPerMinute: number;
}

export const GITHUB_LIMITS: Limits = {
  contentPerMinute: 80,
  contentPerHour: 500,
  restPointsPerMinute: 900,
  graphqlPointsPerMinute: 2_000,
};

/** What a request takes from the budget. */
export interface Cost {
  api: "rest" | "graphql";
  points: number;
  /** Does it create a comment, an issue or a discussion? */
  content: boolean;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** At most `most` units in any `span` milliseconds: safe whether GitHub's own windows slide or stand. */
class Window {
  private readonly most: number;
  private readonly span: number;
  /** When units were taken, the oldest first. */
  private stamps: { at: number; units: number }[] = [];
  private used = 0;

  constructor(most: number, span: number) {
    this.most = most;
    this.span = span;
  }

  /** The earliest time at which `units` fit. */
  freeAt(units: number, now: number): number {
    const kept = this.stamps.findIndex(({ at }) => at + this.span > now);
    const gone = this.stamps.splice(0, kept < 0 ? this.stamps.length : kept);
    for (const stamp of gone) this.used -= stamp.units;
    let over = this.used + units - this.most;
    for (const stamp of this.stamps) {
      if (over <= 0) break;
      over -= stamp.units;
      if (over <= 0) return stamp.at + this.span;
    }
    return now;
  }

  take(units: number, now: number): void {
    this.stamps.push({ at: now, units });
    this.used += units;
  }
}

/**
 * Places for content-creating requests, given out in the order in which they are asked for: each at the earliest time
 * that keeps both windows. So a burst is told at once when each of it may go, and nobody comes back in vain.
 */
class Places {
  private readonly limits: Limits;
  /** Times of the places given out, ascending; the last hour's worth is enough. */
  private times: number[] = [];
  private readonly promised = new Map<string, number>();

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** When the bearer of `key` may send: the place it was promised, or a new one. */
  of(key: string, now: number): number {
    const promised = this.promised.get(key);
    // A place that was not used within a minute of its time has lapsed: others may have filled that minute.
    if (promised !== undefined && promised + MINUTE > now) return promised;
    const { contentPerMinute, contentPerHour } = this.limits;
    const nth = (back: number) => this.times[this.times.length - back] ?? Number.NEGATIVE_INFINITY;
    const at = Math.max(now, nth(1), nth(contentPerMinute) + MINUTE, nth(contentPerHour) + HOUR);
    this.times.push(at);
    if (this.times.length > 4 * contentPerHour) this.times = this.times.slice(-contentPerHour);
    this.promised.set(key, at);
    return at;
  }

  use(key: string): void {
    this.promised.delete(key);
  }
}

/**
 * What one installation may still send. Nothing sleeps here: a request that does not fit is told when to come back, and
 * its job is put off until then.
 */
export class Budget {
  private readonly places: Places;
  private readonly points: Record<Cost["api"], Window>;
  /** GitHub told us to wait until then. */
  private blockedUntil = 0;

  constructor(limits: Limits = GITHUB_LIMITS) {
    this.places = new Places(limits);
    this.points = {
      rest: new Window(limits.restPointsPerMinute, MINUTE),
      graphql: new Window(limits.graphqlPointsPerMinute, MINUTE),
    };
  }

  /**
   * Takes what a request costs, or says when to come back (milliseconds since 1970); null: taken.
   * `key` names the request, so that it finds the place it was promised when it comes back.
   */
  take(cost: Cost, key: string, now: number): number | null {
    if (this.blockedUntil > now) return this.blockedUntil;
    const free = Math.max(
      this.points[cost.api].freeAt(cost.points, now),
      cost.content ? this.places.of(key, now) : now,
    );
    if (free > now) return free;
    this.points[cost.api].take(cost.points, now);
    if (cost.content) this.places.use(key);
    return null;
  }

  /** GitHub refused: nothing of this installation is sent before `until`. */
  block(until: number): void {
    this.blockedUntil = Math.max(this.blockedUntil, until);
  }
}

/** REST paths that create content, by GitHub's use of the word: comments, issues. Labels are not content. */
const CREATES = /\/(?:issues|comments)$/;
const MUTATION = /^\s*mutation\b/;
const CREATES_BY_MUTATION = /\b(?:addComment|addDiscussionComment|createIssue|createDiscussion)\s*\(/;

/** What a request costs, from its method and address, or its GraphQL document. */
export function costOf(method: string, url: string, query?: string): Cost {
  if (query !== undefined) {
    const mutation = MUTATION.test(query);
    return { api: "graphql", points: mutation ? 5 : 1, content: mutation && CREATES_BY_MUTATION.test(query) };
  }
  const read = method === "GET" || method === "HEAD";
  return {
    api: "rest",
    points: read ? 1 : 5,
    content: method === "POST" && CREATES.test(url.split("?", 1)[0] ?? ""),
  };
}

/** Our own budget is used up: no request was sent. */
export class BudgetExhausted extends Error {
  readonly until: number;

  constructor(until: number) {
    super("the installation's budget of requests is used up");
    this.name = "BudgetExhausted";
    this.until = until;
  }
}
