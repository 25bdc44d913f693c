import { appOf, atLeast, must, roleOf, serves } from "./state/access.ts";
import { forbidden, notFound, Refusal } from "./state/refusal.ts";
import type { Account, App, Installation, Level, Repository, Role, State, Token } from "./state/state.ts";
import type { Actor, World } from "./state/world.ts";

/** Who asks: nobody, an app with its JWT, an installation with its token, a person with theirs. */
export type Caller =
  | { as: "nobody" }
  | { as: "app"; app: App }
  | {
      as: "installation";
      app: App;
      installation: Installation;
      permissions: Record<string, Level>;
      repositoryIds: Set<number> | null;
    }
  | { as: "user"; account: Account };

/** What something takes: a permission from apps, a role from people. `author`: or having written it. */
export interface Need {
  permission: string;
  level: Level;
  role: Role;
}

export const need = (permission: string, level: Level, role: Role): Need => ({ permission, level, role });

/** What a token stands for; expired and unknown ones are bad credentials. */
export function callerOf(state: State, token: Token | undefined, now: number): Caller {
  if (!token) throw new Refusal(401, "Bad credentials");
  if (token.for === "user") {
    return { as: "user", account: must(state.accounts.get(token.accountId), "a token's account") };
  }
  const installation = state.installations.get(token.installationId);
  if (!installation || installation.deleted || token.expiresAt <= now)
    throw new Refusal(401, "Bad credentials");
  if (installation.suspendedAt !== null) throw forbidden("This installation has been suspended");
  const { permissions, repositoryIds } = token;
  return { as: "installation", app: appOf(state, installation), installation, permissions, repositoryIds };
}

/** May the caller know that this repository exists? Installations know only their own. */
export function sees(state: State, caller: Caller, repository: Repository): boolean {
  if (repository.deleted) return false;
  switch (caller.as) {
    case "installation":
      if (caller.repositoryIds && !caller.repositoryIds.has(repository.id)) return false;
      return serves(caller.installation, repository);
    case "user":
      return roleOf(state, repository, caller.account.id) !== null;
    case "app":
    case "nobody":
      return !repository.private;
  }
}

/** Does the caller hold what is needed in this repository? `authorId`: authors may change their own. */
export function holds(
  state: State,
  caller: Caller,
  repository: Repository,
  needed: Need,
  authorId: number | null = null,
): boolean {
  switch (caller.as) {
    case "installation":
      return hasPermission(caller.permissions, needed);
    case "user":
      if (authorId === caller.account.id) return true;
      return atLeast(roleOf(state, repository, caller.account.id), needed.role);
    case "app":
    case "nobody":
      return needed.level === "read" && !repository.private;
  }
}

export function hasPermission(
  held: Record<string, Level>,
  needed: Pick<Need, "permission" | "level">,
): boolean {
  const level = held[needed.permission];
  return level === "write" || (level === "read" && needed.level === "read");
}

/** Refuses as GitHub does: what is not seen is not found, what is not held is forbidden. */
export function demand(
  state: State,
  caller: Caller,
  repository: Repository | null,
  needed: Need,
  authorId: number | null = null,
): Repository {
  if (!repository || !sees(state, caller, repository)) throw notFound();
  if (holds(state, caller, repository, needed, authorId)) return repository;
  if (caller.as === "user") throw forbidden("Must have admin rights to Repository.");
  throw lacking(needed);
}

/** The 403 of a missing permission, with the header that names it. */
export function lacking(needed: Pick<Need, "permission" | "level">): Refusal {
  return new Refusal(403, "Resource not accessible by integration", null, {
    "x-accepted-github-permissions": `${needed.permission}=${needed.level}`,
  });
}

/** In whose name the caller writes: apps write as their bot. */
export function actorOf(world: World, caller: Caller): Actor {
  switch (caller.as) {
    case "user":
      return { account: caller.account, app: null };
    case "installation":
      return { account: must(world.state.accounts.get(caller.app.botId), "an app's bot"), app: caller.app };
    case "app":
    case "nobody":
      throw new Refusal(401, "Requires authentication");
  }
}

export function nameOf(state: State, caller: Caller): string {
  switch (caller.as) {
    case "nobody":
      return "nobody";
    case "app":
      return `app:${caller.app.slug}`;
    case "installation":
      return must(state.accounts.get(caller.app.botId), "an app's bot").login;
    case "user":
      return caller.account.login;
  }
}
