import type { RepositoryRef } from "../ticket/event.ts";
import type { Comment, Thread, ThreadRef } from "../ticket/thread.ts";
import type { Octokit } from "./client.ts";
import { issueCommentNumber } from "./comment-number.ts";
import { listDiscussionComments, postDiscussionComment } from "./discussion-comments.ts";
import {
  addDiscussionLabels,
  closeDiscussion,
  listChangedDiscussions,
  readDiscussion,
  readDiscussionLabels,
  removeDiscussionLabel,
  reopenDiscussion,
} from "./discussion-threads.ts";
import { unlessGone } from "./failure.ts";
import {
  addIssueAssignees,
  addIssueLabels,
  closeIssue,
  closeIssueAsDuplicate,
  editIssueComment,
  listChangedIssues,
  listIssueComments,
  postIssueComment,
  readIssue,
  readIssueAssignees,
  readIssueLabels,
  removeIssueAssignees,
  removeIssueLabel,
  reopenIssue,
} from "./issue-threads.ts";
import { type LabelHistory, readIssueLabelHistory } from "./label-history.ts";
import { wellFormed } from "./payload.ts";

/** The one door to threads of either kind: behind it, issues go by REST and discussions by GraphQL. */

/** The thread as it is now; null when it was deleted, transferred away, or is not ours to see. */
export function readThread(octokit: Octokit, ref: ThreadRef): Promise<Thread | null> {
  return ref.kind === "issue" ? readIssue(octokit, ref) : readDiscussion(octokit, ref);
}

/**
 * Threads of a repository that changed at or after `since` (milliseconds since 1970): its issues, then its discussions
 * (none where they are switched off).
 */
export async function* listChangedThreads(
  octokit: Octokit,
  repository: RepositoryRef,
  since: number,
): AsyncGenerator<Thread> {
  yield* listChangedIssues(octokit, repository, since);
  yield* listChangedDiscussions(octokit, repository, since);
}

/**
 * The thread's comments, page by page as they are consumed.
 * @param options.since milliseconds since 1970: only those created or edited from then on.
 */
export function listComments(
  octokit: Octokit,
  ref: ThreadRef,
  options: { since?: number } = {},
): AsyncIterable<Comment> {
  return ref.kind === "issue"
    ? listIssueComments(octokit, ref, options.since)
    : listDiscussionComments(octokit, ref, options.since);
}

export function readLabels(octokit: Octokit, ref: ThreadRef): Promise<string[]> {
  return ref.kind === "issue" ? readIssueLabels(octokit, ref) : readDiscussionLabels(octokit, ref);
}

/**
 * The labels that are there, and how they came and went. A discussion has no timeline: nobody can tell of its labels who
 * set them, or whether one was there before.
 */
export async function readLabelHistory(octokit: Octokit, ref: ThreadRef): Promise<LabelHistory> {
  if (ref.kind === "issue") return readIssueLabelHistory(octokit, ref);
  return { labels: await readDiscussionLabels(octokit, ref), changes: [] };
}

/**
 * Adds labels to those that are there; for a discussion they must exist in the repository (`MissingLabels` otherwise).
 * @param ids their node ids, if known: without them, a discussion's labels are looked up first.
 * @returns all labels of the thread afterwards.
 */
export function addLabels(
  octokit: Octokit,
  ref: ThreadRef,
  labels: string[],
  ids: string[] | null = null,
): Promise<string[]> {
  return ref.kind === "issue"
    ? addIssueLabels(octokit, ref, labels)
    : addDiscussionLabels(octokit, ref, labels, ids);
}

/** Takes one label off; nothing happens when it is not there. */
export function removeLabel(octokit: Octokit, ref: ThreadRef, label: string): Promise<void> {
  return ref.kind === "issue"
    ? removeIssueLabel(octokit, ref, label)
    : removeDiscussionLabel(octokit, ref, label);
}

/** Where a comment that we wrote is. */
export interface PostedComment {
  nodeId: string;
  url: string;
}

export function postComment(octokit: Octokit, ref: ThreadRef, body: string): Promise<PostedComment> {
  const post = ref.kind === "issue" ? postIssueComment : postDiscussionComment;
  return post(octokit, ref, wellFormed(body));
}

export const EDIT_ISSUE_COMMENT = `mutation ($id: ID!, $body: String!) {
  updateIssueComment(input: { id: $id, body: $body }) { clientMutationId }
}`;

export const EDIT_DISCUSSION_COMMENT = `mutation ($id: ID!, $body: String!) {
  updateDiscussionComment(input: { commentId: $id, body: $body }) { clientMutationId }
}`;

/** Replaces the text of a comment of ours, in one request. */
export async function editComment(
  octokit: Octokit,
  ref: ThreadRef,
  nodeId: string,
  body: string,
): Promise<"edited" | "gone"> {
  const number = ref.kind === "issue" ? issueCommentNumber(nodeId, ref.repositoryId) : null;
  const text = wellFormed(body);
  if (number !== null) return editIssueComment(octokit, ref, number, text);
  const mutation = ref.kind === "issue" ? EDIT_ISSUE_COMMENT : EDIT_DISCUSSION_COMMENT;
  const answer = await unlessGone(octokit.graphql(mutation, { id: nodeId, body: text }));
  return answer === null ? "gone" : "edited";
}

/**
 * Our comment with that marker, for looking before posting again after a fault.
 * @param login who we are, such as `frontdesk[bot]`: a copy of the marker in somebody else's comment does not count.
 */
export async function findOwnComment(
  octokit: Octokit,
  ref: ThreadRef,
  marker: string,
  login: string,
): Promise<Pick<Comment, "nodeId" | "body"> | null> {
  for await (const { nodeId, body, author } of listComments(octokit, ref)) {
    if (author?.bot && author.login === login && body.includes(marker)) return { nodeId, body };
  }
  return null;
}

export function closeThread(
  octokit: Octokit,
  ref: ThreadRef,
  reason: "completed" | "not_planned",
): Promise<void> {
  return ref.kind === "issue" ? closeIssue(octokit, ref, reason) : closeDiscussion(octokit, ref, reason);
}

/**
 * Closes the thread as a duplicate of another one of its repository, as natively as the server can.
 * @returns false when the original turns out not to be open: then nothing was done.
 */
export async function closeThreadAsDuplicate(
  octokit: Octokit,
  ref: ThreadRef,
  original: Pick<ThreadRef, "kind" | "number">,
): Promise<boolean> {
  if (ref.kind === "issue") return closeIssueAsDuplicate(octokit, ref, original);
  await closeDiscussion(octokit, ref, "duplicate");
  return true;
}

export function reopenThread(octokit: Octokit, ref: ThreadRef): Promise<void> {
  return ref.kind === "issue" ? reopenIssue(octokit, ref) : reopenDiscussion(octokit, ref);
}

/** What only one kind of thread can: discussions have no assignees. */
export function canAssign({ kind }: Pick<ThreadRef, "kind">): boolean {
  return kind === "issue";
}

export async function readAssignees(octokit: Octokit, ref: ThreadRef): Promise<string[]> {
  return canAssign(ref) ? readIssueAssignees(octokit, ref) : [];
}

/** Puts people to those who are assigned; GitHub passes over those who cannot be. Returns who is assigned then. */
export async function addAssignees(octokit: Octokit, ref: ThreadRef, logins: string[]): Promise<string[]> {
  return canAssign(ref) ? addIssueAssignees(octokit, ref, logins) : [];
}

export async function removeAssignees(octokit: Octokit, ref: ThreadRef, logins: string[]): Promise<void> {
  if (canAssign(ref)) await removeIssueAssignees(octokit, ref, logins);
}

/** The reactions that the desk uses, in REST's words and in GraphQL's. */
const REACTIONS = { "+1": "THUMBS_UP", "-1": "THUMBS_DOWN", eyes: "EYES", confused: "CONFUSED" } as const;
export type Reaction = keyof typeof REACTIONS;

export const ADD_REACTION = `mutation ($id: ID!, $content: ReactionContent!) {
  addReaction(input: { subjectId: $id, content: $content }) { clientMutationId }
}`;

/** Reacts to a comment or a thread by its node id; the same reaction twice counts once. */
export async function react(octokit: Octokit, nodeId: string, content: Reaction): Promise<void> {
  await octokit.graphql(ADD_REACTION, { id: nodeId, content: REACTIONS[content] });
}
