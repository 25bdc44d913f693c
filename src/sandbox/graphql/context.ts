import { GraphQLError } from "graphql";
import { type Caller, demand, holds, type Need, need, sees } from "../caller.ts";
import { must } from "../state/access.ts";
import { Refusal } from "../state/refusal.ts";
import type { Entity, Repository } from "../state/state.ts";
import type { Comment, Thread } from "../state/thread.ts";
import type { World } from "../state/world.ts";
import type { Gauge } from "../rest/limits.ts";

/** What resolvers know of the request. */
export interface Context {
  world: World;
  caller: Caller;
  rateLimit: () => Gauge;
}

export type Resolved = Record<string, unknown>;

/** An error with GitHub's `type`. */
export function failure(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

export function unresolved(what: string, id: string): GraphQLError {
  return failure("NOT_FOUND", `Could not resolve to ${what} with the global id of '${id}'`);
}

export function repositoryOf(context: Context, thing: { repositoryId: number }): Repository {
  return must(context.world.state.repositories.get(thing.repositoryId), "a repository");
}

export function permissionOf(kind: "issue" | "discussion"): "issues" | "discussions" {
  return kind === "issue" ? "issues" : "discussions";
}

/** Refuses unless the caller may read threads of that kind in this repository. */
export function readable(context: Context, repository: Repository, kind: "issue" | "discussion"): void {
  allowed(context, repository, need(permissionOf(kind), "read", "read"));
}

/** May the caller read this thread or comment at all? */
export function reads(context: Context, thing: Thread | Comment): boolean {
  const repository = repositoryOf(context, thing);
  const needed = need(permissionOf(thing.is === "comment" ? thing.on : thing.is), "read", "read");
  const { state } = context.world;
  return sees(state, context.caller, repository) && holds(state, context.caller, repository, needed);
}

/** The entity of a node id and of the wanted kinds; a wrong id is not found. */
export function entity<K extends Entity["is"]>(
  context: Context,
  id: string,
  ...kinds: K[]
): Extract<Entity, { is: K }> {
  const found = context.world.state.nodes.get(id);
  if (!found || !kinds.some((kind) => kind === found.is)) {
    throw unresolved(`a ${kinds[0] ? kinds[0][0]?.toUpperCase() + kinds[0].slice(1) : "node"}`, id);
  }
  if ("repositoryId" in found && !sees(context.world.state, context.caller, repositoryOf(context, found))) {
    throw unresolved("a node", id);
  }
  return found as Extract<Entity, { is: K }>;
}

/** Refuses with GraphQL's words unless the caller holds what a mutation needs. */
export function allowed(
  context: Context,
  repository: Repository,
  needed: Need,
  authorId: number | null = null,
): void {
  try {
    demand(context.world.state, context.caller, repository, needed, authorId);
  } catch (error) {
    if (error instanceof Refusal && error.status === 403) throw failure("FORBIDDEN", error.message);
    throw error;
  }
}
