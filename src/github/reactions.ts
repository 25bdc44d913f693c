import { z } from "zod";
import type { Octokit } from "./client.ts";
import { exceptErrors, unlessGone } from "./failure.ts";

/** More ids in one field are an error. */
export const MOST_IDS = 100;

/** Of a comment with more than 10,000 reactions the newest are read: each page of a hundred is a request of its own. */
const MOST_PAGES = 100;

const PAGE = "totalCount nodes { content createdAt user { login } } pageInfo { endCursor }";

export const READ_REACTIONS = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Node { id }
    ... on Reactable {
      reactions(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) { ${PAGE} }
    }
  }
}`;

export const READ_ON = `query ($id: ID!, $after: String) {
  node(id: $id) {
    ... on Reactable {
      reactions(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) { ${PAGE} }
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

/** The newest reactions to a comment. */
export interface Reactions {
  reacted: Reacted[];
  /** What deleted accounts and apps reacted with: GitHub names neither. */
  nameless: string[];
  /** As many there are. */
  total: number;
  /** Where older ones go on. */
  cursor: string | null;
}

const page = z.object({
  totalCount: z.number(),
  nodes: z
    .array(
      z
        .object({
          content: z.string(),
          createdAt: z.string(),
          user: z.object({ login: z.string() }).nullable(),
        })
        .nullable(),
    )
    .nullish(),
  pageInfo: z.object({ endCursor: z.string().nullish() }),
});

const answer = z.object({
  nodes: z.array(z.object({ id: z.string(), reactions: page.optional() }).nullable()),
});

const answerOn = z.object({ node: z.object({ reactions: page.optional() }).nullable() });

/**
 * Who reacted how on comments, by node id. What is gone or may not be read is left out: GitHub says so by an error beside
 * the others' answers. At most `MOST_IDS` comments, and the newest 100 reactions of each, in one request.
 */
export async function readReactions(octokit: Octokit, ids: string[]): Promise<Map<string, Reactions>> {
  const read = octokit.graphql(READ_REACTIONS, { ids });
  const { nodes } = answer.parse(await exceptErrors(["NOT_FOUND", "FORBIDDEN"], read));
  return new Map(
    nodes.flatMap((node) => (node?.reactions ? [[node.id, reactionsOf(node.reactions)] as const] : [])),
  );
}

/** The reactions with the older ones that did not fit into the first hundred; they stay as they are for few. */
export async function readOn(octokit: Octokit, id: string, first: Reactions): Promise<Reactions> {
  let all = first;
  for (let pages = 1; pages < MOST_PAGES && !isComplete(all) && all.cursor !== null; pages++) {
    const read = await unlessGone(octokit.graphql(READ_ON, { id, after: all.cursor }));
    const older = read === null ? null : answerOn.parse(read).node?.reactions;
    if (!older) return all;
    const { reacted, nameless, cursor } = reactionsOf(older);
    all = {
      ...all,
      reacted: [...all.reacted, ...reacted],
      nameless: [...all.nameless, ...nameless],
      cursor,
    };
  }
  return all;
}

/** There are no other reactions than these. */
export function isComplete({ reacted, nameless, total }: Reactions): boolean {
  return reacted.length + nameless.length >= total;
}

function reactionsOf({ totalCount, nodes, pageInfo }: z.infer<typeof page>): Reactions {
  const found: Reactions = {
    reacted: [],
    nameless: [],
    total: totalCount,
    cursor: pageInfo.endCursor ?? null,
  };
  for (const one of nodes ?? []) {
    if (!one) continue;
    const content = SIGNS[one.content] ?? one.content;
    if (one.user) found.reacted.push({ login: one.user.login, content, at: Date.parse(one.createdAt) });
    else found.nameless.push(content);
  }
  return found;
}
