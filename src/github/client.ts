import { type Probot, ProbotOctokit } from "probot";
import { Budget, BudgetExhausted, costOf } from "./budget.ts";
import { classifyFailure } from "./failure.ts";

/** GitHub answers within 10 s or not at all; a longer wait would only hold a ticket's turn. `request.timeout` overrides it. */
const REQUEST_TIMEOUT_MS = 10_000;

const TimedOctokit = ProbotOctokit.plugin((octokit) => {
  octokit.hook.before("request", (options) => {
    const { timeout = REQUEST_TIMEOUT_MS } = options.request;
    options.request = { ...options.request, signal: AbortSignal.timeout(timeout) };
  });
  return {};
});

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
  /** As an installation: its token is fetched at the first request and renewed by itself. */
  installation(id: number): Promise<Octokit>;
  /** Forgets the installation's token: it has the permissions of when it was made, for an hour. */
  forget(id: number): void;
  /** As the App: for its own data and its deliveries only. */
  app(): Promise<Octokit>;
}

/** How long to leave an installation alone after a limit that does not say until when, as GitHub asks. */
const UNSAID_WAIT_MS = 60_000;

/** One Octokit an installation, with one budget, kept for the life of the process. `now`: milliseconds since 1970. */
export function clientsOf(probot: Pick<Probot, "auth">, now: () => number): Clients {
  const installations = new Map<number, Promise<Octokit>>();
  const budgets = new Map<number, Budget>();
  const budgetOf = (id: number): Budget => {
    const budget = budgets.get(id) ?? new Budget();
    budgets.set(id, budget);
    return budget;
  };
  return {
    app: () => probot.auth(),
    installation(id) {
      const known = installations.get(id);
      if (known) return known;
      const created = probot.auth(id).then((octokit) => withBudget(octokit, budgetOf(id), now));
      installations.set(id, created);
      created.catch(() => installations.delete(id));
      return created;
    },
    forget: (id) => void installations.delete(id),
  };
}

/** A request that the budget has no room for is not sent: `BudgetExhausted` says when to come back. */
export function withBudget(octokit: Octokit, budget: Budget, now: () => number): Octokit {
  octokit.hook.wrap("request", async (request, options) => {
    const { method, url } = options;
    const query = typeof options.query === "string" ? options.query : undefined;
    const cost = costOf(method, url, query);
    const until = budget.take(cost, keyOf(options), now());
    if (until !== null) throw new BudgetExhausted(until);
    try {
      return await request(options);
    } catch (error) {
      const failure = classifyFailure(error, now());
      if (failure.type === "limit") budget.block(failure.until ?? now() + UNSAID_WAIT_MS);
      throw error;
    }
  });
  return octokit;
}

/** Names a request by what it is about: the same wish, tried again, has the same key. */
function keyOf(options: Record<string, unknown>): string {
  const { method, url, owner, repo, issue_number: issue, variables } = options;
  return JSON.stringify([method, url, owner, repo, issue, (variables as { id?: unknown } | undefined)?.id]);
}

/** The login under which the App writes: `slug[bot]`. */
export async function ownLogin(clients: Pick<Clients, "app">): Promise<string> {
  const octokit = await clients.app();
  const { data } = await octokit.rest.apps.getAuthenticated();
  if (!data?.slug)
    throw new Error("GitHub did not tell the app's slug: are APP_ID and PRIVATE_KEY of one app?");
  return `${data.slug}[bot]`;
}
