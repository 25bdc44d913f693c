import { newIdentity, register } from "../state/identity.ts";
import { accountByLogin, must, oldPermission } from "../state/access.ts";
import type { Account, Repository, Role, Team } from "../state/state.ts";
import type { Actor, World } from "../state/world.ts";
import { accountView, teamView } from "../views/account.ts";

const PREFIX = { User: "U", Bot: "BOT", Organization: "O" } as const;

/** Makes an account, or gives the one of that login. */
export function ensureAccount(
  world: World,
  login: string,
  type: Account["type"] = "User",
  name: string | null = null,
): Account {
  const known = accountByLogin(world.state, login);
  if (known) return known;
  const account: Account = {
    is: "account",
    ...newIdentity(world.state, "account", { prefix: PREFIX[type] }),
    login,
    type,
    name,
    createdAt: world.now(),
    deleted: false,
    members: new Map(),
    sponsors: new Map(),
  };
  world.state.accounts.set(account.id, account);
  return register(world.state, account);
}

/** Gives somebody a role in a repository, or takes it with `null`; tells `member`. */
export function setRole(
  world: World,
  actor: Actor,
  repository: Repository,
  account: Account,
  role: Role | null,
): void {
  const before = repository.collaborators.get(account.id);
  if (before === role || (!before && role === null)) return;
  if (role === null) repository.collaborators.delete(account.id);
  else repository.collaborators.set(account.id, role);
  const action = role === null ? "removed" : before ? "edited" : "added";
  const level = role === null ? null : oldPermission(role);
  const changes =
    role === null
      ? {}
      : {
          changes: {
            ...(before ? { old_permission: { from: oldPermission(before) } } : {}),
            permission: before ? { from: oldPermission(before), to: level } : { to: level },
          },
        };
  world.publish({
    event: "member",
    action,
    repository,
    sender: actor.account,
    payload: { member: accountView(world, account), ...changes },
  });
}

export function createTeam(world: World, organization: Account, name: string): Team {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const team: Team = {
    is: "team",
    ...newIdentity(world.state, "team"),
    slug,
    name,
    description: null,
    organizationId: organization.id,
    members: new Set(),
    repositories: new Map(),
  };
  world.state.teams.set(team.id, team);
  return register(world.state, team);
}

/** Puts somebody into a team or takes them out; tells `membership`. */
export function setMembership(
  world: World,
  actor: Actor,
  team: Team,
  account: Account,
  member: boolean,
): void {
  if (team.members.has(account.id) === member) return;
  if (member) team.members.add(account.id);
  else team.members.delete(account.id);
  const organization = must(world.state.accounts.get(team.organizationId), "a team's organisation");
  world.publish({
    event: "membership",
    action: member ? "added" : "removed",
    organization,
    sender: actor.account,
    payload: { scope: "team", member: accountView(world, account), team: teamView(world, team) },
  });
}

/** Gives a team a role in a repository, or takes it; tells `team`. */
export function setTeamRole(
  world: World,
  actor: Actor,
  team: Team,
  repository: Repository,
  role: Role | null,
): void {
  if (role === null) team.repositories.delete(repository.id);
  else team.repositories.set(repository.id, role);
  world.publish({
    event: "team",
    action: role === null ? "removed_from_repository" : "added_to_repository",
    repository,
    sender: actor.account,
    payload: { team: teamView(world, team) },
  });
}

/** Somebody joins or leaves an organisation; tells `organization`. */
export function setOrganizationRole(
  world: World,
  actor: Actor,
  organization: Account,
  account: Account,
  role: "admin" | "member" | null,
  isPublic: boolean,
): void {
  if (role === null) organization.members.delete(account.id);
  else organization.members.set(account.id, { role, public: isPublic });
  const url = `${world.origin}/api/v3/orgs/${organization.login}`;
  world.publish({
    event: "organization",
    action: role === null ? "member_removed" : "member_added",
    organization,
    sender: actor.account,
    payload: {
      membership: {
        url: `${url}/memberships/${account.login}`,
        state: "active",
        role: role ?? "member",
        organization_url: url,
        user: accountView(world, account),
      },
    },
  });
}

/** The account goes; what it wrote stays, with nobody as its author. */
export function deleteAccount(account: Account): void {
  account.deleted = true;
}
