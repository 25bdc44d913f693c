import { fullNameOf, ownerOf, repositoryByName } from "../state/access.ts";
import { newIdentity, register } from "../state/identity.ts";
import { invalid } from "../state/refusal.ts";
import type { Account, Repository } from "../state/state.ts";
import type { Actor, World } from "../state/world.ts";
import { accountView, organizationView } from "../views/account.ts";
import { addCategory, DEFAULT_CATEGORIES } from "./discussions.ts";
import { addLabel, DEFAULT_LABELS } from "./labels.ts";

export interface NewRepository {
  name: string;
  private?: boolean;
  description?: string | null;
  hasDiscussions?: boolean;
}

/** A new repository with GitHub's default labels and discussion categories. */
export function createRepository(
  world: World,
  actor: Actor,
  owner: Account,
  fields: NewRepository,
): Repository {
  if (repositoryByName(world.state, `${owner.login}/${fields.name}`)) {
    throw invalid({ resource: "Repository", field: "name", code: "already_exists" });
  }
  const now = world.now();
  const repository: Repository = {
    is: "repository",
    ...newIdentity(world.state, "repository"),
    ownerId: owner.id,
    name: fields.name,
    description: fields.description ?? null,
    private: fields.private ?? false,
    archived: false,
    hasIssues: true,
    hasDiscussions: fields.hasDiscussions ?? true,
    privateReporting: false,
    defaultBranch: "main",
    deleted: false,
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    nextNumber: 1,
    labels: [],
    issues: new Map(),
    discussions: new Map(),
    categories: [],
    files: new Map(),
    commits: [],
    collaborators: new Map(),
  };
  world.state.repositories.set(repository.id, repository);
  register(world.state, repository);
  for (const [name, color, description] of DEFAULT_LABELS) {
    addLabel(world, repository, { name, color, description }, true);
  }
  for (const category of DEFAULT_CATEGORIES) addCategory(world, repository, category);
  tell(world, actor, repository, "created");
  return repository;
}

export function renameRepository(world: World, actor: Actor, repository: Repository, name: string): void {
  const from = repository.name;
  world.state.redirects.set(fullNameOf(world.state, repository).toLowerCase(), repository.id);
  repository.name = name;
  tell(world, actor, repository, "renamed", { changes: { repository: { name: { from } } } });
}

/** Gives the repository to another owner; its former address redirects. */
export function transferRepository(world: World, actor: Actor, repository: Repository, to: Account): void {
  const before = ownerOf(world.state, repository);
  world.state.redirects.set(fullNameOf(world.state, repository).toLowerCase(), repository.id);
  repository.ownerId = to.id;
  const from =
    before.type === "Organization"
      ? { organization: organizationView(world, before) }
      : { user: accountView(world, before) };
  tell(world, actor, repository, "transferred", { changes: { owner: { from } } });
}

export function setArchived(world: World, actor: Actor, repository: Repository, archived: boolean): void {
  if (repository.archived === archived) return;
  repository.archived = archived;
  tell(world, actor, repository, archived ? "archived" : "unarchived");
}

export function setPrivate(world: World, actor: Actor, repository: Repository, isPrivate: boolean): void {
  if (repository.private === isPrivate) return;
  repository.private = isPrivate;
  tell(world, actor, repository, isPrivate ? "privatized" : "publicized");
}

export function deleteRepository(world: World, actor: Actor, repository: Repository): void {
  tell(world, actor, repository, "deleted");
  repository.deleted = true;
  world.state.nodes.delete(repository.nodeId);
  for (const installation of world.state.installations.values()) {
    installation.repositoryIds?.delete(repository.id);
  }
}

function tell(world: World, actor: Actor, repository: Repository, action: string, payload = {}): void {
  repository.updatedAt = world.now();
  world.publish({ event: "repository", action, repository, sender: actor.account, payload });
}
