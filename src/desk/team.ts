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
  return isNamed(settings, login) || isTeamRole(await cachedRole(desk, repository, login));
}

/** As `isOnTeam`, for any number of people: at most one listing; who is beyond its end is not on the team. */
export async function isListedOnTeam(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  login: string,
): Promise<boolean> {
  if (isNamed(settings, login)) return true;
  const { byLogin } = await roles(desk, repository);
  const name = login.toLowerCase();
  return Object.hasOwn(byLogin, name) && isTeamRole(byLogin[name] ?? "none");
}

function isNamed({ team }: Settings, login: string): boolean {
  return team.some((member) => member.login.toLowerCase() === login.toLowerCase());
}

export function isTeamRole(role: string): boolean {
  return TEAM_ROLES.has(role) || !OUTSIDE_ROLES.has(role);
}

type Roles = NonNullable<Repository["roles"]>;

/** Only where the listing is too long to read are people looked up one by one. */
async function cachedRole(desk: Desk, repository: Repository, login: string): Promise<string> {
  const askedAt = desk.now();
  const listed = await roles(desk, repository);
  const name = login.toLowerCase();
  // Not by index alone: somebody is called `constructor`.
  const known = Object.hasOwn(listed.byLogin, name) ? listed.byLogin[name] : undefined;
  if (known !== undefined) return known;
  const octokit = await desk.clients.installation(repository.installationId);
  const role = listed.complete ? "none" : await roleOf(octokit, repository.fullName, login);
  if (!listed.complete)
    await keepRoles(desk, repository, askedAt, { ...listed, byLogin: { ...listed.byLogin, [name]: role } });
  return role;
}

/** One listing an hour tells of everybody. */
async function roles(desk: Desk, repository: Repository): Promise<Roles> {
  if (repository.roles && desk.now() - repository.roles.at < ROLE_TTL_MS) return repository.roles;
  const octokit = await desk.clients.installation(repository.installationId);
  const askedAt = desk.now();
  return keepRoles(desk, repository, askedAt, await readRoles(octokit, repository.fullName, askedAt));
}

async function keepRoles(desk: Desk, repository: Repository, askedAt: number, known: Roles): Promise<Roles> {
  repository.roles = known;
  await keepReading(desk, repository.id, askedAt, { roles: known });
  return known;
}

async function readRoles(octokit: Octokit, fullName: string, at: number): Promise<Roles> {
  const listed = await listCollaborators(octokit, fullName, MAX_COLLABORATOR_PAGES);
  const byLogin = Object.fromEntries(
    Object.entries(listed ?? {}).map(([login, role]) => [login.toLowerCase(), role]),
  );
  return { at, complete: listed !== null, byLogin };
}
