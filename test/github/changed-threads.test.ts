import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { listChangedThreads } from "../../src/github/threads.ts";
import type { Thread } from "../../src/ticket/thread.ts";
import {
  DISCUSSION,
  documented,
  finish,
  ISSUE,
  type Official,
  officialGithub,
  variablesOf,
} from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const { installationId, repositoryId, repository } = ISSUE;
const WHERE = { installationId, repositoryId, repository, private: true, archived: false };
const SINCE = Date.parse("2026-05-04T10:00:00Z");

async function changed(): Promise<Thread[]> {
  const found: Thread[] = [];
  for await (const thread of listChangedThreads(github.octokit, WHERE, SINCE)) {
    found.push(thread);
  }
  return found;
}

const issueOf = (number: number, change: object = {}) =>
  documented("issue", { number, assignees: [], pull_request: undefined, ...change });

const ISSUES = "/repos/octocat/Hello-World/issues";
const QUERY = {
  state: "all",
  sort: "updated",
  direction: "desc",
  since: "2026-05-04T10:00:00.000Z",
  per_page: 100,
};

describe("what changed since a moment", () => {
  it("is read of issues page by page, without pull requests", async () => {
    github.rest
      .get(ISSUES)
      .query(QUERY)
      .reply(200, [issueOf(3), issueOf(2, { pull_request: { url: "x" } })], {
        link: `<https://api.github.com${ISSUES}?page=2>; rel="next"`,
      })
      .get(ISSUES)
      .query({ page: 2 })
      .reply(200, [issueOf(1)]);
    github.graphql({ repository: { discussions: { pageInfo: { hasNextPage: false }, nodes: [] } } });
    const found = await changed();
    expect(found.map(({ number }) => number)).toEqual([3, 1]);
    expect(found[0]).toMatchObject({ ...WHERE, kind: "issue", title: "Found a bug" });
  });

  const node = (number: number, updatedAt: string) => ({
    number,
    id: `D_${number}`,
    url: `https://github.com/octocat/Hello-World/discussions/${number}`,
    title: "How?",
    body: "",
    closed: false,
    locked: false,
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt,
    author: null,
    labels: { nodes: [] },
    category: { name: "Q&A", isAnswerable: true },
    repository: {
      databaseId: repositoryId,
      nameWithOwner: repository,
      isPrivate: true,
      isArchived: false,
    },
  });

  it("is read of discussions back to that moment and no further", async () => {
    github.rest.get(ISSUES).query(QUERY).reply(200, []);
    const pages: Record<string, object> = {
      first: {
        pageInfo: { hasNextPage: true, endCursor: "second" },
        nodes: [node(90, "2026-05-05T00:00:00Z"), null],
      },
      second: {
        pageInfo: { hasNextPage: true, endCursor: "third" },
        nodes: [node(91, "2026-05-04T10:00:00Z"), node(92, "2026-05-04T09:59:59Z")],
      },
    };
    github.graphql({
      repository: { discussions: ({ after }: { after?: string }) => pages[after ?? "first"] },
    });
    const found = await changed();
    expect(found.map(({ kind, number, nodeId }) => [kind, number, nodeId])).toEqual([
      ["discussion", 90, "D_90"],
      ["discussion", 91, "D_91"],
    ]);
    expect(found[0]?.installationId).toBe(DISCUSSION.installationId);
    expect(variablesOf(github)).toEqual([
      { owner: "octocat", repo: "Hello-World", after: null },
      { owner: "octocat", repo: "Hello-World", after: "second" },
    ]);
  });

  it.each([
    ["switched off", { type: "UNPROCESSABLE", message: "Discussions are disabled for this repo" }],
    ["not ours to read", { type: "FORBIDDEN", message: "Resource not accessible by integration" }],
  ])("is issues only where discussions are %s", async (_, error) => {
    github.rest
      .get(ISSUES)
      .query(QUERY)
      .reply(200, [issueOf(1)]);
    github.graphqlAnswer(200, { data: null, errors: [error] });
    expect(await changed()).toHaveLength(1);
  });

  it("is discussions only where issues are switched off", async () => {
    github.rest.get(ISSUES).query(QUERY).reply(410, { message: "Issues are disabled for this repo" });
    github.graphql({
      repository: {
        discussions: { pageInfo: { hasNextPage: false }, nodes: [node(90, "2026-05-05T00:00:00Z")] },
      },
    });
    expect(await changed()).toMatchObject([{ kind: "discussion" }]);
  });

  it("is an error when GitHub is down for issues", async () => {
    github.rest.get(ISSUES).query(QUERY).reply(502);
    await expect(changed()).rejects.toMatchObject({ status: 502 });
  });

  it("is an error when GitHub is down for discussions", async () => {
    github.rest.get(ISSUES).query(QUERY).reply(200, []);
    github.graphqlAnswer(502, {});
    await expect(changed()).rejects.toMatchObject({ status: 502 });
  });
});
