import { generateKeyPairSync, randomBytes } from "node:crypto";
import { serves } from "../state/access.ts";
import { newIdentity, register } from "../state/identity.ts";
import type { Account, App, Installation, Level, Repository } from "../state/state.ts";
import type { Actor, World } from "../state/world.ts";
import { installationView } from "../views/app.ts";
import { shortRepositoryView } from "../views/repository.ts";
import { ensureAccount } from "./accounts.ts";

export interface NewApp {
  slug: string;
  name: string;
  owner: Account;
  permissions: Record<string, Level>;
  events: string[];
  webhookSecret: string;
}

interface KeyPair {
  publicKey: string;
  privateKey: string;
}

/** Making an RSA key takes up to 0.2 s, so the n-th app of every sandbox of this process has the n-th key. */
const keys: KeyPair[] = [];

function keyOf(index: number): KeyPair {
  keys[index] ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return keys[index];
}

/** Registers an app and its bot; the private key is handed out once and not kept. */
export function createApp(world: World, fields: NewApp): { app: App; privateKey: string } {
  const { publicKey, privateKey } = keyOf(world.state.apps.size);
  const app: App = {
    is: "app",
    ...newIdentity(world.state, "app"),
    slug: fields.slug,
    name: fields.name,
    ownerId: fields.owner.id,
    botId: ensureAccount(world, `${fields.slug}[bot]`, "Bot").id,
    publicKey,
    webhookUrl: null,
    webhookSecret: fields.webhookSecret,
    permissions: { metadata: "read", ...fields.permissions },
    events: fields.events,
    createdAt: world.now(),
  };
  world.state.apps.set(app.id, app);
  return { app: register(world.state, app), privateKey };
}

export function newSecret(): string {
  return randomBytes(20).toString("hex");
}

/** Installs an app; `null` repositories: all of the account, also future ones. */
export function install(
  world: World,
  actor: Actor,
  app: App,
  account: Account,
  repositories: Repository[] | null,
): Installation {
  const now = world.now();
  const installation: Installation = {
    is: "installation",
    ...newIdentity(world.state, "installation"),
    appId: app.id,
    accountId: account.id,
    permissions: { ...app.permissions },
    events: [...app.events],
    repositoryIds: repositories && new Set(repositories.map((repository) => repository.id)),
    suspendedAt: null,
    suspendedById: null,
    createdAt: now,
    updatedAt: now,
    deleted: false,
  };
  world.state.installations.set(installation.id, installation);
  register(world.state, installation);
  const list = repositoriesOf(world, installation).map((r) => shortRepositoryView(world, r));
  tell(world, actor, installation, "created", { repositories: list, requester: null });
  return installation;
}

/** The repositories that an installation serves. */
export function repositoriesOf(world: World, installation: Installation): Repository[] {
  return [...world.state.repositories.values()].filter((r) => !r.deleted && serves(installation, r));
}

export function uninstall(world: World, actor: Actor, installation: Installation): void {
  const list = repositoriesOf(world, installation).map((r) => shortRepositoryView(world, r));
  tell(world, actor, installation, "deleted", { repositories: list, requester: null });
  installation.deleted = true;
}

export function setSuspended(
  world: World,
  actor: Actor,
  installation: Installation,
  suspended: boolean,
): void {
  installation.suspendedAt = suspended ? world.now() : null;
  installation.suspendedById = suspended ? actor.account.id : null;
  tell(world, actor, installation, suspended ? "suspend" : "unsuspend", {});
}

/** The owner accepts what permissions the app asks for now. */
export function setPermissions(
  world: World,
  actor: Actor,
  installation: Installation,
  permissions: Record<string, Level>,
): void {
  installation.permissions = { metadata: "read", ...permissions };
  tell(world, actor, installation, "new_permissions_accepted", {});
}

/** Adds repositories to a selection, or removes them; tells `installation_repositories`. */
export function selectRepositories(
  world: World,
  actor: Actor,
  installation: Installation,
  change: { add?: Repository[]; remove?: Repository[] },
): void {
  const { add = [], remove = [] } = change;
  const ids = installation.repositoryIds ?? new Set(repositoriesOf(world, installation).map((r) => r.id));
  for (const repository of add) ids.add(repository.id);
  for (const repository of remove) ids.delete(repository.id);
  installation.repositoryIds = ids;
  world.publish({
    event: "installation_repositories",
    action: add.length > 0 ? "added" : "removed",
    only: installation,
    sender: actor.account,
    payload: {
      installation: installationView(world, installation),
      repository_selection: "selected",
      repositories_added: add.map((r) => shortRepositoryView(world, r)),
      repositories_removed: remove.map((r) => shortRepositoryView(world, r)),
      requester: null,
    },
  });
}

function tell(world: World, actor: Actor, installation: Installation, action: string, more: object): void {
  installation.updatedAt = world.now();
  const payload = { installation: installationView(world, installation), ...more };
  world.publish({ event: "installation", action, only: installation, sender: actor.account, payload });
}
