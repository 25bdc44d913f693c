import { z } from "zod";
import type { Octokit } from "./client.ts";

/** More ids in one field are an error. */
export const MOST_IDS = 100;

export const READ_REACTIONS = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Node { id }
    ... on Reactable {
      reactions(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
        totalCount
        nodes { content createdAt user { login } }
      }
    }
  }
}`;

/** GitHub's two languages for the same signs: GraphQL's, and the settings' (REST's). */
const SIGNS: Record<string, string> = {
  THUMBS_UP: "+1",
  THUMBS_DOWN: "-1",
  LAUGH: "laugh",
  CONFUSED: "confused",
  HEART: "heart",
  HOORAY: "hooray",
  ROCKET: "rocket",
  EYES: "eyes",
};

export interface Reacted {
  login: string;
  /** As the settings name it: `-1`, `confused` ... */
  content: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** The newest reactions to a comment; `complete`: there are no others. */
export interface Reactions {
  reacted: Reacted[];
  complete: boolean;
}

const reaction = z.object({
  content: z.string(),
  createdAt: z.string(),
  user: z.object({ login: z.string() }).nullable(),
});

const answer = z.object({
  nodes: z.array(
    z
      .object({
        id: z.string(),
        reactions: z
          .object({ totalCount: z.number(), nodes: z.array(reaction.nullable()).nullish() })
          .optional(),
      })
      .nullable(),
  ),
});

/**
 * Who reacted how on comments, by node id; comments that are gone are left out, and so are deleted accounts.
 * At most `MOST_IDS` comments, and the newest 100 reactions of each, in one request.
 */
export async function readReactions(octokit: Octokit, ids: string[]): Promise<Map<string, Reactions>> {
  const { nodes } = answer.parse(await octokit.graphql(READ_REACTIONS, { ids }));
  const found = new Map<string, Reactions>();
  for (const node of nodes) {
    if (!node?.reactions) continue;
    const { totalCount } = node.reactions;
    const listed = node.reactions.nodes ?? [];
    const reacted = listed.flatMap((one) =>
      one?.user
        ? [
            {
              login: one.user.login,
              content: SIGNS[one.content] ?? one.content,
              at: Date.parse(one.createdAt),
            },
          ]
        : [],
    );
    found.set(node.id, { reacted, complete: totalCount <= listed.length });
  }
  return found;
}
