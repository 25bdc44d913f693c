import { associationOf } from "../views/account.ts";
import { labelsOf } from "../views/thread.ts";
import { must } from "../state/access.ts";
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
export function repositoryNode(context: Context, repository: Parameters<typeof repositoryBase>[1]): Resolved {
  return { ...repositoryBase(context, repository), ...threadsOf(context, repository) };
}

function missing(what: string, number: number): never {
  throw failure("NOT_FOUND", `Could not resolve to ${what} with the number of ${number}.`);
}

type Order = { field: string; direction: "ASC" | "DESC" } | null | undefined;

function ordered<T extends Thread>(threads: Iterable<T>, order: Order, fallback: "ASC" | "DESC"): T[] {
  const key = order?.field === "UPDATED_AT" ? "updatedAt" : "createdAt";
  const sign = (order?.direction ?? fallback) === "ASC" ? 1 : -1;
  return [...threads]
    .filter((thread) => !thread.deleted && !thread.movedTo)
    .sort((a, b) => sign * (a[key] - b[key] || a.number - b.number));
}

interface IssuesArgs extends Page {
  states?: string[] | null;
  labels?: string[] | null;
  orderBy?: Order;
  filterBy?: { since?: string | null } | null;
}

interface DiscussionsArgs extends Page {
  states?: string[] | null;
  categoryId?: string | null;
  answered?: boolean | null;
  orderBy?: Order;
}

function threadsOf(context: Context, repository: Parameters<typeof repositoryBase>[1]): Resolved {
  const isOf = (states: string[] | null | undefined, thread: Thread) =>
    !states || states.length === 0 || states.includes(thread.state.toUpperCase());
  return {
    issue: ({ number }: { number: number }) => {
      readable(context, repository, "issue");
      const issue = repository.issues.get(number);
      return issue && !issue.deleted && !issue.movedTo
        ? issueNode(context, issue)
        : missing("an Issue", number);
    },
    issues: (args: IssuesArgs) => {
      readable(context, repository, "issue");
      const since = Date.parse(args.filterBy?.since ?? "") || 0;
      const has = (issue: Issue, name: string) => labelsOf(repository, issue).some((l) => l.name === name);
      const found = ordered(repository.issues.values(), args.orderBy, "ASC").filter(
        (issue) =>
          isOf(args.states, issue) &&
          issue.updatedAt >= since &&
          (!args.labels?.length || args.labels.some((name) => has(issue, name))),
      );
      return connection("issues", found, args, (issue) => issueNode(context, issue));
    },
    discussion: ({ number }: { number: number }) => {
      readable(context, repository, "discussion");
      const found = repository.discussions.get(number);
      const there = found && !found.deleted && !found.movedTo;
      return there ? discussionNode(context, found) : missing("a Discussion", number);
    },
    discussions: (args: DiscussionsArgs) => {
      readable(context, repository, "discussion");
      const category = repository.categories.find((c) => c.nodeId === args.categoryId);
      const found = ordered(repository.discussions.values(), args.orderBy, "DESC").filter(
        (discussion) =>
          isOf(args.states, discussion) &&
          (!args.categoryId || discussion.categoryId === category?.id) &&
          (args.answered == null || (discussion.answer !== null) === args.answered),
      );
      return connection("discussions", found, args, (discussion) => discussionNode(context, discussion));
    },
    discussionCategories: (page: Page) =>
      connection("discussionCategories", repository.categories, page, categoryNode),
    discussionCategory: ({ slug }: { slug: string }) => {
      const found = repository.categories.find((category) => category.slug === slug);
      return found ? categoryNode(found) : null;
    },
    label: ({ name }: { name: string }) => {
      const found = repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
      return found ? labelNode(context, found) : null;
    },
    labels: (page: Page & { query?: string | null }) => {
      const found = repository.labels.filter((label) => !page.query || label.name.includes(page.query));
      return connection("labels", found, page, (label) => labelNode(context, label));
    },
    pinnedIssues: (page: Page) => {
      const found = [...repository.issues.values()].filter((issue) => issue.pinned && !issue.deleted);
      return connection("pinnedIssues", found, page, (issue) => ({
        id: `PI_${issue.nodeId}`,
        issue: issueNode(context, issue),
      }));
    },
  };
}
