import type { Octokit } from "../github/client.ts";
import { listCollaborators, roleOf } from "../github/members.ts";
import type { Settings } from "../settings/schema.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { keepReading } from "./knowledge.ts";

/** Roles from triage upwards: they may label, so they are the team. */
const TEAM_ROLES = new Set(["triage", "write", "maintain", "admin"]);

/** Roles that only organisations define (`role_name` is then their own word): told by what they may not be. */
const OUTSIDE_ROLES = new Set(["none", "read", ""]);

/** 500 people: in larger organisations the list is mostly of readers. */
const MAX_COLLABORATOR_PAGES = 5;

/** How long a role is believed, besides the webhooks that say it changed: an hour. */
const ROLE_TTL_MS = 3_600_000;

/**
 * Is somebody on the team: named in the settings, or at least triage by `role_name`. `author_association` is not
 * asked, since payloads ignore private membership.
 */
export async function isOnTeam(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  login: string,
): Promise<boolean> {
  if (settings.team.some((member) => member.login.toLowerCase() === login.toLowerCase())) return true;
  return isTeamRole(await cachedRole(desk, repository, login));
}

export function isTeamRole(role: string): boolean {
  return TEAM_ROLES.has(role) || !OUTSIDE_ROLES.has(role);
}

/** One listing an hour tells of everybody; only where it is too long to read are people looked up one by one. */
async function cachedRole(desk: Desk, repository: Repository, login: string): Promise<string> {
  const octokit = await desk.clients.installation(repository.installationId);
  const believed =
    repository.roles && desk.now() - repository.roles.at < ROLE_TTL_MS ? repository.roles : null;
  const askedAt = desk.now();
  const roles = believed ?? (await readRoles(octokit, repository.fullName, askedAt));
  const name = login.toLowerCase();
  // Not by index alone: somebody is called `constructor`.
  const listed = Object.hasOwn(roles.byLogin, name) ? roles.byLogin[name] : undefined;
  const known = listed ?? (roles.complete ? "none" : undefined);
  const role = known ?? (await roleOf(octokit, repository.fullName, login));
  if (!believed || known === undefined) {
    repository.roles = { ...roles, byLogin: { ...roles.byLogin, [name]: role } };
    await keepReading(desk, repository.id, askedAt, { roles: repository.roles });
  }
  return role;
}

async function readRoles(
  octokit: Octokit,
  fullName: string,
  at: number,
): Promise<NonNullable<Repository["roles"]>> {
  const listed = await listCollaborators(octokit, fullName, MAX_COLLABORATOR_PAGES);
  const byLogin = Object.fromEntries(
    Object.entries(listed ?? {}).map(([login, role]) => [login.toLowerCase(), role]),
  );
  return { at, complete: listed !== null, byLogin };
}
