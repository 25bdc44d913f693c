import { actorOf, need } from "../caller.ts";
import { addComment, deleteComment, editComment, minimizeComment } from "../operations/comments.ts";
import {
  closeIssue,
  deleteIssue,
  editThread,
  lockThread,
  openIssue,
  pinIssue,
  reopenIssue,
  transferIssue,
  unlockThread,
} from "../operations/issues.ts";
import { addLabels, createLabel, removeLabels } from "../operations/labels.ts";
import { react, unreact } from "../operations/reactions.ts";
import type { Repository } from "../state/state.ts";
import type { Comment, LockReason, Thread } from "../state/thread.ts";
import type { Actor } from "../state/world.ts";
import { discussionMutations } from "./discussion-mutations.ts";
import {
  allowed,
  type Context,
  entity,
  failure,
  permissionOf,
  repositoryOf,
  type Resolved,
} from "./context.ts";
import {
  actorNode,
  labelNode,
  REACTION_NAMES,
  type ReactionName,
  reactionGroups,
  reactionNode,
  viewerId,
} from "./objects.ts";
import { commentNode, issueNode, repositoryNode, threadNode } from "./threads.ts";

export type Input<T> = { input: T };

function kindOf(subject: Thread | Comment): "issue" | "discussion" {
  return subject.is === "comment" ? subject.on : subject.is;
}

/** A thread for somebody who may triage it, and in whose name it happens. */
function triaged(context: Context, id: string): { thread: Thread; actor: Actor } {
  const thread = entity(context, id, "issue", "discussion");
  const needed = need(permissionOf(thread.is), "write", "triage");
  allowed(context, repositoryOf(context, thread), needed);
  return { thread, actor: actorOf(context.world, context.caller) };
}

function issueFor(context: Context, id: string, role: "triage" | "write" | "admin" = "triage", mine = true) {
  const issue = entity(context, id, "issue");
  const author = mine ? issue.authorId : null;
  allowed(context, repositoryOf(context, issue), need("issues", "write", role), author);
  return { issue, actor: actorOf(context.world, context.caller) };
}

function labelMutations(context: Context): Resolved {
  const change =
    (apply: typeof addLabels) =>
    ({ input }: Input<{ labelableId: string; labelIds: string[] }>) => {
      const { thread, actor } = triaged(context, input.labelableId);
      apply(
        context.world,
        actor,
        thread,
        input.labelIds.map((id) => entity(context, id, "label")),
      );
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

function issueMutations(context: Context): Resolved {
  const { world } = context;
  const pin =
    (pinned: boolean) =>
    ({ input }: Input<{ issueId: string }>) => {
      const { issue, actor } = issueFor(context, input.issueId, "write", false);
      pinIssue(world, actor, issue, pinned);
      return { id: issue.nodeId, issue: issueNode(context, issue) };
    };
  return {
    createIssue: ({
      input,
    }: Input<{ repositoryId: string; title: string; body?: string | null; labelIds?: string[] | null }>) => {
      const repository: Repository = entity(context, input.repositoryId, "repository");
      allowed(context, repository, need("issues", "write", "read"));
      const labels = (input.labelIds ?? []).map((id) => entity(context, id, "label").name);
      const { title, body } = input;
      const issue = openIssue(world, actorOf(world, context.caller), repository, { title, body, labels });
      return { issue: issueNode(context, issue) };
    },
    updateIssue: ({ input }: Input<{ id: string; title?: string | null; body?: string | null }>) => {
      const { issue, actor } = issueFor(context, input.id);
      editThread(world, actor, issue, { title: input.title ?? undefined, body: input.body ?? undefined });
      return { actor: actorNode(context, actor.account.id), issue: issueNode(context, issue) };
    },
    closeIssue: ({ input }: Input<{ issueId: string; stateReason?: string | null }>) => {
      const { issue, actor } = issueFor(context, input.issueId);
      const reason =
        input.stateReason === "NOT_PLANNED"
          ? "not_planned"
          : input.stateReason === "DUPLICATE"
            ? "duplicate"
            : "completed";
      closeIssue(world, actor, issue, reason);
      return { issue: issueNode(context, issue) };
    },
    reopenIssue: ({ input }: Input<{ issueId: string }>) => {
      const { issue, actor } = issueFor(context, input.issueId);
      reopenIssue(world, actor, issue);
      return { issue: issueNode(context, issue) };
    },
    pinIssue: pin(true),
    unpinIssue: pin(false),
    transferIssue: ({ input }: Input<{ issueId: string; repositoryId: string }>) => {
      const { issue, actor } = issueFor(context, input.issueId, "write", false);
      const to = entity(context, input.repositoryId, "repository");
      allowed(context, to, need("issues", "write", "write"));
      return { issue: issueNode(context, transferIssue(world, actor, issue, to)) };
    },
    deleteIssue: ({ input }: Input<{ issueId: string }>) => {
      const { issue, actor } = issueFor(context, input.issueId, "admin", false);
      deleteIssue(world, actor, issue);
      return { repository: repositoryNode(context, repositoryOf(context, issue)) };
    },
  };
}

const LOCK_REASON: Record<string, LockReason> = {
  OFF_TOPIC: "off-topic",
  TOO_HEATED: "too heated",
  RESOLVED: "resolved",
  SPAM: "spam",
};

function lockMutations(context: Context): Resolved {
  return {
    lockLockable: ({ input }: Input<{ lockableId: string; lockReason?: string | null }>) => {
      const { thread, actor } = triaged(context, input.lockableId);
      lockThread(context.world, actor, thread, LOCK_REASON[input.lockReason ?? ""] ?? null);
      return { actor: actorNode(context, actor.account.id), lockedRecord: threadNode(context, thread) };
    },
    unlockLockable: ({ input }: Input<{ lockableId: string }>) => {
      const { thread, actor } = triaged(context, input.lockableId);
      unlockThread(context.world, actor, thread);
      return { actor: actorNode(context, actor.account.id), unlockedRecord: threadNode(context, thread) };
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
