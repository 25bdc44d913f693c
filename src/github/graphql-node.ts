import { z } from "zod";
import type { Person } from "../ticket/thread.ts";
import type { Octokit } from "./client.ts";
import { unlessGone } from "./failure.ts";

/** GraphQL names a bot `frontdesk` where REST and webhooks say `frontdesk[bot]`: we say the latter. */
export const actor = z
  .object({ __typename: z.string(), login: z.string() })
  .nullable()
  .transform((it): Person | null => {
    if (!it) return null;
    const bot = it.__typename === "Bot" || it.login.endsWith("[bot]");
    return { login: bot && !it.login.endsWith("[bot]") ? `${it.login}[bot]` : it.login, bot };
  });

interface Answer {
  node: unknown;
}

/** The node, or null when it is gone; another type of node answers as an empty object. */
export async function nodeOf(
  octokit: Octokit,
  query: string,
  variables: Record<string, unknown>,
): Promise<unknown> {
  const answer = await unlessGone(octokit.graphql<Answer>(query, variables));
  const node = answer?.node;
  return node && Object.keys(node).length > 0 ? node : null;
}
