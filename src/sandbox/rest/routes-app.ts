import { randomBytes } from "node:crypto";
import { hasPermission } from "../caller.ts";
import { repositoriesOf } from "../operations/installations.ts";
import { repositoryByName, serves } from "../state/access.ts";
import { notFound, Refusal } from "../state/refusal.ts";
import type { App, Delivery, Installation, Level } from "../state/state.ts";
import { iso } from "../state/world.ts";
import { apiUrl } from "../views/account.ts";
import { appView, deliveryView, fullDeliveryView, installationView } from "../views/app.ts";
import { repositoryView } from "../views/repository.ts";
import { type Answer, type Call, created, ok, page, type Route, slice } from "./route.ts";

const TOKEN_LIFE_MS = 3_600_000;
/** GitHub's newer tokens are this long; whoever cuts them at 40 fails here. */
const TOKEN_LENGTH = 520;

function appOfCall(call: Call): App {
  if (call.caller.as !== "app") throw new Refusal(401, "A JSON web token could not be decoded");
  return call.caller.app;
}

function installationOfCall(call: Call): Installation {
  const app = appOfCall(call);
  const installation = call.world.state.installations.get(Number(call.params.installation_id));
  if (!installation || installation.deleted || installation.appId !== app.id) throw notFound();
  return installation;
}

function createToken(call: Call): Answer {
  const { world, input } = call;
  const installation = installationOfCall(call);
  if (installation.suspendedAt !== null) throw new Refusal(403, "This installation has been suspended");
  const permissions = (input.permissions as Record<string, Level> | undefined) ?? installation.permissions;
  for (const [permission, level] of Object.entries(permissions)) {
    if (!hasPermission(installation.permissions, { permission, level })) {
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
    }
  }
  const wanted = chosen(call, installation);
  const token = `ghs_${randomBytes(TOKEN_LENGTH).toString("base64url")}`.slice(0, TOKEN_LENGTH);
  const expiresAt = call.tokenTime + TOKEN_LIFE_MS;
  world.state.tokens.set(token, {
    for: "installation",
    installationId: installation.id,
    permissions: { metadata: "read", ...permissions },
    repositoryIds: wanted && new Set(wanted.map((repository) => repository.id)),
    expiresAt,
  });
  return created({
    token,
    expires_at: iso(expiresAt),
    permissions,
    repository_selection: wanted || installation.repositoryIds ? "selected" : "all",
    ...(wanted ? { repositories: wanted.map((repository) => repositoryView(world, repository)) } : {}),
  });
}

/** The repositories that a token is narrowed to, or null. */
function chosen(call: Call, installation: Installation) {
  const { repositories, repository_ids: ids } = call.input as {
    repositories?: string[];
    repository_ids?: number[];
  };
  if (!repositories && !ids) return null;
  const all = repositoriesOf(call.world, installation);
  const found = all.filter((r) => ids?.includes(r.id) || repositories?.includes(r.name));
  if (found.length === (ids?.length ?? 0) + (repositories?.length ?? 0)) return found;
  throw new Refusal(
    422,
    "There is at least one repository that does not exist or is not accessible to the parent installation.",
  );
}

function installationWhere(call: Call, matches: (installation: Installation) => boolean): Answer {
  const app = appOfCall(call);
  for (const installation of call.world.state.installations.values()) {
    if (installation.appId === app.id && !installation.deleted && matches(installation)) {
      return ok(installationView(call.world, installation));
    }
  }
  throw notFound();
}

/** Newest first, by a cursor that is the id of the last one seen. */
function listDeliveries(call: Call): Answer {
  const app = appOfCall(call);
  const size = Math.min(100, Number(call.query.get("per_page") ?? 30) || 30);
  const cursor = Number(call.query.get("cursor")?.replace(/^v1_/, "") ?? Number.POSITIVE_INFINITY);
  const status = call.query.get("status");
  const good = (delivery: Delivery) => delivery.statusCode >= 200 && delivery.statusCode < 400;
  const rest = call.world.state.deliveries
    .filter((delivery) => delivery.appId === app.id && delivery.id < cursor)
    .filter((delivery) => !status || (status === "success") === good(delivery))
    .reverse();
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  if (!last || rest.length <= size) return ok(shown.map(deliveryView));
  const query = new URLSearchParams(call.query);
  query.set("cursor", `v1_${last.id}`);
  const link = `<${apiUrl(call.world, "/app/hook/deliveries")}?${query}>; rel="next"`;
  return ok(shown.map(deliveryView), { link });
}

function deliveryOfCall(call: Call): Delivery {
  const app = appOfCall(call);
  const id = Number(call.params.delivery_id);
  const delivery = call.world.state.deliveries.find((d) => d.id === id && d.appId === app.id);
  if (!delivery) throw notFound();
  return delivery;
}

function hookConfig(call: Call): Answer {
  const { webhookUrl } = appOfCall(call);
  return ok({ content_type: "json", secret: "********", url: webhookUrl ?? "", insecure_ssl: "0" });
}

function listInstallationRepositories(call: Call): Answer {
  const { world, caller } = call;
  if (caller.as !== "installation")
    throw new Refusal(
      403,
      "You must authenticate with an installation access token in order to list repositories for an installation.",
    );
  const all = repositoriesOf(world, caller.installation).filter(
    (repository) => caller.repositoryIds === null || caller.repositoryIds.has(repository.id),
  );
  const { items, headers } = slice(call, apiUrl(world, "/installation/repositories"), all);
  const repositories = items.map((repository) => repositoryView(world, repository));
  const repository_selection = caller.installation.repositoryIds === null ? "all" : "selected";
  return ok({ total_count: all.length, repository_selection, repositories }, headers);
}

export const APP_ROUTES: Route[] = [
  {
    method: "GET",
    path: "/app",
    operation: "apps/get-authenticated",
    handle: (call) => {
      const app = appOfCall(call);
      const installations = [...call.world.state.installations.values()];
      const count = installations.filter((i) => i.appId === app.id && !i.deleted).length;
      return ok({ ...appView(call.world, app), installations_count: count });
    },
  },
  {
    method: "GET",
    path: "/app/installations",
    operation: "apps/list-installations",
    handle: (call) => {
      const app = appOfCall(call);
      const all = [...call.world.state.installations.values()].filter(
        (i) => i.appId === app.id && !i.deleted,
      );
      return page(call, apiUrl(call.world, "/app/installations"), all, (i) =>
        installationView(call.world, i),
      );
    },
  },
  {
    method: "GET",
    path: "/app/installations/{installation_id}",
    operation: "apps/get-installation",
    handle: (call) => ok(installationView(call.world, installationOfCall(call))),
  },
  {
    method: "POST",
    path: "/app/installations/{installation_id}/access_tokens",
    operation: "apps/create-installation-access-token",
    handle: createToken,
  },
  {
    method: "GET",
    path: "/installation/repositories",
    operation: "apps/list-repos-accessible-to-installation",
    handle: listInstallationRepositories,
  },
  {
    method: "GET",
    path: "/orgs/{org}/installation",
    operation: "apps/get-org-installation",
    handle: (call) =>
      installationWhere(call, (installation) => {
        const account = call.world.state.accounts.get(installation.accountId);
        return (
          account?.type === "Organization" && account.login.toLowerCase() === call.params.org?.toLowerCase()
        );
      }),
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/installation",
    operation: "apps/get-repo-installation",
    handle: (call) => {
      const repository = repositoryByName(call.world.state, `${call.params.owner}/${call.params.repo}`);
      return installationWhere(
        call,
        (installation) => repository !== null && serves(installation, repository),
      );
    },
  },
  {
    method: "GET",
    path: "/app/hook/config",
    operation: "apps/get-webhook-config-for-app",
    handle: hookConfig,
  },
  {
    method: "GET",
    path: "/app/hook/deliveries",
    operation: "apps/list-webhook-deliveries",
    handle: listDeliveries,
  },
  {
    method: "GET",
    path: "/app/hook/deliveries/{delivery_id}",
    operation: "apps/get-webhook-delivery",
    handle: (call) => ok(fullDeliveryView(deliveryOfCall(call))),
  },
  {
    method: "POST",
    path: "/app/hook/deliveries/{delivery_id}/attempts",
    operation: "apps/redeliver-webhook-delivery",
    handle: (call) => {
      call.redeliver(deliveryOfCall(call).id);
      return { status: 202, body: {} };
    },
  },
];
