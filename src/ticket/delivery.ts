/** What a delivery or a job is about: the unit that is worked on by one at a time, and committed at once. */
export type WorkScope = "ticket" | "repository" | "installation";

/** What the desk does besides, of which the App's deliveries tell nothing: of an installation, and of a sponsored account. */
export type OwnScope = "notices" | "roster" | "sponsors" | "mirror";

/** What is kept as one document. No job is ever about a shelf of articles, a thread of the backlog or an example. */
export type Scope = WorkScope | OwnScope | "shelf" | "thread" | "example";

/** `ticket:12/7`, `repository:12`, `installation:3`; `notices:3` and `roster:3` of an installation; `sponsors:octocat`; `mirror:12/7` of a ticket. */
export type ScopeKey = `${Scope}:${string}`;

/** A webhook delivery as it came in, after its signature was verified. */
export interface Delivery {
  /** `X-GitHub-Delivery`: the same again when GitHub sends it again. */
  id: string;
  /** `X-GitHub-Event`. */
  event: string;
  scope: ScopeKey;
  /** The body's text, as signed. */
  payload: string;
  /** Milliseconds since 1970. */
  receivedAt: number;
}

export function scopeKey(scope: Scope, id: string | number): ScopeKey {
  return `${scope}:${id}`;
}

/** `ticket:12/7` -> `["ticket", "12/7"]`. */
export function parseScopeKey(key: ScopeKey): [Scope, string] {
  const colon = key.indexOf(":");
  return [key.slice(0, colon) as Scope, key.slice(colon + 1)];
}

/** The repository that a scope of work is, or to which its ticket belongs; null for all other scopes. */
export function repositoryOf(key: ScopeKey): number | null {
  const [scope, id] = parseScopeKey(key);
  return scope === "ticket" || scope === "repository" ? Number(id.split("/")[0]) : null;
}

/** Ids as GitHub numbers things; anything else would let a payload or a backup choose a path. */
const IDS: Record<Scope, RegExp> = {
  ticket: /^\d+\/\d+$/,
  repository: /^\d+$/,
  installation: /^\d+$/,
  shelf: /^\d+\/\d+$/,
  thread: /^\d+\/\d+$/,
  example: /^\d+\/\d+$/,
  notices: /^\d+$/,
  roster: /^\d+$/,
  mirror: /^\d+\/\d+$/,
  // A login in lower case.
  sponsors: /^[a-z\d][a-z\d_-]{0,98}$/,
};

export function isScopeKey(text: unknown): text is ScopeKey {
  if (typeof text !== "string") return false;
  const [scope, id] = parseScopeKey(text as ScopeKey);
  return Object.hasOwn(IDS, scope) && IDS[scope].test(id);
}
