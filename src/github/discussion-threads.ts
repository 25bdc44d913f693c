import { z } from "zod";
import type { Thread, ThreadRef } from "../ticket/thread.ts";
import type { Octokit } from "./client.ts";
import { MissingLabels, unlessRefused } from "./failure.ts";
import { actor, nodeOf } from "./graphql-node.ts";
import { labelNames } from "./label-history.ts";
import { instant, text } from "./payload.ts";
import { repositoryPath } from "./repositories.ts";

/** Discussions, by GraphQL: REST does not know them. Everybody but `threads.ts` goes through `threads.ts`. */

const DISCUSSION = `number id url title body closed stateReason locked isAnswered createdAt updatedAt
      author { __typename login }
      labels(first: 100) { nodes { name } }
      reactionGroups { content reactors { totalCount } }
      category { name isAnswerable }
      repository { databaseId nameWithOwner isPrivate isArchived }`;

export const READ_DISCUSSION = `query ($id: ID!) {
  node(id: $id) {
    ... on Discussion {
      ${DISCUSSION}
    }
  }
}`;

export const LIST_CHANGED_DISCUSSIONS = `query ($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    discussions(first: 50, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
      ${DISCUSSION}
      }
    }
  }
}`;

export const READ_DISCUSSION_LABELS = `query ($id: ID!) {
  node(id: $id) { ... on Discussion { labels(first: 100) { nodes { name } } } }
}`;

/** Asks for the ids of `count` labels, named `$name0`, `$name1` ..., in one request. */
export function labelIdsQuery(count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  const variables = indices.map((index) => `, $name${index}: String!`).join("");
  const fields = indices.map((index) => `l${index}: label(name: $name${index}) { id }`).join(" ");
  return `query ($owner: String!, $repo: String!${variables}) {
  repository(owner: $owner, name: $repo) { ${fields} }
}`;
}

export const ADD_DISCUSSION_LABELS = `mutation ($id: ID!, $labelIds: [ID!]!) {
  addLabelsToLabelable(input: { labelableId: $id, labelIds: $labelIds }) {
    labelable { ... on Discussion { labels(first: 100) { nodes { name } } } }
  }
}`;

export const REMOVE_DISCUSSION_LABELS = `mutation ($id: ID!, $labelIds: [ID!]!) {
  removeLabelsFromLabelable(input: { labelableId: $id, labelIds: $labelIds }) { clientMutationId }
}`;

export const CLOSE_DISCUSSION = `mutation ($id: ID!, $reason: DiscussionCloseReason!) {
  closeDiscussion(input: { discussionId: $id, reason: $reason }) { clientMutationId }
}`;

export const REOPEN_DISCUSSION = `mutation ($id: ID!) {
  reopenDiscussion(input: { discussionId: $id }) { clientMutationId }
}`;

const discussion = z.object({
  number: z.number(),
  id: z.string(),
  url: z.string(),
  title: text,
  body: text,
  closed: z.boolean(),
  stateReason: z.string().nullish(),
  locked: z.boolean(),
  isAnswered: z.boolean().nullish(),
  createdAt: instant,
  updatedAt: instant,
  author: actor,
  labels: labelNames,
  reactionGroups: z
    .array(z.object({ content: z.string(), reactors: z.object({ totalCount: z.number() }) }))
    .nullish(),
  category: z.object({ name: z.string(), isAnswerable: z.boolean() }),
  repository: z.object({
    databaseId: z.number(),
    nameWithOwner: z.string(),
    isPrivate: z.boolean(),
    isArchived: z.boolean(),
  }),
});

export async function readDiscussion(octokit: Octokit, ref: ThreadRef): Promise<Thread | null> {
  const node = await nodeOf(octokit, READ_DISCUSSION, { id: ref.nodeId });
  if (node === null) return null;
  const thread = threadOf(discussion.parse(node), ref.installationId);
  return thread.repositoryId === ref.repositoryId && thread.number === ref.number ? thread : null;
}

function threadOf(it: z.infer<typeof discussion>, installationId: number): Thread {
  const home = it.repository;
  return {
    installationId,
    repositoryId: home.databaseId,
    repository: home.nameWithOwner,
    kind: "discussion",
    number: it.number,
    nodeId: it.id,
    url: it.url,
    title: it.title,
    body: it.body,
    author: it.author,
    labels: it.labels,
    assignees: [],
    state: it.closed ? "closed" : "open",
    stateReason: it.closed ? (it.stateReason?.toLowerCase() ?? null) : null,
    locked: it.locked,
    private: home.isPrivate,
    archived: home.isArchived,
    category: { name: it.category.name, answerable: it.category.isAnswerable },
    answered: it.isAnswered ?? false,
    upvotes: it.reactionGroups?.find(({ content }) => content === "THUMBS_UP")?.reactors.totalCount ?? 0,
    createdAt: it.createdAt,
    updatedAt: it.updatedAt,
  };
}

const discussionsPage = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  nodes: z.array(discussion.nullable()),
});
const changedPage = z.object({ repository: z.object({ discussions: discussionsPage }) });

/**
 * Discussions that changed at or after `since` (milliseconds since 1970), the newest change first. None where they are
 * switched off, or not ours to read.
 */
export async function* listChangedDiscussions(
  octokit: Octokit,
  repository: { installationId: number; repository: string },
  since: number,
): AsyncGenerator<Thread> {
  let after: string | null | undefined = null;
  do {
    const variables: Record<string, unknown> = { ...repositoryPath(repository.repository), after };
    const answer: unknown = await unlessRefused(octokit.graphql(LIST_CHANGED_DISCUSSIONS, variables));
    if (answer === null) return;
    const { nodes, pageInfo }: z.infer<typeof discussionsPage> =
      changedPage.parse(answer).repository.discussions;
    for (const it of nodes) {
      if (!it) continue;
      if (it.updatedAt < since) return;
      yield threadOf(it, repository.installationId);
    }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
}

const labelled = z.object({ labels: labelNames });

export async function readDiscussionLabels(octokit: Octokit, ref: ThreadRef): Promise<string[]> {
  const node = await nodeOf(octokit, READ_DISCUSSION_LABELS, { id: ref.nodeId });
  return node === null ? [] : labelled.parse(node).labels;
}

const foundLabels = z.object({
  repository: z.record(z.string(), z.object({ id: z.string() }).nullable()).nullable(),
});

/** The node ids of labels by name; null for those that the repository lacks. */
async function labelIds(octokit: Octokit, ref: ThreadRef, names: string[]): Promise<(string | null)[]> {
  const variables = Object.fromEntries(names.map((name, index) => [`name${index}`, name]));
  const answer = await octokit.graphql(labelIdsQuery(names.length), {
    ...repositoryPath(ref.repository),
    ...variables,
  });
  const ids = foundLabels.parse(answer).repository;
  return names.map((_, index) => ids?.[`l${index}`]?.id ?? null);
}

/** @throws MissingLabels when the repository lacks one of them: then none is added. */
export async function addDiscussionLabels(
  octokit: Octokit,
  ref: ThreadRef,
  names: string[],
  known: string[] | null,
): Promise<string[]> {
  const ids = known ?? (await labelIds(octokit, ref, names));
  const missing = names.filter((_, index) => ids[index] === null);
  if (missing.length > 0) throw new MissingLabels(missing, ref.repository);
  const answer = await octokit.graphql(ADD_DISCUSSION_LABELS, { id: ref.nodeId, labelIds: ids });
  return z.object({ addLabelsToLabelable: z.object({ labelable: labelled }) }).parse(answer)
    .addLabelsToLabelable.labelable.labels;
}

export async function removeDiscussionLabel(octokit: Octokit, ref: ThreadRef, name: string): Promise<void> {
  const [id] = await labelIds(octokit, ref, [name]);
  if (id) await octokit.graphql(REMOVE_DISCUSSION_LABELS, { id: ref.nodeId, labelIds: [id] });
}

/** Issues' reasons in the words of discussions. */
const REASONS = { completed: "RESOLVED", not_planned: "OUTDATED", duplicate: "DUPLICATE" } as const;

export async function closeDiscussion(
  octokit: Octokit,
  ref: ThreadRef,
  reason: keyof typeof REASONS,
): Promise<void> {
  await octokit.graphql(CLOSE_DISCUSSION, { id: ref.nodeId, reason: REASONS[reason] });
}

export async function reopenDiscussion(octokit: Octokit, ref: ThreadRef): Promise<void> {
  await octokit.graphql(REOPEN_DISCUSSION, { id: ref.nodeId });
}
