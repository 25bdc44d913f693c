import { associationOf } from "../views/account.ts";
import { labelsOf } from "../views/thread.ts";
import { must } from "../state/access.ts";
import type { Repository } from "../state/state.ts";
import type { Comment, Discussion, Issue, Thread } from "../state/thread.ts";
import { iso, isoOrNull } from "../state/world.ts";
import { connection, type Page } from "./connection.ts";
import { type Context, failure, readable, repositoryOf, type Resolved } from "./context.ts";
import {
  actorNode,
  addressed,
  categoryNode,
  labelNode,
  reactable,
  repositoryBase,
  viewerId,
} from "./objects.ts";
import {
  type DiscussionsArgs,
  type IssuesArgs,
  isPresent,
  present,
  selectDiscussions,
  selectIssues,
} from "./selection.ts";
import { timelineItems } from "./timeline.ts";

/** GraphQL's `Int` has 32 bits: newer ids do not fit, and only `fullDatabaseId` gives them. */
const MAX_INT = 2 ** 31 - 1;

function authored(context: Context, thing: Thread | Comment): Resolved {
  const repository = repositoryOf(context, thing);
  return {
    id: thing.nodeId,
    databaseId: thing.id <= MAX_INT ? thing.id : null,
    fullDatabaseId: String(thing.id),
    author: () => actorNode(context, thing.authorId),
    authorAssociation: associationOf(context.world.state, repository, thing.authorId),
    body: thing.body,
    bodyText: thing.body,
    bodyHTML: "",
    createdAt: iso(thing.createdAt),
    updatedAt: iso(thing.updatedAt),
    publishedAt: iso(thing.createdAt),
    lastEditedAt: null,
    editor: null,
    includesCreatedEdit: false,
    createdViaEmail: false,
    viewerDidAuthor: thing.authorId === viewerId(context),
    repository: () => repositoryNode(context, repository),
    ...addressed(context, thing),
    ...reactable(context, thing),
  };
}

const LOCK_REASON = {
  "off-topic": "OFF_TOPIC",
  "too heated": "TOO_HEATED",
  resolved: "RESOLVED",
  spam: "SPAM",
};

function threadBase(context: Context, thread: Thread): Resolved {
  const repository = repositoryOf(context, thread);
  return {
    ...authored(context, thread),
    number: thread.number,
    title: thread.title,
    titleHTML: thread.title,
    locked: thread.locked,
    activeLockReason: thread.lockReason && LOCK_REASON[thread.lockReason],
    closed: thread.state === "closed",
    closedAt: isoOrNull(thread.closedAt),
    stateReason: thread.stateReason?.toUpperCase() ?? null,
    labels: (page: Page) =>
      connection("labels", labelsOf(repository, thread), page, (label) => labelNode(context, label)),
  };
}

export function issueNode(context: Context, issue: Issue): Resolved {
  return {
    ...threadBase(context, issue),
    __typename: "Issue",
    state: issue.state.toUpperCase(),
    isPinned: issue.pinned,
    assignees: (page: Page) => connection("assignees", issue.assignees, page, (id) => actorNode(context, id)),
    comments: (page: Page) =>
      connection("comments", issue.comments, page, (comment) => commentNode(context, comment)),
    timelineItems: (args: Page & { itemTypes?: string[] | null; since?: string | null }) =>
      timelineItems(context, issue, args, (comment) => commentNode(context, comment)),
  };
}

export function discussionNode(context: Context, discussion: Discussion): Resolved {
  const repository = repositoryOf(context, discussion);
  const category = repository.categories.find((c) => c.id === discussion.categoryId);
  const answer = discussion.comments.find((comment) => comment.id === discussion.answer?.commentId);
  const top = discussion.comments.filter((comment) => comment.parentId === null);
  return {
    ...threadBase(context, discussion),
    __typename: "Discussion",
    category: () => categoryNode(must(category, "a discussion's category")),
    isAnswered: category?.answerable ? answer !== undefined : null,
    answer: () => (answer ? commentNode(context, answer) : null),
    answerChosenAt: answer ? isoOrNull(discussion.answer?.chosenAt ?? null) : null,
    answerChosenBy: () => (answer ? actorNode(context, discussion.answer?.chosenById ?? null) : null),
    upvoteCount: 1,
    comments: (page: Page) => connection("comments", top, page, (comment) => commentNode(context, comment)),
  };
}

export function threadNode(context: Context, thread: Thread): Resolved {
  return thread.is === "issue" ? issueNode(context, thread) : discussionNode(context, thread);
}

/** The comment's thread; the caller has it already through the comment. */
function threadOf(context: Context, comment: Comment): Thread {
  const repository = repositoryOf(context, comment);
  const threads = comment.on === "issue" ? repository.issues : repository.discussions;
  return must(threads.get(comment.number), "a comment's thread");
}

export function commentNode(context: Context, comment: Comment): Resolved {
  const base = {
    ...authored(context, comment),
    isMinimized: comment.minimized !== null,
    minimizedReason: comment.minimized,
  };
  if (comment.on === "issue") {
    return {
      ...base,
      __typename: "IssueComment",
      issue: () => threadNode(context, threadOf(context, comment)),
    };
  }
  const discussion = threadOf(context, comment) as Discussion;
  const replies = discussion.comments.filter((other) => other.parentId === comment.id);
  const parent = discussion.comments.find((other) => other.id === comment.parentId);
  return {
    ...base,
    __typename: "DiscussionComment",
    discussion: () => discussionNode(context, discussion),
    isAnswer: discussion.answer?.commentId === comment.id,
    deletedAt: null,
    upvoteCount: 1,
    replyTo: () => (parent ? commentNode(context, parent) : null),
    replies: (page: Page) => connection("replies", replies, page, (reply) => commentNode(context, reply)),
  };
}

/** A repository with its threads, as the root query and every thread show it. */
export function repositoryNode(context: Context, repository: Repository): Resolved {
  return { ...repositoryBase(context, repository), ...threadsOf(context, repository) };
}

function missing(what: string, number: number): never {
  throw failure("NOT_FOUND", `Could not resolve to ${what} with the number of ${number}.`);
}

function threadsOf(context: Context, repository: Repository): Resolved {
  const { issues, discussions } = repository;
  return {
    issue: ({ number }: { number: number }) => {
      readable(context, repository, "issue");
      const found = issues.get(number);
      return found && isPresent(found) ? issueNode(context, found) : missing("an Issue", number);
    },
    issues: (args: IssuesArgs) => {
      readable(context, repository, "issue");
      return connection("issues", selectIssues(repository, args), args, (issue) => issueNode(context, issue));
    },
    discussion: ({ number }: { number: number }) => {
      readable(context, repository, "discussion");
      const found = discussions.get(number);
      return found && isPresent(found) ? discussionNode(context, found) : missing("a Discussion", number);
    },
    discussions: (args: DiscussionsArgs) => {
      readable(context, repository, "discussion");
      const found = selectDiscussions(repository, args);
      return connection("discussions", found, args, (discussion) => discussionNode(context, discussion));
    },
    pinnedIssues: (page: Page) => {
      const found = present(issues.values()).filter((issue) => issue.pinned);
      return connection("pinnedIssues", found, page, (issue) => ({
        id: `PI_${issue.nodeId}`,
        issue: issueNode(context, issue),
      }));
    },
  };
}
