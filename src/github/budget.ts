import { Line } from "./line.ts";
import type { Cost } from "./request-cost.ts";

/**
 * GitHub's secondary limits for one installation: content-creating requests a minute and an hour, points a minute (a
 * read counts 1, a write or a mutation 5) for REST and GraphQL apart, and requests under way at once.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export interface Limits {
  contentPerMinute: number;
  contentPerHour: number;
  restPointsPerMinute: number;
  graphqlPointsPerMinute: number;
  concurrent: number;
}

export const GITHUB_LIMITS: Limits = {
  contentPerMinute: 80,
  contentPerHour: 500,
  restPointsPerMinute: 900,
  graphqlPointsPerMinute: 2_000,
  concurrent: 100,
};

/** Of a server whose operator switched them off: what it says of the hour's requests still counts. */
export const NO_LIMITS: Limits = {
  contentPerMinute: Number.POSITIVE_INFINITY,
  contentPerHour: Number.POSITIVE_INFINITY,
  restPointsPerMinute: Number.POSITIVE_INFINITY,
  graphqlPointsPerMinute: Number.POSITIVE_INFINITY,
  concurrent: Number.POSITIVE_INFINITY,
};

/** We count when a request leaves, GitHub when it arrives: so much longer is each of our windows. */
const TRAVEL_MS = 1_000;
const MINUTE = 60_000 + TRAVEL_MS;
const HOUR = 3_600_000 + TRAVEL_MS;

/** When all places for requests under way are taken. */
const CROWDED_WAIT_MS = 1_000;

/** After a refusal that does not say until when: a minute, doubled each time in a row, as GitHub asks. */
const UNSAID_WAIT_MS = 60_000;
const LONGEST_UNSAID_WAIT_MS = 3_600_000;

/** The last tenth of an hour's requests is for urgent work, where there was any within a day. */
const RESERVE = 0.1;
const RESERVED_MS = 86_400_000;

/** The primary limit, as GitHub's last answer told it. Times are milliseconds since 1970. */
interface Bucket {
  limit: number;
  remaining: number;
  resetAt: number;
}

/** What an installation may still send. */
export interface BudgetLeft {
  content: number;
  rest: number | null;
  graphql: number | null;
}

/** Who asks for something to be sent. */
export interface Asker {
  /** Names the request, so that it finds its place in the line when it comes back. */
  key: string;
  /** What the request is about: what one piece of work asks for goes by the age of its first request. */
  subject: string;
  /** Higher goes first; 0 is ordinary work. */
  urgency: number;
}

/** How long a subject that asks for nothing keeps its age. */
const FORGOTTEN_MS = 60_000;

/** Of an answer; Octokit makes some of them numbers. */
export type Headers = Record<string, string | number | undefined>;

const RESOURCES: Record<string, Cost["api"]> = { core: "rest", graphql: "graphql" };

/**
 * What one installation may still send. Nothing sleeps here: a request that does not fit is told when to come back, and
 * its job is put off until then. What is more urgent goes first.
 */
export class Budget {
  readonly #limits: Limits;
  readonly #content: Line;
  readonly #points: Record<Cost["api"], Line>;
  readonly #buckets: Partial<Record<Cost["api"], Bucket>> = {};
  #underWay = 0;
  /** GitHub told us to wait until then. */
  #blockedUntil = 0;
  #refusals = 0;
  #urgentAt = Number.NEGATIVE_INFINITY;
  /** When the subjects that are being worked on first asked, as a running number, and until when that is remembered. */
  readonly #ages = new Map<string, { age: number; until: number }>();
  #asked = 0;
  #tidiedAt = 0;

  constructor(limits: Limits = GITHUB_LIMITS) {
    this.#limits = limits;
    this.#content = new Line([
      { most: limits.contentPerMinute, span: MINUTE },
      { most: limits.contentPerHour, span: HOUR },
    ]);
    this.#points = {
      rest: new Line([{ most: limits.restPointsPerMinute, span: MINUTE }]),
      graphql: new Line([{ most: limits.graphqlPointsPerMinute, span: MINUTE }]),
    };
  }

  /**
   * Takes what a request costs, or says when to come back (milliseconds since 1970); null: taken, and `finish` is to be
   * called when it is over.
   */
  take(cost: Cost, asker: Asker, now: number): number | null {
    const known = this.#ages.get(asker.subject);
    const age = known?.age ?? ++this.#asked;
    const until = this.#takeTurn(cost, { ...asker, age }, now);
    this.#ages.set(asker.subject, { age, until: (until ?? now) + FORGOTTEN_MS });
    this.#forgetAges(now);
    return until;
  }

  #takeTurn({ api, points, content }: Cost, asker: Asker & { age: number }, now: number): number | null {
    const { key, urgency, age } = asker;
    if (urgency > 0) this.#urgentAt = now;
    const from = Math.max(now, this.#blockedUntil, this.#openAt(api, urgency, now));
    const wish = { key, urgency, age };
    if (content) {
      const place = this.#content.turn({ ...wish, units: 1 }, now, from);
      if (place > now) return place;
    }
    const free = Math.max(
      this.#points[api].turn({ ...wish, units: points }, now, from),
      this.#underWay < this.#limits.concurrent ? now : now + CROWDED_WAIT_MS,
    );
    if (free > now) {
      if (content) this.#content.hold(key, free);
      return free;
    }
    if (content) this.#content.spend({ ...wish, units: 1 }, now);
    this.#points[api].spend({ ...wish, units: points }, now);
    const bucket = this.#buckets[api];
    if (bucket) bucket.remaining -= 1;
    this.#underWay += 1;
    return null;
  }

  /** A request that was taken is over; `headers` of its answer, if one came, tell what is left of the hour. */
  finish(headers: Headers): void {
    this.#underWay -= 1;
    const api = RESOURCES[String(headers["x-ratelimit-resource"])];
    const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) =>
      Number(headers[`x-ratelimit-${name}`] ?? Number.NaN),
    ) as [number, number, number];
    if (!api || !Number.isFinite(limit + remaining + reset)) return;
    const resetAt = reset * 1_000;
    const known = this.#buckets[api];
    // Answers overtake one another, and do not count what is under way: within an hour what is left only shrinks.
    const least = known?.resetAt === resetAt ? Math.min(known.remaining, remaining) : remaining;
    if (known && known.resetAt > resetAt) return;
    this.#buckets[api] = { limit, remaining: least, resetAt };
  }

  /**
   * What is left: content-creating requests by our own count (Infinity: no limit), and of the hour's REST requests and
   * GraphQL points what GitHub's last answer said; null: it has not said yet.
   */
  left(now: number): BudgetLeft {
    const of = (api: Cost["api"]) => {
      const bucket = this.#buckets[api];
      if (!bucket) return null;
      return bucket.resetAt <= now ? bucket.limit : bucket.remaining;
    };
    return { content: this.#content.room(now), rest: of("rest"), graphql: of("graphql") };
  }

  /** GitHub took a request. */
  accepted(): void {
    this.#refusals = 0;
  }

  /**
   * GitHub refused a request because of a limit. Where the hour's requests of that API are used up, only they wait; else
   * nothing of this installation is sent before `until`.
   */
  refused(api: Cost["api"], until: number | null, now: number): void {
    const bucket = this.#buckets[api];
    if (bucket && bucket.remaining <= 0 && bucket.resetAt > now) return;
    // Requests that were under way together are refused together: that counts once.
    if (until === null && this.#blockedUntil > now) return;
    const wait = Math.min(LONGEST_UNSAID_WAIT_MS, UNSAID_WAIT_MS * 2 ** this.#refusals);
    this.#refusals += 1;
    this.#blockedUntil = Math.max(this.#blockedUntil, until ?? now + wait);
  }

  #forgetAges(now: number): void {
    if (now < this.#tidiedAt + FORGOTTEN_MS) return;
    this.#tidiedAt = now;
    for (const [subject, { until }] of this.#ages) if (until <= now) this.#ages.delete(subject);
  }

  /** When the primary limit lets work of this urgency go. */
  #openAt(api: Cost["api"], urgency: number, now: number): number {
    const bucket = this.#buckets[api];
    if (!bucket || bucket.resetAt <= now) return now;
    const reserves = urgency <= 0 && this.#urgentAt + RESERVED_MS > now;
    return bucket.remaining > (reserves ? bucket.limit * RESERVE : 0) ? now : bucket.resetAt;
  }
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
