import { type Probot, ProbotOctokit } from "probot";
import type { Limits } from "./budget.ts";
import type { BudgetLeft } from "./budget.ts";
import { Budget, BudgetExhausted, GITHUB_LIMITS } from "./budget.ts";
import { classifyAnswer, classifyFailure, headersOf } from "./failure.ts";
import { costOf } from "./request-cost.ts";

/** GitHub answers within 10 s or not at all; a longer wait would only hold a ticket's turn. `request.timeout` overrides it. */
const REQUEST_TIMEOUT_MS = 10_000;

const TimedOctokit = ProbotOctokit.plugin((octokit) => {
  octokit.hook.before("request", (options) => {
    const { timeout = REQUEST_TIMEOUT_MS } = options.request;
    options.request = { ...options.request, signal: AbortSignal.timeout(timeout) };
  });
  return { log: withoutBodies(octokit.log) };
});

type Log = ProbotOctokit["log"];

/** Probot logs what each request sends: in comments that quotes a ticket's text, also that of private repositories. */
function withoutBodies(log: Log): Log {
  return {
    // Pino's order: what it is about, then the message.
    debug: (...said: unknown[]) => log.debug(String(said.at(-1))),
    info: (message) => log.info(message),
    warn: (message) => log.warn(message),
    error: (message) => log.error(message),
  };
}

/**
 * Octokit as the desk uses it: no throttling and no retries of its own, since our budget and our outbox do both; tokens
 * in a cache of each client's own instead of Probot's, so that a forgotten client's token is forgotten too.
 * The defaults are a function: Probot silently ignores the object form.
 */
export const DeskOctokit = TimedOctokit.defaults(
  ({ auth, ...options }: { auth?: Record<string, unknown> }) => ({
    ...options,
    ...(auth ? { auth: withoutCache(auth) } : {}),
    userAgent: "frontdesk",
    throttle: { enabled: false },
    retry: { enabled: false },
  }),
);

function withoutCache({ cache: _shared, ...auth }: Record<string, unknown>): Record<string, unknown> {
  return auth;
}

/** REST by `octokit.rest`, GraphQL by `octokit.graphql`, pages by `octokit.paginate`. */
export type Octokit = InstanceType<typeof ProbotOctokit>;

/** Who the desk may be on GitHub. */
export interface Clients {
  /**
   * As an installation: its token is fetched at the first request and renewed by itself.
   * @param urgency where the installation's limits make work wait, the higher goes first; 0 is ordinary work
   */
  installation(id: number, urgency?: number): Promise<Octokit>;
  /** Forgets the installation's token: it has the permissions of when it was made, for an hour. */
  forget(id: number): void;
  /** With an owner's token, to read who sponsors; null: there is none. */
  owner: (() => Promise<Octokit>) | null;
  /** As the App: for its own data and its deliveries only. */
  app(): Promise<Octokit>;
  /** What each installation that was worked for may still send. */
  left(now: number): Map<number, BudgetLeft>;
}

/** Reading ahead, which nobody waits for: whatever is asked for a ticket goes first. */
export const BACKGROUND = -1;

/** One budget an installation, with an Octokit for each urgency, kept for the life of the process. `now`: milliseconds. */
export function clientsOf(
  probot: Pick<Probot, "auth">,
  now: () => number,
  { limits = GITHUB_LIMITS, ownerToken = null }: { limits?: Limits; ownerToken?: string | null } = {},
): Clients {
  const installations = new Map<number, Map<number, Promise<Octokit>>>();
  const budgets = new Map<number, Budget>();
  const budgetOf = (id: number): Budget => {
    const budget = budgets.get(id) ?? new Budget(limits);
    budgets.set(id, budget);
    return budget;
  };
  const create = async (id: number, urgency: number): Promise<Octokit> => {
    const octokit = urgency === 0 ? await probot.auth(id) : sharingToken(await installation(id, 0));
    return withBudget(octokit, budgetOf(id), now, urgency);
  };
  const installation = (id: number, urgency = 0): Promise<Octokit> => {
    const clients = installations.get(id) ?? new Map<number, Promise<Octokit>>();
    installations.set(id, clients);
    const known = clients.get(urgency);
    if (known) return known;
    const created = create(id, urgency);
    clients.set(urgency, created);
    created.catch(() => clients.delete(urgency));
    return created;
  };
  let owner: Promise<Octokit> | undefined;
  return {
    app: () => probot.auth(),
    installation,
    forget: (id) => void installations.delete(id),
    left: (at) => new Map([...budgets].map(([id, budget]) => [id, budget.left(at)])),
    owner: ownerToken === null ? null : () => (owner ??= withToken(probot, ownerToken, now)),
  };
}

/** A person's token on the same server, with limits of its own. */
async function withToken(probot: Pick<Probot, "auth">, token: string, now: () => number): Promise<Octokit> {
  const { request, log } = await probot.auth();
  const { baseUrl } = request.endpoint.DEFAULTS;
  return withBudget(new DeskOctokit({ auth: { token }, baseUrl, log }), new Budget(), now);
}

/** Another client of the same server with the same token, which is fetched once for both. */
function sharingToken(octokit: Octokit): Octokit {
  const { baseUrl, request } = octokit.request.endpoint.DEFAULTS;
  return new DeskOctokit({ authStrategy: () => octokit.auth, baseUrl, request, log: octokit.log });
}

/** A request that the budget has no room for is not sent: `BudgetExhausted` says when to come back. */
export function withBudget(octokit: Octokit, budget: Budget, now: () => number, urgency = 0): Octokit {
  octokit.hook.wrap("request", async (request, options) => {
    const { method, url } = options;
    const query = typeof options.query === "string" ? options.query : undefined;
    const cost = costOf(method, url, query);
    const until = budget.take(cost, { key: keyOf(options), subject: subjectOf(options), urgency }, now());
    if (until !== null) throw new BudgetExhausted(until);
    try {
      const answer = await request(options);
      budget.finish(answer.headers);
      const failure = cost.api === "graphql" ? classifyAnswer(answer, now()) : null;
      if (failure?.type === "limit") budget.refused(cost.api, failure.until, now());
      else budget.accepted();
      return answer;
    } catch (error) {
      budget.finish(headersOf(error));
      const failure = classifyFailure(error, now());
      if (failure.type === "limit") budget.refused(cost.api, failure.until, now());
      throw error;
    }
  });
  return octokit;
}

/** Names a request: the same wish, tried again, has the same key. */
function keyOf(options: Record<string, unknown>): string {
  const { method, url, query } = options;
  return JSON.stringify([method, url, query, subjectOf(options)]);
}

const ISSUE = /\/repos\/([^/]+)\/([^/]+)\/issues\/(\d+)/;

/** What a request is about: an issue by its number (in the address where pages are read), a discussion by its node id. */
function subjectOf({ url, owner, repo, issue_number: issue, variables }: Record<string, unknown>): string {
  const named = ISSUE.exec(String(url))?.slice(1) ?? [owner, repo, issue && String(issue)];
  return JSON.stringify([...named, (variables as { id?: unknown } | undefined)?.id]);
}

/** The login under which the App writes: `slug[bot]`. */
export async function ownLogin(clients: Pick<Clients, "app">): Promise<string> {
  const octokit = await clients.app();
  const { data } = await octokit.rest.apps.getAuthenticated();
  if (!data?.slug)
    throw new Error("GitHub did not tell the app's slug: are APP_ID and PRIVATE_KEY of one app?");
  return `${data.slug}[bot]`;
}
