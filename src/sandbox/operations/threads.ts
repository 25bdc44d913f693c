import { must } from "../state/access.ts";
import type { Repository } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";
import type { Actor, World } from "../state/world.ts";
import { discussionView, issueView } from "../views/thread.ts";

/** Tells of something that happened to an issue or a discussion. */
export function publishThread(
  world: World,
  actor: Actor,
  thread: Thread,
  action: string,
  more: Record<string, unknown> = {},
): void {
  const repository = repositoryOf(world, thread);
  const seen =
    thread.is === "issue"
      ? { issue: issueView(world, repository, thread) }
      : { discussion: discussionView(world, repository, thread) };
  world.publish({
    event: thread.is === "issue" ? "issues" : "discussion",
    action,
    repository,
    sender: actor.account,
    payload: { ...seen, ...more },
  });
}

export function repositoryOf(world: World, thing: { repositoryId: number }): Repository {
  return must(world.state.repositories.get(thing.repositoryId), "a repository");
}

/** The thread of that number, of either kind. */
export function threadByNumber(repository: Repository, number: number): Thread | null {
  return repository.issues.get(number) ?? repository.discussions.get(number) ?? null;
}
