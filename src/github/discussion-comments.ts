import { z } from "zod";
import type { Comment, ThreadRef } from "../ticket/thread.ts";
import type { Octokit } from "./client.ts";
import { actor, nodeOf } from "./graphql-node.ts";
import { instant, text } from "./payload.ts";

/** Comments of discussions, by GraphQL. Everybody but `threads.ts` goes through `threads.ts`. */

const COMMENT = "id body createdAt updatedAt deletedAt author { __typename login }";

export const LIST_DISCUSSION_COMMENTS = `query ($id: ID!, $after: String) {
  node(id: $id) {
    ... on Discussion {
      comments(first: 50, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { ${COMMENT} replies(first: 100) { pageInfo { hasNextPage endCursor } nodes { ${COMMENT} } } }
      }
    }
  }
}`;

export const LIST_DISCUSSION_REPLIES = `query ($id: ID!, $after: String) {
  node(id: $id) {
    ... on DiscussionComment {
      replies(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${COMMENT} } }
    }
  }
}`;

export const POST_DISCUSSION_COMMENT = `mutation ($id: ID!, $body: String!) {
  addDiscussionComment(input: { discussionId: $id, body: $body }) { comment { id url } }
}`;

const commentNode = z
  .object({
    id: z.string(),
    body: text,
    createdAt: instant,
    updatedAt: instant,
    deletedAt: z.string().nullish(),
    author: actor,
  })
  .nullable();

const posted = z.object({
  addDiscussionComment: z.object({ comment: z.object({ id: z.string(), url: z.string() }) }),
});

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
const replyPage = z.object({ pageInfo, nodes: z.array(commentNode) });
const commentPage = z.object({
  pageInfo,
  nodes: z.array(commentNode.unwrap().extend({ replies: replyPage }).nullable()),
});

function commentOf(node: z.infer<typeof commentNode>): Comment[] {
  // A deleted comment that has replies stays as an empty shell.
  if (!node || node.deletedAt) return [];
  const { id, author, body, createdAt, updatedAt } = node;
  return [{ nodeId: id, author, body, createdAt, updatedAt }];
}

/** Comments, each followed by its replies. GraphQL cannot filter by time: `since` is applied here. */
export async function* listDiscussionComments(
  octokit: Octokit,
  ref: ThreadRef,
  since = 0,
): AsyncGenerator<Comment> {
  let after: string | null | undefined = null;
  do {
    const node = await nodeOf(octokit, LIST_DISCUSSION_COMMENTS, { id: ref.nodeId, after });
    if (node === null) return;
    const page = z.object({ comments: commentPage }).parse(node).comments;
    for (const it of page.nodes) {
      if (!it) continue;
      yield* commentOf(it).filter((comment) => comment.updatedAt >= since);
      for await (const reply of repliesOf(octokit, it.id, it.replies)) {
        if (reply.updatedAt >= since) yield reply;
      }
    }
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
}

async function* repliesOf(
  octokit: Octokit,
  commentId: string,
  first: z.infer<typeof replyPage>,
): AsyncGenerator<Comment> {
  let page = first;
  for (;;) {
    yield* page.nodes.flatMap(commentOf);
    const after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    if (!after) return;
    const node = await nodeOf(octokit, LIST_DISCUSSION_REPLIES, { id: commentId, after });
    if (node === null) return;
    page = z.object({ replies: replyPage }).parse(node).replies;
  }
}

export async function postDiscussionComment(octokit: Octokit, ref: ThreadRef, body: string) {
  const answer = await octokit.graphql(POST_DISCUSSION_COMMENT, { id: ref.nodeId, body });
  const { comment } = posted.parse(answer).addDiscussionComment;
  return { nodeId: comment.id, url: comment.url };
}
