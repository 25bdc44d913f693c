import { must } from "../state/access.ts";
import type { App, Label, Repository } from "../state/state.ts";
import {
  type Comment,
  type Discussion,
  type Issue,
  REACTIONS,
  type Reaction,
  type Thread,
} from "../state/thread.ts";
import { iso, isoOrNull, type World } from "../state/world.ts";
import { accountById, accountView, apiUrl, associationOf, type Json } from "./account.ts";
import { appView } from "./app.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

export function labelView(world: World, repository: Repository, label: Label): Json {
  return {
    id: label.id,
    node_id: label.nodeId,
    url: `${repositoryUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.default,
    description: label.description,
  };
}

export function labelsOf(repository: Repository, thread: Thread): Label[] {
  return thread.labels.flatMap((id) => repository.labels.find((label) => label.id === id) ?? []);
}

/** How many of each reaction there are. */
export function rollUp(reactions: Reaction[], url: string): Json {
  const counts = REACTIONS.map((content) => [content, reactions.filter((r) => r.content === content).length]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}

export function reactionView(world: World, reaction: Reaction): Json {
  return {
    id: reaction.id,
    node_id: reaction.nodeId,
    user: accountById(world, reaction.userId),
    content: reaction.content,
    created_at: iso(reaction.createdAt),
  };
}

export function viaApp(world: World, appId: number | null): Json | null {
  const app: App | undefined = appId === null ? undefined : world.state.apps.get(appId);
  return app ? appView(world, app) : null;
}

export function threadPage(
  world: World,
  repository: Repository,
  thread: Pick<Thread, "is" | "number">,
): string {
  const folder = thread.is === "issue" ? "issues" : "discussions";
  return `${repositoryPage(world, repository)}/${folder}/${thread.number}`;
}

export function issueUrl(world: World, repository: Repository, number: number): string {
  return `${repositoryUrl(world, repository)}/issues/${number}`;
}

/** GitHub's `issue`. */
export function issueView(world: World, repository: Repository, issue: Issue): Json {
  const url = issueUrl(world, repository, issue.number);
  const assignees = issue.assignees.map((id) => accountById(world, id)).filter(Boolean);
  return {
    url,
    repository_url: repositoryUrl(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: threadPage(world, repository, issue),
    id: issue.id,
    node_id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    user: accountById(world, issue.authorId),
    labels: labelsOf(repository, issue).map((label) => labelView(world, repository, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: issue.comments.length,
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: isoOrNull(issue.closedAt),
    author_association: associationOf(world.state, repository, issue.authorId),
    active_lock_reason: issue.lockReason,
    sub_issues_summary: { total: 0, completed: 0, percent_completed: 0 },
    issue_dependencies_summary: { blocked_by: 0, blocking: 0, total_blocked_by: 0, total_blocking: 0 },
    body: issue.body === "" ? null : issue.body,
    reactions: rollUp(issue.reactions, url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: viaApp(world, issue.viaAppId),
    state_reason: issue.stateReason,
  };
}

/** What only a single issue's answer adds. */
export function singleIssueView(world: World, repository: Repository, issue: Issue): Json {
  return { ...issueView(world, repository, issue), closed_by: accountById(world, issue.closedById) };
}

export function commentUrl(world: World, repository: Repository, comment: Comment): string {
  const folder = comment.on === "issue" ? "issues" : "discussions";
  return `${repositoryUrl(world, repository)}/${folder}/comments/${comment.id}`;
}

export function commentPage(world: World, repository: Repository, comment: Comment): string {
  const thread = threadPage(world, repository, { is: comment.on, number: comment.number });
  return `${thread}#${comment.on === "issue" ? "issuecomment" : "discussioncomment"}-${comment.id}`;
}

/** GitHub's `issue-comment`. */
export function commentView(world: World, repository: Repository, comment: Comment): Json {
  const url = commentUrl(world, repository, comment);
  return {
    url,
    html_url: commentPage(world, repository, comment),
    issue_url: issueUrl(world, repository, comment.number),
    id: comment.id,
    node_id: comment.nodeId,
    user: accountById(world, comment.authorId),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    author_association: associationOf(world.state, repository, comment.authorId),
    body: comment.body,
    reactions: rollUp(comment.reactions, url),
    performed_via_github_app: viaApp(world, comment.viaAppId),
  };
}

function categoryView(repository: Repository, categoryId: number): Json {
  const category = must(
    repository.categories.find((c) => c.id === categoryId),
    "a discussion's category",
  );
  return {
    id: category.id,
    node_id: category.nodeId,
    repository_id: repository.id,
    emoji: category.emoji,
    name: category.name,
    description: category.description,
    created_at: iso(category.createdAt),
    updated_at: iso(category.createdAt),
    slug: category.slug,
    is_answerable: category.answerable,
  };
}

/** GitHub's `discussion`, as webhooks carry it. */
export function discussionView(world: World, repository: Repository, discussion: Discussion): Json {
  const answer = discussion.comments.find((comment) => comment.id === discussion.answer?.commentId);
  const url = apiUrl(world, `/repos/${repository.id}/discussions/${discussion.number}`);
  return {
    repository_url: repositoryUrl(world, repository),
    category: categoryView(repository, discussion.categoryId),
    answer_html_url: answer ? commentPage(world, repository, answer) : null,
    answer_chosen_at: answer ? isoOrNull(discussion.answer?.chosenAt ?? null) : null,
    answer_chosen_by: answer ? accountById(world, discussion.answer?.chosenById ?? null) : null,
    html_url: threadPage(world, repository, discussion),
    id: discussion.id,
    node_id: discussion.nodeId,
    number: discussion.number,
    title: discussion.title,
    user: accountView(world, world.state.accounts.get(discussion.authorId)),
    labels: labelsOf(repository, discussion).map((label) => labelView(world, repository, label)),
    state: discussion.locked ? "locked" : discussion.state,
    state_reason: discussion.stateReason,
    locked: discussion.locked,
    comments: discussion.comments.length,
    created_at: iso(discussion.createdAt),
    updated_at: iso(discussion.updatedAt),
    author_association: associationOf(world.state, repository, discussion.authorId),
    active_lock_reason: discussion.lockReason,
    body: discussion.body,
    reactions: rollUp(discussion.reactions, url),
    timeline_url: `${url}/timeline`,
  };
}

/** GitHub's `webhooks_comment` of a discussion. */
export function discussionCommentView(
  world: World,
  repository: Repository,
  discussion: Discussion,
  comment: Comment,
): Json {
  return {
    id: comment.id,
    node_id: comment.nodeId,
    html_url: commentPage(world, repository, comment),
    parent_id: comment.parentId,
    child_comment_count: discussion.comments.filter((other) => other.parentId === comment.id).length,
    repository_url: repositoryUrl(world, repository),
    discussion_id: discussion.id,
    author_association: associationOf(world.state, repository, comment.authorId),
    user: accountById(world, comment.authorId),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    body: comment.body,
    reactions: rollUp(comment.reactions, commentUrl(world, repository, comment)),
  };
}
