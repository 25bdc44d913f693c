import { grantedRole, must, ownerOf } from "../state/access.ts";
import type { Account, Repository, State, Team } from "../state/state.ts";
import { iso, type World } from "../state/world.ts";

export type Json = Record<string, unknown>;

export function apiUrl(world: World, path: string): string {
  return `${world.origin}/api/v3${path}`;
}

/** GitHub's `simple-user`; a deleted account is `null`. */
export function accountView(world: World, account: Account | null | undefined): Json | null {
  if (!account || account.deleted) return null;
  const url = apiUrl(world, `/users/${encodeURIComponent(account.login)}`);
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    avatar_url: `${world.origin}/avatars/u/${account.id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${world.origin}/${account.type === "Bot" ? `apps/${account.login.replace("[bot]", "")}` : account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

export function accountById(world: World, id: number | null): Json | null {
  return id === null ? null : accountView(world, world.state.accounts.get(id));
}

/** GitHub's `public-user`. */
export function publicUserView(world: World, account: Account): Json {
  return {
    ...accountView(world, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: [...world.state.repositories.values()].filter((r) => r.ownerId === account.id && !r.private)
      .length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: iso(account.createdAt),
    updated_at: iso(account.createdAt),
  };
}

/** GitHub's `organization-simple`, as webhooks carry it. */
export function organizationView(world: World, account: Account): Json {
  const url = apiUrl(world, `/orgs/${account.login}`);
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.origin}/avatars/u/${account.id}?v=4`,
    description: account.name,
  };
}

export function teamView(world: World, team: Team): Json {
  const organization = must(world.state.accounts.get(team.organizationId), "a team's organisation");
  const url = apiUrl(world, `/organizations/${organization.id}/team/${team.id}`);
  return {
    id: team.id,
    node_id: team.nodeId,
    name: team.name,
    slug: team.slug,
    description: team.description,
    privacy: "closed",
    notification_setting: "notifications_enabled",
    permission: "pull",
    url,
    html_url: `${world.origin}/orgs/${organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: organization.id,
    parent: null,
  };
}

export type Association = "OWNER" | "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR" | "NONE";

/** As GitHub gives it: private membership of the organisation does not show. */
export function associationOf(state: State, repository: Repository, accountId: number): Association {
  if (repository.ownerId === accountId) return "OWNER";
  if (ownerOf(state, repository).members.get(accountId)?.public) return "MEMBER";
  if (repository.collaborators.has(accountId)) return "COLLABORATOR";
  if (repository.commits.some((commit) => commit.authorId === accountId)) return "CONTRIBUTOR";
  return "NONE";
}

/** The five booleans beside a collaborator's role. */
export function permissionsOf(state: State, repository: Repository, accountId: number): Json {
  const role = grantedRole(state, repository, accountId);
  const rank = ["read", "triage", "write", "maintain", "admin"].indexOf(role ?? "");
  return {
    pull: rank >= 0 || !repository.private,
    triage: rank >= 1,
    push: rank >= 2,
    maintain: rank >= 3,
    admin: rank >= 4,
  };
}
