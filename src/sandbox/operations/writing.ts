import { atLeast, roleOf } from "../state/access.ts";
import { type Identity, newIdentity } from "../state/identity.ts";
import { forbidden, invalid } from "../state/refusal.ts";
import type { Repository } from "../state/state.ts";
import type { Thread, TimelineEvent } from "../state/thread.ts";
import type { Actor, World } from "../state/world.ts";

/** GitHub's limit for bodies of issues, discussions and comments, in characters. */
export const MAX_BODY = 65_536;
export const MAX_TITLE = 256;

export function writable(repository: Repository): void {
  if (repository.archived) throw forbidden("Repository was archived so is read-only.");
}

export function checkBody(resource: string, body: string, needed = false): string {
  if (needed && body.trim() === "") {
    throw invalid({ resource, field: "body", code: "missing_field" });
  }
  if ([...body].length > MAX_BODY) {
    const message = `body is too long (maximum is ${MAX_BODY} characters)`;
    throw invalid({ resource, field: "body", code: "custom", message });
  }
  return body;
}

export function checkTitle(resource: string, title: string): string {
  if (title.trim() === "") throw invalid({ resource, field: "title", code: "missing_field" });
  if ([...title].length > MAX_TITLE) {
    const message = `title is too long (maximum is ${MAX_TITLE} characters)`;
    throw invalid({ resource, field: "title", code: "custom", message });
  }
  return title;
}

/** Those who may write past a lock: people who can push, and apps that hold the permission. */
export function mayPassLock(world: World, actor: Actor, repository: Repository): boolean {
  return actor.app !== null || atLeast(roleOf(world.state, repository, actor.account.id), "write");
}

/** May this actor change what somebody else wrote? */
export function mayModerate(world: World, actor: Actor, repository: Repository, authorId: number): boolean {
  return authorId === actor.account.id || mayPassLock(world, actor, repository);
}

export function touch(world: World, thread: Thread): void {
  thread.updatedAt = world.now();
}

type NewEvent = TimelineEvent extends infer E
  ? E extends TimelineEvent
    ? Omit<E, keyof Identity | "actorId" | "viaAppId" | "createdAt">
    : never
  : never;

/** Writes into the thread's timeline who did what. */
export function record(world: World, actor: Actor, thread: Thread, event: NewEvent): void {
  thread.events.push({
    ...newIdentity(world.state, "event", { repositoryId: thread.repositoryId }),
    actorId: actor.account.id,
    viaAppId: actor.app?.id ?? null,
    createdAt: world.now(),
    ...event,
  });
}
