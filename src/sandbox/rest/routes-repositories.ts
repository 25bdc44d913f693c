import { demand, need } from "../caller.ts";
import { accountByLogin, grantedRole, oldPermission, roleOf } from "../state/access.ts";
import { notFound } from "../state/refusal.ts";
import type { Account, Repository } from "../state/state.ts";
import { accountView, type Json, permissionsOf } from "../views/account.ts";
import { fullRepositoryView, repositoryUrl } from "../views/repository.ts";
import { type Answer, type Call, Moved, ok, page, type Route, repositoryOfCall } from "./route.ts";

export const METADATA = need("metadata", "read", "read");

/** A former name redirects to the address by id. */
function getByName(call: Call): Answer {
  const { world, params } = call;
  const repository = repositoryOfCall(call, METADATA);
  const owner = world.state.accounts.get(repository.ownerId)?.login.toLowerCase();
  const sameName =
    `${params.owner}/${params.repo}`.toLowerCase() === `${owner}/${repository.name.toLowerCase()}`;
  if (!sameName) throw new Moved(`${world.origin}/api/v3/repositories/${repository.id}`);
  return ok({ ...fullRepositoryView(world, repository), ...organizationOf(call, repository) });
}

function organizationOf(call: Call, repository: Repository): Json {
  const owner = call.world.state.accounts.get(repository.ownerId);
  return owner?.type === "Organization" ? { organization: accountView(call.world, owner) } : {};
}

function getById(call: Call): Answer {
  const { world, caller, params } = call;
  const found = world.state.repositories.get(Number(params.repository_id)) ?? null;
  const repository = demand(world.state, caller, found, METADATA);
  return ok({ ...fullRepositoryView(world, repository), ...organizationOf(call, repository) });
}

function accountOfCall(call: Call): Account {
  const account = accountByLogin(call.world.state, call.params.username ?? "");
  if (!account) throw notFound();
  return account;
}

function permission(call: Call): Answer {
  const { world } = call;
  const repository = repositoryOfCall(call, METADATA);
  const account = accountOfCall(call);
  const role = roleOf(world.state, repository, account.id);
  const permissions = permissionsOf(world.state, repository, account.id);
  return ok({
    permission: role ? oldPermission(role) : "none",
    role_name: role ?? "none",
    user: { ...accountView(world, account), permissions, role_name: role ?? "none" },
  });
}

const QUERY_ROLE: Record<string, string> = {
  pull: "pull",
  triage: "triage",
  push: "push",
  maintain: "maintain",
  admin: "admin",
};

function collaborators(call: Call): Answer {
  const { world, query } = call;
  const repository = repositoryOfCall(call, { ...METADATA, role: "write" });
  const direct = query.get("affiliation") === "direct";
  const wanted = QUERY_ROLE[query.get("permission") ?? "pull"] ?? "pull";
  const found = [...world.state.accounts.values()].filter((account) => {
    if (account.deleted || account.type !== "User") return false;
    if (direct && !repository.collaborators.has(account.id)) return false;
    if (!grantedRole(world.state, repository, account.id)) return false;
    return permissionsOf(world.state, repository, account.id)[wanted] === true;
  });
  const url = `${repositoryUrl(world, repository)}/collaborators`;
  return page(call, url, found, (account) => ({
    ...accountView(world, account),
    permissions: permissionsOf(world.state, repository, account.id),
    role_name: grantedRole(world.state, repository, account.id) ?? "read",
  }));
}

export const REPOSITORY_ROUTES: Route[] = [
  { method: "GET", path: "/repos/{owner}/{repo}", operation: "repos/get", handle: getByName },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/collaborators",
    operation: "repos/list-collaborators",
    handle: collaborators,
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/collaborators/{username}/permission",
    operation: "repos/get-collaborator-permission-level",
    handle: permission,
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/private-vulnerability-reporting",
    operation: "repos/check-private-vulnerability-reporting",
    handle: (call) => {
      const repository = repositoryOfCall(call, METADATA);
      // A feature of public repositories; for private ones GitHub was seen to answer that it is not there.
      if (repository.private) throw notFound();
      return ok({ enabled: repository.privateReporting });
    },
  },
];

/** `GET /repositories/{id}` is where redirects lead; the official description leaves it out. */
export const BY_ID: Omit<Route, "operation"> = {
  method: "GET",
  path: "/repositories/{repository_id}",
  handle: getById,
};
