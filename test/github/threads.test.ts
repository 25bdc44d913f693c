import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { closeThread, closeThreadAsDuplicate, readThread, reopenThread } from "../../src/github/threads.ts";
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

const repositoryAnswer = { id: 1296269, full_name: "octocat/Hello-World", private: true, archived: false };
const issueAnswer = (change: object = {}) => documented("issue", { assignees: [], ...change });

describe("an issue is read", () => {
  it("with its repository's visibility, in two requests", async () => {
    github.rest
      .get("/repos/octocat/Hello-World")
      .reply(200, repositoryAnswer)
      .get("/repos/octocat/Hello-World/issues/1347")
      .reply(
        200,
        issueAnswer({ labels: ["bug", { name: "P1" }], state: "closed", state_reason: "completed" }),
      );
    expect(await readThread(github.octokit, ISSUE)).toMatchObject({
      ...ISSUE,
      title: "Found a bug",
      body: "I'm having a problem with this.",
      author: { login: "octocat", bot: false },
      labels: ["bug", "P1"],
      state: "closed",
      stateReason: "completed",
      private: true,
      archived: false,
      createdAt: Date.parse("2011-04-22T13:33:48Z"),
    });
  });

  it.each([404, 410, 451])("as gone when GitHub says %i", async (status) => {
    github.rest
      .get("/repos/octocat/Hello-World")
      .reply(200, repositoryAnswer)
      .get("/repos/octocat/Hello-World/issues/1347")
      .reply(status, { message: "This issue was deleted" });
    const answer = readThread(github.octokit, ISSUE);
    if (status === 451) await expect(answer).rejects.toMatchObject({ status });
    else expect(await answer).toBeNull();
  });

  it.each([
    ["another number", "https://api.github.com/repositories/77/issues/3", 3],
    ["the same number", "https://api.github.com/repositories/77/issues/1347", 1347],
  ])("as gone when it was transferred, there with %s", async (_, location, number) => {
    github.rest
      .get("/repos/octocat/Hello-World")
      .reply(200, repositoryAnswer)
      .get("/repos/octocat/Hello-World/issues/1347")
      .reply(301, undefined, { location })
      .get(new URL(location).pathname)
      .reply(200, issueAnswer({ number, repository_url: "https://api.github.com/repos/octocat/Other" }));
    expect(await readThread(github.octokit, ISSUE)).toBeNull();
  });

  it("under the new name when its repository was renamed", async () => {
    const renamed = { repository_url: "https://api.github.com/repos/octocat/Hello" };
    github.rest
      .get("/repos/octocat/Hello-World")
      .reply(301, undefined, { location: "https://api.github.com/repositories/1296269" })
      .get("/repositories/1296269")
      .reply(200, { ...repositoryAnswer, full_name: "octocat/Hello" })
      .get("/repos/octocat/Hello-World/issues/1347")
      .reply(301, undefined, { location: "https://api.github.com/repositories/1296269/issues/1347" })
      .get("/repositories/1296269/issues/1347")
      .reply(200, issueAnswer(renamed));
    expect(await readThread(github.octokit, ISSUE)).toMatchObject({ repository: "octocat/Hello" });
  });

  it("as gone when the name belongs to another repository by now", async () => {
    github.rest
      .get("/repos/octocat/Hello-World")
      .reply(200, { ...repositoryAnswer, id: 5 })
      .get("/repos/octocat/Hello-World/issues/1347")
      .reply(200, issueAnswer());
    expect(await readThread(github.octokit, ISSUE)).toBeNull();
  });

  it("not at all when GitHub is down", async () => {
    github.rest
      .get("/repos/octocat/Hello-World")
      .reply(503)
      .get("/repos/octocat/Hello-World/issues/1347")
      .reply(503);
    await expect(readThread(github.octokit, ISSUE)).rejects.toMatchObject({ status: 503 });
  });
});

const time = "2026-05-04T10:00:00Z";

const discussionNode = {
  __typename: "Discussion",
  number: 90,
  id: "D_1",
  url: "https://github.com/octocat/Hello-World/discussions/90",
  title: "How do I?",
  body: "Tell me",
  closed: true,
  stateReason: "RESOLVED",
  locked: true,
  isAnswered: true,
  reactionGroups: [
    { content: "HEART", reactors: { totalCount: 5 } },
    { content: "THUMBS_UP", reactors: { totalCount: 2 } },
  ],
  createdAt: time,
  updatedAt: time,
  author: { __typename: "User", login: "ana" },
  labels: { nodes: [{ name: "question" }] },
  category: { name: "Q&A", isAnswerable: true },
  repository: { databaseId: 1296269, nameWithOwner: "octocat/Hello", isPrivate: false, isArchived: true },
};

describe("a discussion is read", () => {
  it("in one request", async () => {
    github.graphql({ node: discussionNode });
    expect(await readThread(github.octokit, DISCUSSION)).toEqual({
      ...DISCUSSION,
      repository: "octocat/Hello",
      upvotes: 2,
      url: "https://github.com/octocat/Hello-World/discussions/90",
      title: "How do I?",
      body: "Tell me",
      author: { login: "ana", bot: false },
      labels: ["question"],
      assignees: [],
      state: "closed",
      stateReason: "resolved",
      locked: true,
      private: false,
      archived: true,
      category: { name: "Q&A", answerable: true },
      answered: true,
      createdAt: Date.parse(time),
      updatedAt: Date.parse(time),
    });
    expect(github.made).toHaveLength(1);
    expect(variablesOf(github)).toEqual([{ id: "D_1" }]);
  });

  it.each([
    ["deleted", { data: { node: null }, errors: [{ type: "NOT_FOUND", message: "Could not resolve" }] }],
    ["something else", { data: { node: {} } }],
    [
      "in another repository",
      { data: { node: { ...discussionNode, repository: { ...discussionNode.repository, databaseId: 5 } } } },
    ],
    ["of another number", { data: { node: { ...discussionNode, number: 3 } } }],
  ])("as gone when the node is %s", async (_, answer) => {
    github.graphqlAnswer(200, answer);
    expect(await readThread(github.octokit, DISCUSSION)).toBeNull();
  });

  it("of a deleted account", async () => {
    github.graphql({ node: { ...discussionNode, author: null, closed: false } });
    expect(await readThread(github.octokit, DISCUSSION)).toMatchObject({ author: null, stateReason: null });
  });

  it("not at all without permission", async () => {
    github.graphqlAnswer(200, { errors: [{ type: "FORBIDDEN", message: "Resource not accessible" }] });
    await expect(readThread(github.octokit, DISCUSSION)).rejects.toThrow("Resource not accessible");
  });
});

describe("a thread is closed and reopened", () => {
  it.each(["completed", "not_planned"] as const)("an issue as %s", async (reason) => {
    const path = "/repos/octocat/Hello-World/issues/1347";
    github.rest
      .patch(path, { state: "closed", state_reason: reason })
      .reply(200, issueAnswer())
      .patch(path, { state: "open" })
      .reply(200, issueAnswer());
    await closeThread(github.octokit, ISSUE, reason);
    await reopenThread(github.octokit, ISSUE);
  });

  it.each([
    ["completed", "RESOLVED"],
    ["not_planned", "OUTDATED"],
  ] as const)("a discussion as %s", async (reason, word) => {
    github.graphql({
      closeDiscussion: { clientMutationId: null },
      reopenDiscussion: { clientMutationId: null },
    });
    await closeThread(github.octokit, DISCUSSION, reason);
    await reopenThread(github.octokit, DISCUSSION);
    expect(variablesOf(github)).toEqual([{ id: "D_1", reason: word }, { id: "D_1" }]);
  });
});

describe("a thread is closed as a duplicate", () => {
  const path = "/repos/octocat/Hello-World/issues/1347";
  const original = { kind: "issue", number: 12 } as const;
  const found = (state: string) =>
    github.rest
      .get("/repos/octocat/Hello-World/issues/12")
      .reply(200, issueAnswer({ id: 77, number: 12, state }));
  const native = { state: "closed", state_reason: "duplicate", duplicate_issue_id: 77 };

  it("natively, by the id of its original", async () => {
    found("open").patch(path, native).reply(200, issueAnswer());
    expect(await closeThreadAsDuplicate(github.octokit, ISSUE, original)).toBe(true);
  });

  it("as not planned on a server that does not know duplicates", async () => {
    found("open")
      .patch(path, native)
      .reply(422, { message: "Validation Failed" })
      .patch(path, { state: "closed", state_reason: "not_planned" })
      .reply(200, issueAnswer());
    expect(await closeThreadAsDuplicate(github.octokit, ISSUE, original)).toBe(true);
  });

  it("as not planned when the original is a discussion", async () => {
    github.rest.patch(path, { state: "closed", state_reason: "not_planned" }).reply(200, issueAnswer());
    const discussion = { kind: "discussion", number: 12 } as const;
    expect(await closeThreadAsDuplicate(github.octokit, ISSUE, discussion)).toBe(true);
  });

  it("not at all when the original was closed meanwhile", async () => {
    found("closed");
    expect(await closeThreadAsDuplicate(github.octokit, ISSUE, original)).toBe(false);
  });

  it("a discussion in GraphQL's word for it", async () => {
    github.graphql({ closeDiscussion: { clientMutationId: null } });
    expect(await closeThreadAsDuplicate(github.octokit, DISCUSSION, original)).toBe(true);
    expect(variablesOf(github)).toEqual([{ id: "D_1", reason: "DUPLICATE" }]);
  });
});
