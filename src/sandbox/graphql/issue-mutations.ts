import { actorOf, need } from "../caller.ts";
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
import type { LockReason } from "../state/thread.ts";
import { type Input, issueFor, triaged } from "./acting.ts";
import { allowed, type Context, entity, repositoryOf, type Resolved } from "./context.ts";
import { actorNode } from "./objects.ts";
import { issueNode, repositoryNode, threadNode } from "./threads.ts";

export function issueMutations(context: Context): Resolved {
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
      const repository = entity(context, input.repositoryId, "repository");
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

export function lockMutations(context: Context): Resolved {
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
