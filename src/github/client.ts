import { type Probot, ProbotOctokit } from "probot";

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
 * Octokit as the desk uses it: no throttling and no retries of its own, since our budget and our outbox do both.
 * The defaults are a function: Probot silently ignores the object form.
 */
export const DeskOctokit = TimedOctokit.defaults((options: object) => ({
  ...options,
  userAgent: "frontdesk",
  throttle: { enabled: false },
  retry: { enabled: false },
}));

/** REST by `octokit.rest`, GraphQL by `octokit.graphql`, pages by `octokit.paginate`. */
export type Octokit = InstanceType<typeof ProbotOctokit>;

/** Who the desk may be on GitHub. */
export interface Clients {
  /** As an installation: its token is fetched at the first request and renewed by itself. */
  installation(id: number): Promise<Octokit>;
  /** As the App: for its own data and its deliveries only. */
  app(): Promise<Octokit>;
}

/** One Octokit an installation, kept for the life of the process. */
export function clientsOf(probot: Pick<Probot, "auth">): Clients {
  const installations = new Map<number, Promise<Octokit>>();
  return {
    app: () => probot.auth(),
    installation(id) {
      const known = installations.get(id);
      if (known) return known;
      const created = probot.auth(id);
      installations.set(id, created);
      created.catch(() => installations.delete(id));
      return created;
    },
  };
}
