import type { Account, App, Installation, Repository, Role, State } from "./state.ts";

export const ROLES: Role[] = ["read", "triage", "write", "maintain", "admin"];

export function atLeast(role: Role | null, wanted: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

/** What fields from before the five roles make of a role. */
export function oldPermission(role: Role): "read" | "write" | "admin" {
  if (role === "admin") return "admin";
  return atLeast(role, "write") ? "write" : "read";
}

/** The highest role that ownership, organisation, teams or collaboration give; null for a stranger. */
export function grantedRole(state: State, repository: Repository, accountId: number): Role | null {
  if (repository.ownerId === accountId) return "admin";
  const member = state.accounts.get(repository.ownerId)?.members.get(accountId);
  if (member?.role === "admin") return "admin";
  const teams = [...state.teams.values()].filter((team) => team.members.has(accountId));
  const granted = [
    repository.collaborators.get(accountId),
    member ? ("read" as const) : undefined,
    ...teams.map((team) => team.repositories.get(repository.id)),
  ];
  return ROLES.findLast((role) => granted.includes(role)) ?? null;
}

/** The role in force: everybody may read what is public. */
export function roleOf(state: State, repository: Repository, accountId: number): Role | null {
  return grantedRole(state, repository, accountId) ?? (repository.private ? null : "read");
}

export function accountByLogin(state: State, login: string): Account | null {
  const wanted = login.toLowerCase();
  for (const account of state.accounts.values()) {
    if (!account.deleted && account.login.toLowerCase() === wanted) return account;
  }
  return null;
}

/** `owner/name` in any case, following renames; null when there is none. */
export function repositoryByName(state: State, fullName: string): Repository | null {
  const wanted = fullName.toLowerCase();
  for (const repository of state.repositories.values()) {
    if (!repository.deleted && fullNameOf(state, repository).toLowerCase() === wanted) return repository;
  }
  const moved = state.repositories.get(state.redirects.get(wanted) ?? -1);
  return moved && !moved.deleted ? moved : null;
}

export function fullNameOf(state: State, repository: Repository): string {
  return `${ownerOf(state, repository).login}/${repository.name}`;
}

export function ownerOf(state: State, repository: Repository): Account {
  return must(state.accounts.get(repository.ownerId), "an owner");
}

/** Does this installation serve that repository now? */
export function serves(installation: Installation, repository: Repository): boolean {
  if (installation.deleted || installation.suspendedAt !== null) return false;
  if (installation.accountId !== repository.ownerId) return false;
  return installation.repositoryIds === null || installation.repositoryIds.has(repository.id);
}

export function appOf(state: State, installation: Installation): App {
  return must(state.apps.get(installation.appId), "an app");
}

/** For what cannot be missing: says what is, if the sandbox itself is wrong. */
export function must<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`the sandbox lost ${what}`);
  return value;
}
