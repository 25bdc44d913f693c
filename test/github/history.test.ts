import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readHistory } from "../../src/github/history.ts";
import { finish, type Official, officialGithub, variablesOf } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const maria = { __typename: "User", login: "maria" };
const labeler = { __typename: "Bot", login: "labeler" };
const event = (type: "LabeledEvent" | "UnlabeledEvent", name: string, actor: object | null) => ({
  __typename: type,
  createdAt: "2026-01-02T00:00:00Z",
  actor,
  label: { name },
});

const thread = (number: number, change: object = {}) => ({
  number,
  title: "How?",
  body: "So \0.",
  locked: false,
  createdAt: "2026-01-01T00:00:00Z",
  author: { __typename: "User", login: "mona" },
  labels: { nodes: [{ name: "net" }] },
  timelineItems: { nodes: [] },
  ...change,
});

const answer = (field: "issues" | "discussions", nodes: unknown[], endCursor: string | null) => ({
  rateLimit: { cost: 2, limit: 10_000 },
  repository: { [field]: { pageInfo: { hasNextPage: endCursor !== null, endCursor }, nodes } },
});

describe("a page of history", () => {
  it("tells of issues who set and took off their labels, and whether they came from elsewhere", async () => {
    const events = [
      event("LabeledEvent", "net", labeler),
      event("UnlabeledEvent", "ui", maria),
      event("LabeledEvent", "os", null),
      { __typename: "TransferredEvent" },
    ];
    const moved = thread(8, { locked: true, timelineItems: { nodes: events } });
    github.graphql(answer("issues", [moved, null, thread(7)], "next"));
    const page = await readHistory(github.octokit, "o/n", "issue", "here");
    expect(page).toMatchObject({ next: "next", share: 2 / 10_000 });
    expect(page?.threads.map(({ number, transferred, locked }) => [number, transferred, locked])).toEqual([
      [8, true, true],
      [7, false, false],
    ]);
    const at = Date.UTC(2026, 0, 2);
    expect(page?.threads[0]?.changes).toEqual([
      { type: "labeled", label: "net", actor: { login: "labeler[bot]", bot: true }, at },
      { type: "unlabeled", label: "ui", actor: { login: "maria", bot: false }, at },
      { type: "labeled", label: "os", actor: null, at },
    ]);
    expect(page?.threads[1]).toMatchObject({ body: "So \uFFFD.", labels: ["net"], changes: [] });
    expect(variablesOf(github)).toEqual([{ owner: "o", repo: "n", after: "here" }]);
  });

  it("tells of discussions what is labelled, by nobody knows whom", async () => {
    github.graphql(answer("discussions", [thread(9)], null));
    const page = await readHistory(github.octokit, "o/n", "discussion", null);
    expect(page).toMatchObject({ next: null, threads: [{ number: 9, labels: ["net"], changes: [] }] });
  });

  it("is counted as one of 5,000 points where a server has no limits", async () => {
    github.graphql({ ...answer("issues", [], null), rateLimit: null });
    expect((await readHistory(github.octokit, "o/n", "issue", null))?.share).toBe(1 / 5_000);
  });

  it("is null where discussions are switched off, and an error when GitHub is down", async () => {
    const disabled = { type: "UNPROCESSABLE", message: "Discussions are disabled for this repo" };
    github.graphqlAnswer(200, { data: null, errors: [disabled] });
    expect(await readHistory(github.octokit, "o/n", "discussion", null)).toBeNull();
    github.graphqlAnswer(502, {});
    await expect(readHistory(github.octokit, "o/n", "issue", null)).rejects.toMatchObject({ status: 502 });
  });
});
