import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readReactions } from "../../src/github/reactions.ts";
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
const comment = (id: string, totalCount: number, nodes: unknown[]) => ({
  __typename: "IssueComment",
  id,
  reactions: { totalCount, nodes },
});

describe("the reactions to comments", () => {
  it("leave out a comment that was deleted, and accounts that were", async () => {
    github.graphql({ nodes: [null, comment("IC_2", 2, [sign(null), sign("ana", "THUMBS_DOWN")])] });
    const found = await readReactions(github.octokit, ["IC_1", "IC_2"]);
    expect(variablesOf(github)).toEqual([{ ids: ["IC_1", "IC_2"] }]);
    const reacted = [{ login: "ana", content: "-1", at: Date.parse(time) }];
    expect([...found]).toEqual([["IC_2", { reacted, complete: true }]]);
  });

  it("are the newest hundred of 10,000, and known to be not all", async () => {
    const newest = Array.from({ length: 100 }, (_, i) => sign(`reader-${i}`));
    github.graphql({ nodes: [comment("IC_1", 10_000, newest)] });
    const found = (await readReactions(github.octokit, ["IC_1"])).get("IC_1");
    expect([found?.reacted.length, found?.complete]).toEqual([100, false]);
  });
});
