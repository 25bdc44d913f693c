import { z } from "zod";
import type { Person } from "../ticket/thread.ts";
import type { Octokit } from "./client.ts";
import { unlessRefused } from "./failure.ts";
import { actor } from "./graphql-node.ts";
import { LABEL_EVENTS, type LabelChange, labelChangeOf, labelNames, timelineEvent } from "./label-history.ts";
import { instant, text } from "./payload.ts";
import { repositoryPath } from "./repositories.ts";

/**
 * Threads from before our time, the newest first, with who set and took off their labels: fifty a request. By GitHub's
 * formula a page costs one point: a connection for the page and two for each thread, in hundreds.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export const ISSUE_HISTORY = `query ($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost limit }
  repository(owner: $owner, name: $repo) {
    threads: issues(first: 50, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number title body locked createdAt
        author { __typename login }
        labels(first: 100) { nodes { name } }
        timelineItems(last: 100, itemTypes: [LABELED_EVENT, UNLABELED_EVENT, TRANSFERRED_EVENT]) {
          nodes {
            __typename
            ${LABEL_EVENTS}
          }
        }
      }
    }
  }
}`;

/** Discussions have no timeline: nobody can tell who labelled them. */
export const DISCUSSION_HISTORY = `query ($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost limit }
  repository(owner: $owner, name: $repo) {
    threads: discussions(first: 50, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number title body locked createdAt
        author { __typename login }
        labels(first: 100) { nodes { name } }
      }
    }
  }
}`;

export interface PastThread {
  number: number;
  title: string;
  body: string;
  author: Person | null;
  labels: string[];
  /** The last hundred at most, in their order. */
  changes: LabelChange[];
  locked: boolean;
  /** It came from another repository. */
  transferred: boolean;
  createdAt: number;
}

export interface HistoryPage {
  threads: PastThread[];
  /** Where the next page begins; null: this was the last. */
  next: string | null;
  /** The part of the hour's points that the page cost. */
  share: number;
}

const thread = z
  .object({
    number: z.number(),
    title: text,
    body: text,
    locked: z.boolean(),
    createdAt: instant,
    author: actor,
    labels: labelNames,
    timelineItems: z.object({ nodes: z.array(timelineEvent.nullable()).nullish() }).nullish(),
  })
  .transform(({ timelineItems, ...it }): PastThread => {
    const events = (timelineItems?.nodes ?? []).flatMap((one) => one ?? []);
    return {
      ...it,
      transferred: events.some(({ __typename }) => __typename === "TransferredEvent"),
      changes: events.flatMap(labelChangeOf),
    };
  });

/** A server without limits (GitHub Enterprise can be so) says nothing of them: then those of github.com count. */
const USUAL = { cost: 1, limit: 5_000 };

const page = z.object({
  rateLimit: z.object({ cost: z.number(), limit: z.number() }).nullish(),
  repository: z.object({
    threads: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
      nodes: z.array(thread.nullable()),
    }),
  }),
});

/** A page of a repository's history; null where its threads of this kind are switched off, or not ours to read. */
export async function readHistory(
  octokit: Octokit,
  repository: string,
  kind: "issue" | "discussion",
  after: string | null,
): Promise<HistoryPage | null> {
  const query = kind === "issue" ? ISSUE_HISTORY : DISCUSSION_HISTORY;
  const answer: unknown = await unlessRefused(
    octokit.graphql(query, { ...repositoryPath(repository), after }),
  );
  if (answer === null) return null;
  const { rateLimit, repository: found } = page.parse(answer);
  const { cost, limit } = rateLimit ?? USUAL;
  const { nodes, pageInfo } = found.threads;
  return {
    threads: nodes.flatMap((one) => one ?? []),
    next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
    share: cost / Math.max(1, limit),
  };
}
