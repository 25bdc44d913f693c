import { actorOf, need } from "../caller.ts";
import type { Role } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";
import type { Actor } from "../state/world.ts";
import { allowed, type Context, entity, permissionOf, repositoryOf } from "./context.ts";

/** Every mutation takes one `input`. */
export type Input<T> = { input: T };

/** A thread for somebody who may triage it, and in whose name it happens. */
export function triaged(context: Context, id: string): { thread: Thread; actor: Actor } {
  const thread = entity(context, id, "issue", "discussion");
  const needed = need(permissionOf(thread.is), "write", "triage");
  allowed(context, repositoryOf(context, thread), needed);
  return { thread, actor: actorOf(context.world, context.caller) };
}

/** An issue for somebody of that role; `mine`: or for who wrote it. */
export function issueFor(context: Context, id: string, role: Role = "triage", mine = true) {
  const issue = entity(context, id, "issue");
  const author = mine ? issue.authorId : null;
  allowed(context, repositoryOf(context, issue), need("issues", "write", role), author);
  return { issue, actor: actorOf(context.world, context.caller) };
}
