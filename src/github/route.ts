import { type WorkScope, type ScopeKey, scopeKey } from "../ticket/delivery.ts";
import { ticketKey } from "../ticket/thread.ts";

/** Which queue a delivery waits in, or in words why in none. */
export type Route = { scope: WorkScope; key: ScopeKey } | { ignored: string };

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** What an event is about, as far as its name tells; `team` and `repository` have a say of their own. */
const SCOPES: Record<string, WorkScope> = {
  issues: "ticket",
  issue_comment: "ticket",
  discussion: "ticket",
  discussion_comment: "ticket",
  repository: "repository",
  public: "repository",
  label: "repository",
  push: "repository",
  member: "repository",
  team_add: "repository",
  team: "repository",
  membership: "installation",
  organization: "installation",
  installation: "installation",
  installation_repositories: "installation",
};

/** A new repository is news for its installation, and so is a team's change that names no repository. */
function scopeOfName(name: string, payload: Fields): WorkScope | undefined {
  if (name === "repository" && payload.action === "created") return "installation";
  if (name === "team" && payload.repository === undefined) return "installation";
  return Object.hasOwn(SCOPES, name) ? SCOPES[name] : undefined;
}

/**
 * Where a delivery belongs, from a few fields only: this runs before GitHub gets its answer. What it sends on may still
 * turn out to be nothing when it is parsed; what it ignores is never served.
 */
export function routeOf(name: string, payload: unknown): Route {
  const body = fields(payload);
  const scope = scopeOfName(name, body);
  if (!scope) return { ignored: `${name} is not served` };
  const installation = fields(body.installation).id;
  if (typeof installation !== "number") return { ignored: `${name} without an installation` };
  if (scope === "installation") return { scope, key: scopeKey(scope, installation) };
  const repositoryId = fields(body.repository).id;
  if (typeof repositoryId !== "number") return { ignored: `${name} without a repository` };
  if (scope === "repository") return { scope, key: scopeKey(scope, repositoryId) };
  const thread = fields(name.startsWith("issue") ? body.issue : body.discussion);
  if (typeof thread.number !== "number") return { ignored: `${name} without a thread` };
  if (thread.pull_request) return { ignored: "pull requests are not served" };
  return { scope, key: scopeKey(scope, ticketKey({ repositoryId, number: thread.number })) };
}

/** The scope that a delivery belongs to; null when the desk does not serve it. */
export function scopeOf(name: string, payload: unknown): ScopeKey | null {
  const route = routeOf(name, payload);
  return "key" in route ? route.key : null;
}
