import { describe, expect, it } from "@jest/globals";
import { eventOf, example, type Payload, received } from "./webhook-examples.ts";

describe("what happened to a repository", () => {
  it.each([
    ["repository", "renamed", { type: "repository-changed" }],
    ["repository", "privatized", { type: "repository-changed", repository: { private: false } }],
    ["label", "created", { type: "labels-changed" }],
    ["label", "deleted", { type: "label-deleted", label: ":bug: Bugfix" }],
    ["member", "added", { type: "members-changed" }],
    ["team", "added_to_repository", { type: "members-changed" }],
  ])("%s.%s", (name, action, expected) => {
    const event = eventOf(name, example(name, action));
    expect(event.scope).toBe("repository");
    expect(event).toMatchObject(name === "repository" ? { type: expected.type } : expected);
  });

  it("a deleted repository", () => {
    const payload = { ...example("repository", "renamed"), action: "deleted" };
    expect(eventOf("repository", payload)).toMatchObject({ type: "repository-deleted" });
  });

  it.each([
    [{ name: { from: "bug" } }, { type: "label-renamed", from: "bug" }],
    [{ color: { from: "ffffff" } }, { type: "labels-changed" }],
  ])("a label whose change is %j", (changes, expected) => {
    expect(eventOf("label", { ...example("label", "edited"), changes })).toMatchObject(expected);
  });

  const commit = (added: string[], modified: string[] = [], removed: string[] = []) => ({
    added,
    modified,
    removed,
  });
  const push = (change: object) => {
    const [payload] = received("push") as [Payload];
    Object.assign(payload.repository as object, { default_branch: "trunk" });
    return { ...payload, ref: "refs/heads/trunk", created: false, forced: false, ...change };
  };

  it.each([
    [
      "names each path once",
      { commits: [commit(["a"], ["b"]), commit([], ["a"], ["c"])] },
      {
        defaultBranch: true,
        paths: ["a", "b", "c"],
        truncated: false,
        head: expect.stringMatching(/^[0-9a-f]{40}$/),
      },
    ],
    ["to another branch", { ref: "refs/heads/x", commits: [] }, { defaultBranch: false }],
    ["of a tag named like the branch", { ref: "refs/tags/trunk", commits: [] }, { defaultBranch: false }],
    ["that was forced", { forced: true, commits: [] }, { truncated: true }],
    ["that made the branch", { created: true, commits: [] }, { truncated: true }],
    ["of 20 commits", { commits: Array.from({ length: 20 }, () => commit([])) }, { truncated: true }],
  ])("a push %s", (_, change, expected) => {
    expect(eventOf("push", push(change))).toMatchObject({ type: "pushed", ...expected });
  });
});
