import { hasPermission, lacking } from "../caller.ts";
import { accountByLogin } from "../state/access.ts";
import { notFound, Refusal } from "../state/refusal.ts";
import type { Account, Team } from "../state/state.ts";
import { accountView, apiUrl, organizationView, publicUserView, teamView } from "../views/account.ts";
import { type Call, nothing, ok, page, type Route } from "./route.ts";

/** The organisation of the path, for those who may read its members. */
function organizationOfCall(call: Call): Account {
  const { world, caller } = call;
  const organization = accountByLogin(world.state, call.params.org ?? "");
  if (organization?.type !== "Organization") throw notFound();
  const members = { permission: "members", level: "read" as const };
  if (caller.as === "installation") {
    if (caller.installation.accountId !== organization.id) throw lacking(members);
    if (!hasPermission(caller.permissions, members)) throw lacking(members);
  }
  return organization;
}

/** People see all members only from inside; apps that may read members see them all. */
function seesInside(call: Call, organization: Account): boolean {
  if (call.caller.as === "installation") return true;
  return call.caller.as === "user" && organization.members.has(call.caller.account.id);
}

function teamOfCall(call: Call): Team {
  const organization = organizationOfCall(call);
  for (const team of call.world.state.teams.values()) {
    if (team.organizationId === organization.id && team.slug === call.params.team_slug) return team;
  }
  throw notFound();
}

function peopleOf(call: Call, ids: Iterable<number>): Account[] {
  return [...ids].flatMap((id) => {
    const account = call.world.state.accounts.get(id);
    return account && !account.deleted ? [account] : [];
  });
}

function memberOfCall(call: Call, organization: Account): Account {
  const account = accountByLogin(call.world.state, call.params.username ?? "");
  const membership = account && organization.members.get(account.id);
  if (!account || !membership) throw notFound();
  if (!membership.public && !seesInside(call, organization)) throw notFound();
  return account;
}

const MEMBERS: Route[] = [
  {
    method: "GET",
    path: "/orgs/{org}/members",
    operation: "orgs/list-members",
    handle: (call) => {
      const organization = organizationOfCall(call);
      const inside = seesInside(call, organization);
      const wanted = call.query.get("role") ?? "all";
      const ids = [...organization.members].filter(
        ([, member]) => (inside || member.public) && (wanted === "all" || member.role === wanted),
      );
      const url = apiUrl(call.world, `/orgs/${organization.login}/members`);
      const people = peopleOf(
        call,
        ids.map(([id]) => id),
      );
      return page(call, url, people, (account) => accountView(call.world, account));
    },
  },
  {
    method: "GET",
    path: "/orgs/{org}/public_members",
    operation: "orgs/list-public-members",
    handle: (call) => {
      const organization = accountByLogin(call.world.state, call.params.org ?? "");
      if (organization?.type !== "Organization") throw notFound();
      const shown = [...organization.members].filter(([, member]) => member.public).map(([id]) => id);
      const url = apiUrl(call.world, `/orgs/${organization.login}/public_members`);
      return page(call, url, peopleOf(call, shown), (account) => accountView(call.world, account));
    },
  },
  {
    method: "GET",
    path: "/orgs/{org}/members/{username}",
    operation: "orgs/check-membership-for-user",
    handle: (call) => {
      memberOfCall(call, organizationOfCall(call));
      return nothing();
    },
  },
  {
    method: "GET",
    path: "/orgs/{org}/memberships/{username}",
    operation: "orgs/get-membership-for-user",
    handle: (call) => {
      const organization = organizationOfCall(call);
      const account = memberOfCall(call, organization);
      const url = apiUrl(call.world, `/orgs/${organization.login}`);
      return ok({
        url: `${url}/memberships/${account.login}`,
        state: "active",
        role: organization.members.get(account.id)?.role,
        organization_url: url,
        organization: organizationView(call.world, organization),
        user: accountView(call.world, account),
      });
    },
  },
];

const TEAMS: Route[] = [
  {
    method: "GET",
    path: "/orgs/{org}/teams",
    operation: "teams/list",
    handle: (call) => {
      const organization = organizationOfCall(call);
      const teams = [...call.world.state.teams.values()].filter((t) => t.organizationId === organization.id);
      const url = apiUrl(call.world, `/orgs/${organization.login}/teams`);
      return page(call, url, teams, (team) => teamView(call.world, team));
    },
  },
  {
    method: "GET",
    path: "/orgs/{org}/teams/{team_slug}/members",
    operation: "teams/list-members-in-org",
    handle: (call) => {
      const team = teamOfCall(call);
      const url = apiUrl(call.world, `/organizations/${team.organizationId}/team/${team.id}/members`);
      return page(call, url, peopleOf(call, team.members), (account) => accountView(call.world, account));
    },
  },
  {
    method: "GET",
    path: "/orgs/{org}/teams/{team_slug}/memberships/{username}",
    operation: "teams/get-membership-for-user-in-org",
    handle: (call) => {
      const team = teamOfCall(call);
      const account = accountByLogin(call.world.state, call.params.username ?? "");
      if (!account || !team.members.has(account.id)) throw notFound();
      const url = `${teamView(call.world, team).url}/memberships/${account.login}`;
      return ok({ url, role: "member", state: "active" });
    },
  },
];

/** People, organisations and teams. */
export const ORGANIZATION_ROUTES: Route[] = [
  ...MEMBERS,
  ...TEAMS,
  {
    method: "GET",
    path: "/users/{username}",
    operation: "users/get-by-username",
    handle: (call) => {
      const account = accountByLogin(call.world.state, call.params.username ?? "");
      if (!account) throw notFound();
      return ok(publicUserView(call.world, account));
    },
  },
  {
    method: "GET",
    path: "/user",
    operation: "users/get-authenticated",
    handle: (call) => {
      const { caller, world } = call;
      if (caller.as === "user") return ok(publicUserView(world, caller.account));
      if (caller.as === "installation") throw new Refusal(403, "Resource not accessible by integration");
      throw new Refusal(401, "Requires authentication");
    },
  },
];
