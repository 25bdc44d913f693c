import { z } from "zod";
import type { Octokit } from "./client.ts";
import { classifyFailure, unlessGone } from "./failure.ts";
import { issue } from "./payload.ts";
import { repositoryPath } from "./repositories.ts";

/** Issues that the desk itself writes: the one that shows Problems, and those of the private support repository. */
export interface OwnIssue {
  number: number;
  nodeId: string;
  url: string;
  body: string;
  open: boolean;
}

function ownIssue(data: unknown): OwnIssue {
  const it = issue.parse(data);
  return {
    number: it.number,
    nodeId: it.node_id,
    url: it.html_url,
    body: it.body,
    open: it.state === "open",
  };
}

export async function createIssue(
  octokit: Octokit,
  repository: string,
  content: { title: string; body: string; labels?: string[] },
): Promise<OwnIssue> {
  const { data } = await octokit.rest.issues.create({ ...repositoryPath(repository), ...content });
  return ownIssue(data);
}

/** Changes what is given and leaves the rest. */
export async function editIssue(
  octokit: Octokit,
  repository: string,
  number: number,
  change: { title?: string; body?: string; state?: "open" | "closed" },
): Promise<"edited" | "gone"> {
  const answer = await unlessGone(
    octokit.rest.issues.update({ ...repositoryPath(repository), issue_number: number, ...change }),
  );
  return answer === null ? "gone" : "edited";
}

/**
 * The newest issue that we wrote and that carries the marker, for looking before creating one again.
 * @param login who we are, such as `frontdesk[bot]`.
 */
export async function findOwnIssue(
  octokit: Octokit,
  repository: string,
  marker: string,
  login: string,
): Promise<OwnIssue | null> {
  const pages = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
    ...repositoryPath(repository),
    creator: login,
    state: "all",
    per_page: 100,
  });
  for await (const { data } of pages) {
    const found = z
      .array(issue)
      .parse(data)
      .find((it) => it.user?.bot && it.user.login === login && it.body.includes(marker));
    if (found) return ownIssue(data.find(({ number }) => number === found.number));
  }
  return null;
}

export const PIN_ISSUE = `mutation ($id: ID!) { pinIssue(input: { issueId: $id }) { issue { id } } }`;
export const UNPIN_ISSUE = `mutation ($id: ID!) { unpinIssue(input: { issueId: $id }) { issue { id } } }`;

/** Pins or unpins an issue; `refused`: GitHub pins three of a repository at most, and we may not be allowed. */
export async function pinIssue(octokit: Octokit, nodeId: string, pin: boolean): Promise<"done" | "refused"> {
  try {
    await octokit.graphql(pin ? PIN_ISSUE : UNPIN_ISSUE, { id: nodeId });
    return "done";
  } catch (error) {
    const { type } = classifyFailure(error, 0);
    if (type === "passing" || type === "limit") throw error;
    return "refused";
  }
}
