import { appOf, must } from "../state/access.ts";
import type { App, Delivery, Installation } from "../state/state.ts";
import { iso, isoOrNull, type World } from "../state/world.ts";
import { accountById, accountView, apiUrl, type Json } from "./account.ts";

export function clientIdOf(app: Pick<App, "id">): string {
  return `Iv1.${app.id.toString(16).padStart(16, "0")}`;
}

/** GitHub's `integration`: an app. */
export function appView(world: World, app: App): Json {
  return {
    id: app.id,
    client_id: clientIdOf(app),
    slug: app.slug,
    node_id: app.nodeId,
    owner: accountById(world, app.ownerId),
    name: app.name,
    description: "",
    external_url: world.origin,
    html_url: `${world.origin}/apps/${app.slug}`,
    created_at: iso(app.createdAt),
    updated_at: iso(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  };
}

/** GitHub's `installation`. */
export function installationView(world: World, installation: Installation): Json {
  const account = must(world.state.accounts.get(installation.accountId), "an installation's account");
  return {
    id: installation.id,
    client_id: clientIdOf({ id: installation.appId }),
    account: accountView(world, account),
    repository_selection: installation.repositoryIds === null ? "all" : "selected",
    access_tokens_url: apiUrl(world, `/app/installations/${installation.id}/access_tokens`),
    repositories_url: apiUrl(world, "/installation/repositories"),
    html_url: `${world.origin}/settings/installations/${installation.id}`,
    app_id: installation.appId,
    app_slug: appOf(world.state, installation).slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: iso(installation.createdAt),
    updated_at: iso(installation.updatedAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: accountById(world, installation.suspendedById),
    suspended_at: isoOrNull(installation.suspendedAt),
  };
}

/** GitHub's `hook-delivery-item`. */
export function deliveryView(delivery: Delivery): Json {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: new Date(delivery.deliveredAt).toISOString(),
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

/** GitHub's `hook-delivery`. */
export function fullDeliveryView(delivery: Delivery): Json {
  return {
    ...deliveryView(delivery),
    url: delivery.url,
    request: { headers: delivery.request.headers, payload: JSON.parse(delivery.request.body) },
    response: { headers: delivery.response.headers, payload: delivery.response.body },
  };
}
