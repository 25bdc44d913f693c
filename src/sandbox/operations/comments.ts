import { newIdentity, register } from "../state/identity.ts";
import { forbidden, invalid, Refusal } from "../state/refusal.ts";
import type { Repository } from "../state/state.ts";
import type { Comment, Thread } from "../state/thread.ts";
import type { Actor, World } from "../state/world.ts";
import { commentView, discussionCommentView, discussionView, issueView } from "../views/thread.ts";
import { repositoryOf, threadByNumber } from "./threads.ts";
import { checkBody, mayModerate, mayPassLock, touch, writable } from "./writing.ts";

/** Writes a comment; in a discussion perhaps as a reply to a top-level comment. */
export function addComment(
  world: World,
  actor: Actor,
  thread: Thread,
  body: string,
  replyTo: Comment | null = null,
): Comment {
  const repository = repositoryOf(world, thread);
  writable(repository);
  if (thread.locked && !mayPassLock(world, actor, repository)) {
    throw forbidden(`Unable to create comment because ${thread.is} is locked.`);
  }
  checkBody(thread.is === "issue" ? "IssueComment" : "DiscussionComment", body, true);
  if (replyTo && (replyTo.parentId !== null || !thread.comments.includes(replyTo))) {
    throw new Refusal(422, "Parent comment is already in a thread, cannot reply to it");
  }
  const now = world.now();
  const kind = thread.is === "issue" ? "issueComment" : "discussionComment";
  const comment: Comment = {
    is: "comment",
    on: thread.is,
    ...newIdentity(world.state, kind, { repositoryId: repository.id }),
    repositoryId: repository.id,
    number: thread.number,
    parentId: replyTo?.id ?? null,
    body,
    authorId: actor.account.id,
    viaAppId: actor.app?.id ?? null,
    reactions: [],
    minimized: null,
    createdAt: now,
    updatedAt: now,
  };
  thread.comments.push(register(world.state, comment));
  touch(world, thread);
  publishComment(world, actor, thread, comment, "created");
  return comment;
}

export function editComment(world: World, actor: Actor, comment: Comment, body: string): Comment {
  const { repository, thread } = placeOf(world, comment);
  writable(repository);
  if (!mayModerate(world, actor, repository, comment.authorId)) throw forbidden();
  checkBody("IssueComment", body, true);
  if (body === comment.body) return comment;
  const changes = { body: { from: comment.body } };
  comment.body = body;
  comment.updatedAt = world.now();
  touch(world, thread);
  publishComment(world, actor, thread, comment, "edited", { changes });
  return comment;
}

/** Deletes a comment, and a discussion's replies to it. */
export function deleteComment(world: World, actor: Actor, comment: Comment): void {
  const { repository, thread } = placeOf(world, comment);
  writable(repository);
  if (!mayModerate(world, actor, repository, comment.authorId)) throw forbidden();
  const gone = thread.comments.filter((other) => other === comment || other.parentId === comment.id);
  thread.comments = thread.comments.filter((other) => !gone.includes(other));
  if (thread.is === "discussion" && gone.some((other) => other.id === thread.answer?.commentId))
    thread.answer = null;
  for (const other of gone) world.state.nodes.delete(other.nodeId);
  touch(world, thread);
  publishComment(world, actor, thread, comment, "deleted");
}

export function minimizeComment(world: World, actor: Actor, comment: Comment, reason: string): void {
  const { repository } = placeOf(world, comment);
  if (!mayPassLock(world, actor, repository)) throw forbidden();
  comment.minimized = reason.toLowerCase();
}

export function placeOf(world: World, comment: Comment): { repository: Repository; thread: Thread } {
  const repository = repositoryOf(world, comment);
  const thread = threadByNumber(repository, comment.number);
  if (!thread) throw invalid({ resource: "IssueComment", field: "issue", code: "missing" });
  return { repository, thread };
}

function publishComment(
  world: World,
  actor: Actor,
  thread: Thread,
  comment: Comment,
  action: string,
  more: Record<string, unknown> = {},
): void {
  const repository = repositoryOf(world, thread);
  const seen =
    thread.is === "issue"
      ? { comment: commentView(world, repository, comment), issue: issueView(world, repository, thread) }
      : {
          comment: discussionCommentView(world, repository, thread, comment),
          discussion: discussionView(world, repository, thread),
        };
  world.publish({
    event: thread.is === "issue" ? "issue_comment" : "discussion_comment",
    action,
    repository,
    sender: actor.account,
    payload: { ...seen, ...more },
  });
}
