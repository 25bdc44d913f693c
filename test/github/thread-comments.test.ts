import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { editComment, findOwnComment, listComments, postComment, react } from "../../src/github/threads.ts";
import type { Comment } from "../../src/ticket/thread.ts";
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

async function all(comments: AsyncIterable<Comment>): Promise<Comment[]> {
  const found: Comment[] = [];
  for await (const comment of comments) found.push(comment);
  return found;
}

const bot = { __typename: "Bot", login: "frontdesk" };
const person = { __typename: "User", login: "ana" };
const time = "2026-05-04T10:00:00Z";

describe("comments are listed", () => {
  const said = (id: number) =>
    documented("issue-comment", { node_id: `IC_${id}`, created_at: time, updated_at: time });

  it("of an issue, page by page", async () => {
    const path = "/repos/octocat/Hello-World/issues/1347/comments";
    github.rest
      .get(path)
      .query({ per_page: 100, since: "2026-01-01T00:00:00.000Z" })
      .reply(200, [said(1)], { link: `<https://api.github.com${path}?per_page=100&page=2>; rel="next"` })
      .get(path)
      .query({ per_page: 100, page: 2 })
      .reply(200, [said(2)]);
    const comments = await all(
      listComments(github.octokit, ISSUE, { since: Date.parse("2026-01-01T00:00:00Z") }),
    );
    expect(comments.map(({ nodeId }) => nodeId)).toEqual(["IC_1", "IC_2"]);
    expect(comments[0]).toEqual({
      nodeId: "IC_1",
      author: { login: "octocat", bot: false },
      body: "Me too",
      createdAt: Date.parse(time),
      updatedAt: Date.parse(time),
    });
  });

  it("of an issue, no further than they are wanted", async () => {
    const path = "/repos/octocat/Hello-World/issues/1347/comments";
    github.rest
      .get(`${path}?per_page=100`)
      .reply(200, [said(1)], { link: `<https://api.github.com${path}?per_page=100&page=2>; rel="next"` });
    for await (const { nodeId } of listComments(github.octokit, ISSUE)) {
      expect(nodeId).toBe("IC_1");
      break;
    }
    expect(github.made).toHaveLength(1);
  });

  const node = (id: string, change: object = {}) => ({
    __typename: "DiscussionComment",
    id,
    body: id,
    createdAt: time,
    updatedAt: time,
    deletedAt: null,
    author: person,
    replies: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
    ...change,
  });
  const more = (endCursor: string) => ({ hasNextPage: true, endCursor });
  const last = { hasNextPage: false, endCursor: null };

  it("of a discussion, replies after what they reply to, all pages of both", async () => {
    const replies = (args: { after?: string }) =>
      args.after
        ? { pageInfo: last, nodes: [node("reply 2")] }
        : { pageInfo: more("r1"), nodes: [node("reply 1")] };
    const first = node("first", { replies });
    github.graphql({
      node: ({ id }: { id: string }) =>
        id === "D_1"
          ? {
              __typename: "Discussion",
              comments: ({ after }: { after?: string }) =>
                after
                  ? { pageInfo: last, nodes: [node("old", { updatedAt: "2020-01-01T00:00:00Z" }), null] }
                  : { pageInfo: more("c1"), nodes: [first, node("shell", { deletedAt: time })] },
            }
          : first,
    });
    const ids = async (since?: number) =>
      (await all(listComments(github.octokit, DISCUSSION, since ? { since } : {}))).map((it) => it.nodeId);
    expect(await ids()).toEqual(["first", "reply 1", "reply 2", "old"]);
    expect(variablesOf(github)).toEqual([
      { id: "D_1", after: null },
      { id: "first", after: "r1" },
      { id: "D_1", after: "c1" },
    ]);
    expect(await ids(Date.parse("2026-01-01T00:00:00Z"))).toEqual(["first", "reply 1", "reply 2"]);
  });

  it("of a deleted discussion: none", async () => {
    github.graphql({ node: null });
    expect(await all(listComments(github.octokit, DISCUSSION))).toEqual([]);
  });

  it("to find ours, by its marker and our authorship", async () => {
    const marker = "<!-- frontdesk:triage -->";
    github.graphql({
      node: {
        __typename: "Discussion",
        comments: {
          pageInfo: last,
          nodes: [
            node("a copy", { body: `${marker} hi` }),
            node("another of ours", { author: bot, body: "<!-- frontdesk:reminder:1 -->" }),
            node("another bot's", { author: { __typename: "Bot", login: "other" }, body: marker }),
            node("ours", { author: bot, body: `hello ${marker}` }),
          ],
        },
      },
    });
    expect(await findOwnComment(github.octokit, DISCUSSION, marker, "frontdesk[bot]")).toEqual({
      nodeId: "ours",
      body: `hello ${marker}`,
    });
    expect(await findOwnComment(github.octokit, DISCUSSION, marker, "unknown[bot]")).toBeNull();
  });
});

describe("comments are written", () => {
  it("on an issue", async () => {
    github.rest
      .post("/repos/octocat/Hello-World/issues/1347/comments", { body: "Hello" })
      .reply(201, documented("issue-comment", { node_id: "IC_9" }));
    expect(await postComment(github.octokit, ISSUE, "Hello")).toEqual({
      nodeId: "IC_9",
      url: "https://github.com/octocat/Hello-World/issues/1347#issuecomment-1",
    });
  });

  it("on a discussion", async () => {
    const comment = { id: "DC_9", url: "https://github.com/o/n/discussions/90#discussioncomment-9" };
    github.graphql({ addDiscussionComment: { comment } });
    expect(await postComment(github.octokit, DISCUSSION, "Hello")).toEqual({
      nodeId: "DC_9",
      url: comment.url,
    });
    expect(variablesOf(github)).toEqual([{ id: "D_1", body: "Hello" }]);
  });

  it("without halves of characters, which no server would take", async () => {
    github.rest
      .post("/repos/octocat/Hello-World/issues/1347/comments", { body: "cut \ufffd" })
      .reply(201, documented("issue-comment"));
    await postComment(github.octokit, ISSUE, "cut \ud83d");
  });

  const NUMBERED = Buffer.from("012:IssueComment9").toString("base64");

  it("anew on an issue, by the number in its node id", async () => {
    github.rest
      .patch("/repos/octocat/Hello-World/issues/comments/9", { body: "Better" })
      .reply(200, documented("issue-comment"));
    expect(await editComment(github.octokit, ISSUE, NUMBERED, "Better")).toBe("edited");
  });

  it.each([
    ["an issue whose ids tell no number", ISSUE, { updateIssueComment: { clientMutationId: null } }],
    ["a discussion", DISCUSSION, { updateDiscussionComment: { clientMutationId: null } }],
  ])("anew on %s, by its node id", async (_, ref, root) => {
    github.graphql(root);
    expect(await editComment(github.octokit, ref, "C_9", "Better")).toBe("edited");
    expect(variablesOf(github)).toEqual([{ id: "C_9", body: "Better" }]);
  });

  it("no more when a person deleted ours", async () => {
    github.graphqlAnswer(200, { data: null, errors: [{ type: "NOT_FOUND", message: "Could not resolve" }] });
    expect(await editComment(github.octokit, DISCUSSION, "C_9", "Better")).toBe("gone");
    github.rest.patch("/repos/octocat/Hello-World/issues/comments/9").reply(404, { message: "Not Found" });
    expect(await editComment(github.octokit, ISSUE, NUMBERED, "Better")).toBe("gone");
  });

  it("with a reaction", async () => {
    github.graphql({ addReaction: { clientMutationId: null } });
    await react(github.octokit, "C_9", "+1");
    expect(variablesOf(github)).toEqual([{ id: "C_9", content: "THUMBS_UP" }]);
  });
});
