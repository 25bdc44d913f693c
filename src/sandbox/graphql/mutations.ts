import { actorOf, need } from "../caller.ts";
import { addComment, deleteComment, editComment, minimizeComment } from "../operations/comments.ts";
import { addLabels, createLabel, removeLabels } from "../operations/labels.ts";
import { react, unreact } from "../operations/reactions.ts";
import type { Comment, Thread } from "../state/thread.ts";
import { type Input, triaged } from "./acting.ts";
import { discussionMutations } from "./discussion-mutations.ts";
import { issueMutations, lockMutations } from "./issue-mutations.ts";
import {
  allowed,
  type Context,
  entity,
  failure,
  permissionOf,
  repositoryOf,
  type Resolved,
  unresolved,
} from "./context.ts";
import {
  labelNode,
  REACTION_NAMES,
  type ReactionName,
  reactionGroups,
  reactionNode,
  viewerId,
} from "./objects.ts";
import { commentNode, issueNode, threadNode } from "./threads.ts";

function kindOf(subject: Thread | Comment): "issue" | "discussion" {
  return subject.is === "comment" ? subject.on : subject.is;
}

function labelMutations(context: Context): Resolved {
  const change =
    (apply: typeof addLabels) =>
    ({ input }: Input<{ labelableId: string; labelIds: string[] }>) => {
      const { thread, actor } = triaged(context, input.labelableId);
      const labels = input.labelIds.map((id) => {
        const label = entity(context, id, "label");
        if (label.repositoryId !== thread.repositoryId) throw unresolved("a Label", id);
        return label;
      });
      apply(context.world, actor, thread, labels);
      return { labelable: threadNode(context, thread) };
    };
  return {
    addLabelsToLabelable: change(addLabels),
    removeLabelsFromLabelable: change(removeLabels),
    createLabel: ({
      input,
    }: Input<{ repositoryId: string; name: string; color: string; description?: string }>) => {
      const repository = entity(context, input.repositoryId, "repository");
      allowed(context, repository, need("issues", "write", "write"));
      const actor = actorOf(context.world, context.caller);
      return { label: labelNode(context, createLabel(context.world, actor, repository, input)) };
    },
  };
}

function commentMutations(context: Context): Resolved {
  const { world } = context;
  return {
    addComment: ({ input }: Input<{ subjectId: string; body: string }>) => {
      const issue = entity(context, input.subjectId, "issue");
      allowed(context, repositoryOf(context, issue), need("issues", "write", "read"));
      const comment = addComment(world, actorOf(world, context.caller), issue, input.body);
      const node = commentNode(context, comment);
      return {
        subject: issueNode(context, issue),
        commentEdge: { cursor: "", node },
        timelineEdge: { cursor: "", node },
      };
    },
    updateIssueComment: ({ input }: Input<{ id: string; body: string }>) => {
      const comment = entity(context, input.id, "comment");
      allowed(context, repositoryOf(context, comment), need("issues", "write", "read"));
      editComment(world, actorOf(world, context.caller), comment, input.body);
      return { issueComment: commentNode(context, comment) };
    },
    deleteIssueComment: ({ input }: Input<{ id: string }>) => {
      const comment = entity(context, input.id, "comment");
      allowed(context, repositoryOf(context, comment), need("issues", "write", "read"));
      deleteComment(world, actorOf(world, context.caller), comment);
      return {};
    },
    minimizeComment: ({ input }: Input<{ subjectId: string; classifier: string }>) => {
      const comment = entity(context, input.subjectId, "comment");
      allowed(context, repositoryOf(context, comment), need(permissionOf(comment.on), "write", "triage"));
      minimizeComment(world, actorOf(world, context.caller), comment, input.classifier);
      return { minimizedComment: commentNode(context, comment) };
    },
  };
}

function reactionMutations(context: Context): Resolved {
  const { world } = context;
  const subjectOf = (id: string) => {
    const subject = entity(context, id, "issue", "discussion", "comment");
    allowed(context, repositoryOf(context, subject), need(permissionOf(kindOf(subject)), "write", "read"));
    return subject;
  };
  const answer = (subject: Thread | Comment, reaction: Parameters<typeof reactionNode>[1]) => ({
    reaction: reactionNode(context, reaction),
    reactionGroups: reactionGroups(context, subject.reactions, viewerId(context)),
    subject: subject.is === "comment" ? commentNode(context, subject) : threadNode(context, subject),
  });
  return {
    addReaction: ({ input }: Input<{ subjectId: string; content: ReactionName }>) => {
      const subject = subjectOf(input.subjectId);
      const actor = actorOf(world, context.caller);
      return answer(subject, react(world, actor, subject, REACTION_NAMES[input.content]).reaction);
    },
    removeReaction: ({ input }: Input<{ subjectId: string; content: ReactionName }>) => {
      const subject = subjectOf(input.subjectId);
      const actor = actorOf(world, context.caller);
      const content = REACTION_NAMES[input.content];
      const reaction = subject.reactions.find((r) => r.content === content && r.userId === actor.account.id);
      if (!reaction) throw failure("NOT_FOUND", "Could not find the reaction.");
      unreact(world, actor, subject, reaction);
      return answer(subject, reaction);
    },
  };
}

/** The root of mutations. Every payload gives back its `clientMutationId`. */
export function mutationRoot(context: Context): Resolved {
  const all = {
    ...labelMutations(context),
    ...commentMutations(context),
    ...reactionMutations(context),
    ...issueMutations(context),
    ...lockMutations(context),
    ...discussionMutations(context),
  };
  return Object.fromEntries(Object.entries(all).map(([name, mutate]) => [name, echoing(mutate as Mutate)]));
}

type Mutate = (args: Input<Record<string, unknown>>) => Resolved;

function echoing(mutate: Mutate): Mutate {
  return (args) => ({ ...mutate(args), clientMutationId: args.input.clientMutationId ?? null });
}
