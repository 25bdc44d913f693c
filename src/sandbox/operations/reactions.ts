import { newIdentity } from "../state/identity.ts";
import { forbidden } from "../state/refusal.ts";
import type { Comment, Reaction, ReactionContent, Thread } from "../state/thread.ts";
import type { Actor, World } from "../state/world.ts";
import { repositoryOf } from "./threads.ts";
import { writable } from "./writing.ts";

/** Reacts, once for each content; there is no webhook for it. `created` is false if it was there. */
export function react(
  world: World,
  actor: Actor,
  subject: Thread | Comment,
  content: ReactionContent,
): { reaction: Reaction; created: boolean } {
  writable(repositoryOf(world, subject));
  const before = subject.reactions.find((r) => r.userId === actor.account.id && r.content === content);
  if (before) return { reaction: before, created: false };
  const reaction: Reaction = {
    ...newIdentity(world.state, "reaction", { repositoryId: subject.repositoryId }),
    content,
    userId: actor.account.id,
    createdAt: world.now(),
  };
  subject.reactions.push(reaction);
  return { reaction, created: true };
}

/** Takes back one's own reaction. */
export function unreact(world: World, actor: Actor, subject: Thread | Comment, reaction: Reaction): void {
  writable(repositoryOf(world, subject));
  if (reaction.userId !== actor.account.id) throw forbidden();
  subject.reactions = subject.reactions.filter((other) => other !== reaction);
}
