import { z } from "zod";
import type { BacklogThread, Said } from "../ticket/backlog-thread.ts";
import type { ThreadKind, ThreadRef } from "../ticket/thread.ts";
import type { Octokit } from "./client.ts";
import { unlessRefused } from "./failure.ts";
import { actor, nodeOf } from "./graphql-node.ts";
import { instant, text } from "./payload.ts";
import { repositoryPath } from "./repositories.ts";

/**
 * All threads of a repository, open and closed, a hundred in one request of 2 points: REST would list pull requests too.
 * The last comments of an issue cost nothing more, and hold its solution if there is one.
 */

const SHARED = `number url title body closedAt createdAt updatedAt
        author { __typename login }
        labels(first: 20) { nodes { name } }`;

export const LIST_ISSUES = `query ($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    threads: issues(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        ${SHARED}
        issueStateReason: stateReason
        milestone { title }
        comments(last: 10) { totalCount nodes { id url body createdAt author { __typename login } } }
      }
    }
  }
}`;

export const LIST_DISCUSSIONS = `query ($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    threads: discussions(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        ${SHARED}
        discussionStateReason: stateReason
        comments { totalCount }
        answer { body url author { __typename login } }
      }
    }
  }
}`;

export const READ_ANSWER = `query ($id: ID!) {
  node(id: $id) { ... on Discussion { answer { body url author { __typename login } } } }
}`;

/** A thread of more text than this is a log: the beginning says what it is about. Characters. */
export const MOST_BODY = 20_000;

const said = z.object({ id: z.string(), url: z.string(), body: text, createdAt: instant, author: actor });

const answer = z
  .object({ body: text, url: z.string(), author: actor })
  .transform(({ body, url, author }) => ({ body, url, author: author?.login ?? null }))
  .nullish();

const thread = z.object({
  number: z.number(),
  url: z.string(),
  title: text,
  body: text,
  closedAt: instant.nullish(),
  createdAt: instant,
  updatedAt: instant,
  author: actor,
  labels: z
    .object({ nodes: z.array(z.object({ name: z.string() }).nullable()).nullish() })
    .nullish()
    .transform((it) => (it?.nodes ?? []).flatMap((label) => label?.name ?? [])),
  comments: z.object({ totalCount: z.number(), nodes: z.array(said.nullable()).nullish() }),
  issueStateReason: z.string().nullish(),
  discussionStateReason: z.string().nullish(),
  milestone: z.object({ title: text }).nullish(),
  answer,
});

const page = z.object({
  repository: z.object({
    threads: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
      nodes: z.array(thread.nullable()),
    }),
  }),
});

export interface BacklogPage {
  threads: BacklogThread[];
  /** Where the next page begins; null: this was the last one. */
  next: string | null;
}

/** A page of issues or discussions, the newest first; an empty one where they are switched off or not ours to read. */
export async function readBacklogPage(
  octokit: Octokit,
  where: Pick<ThreadRef, "repositoryId" | "repository">,
  kind: ThreadKind,
  after: string | null,
): Promise<BacklogPage> {
  const query = kind === "issue" ? LIST_ISSUES : LIST_DISCUSSIONS;
  const found: unknown = await unlessRefused(
    octokit.graphql(query, { ...repositoryPath(where.repository), after }),
  );
  if (found === null) return { threads: [], next: null };
  const { nodes, pageInfo } = page.parse(found).repository.threads;
  const threads = nodes.flatMap((it) => (it ? threadOf(it, where.repositoryId, kind) : []));
  return { threads, next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null };
}

function threadOf(it: z.infer<typeof thread>, repositoryId: number, kind: ThreadKind): BacklogThread {
  const { number, url, title, labels, createdAt, updatedAt } = it;
  return {
    repositoryId,
    number,
    kind,
    url,
    title,
    body: it.body.slice(0, MOST_BODY),
    author: it.author?.login ?? null,
    labels,
    createdAt,
    updatedAt,
    closedAt: it.closedAt ?? null,
    stateReason: (it.issueStateReason ?? it.discussionStateReason)?.toLowerCase() ?? null,
    milestone: it.milestone?.title ?? null,
    comments: it.comments.totalCount,
    said: (it.comments.nodes ?? []).flatMap((one) => (one && !one.author?.bot ? [saidOf(one)] : [])),
    same: [],
    answer: it.answer ?? null,
    hidden: false,
  };
}

function saidOf({ id, url, body, createdAt, author }: z.infer<typeof said>): Said {
  return { nodeId: id, author: author?.login ?? null, body, url, at: createdAt };
}

/** The comment that is marked as a discussion's answer; null when there is none. */
export async function readAnswer(octokit: Octokit, ref: ThreadRef): Promise<BacklogThread["answer"]> {
  const node = await nodeOf(octokit, READ_ANSWER, { id: ref.nodeId });
  return node === null ? null : (z.object({ answer }).parse(node).answer ?? null);
}
