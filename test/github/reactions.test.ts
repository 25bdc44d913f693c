import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { isComplete, type Reactions, readOn, readReactions } from "../../src/github/reactions.ts";
import { finish, type Official, officialGithub, variablesOf } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const time = "2026-05-04T10:00:00Z";
const sign = (login: string | null, content = "HEART") => ({
  content,
  createdAt: time,
  user: login === null ? null : { login },
});
const connection = (totalCount: number, nodes: unknown[], endCursor: string | null = null) => ({
  totalCount,
  nodes,
  pageInfo: { endCursor, hasNextPage: endCursor !== null },
});
const comment = (id: string, ...[totalCount, nodes, endCursor]: Parameters<typeof connection>) => ({
  __typename: "IssueComment",
  id,
  reactions: connection(totalCount, nodes, endCursor),
});
const ana = { login: "ana", content: "-1", at: Date.parse(time) };

describe("the reactions to comments", () => {
  it("name people; accounts that are gone only by what they left", async () => {
    github.graphql({ nodes: [comment("IC_2", 2, [sign(null), sign("ana", "THUMBS_DOWN")])] });
    const found = await readReactions(github.octokit, ["IC_2"]);
    expect(variablesOf(github)).toEqual([{ ids: ["IC_2"] }]);
    expect([...found]).toEqual([["IC_2", { reacted: [ana], nameless: ["heart"], total: 2, cursor: null }]]);
  });

  const partly = (...types: string[]) => {
    const errors = types.map((type, i) => ({
      type,
      path: ["nodes", i],
      message: "Could not resolve to a node",
    }));
    const nodes = [...types.map(() => null), comment("IC_9", 1, [sign("ana", "THUMBS_DOWN")])];
    github.graphqlAnswer(200, { data: { nodes }, errors });
    return readReactions(github.octokit, ["IC_0", "IC_1", "IC_9"]);
  };

  it("leave out a comment that was deleted, and one that we may not read", async () => {
    const found = await partly("NOT_FOUND", "FORBIDDEN");
    expect([...found.keys()]).toEqual(["IC_9"]);
    expect(found.get("IC_9")?.reacted).toEqual([ana]);
  });

  it("are asked for again when GitHub failed at some", async () => {
    await expect(partly("NOT_FOUND", "SERVICE_UNAVAILABLE")).rejects.toThrow();
  });

  const signs = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => sign(`reader-${from + i}`));

  it("are the newest hundred of 10,000, and known to be not all", async () => {
    github.graphql({ nodes: [comment("IC_1", 10_000, signs(0, 100), "100")] });
    const found = (await readReactions(github.octokit, ["IC_1"])).get("IC_1");
    expect(found?.reacted).toHaveLength(100);
    expect(found && isComplete(found)).toBe(false);
  });

  const first = (total: number): Reactions => ({
    reacted: signs(0, 100).map(({ user }) => ({ login: user?.login ?? "", content: "heart", at: 0 })),
    nameless: [],
    total,
    cursor: "100",
  });
  /** A comment with so many reactions. */
  const pages = (total: number) => ({
    node: {
      __typename: "IssueComment",
      reactions: ({ after }: { after: string }) => {
        const from = Number(after);
        const to = Math.min(from + 100, total);
        return connection(total, signs(from, to), String(to));
      },
    },
  });

  it("are read on to the last of 10,000, a hundred a request", async () => {
    github.graphql(pages(10_000));
    const all = await readOn(github.octokit, "IC_1", first(10_000));
    expect(new Set(all.reacted.map(({ login }) => login)).size).toBe(10_000);
    expect(isComplete(all)).toBe(true);
    expect(github.made).toHaveLength(99);
  });

  it("are read no further than that", async () => {
    github.graphql(pages(12_000));
    const some = await readOn(github.octokit, "IC_1", first(12_000));
    expect([some.reacted.length, isComplete(some)]).toEqual([10_000, false]);
  });

  it("of a hundred or fewer cost no request more", async () => {
    expect(await readOn(github.octokit, "IC_1", first(100))).toEqual(first(100));
    expect(github.made).toEqual([]);
  });

  it("are known to be not all when the comment goes while they are read", async () => {
    github.graphql({ node: null });
    expect(await readOn(github.octokit, "IC_1", first(300))).toEqual(first(300));
  });
});
