import { actorOf, need } from "../caller.ts";
import { addComment, deleteComment, editComment } from "../operations/comments.ts";
import {
  closeDiscussion,
  deleteDiscussion,
  markAnswer,
  openDiscussion,
  recategorize,
  reopenDiscussion,
  unmarkAnswer,
} from "../operations/discussions.ts";
import { editThread } from "../operations/issues.ts";
import type { Role } from "../state/state.ts";
import type { Comment, Discussion } from "../state/thread.ts";
import type { Actor } from "../state/world.ts";
import type { Input } from "./acting.ts";
import { allowed, type Context, entity, repositoryOf, type Resolved } from "./context.ts";
import { commentNode, discussionNode } from "./threads.ts";

/** The discussion of that id for somebody of that role, or its author. */
function discussionFor(context: Context, id: string, role: Role): { discussion: Discussion; actor: Actor } {
  const discussion = entity(context, id, "discussion");
  allowed(
    context,
    repositoryOf(context, discussion),
    need("discussions", "write", role),
    discussion.authorId,
  );
  return { discussion, actor: actorOf(context.world, context.caller) };
}

/** A comment of a discussion, for whoever wrote the discussion or may triage it. */
function commentFor(
  context: Context,
  id: string,
): { comment: Comment; discussion: Discussion; actor: Actor } {
  const comment = entity(context, id, "comment");
  const discussion = repositoryOf(context, comment).discussions.get(comment.number);
  const nodeId = discussion?.nodeId ?? "";
  return { comment, ...discussionFor(context, nodeId, "triage") };
}

function threadMutations(context: Context): Resolved {
  const { world } = context;
  const answer = (discussion: Discussion) => ({ discussion: discussionNode(context, discussion) });
  return {
    createDiscussion: ({
      input,
    }: Input<{ repositoryId: string; categoryId: string; title: string; body: string }>) => {
      const repository = entity(context, input.repositoryId, "repository");
      allowed(context, repository, need("discussions", "write", "read"));
      const category = entity(context, input.categoryId, "category");
      const { title, body } = input;
      return answer(
        openDiscussion(world, actorOf(world, context.caller), repository, { title, body, category }),
      );
    },
    updateDiscussion: ({
      input,
    }: Input<{ discussionId: string; title?: string; body?: string; categoryId?: string }>) => {
      const { discussion, actor } = discussionFor(context, input.discussionId, "triage");
      editThread(world, actor, discussion, {
        title: input.title ?? undefined,
        body: input.body ?? undefined,
      });
      if (input.categoryId)
        recategorize(world, actor, discussion, entity(context, input.categoryId, "category"));
      return answer(discussion);
    },
    deleteDiscussion: ({ input }: Input<{ id: string }>) => {
      const { discussion, actor } = discussionFor(context, input.id, "maintain");
      const gone = answer(discussion);
      deleteDiscussion(world, actor, discussion);
      return gone;
    },
    closeDiscussion: ({ input }: Input<{ discussionId: string; reason?: string | null }>) => {
      const { discussion, actor } = discussionFor(context, input.discussionId, "triage");
      const reason =
        input.reason === "OUTDATED" ? "outdated" : input.reason === "DUPLICATE" ? "duplicate" : "resolved";
      closeDiscussion(world, actor, discussion, reason);
      return answer(discussion);
    },
    reopenDiscussion: ({ input }: Input<{ discussionId: string }>) => {
      const { discussion, actor } = discussionFor(context, input.discussionId, "triage");
      reopenDiscussion(world, actor, discussion);
      return answer(discussion);
    },
  };
}

function commentMutations(context: Context): Resolved {
  const { world } = context;
  const own = (id: string) => {
    const comment = entity(context, id, "comment");
    allowed(context, repositoryOf(context, comment), need("discussions", "write", "read"));
    return comment;
  };
  return {
    addDiscussionComment: ({
      input,
    }: Input<{ discussionId: string; body: string; replyToId?: string | null }>) => {
      const { discussion, actor } = discussionFor(context, input.discussionId, "read");
      const replyTo = input.replyToId ? entity(context, input.replyToId, "comment") : null;
      return { comment: commentNode(context, addComment(world, actor, discussion, input.body, replyTo)) };
    },
    updateDiscussionComment: ({ input }: Input<{ commentId: string; body: string }>) => {
      const comment = own(input.commentId);
      editComment(world, actorOf(world, context.caller), comment, input.body);
      return { comment: commentNode(context, comment) };
    },
    deleteDiscussionComment: ({ input }: Input<{ id: string }>) => {
      const comment = own(input.id);
      const gone = { comment: commentNode(context, comment) };
      deleteComment(world, actorOf(world, context.caller), comment);
      return gone;
    },
    markDiscussionCommentAsAnswer: ({ input }: Input<{ id: string }>) => {
      const { comment, discussion, actor } = commentFor(context, input.id);
      markAnswer(world, actor, discussion, comment);
      return { discussion: discussionNode(context, discussion) };
    },
    unmarkDiscussionCommentAsAnswer: ({ input }: Input<{ id: string }>) => {
      const { discussion, actor } = commentFor(context, input.id);
      unmarkAnswer(world, actor, discussion);
      return { discussion: discussionNode(context, discussion) };
    },
  };
}

export function discussionMutations(context: Context): Resolved {
  return { ...threadMutations(context), ...commentMutations(context) };
}
