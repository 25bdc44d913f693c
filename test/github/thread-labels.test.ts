import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { MissingLabels } from "../../src/github/failure.ts";
import { addLabels, readLabelHistory, readLabels, removeLabel } from "../../src/github/threads.ts";
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

describe("labels of an issue", () => {
  const path = "/repos/octocat/Hello-World/issues/1347/labels";
  const labels = [documented("label", { name: "bug" }), documented("label", { name: "P1" })];

  it("are added in one additive request", async () => {
    github.rest.post(path, { labels: ["bug", "P1"] }).reply(200, labels);
    expect(await addLabels(github.octokit, ISSUE, ["bug", "P1"])).toEqual(["bug", "P1"]);
  });

  it("are read", async () => {
    github.rest.get(path).query({ per_page: 100 }).reply(200, labels);
    expect(await readLabels(github.octokit, ISSUE)).toEqual(["bug", "P1"]);
  });

  it("are read with who set and took off which, in one request", async () => {
    const by = { __typename: "Bot", login: "frontdesk" };
    const at = Date.UTC(2026, 0, 2);
    const createdAt = "2026-01-02T00:00:00Z";
    const events = [
      { __typename: "LabeledEvent", createdAt, actor: by, label: { name: "bug" } },
      { __typename: "UnlabeledEvent", createdAt, actor: null, label: { name: "bug" } },
    ];
    const issue = {
      __typename: "Issue",
      labels: { nodes: [{ name: "P1" }] },
      timelineItems: { nodes: events },
    };
    github.graphql({ node: issue });
    expect(await readLabelHistory(github.octokit, ISSUE)).toEqual({
      labels: ["P1"],
      changes: [
        { type: "labeled", label: "bug", actor: { login: "frontdesk[bot]", bot: true }, at },
        { type: "unlabeled", label: "bug", actor: null, at },
      ],
    });
    expect(variablesOf(github)).toEqual([{ id: ISSUE.nodeId }]);
  });

  it("of an issue that is gone are none", async () => {
    github.graphql({ node: null });
    expect(await readLabelHistory(github.octokit, ISSUE)).toEqual({ labels: [], changes: [] });
  });

  it.each([
    ["needs: info", "needs%3A%20info"],
    ["a/b?c#d", "a%2Fb%3Fc%23d"],
    ["\u{1f41e}", "%F0%9F%90%9E"],
  ])("%s is taken off alone", async (label, encoded) => {
    github.rest.delete(`${path}/${encoded}`).reply(200, []);
    await removeLabel(github.octokit, ISSUE, label);
  });

  it("that are not there any more are no fault", async () => {
    github.rest.delete(`${path}/bug`).reply(404, { message: "Label does not exist" });
    await removeLabel(github.octokit, ISSUE, "bug");
  });

  it.each(["", ".", ".."])("named %j are never removed: the address would mean all", async (label) => {
    await expect(removeLabel(github.octokit, ISSUE, label)).rejects.toThrow("cannot be removed alone");
    expect(github.made).toEqual([]);
  });
});

describe("labels of a discussion", () => {
  const ids: Record<string, string> = { bug: "L_bug", P1: "L_p1" };
  const repository = { label: ({ name }: { name: string }) => (ids[name] ? { id: ids[name] } : null) };

  it("are added by their ids, in one request after one look", async () => {
    const labelable = { __typename: "Discussion", labels: { nodes: [{ name: "bug" }, { name: "P1" }] } };
    github.graphql({ repository, addLabelsToLabelable: { labelable } });
    expect(await addLabels(github.octokit, DISCUSSION, ["bug", "P1"])).toEqual(["bug", "P1"]);
    expect(variablesOf(github)).toEqual([
      { owner: "octocat", repo: "Hello-World", name0: "bug", name1: "P1" },
      { id: "D_1", labelIds: ["L_bug", "L_p1"] },
    ]);
  });

  it("that the repository lacks are named, and none is added", async () => {
    github.graphql({ repository });
    const adding = addLabels(github.octokit, DISCUSSION, ["bug", "P9", "P8"]);
    await expect(adding).rejects.toThrow(MissingLabels);
    await expect(adding).rejects.toThrow('octocat/Hello-World has no label "P9", "P8"');
    expect(github.made).toHaveLength(1);
  });

  it("are taken off one by one", async () => {
    github.graphql({ repository, removeLabelsFromLabelable: { clientMutationId: null } });
    await removeLabel(github.octokit, DISCUSSION, "bug");
    await removeLabel(github.octokit, DISCUSSION, "unknown");
    expect(variablesOf(github)).toEqual([
      { owner: "octocat", repo: "Hello-World", name0: "bug" },
      { id: "D_1", labelIds: ["L_bug"] },
      { owner: "octocat", repo: "Hello-World", name0: "unknown" },
    ]);
  });

  it("have no history", async () => {
    github.graphql({ node: { __typename: "Discussion", labels: { nodes: [{ name: "question" }] } } });
    expect(await readLabelHistory(github.octokit, DISCUSSION)).toEqual({ labels: ["question"], changes: [] });
  });

  it("are read", async () => {
    github.graphql({ node: { __typename: "Discussion", labels: { nodes: [{ name: "question" }, null] } } });
    expect(await readLabels(github.octokit, DISCUSSION)).toEqual(["question"]);
  });
});
