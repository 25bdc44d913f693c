import { describe, expect, it } from "@jest/globals";
import { example, parse, threadEventOf } from "./webhook-examples.ts";

describe("an opened issue and a created discussion become one thing", () => {
  it("an issue, with all that we read", () => {
    const event = threadEventOf("issues", example("issues", "opened"));
    expect(event).toMatchObject({
      type: "opened",
      movedFrom: null,
      actor: { login: "Codertocat", bot: false },
      thread: {
        installationId: 12,
        repositoryId: 186853002,
        repository: "Codertocat/Hello-World",
        kind: "issue",
        number: 1,
        nodeId: "MDU6SXNzdWU0NDQ1MDAwNDE=",
        url: "https://github.com/Codertocat/Hello-World/issues/1",
        title: "Spelling error in the README file",
        body: "It looks like you accidently spelled 'commit' with two 't's.",
        author: { login: "Codertocat", bot: false },
        labels: ["bug"],
        assignees: ["Codertocat"],
        state: "open",
        stateReason: null,
        locked: false,
        private: false,
        archived: false,
        category: null,
        answered: false,
        createdAt: Date.parse("2019-05-15T15:20:18Z"),
        updatedAt: Date.parse("2019-05-15T15:20:18Z"),
      },
    });
  });

  it("a discussion, with its category", () => {
    const event = threadEventOf("discussion", example("discussion", "created"));
    expect(event).toMatchObject({
      type: "opened",
      movedFrom: null,
      thread: {
        kind: "discussion",
        number: 90,
        repositoryId: 17273051,
        private: true,
        category: { name: "General", answerable: false },
        assignees: [],
        answered: false,
      },
    });
  });
});

/** The comment that was marked in GitHub's examples. */
const ANSWER = "MDE3OkRpc2N1c3Npb25Db21tZW50NTUwNTYx";

describe("what happened to a thread", () => {
  it.each([
    ["issues", "edited", { type: "edited" }],
    ["issues", "deleted", { type: "deleted" }],
    ["issues", "reopened", { type: "reopened" }],
    ["issues", "labeled", { type: "labeled", label: "bug" }],
    ["issues", "unlabeled", { type: "unlabeled", label: "bug" }],
    ["issues", "assigned", { type: "assigned", login: "Codertocat" }],
    ["issues", "unassigned", { type: "unassigned", login: "Codertocat" }],
    ["issues", "locked", { type: "locked" }],
    ["issues", "unlocked", { type: "unlocked" }],
    [
      "issues",
      "transferred",
      { type: "transferred", to: { repository: "Codertocat/Hello-World", key: "186853002/1" } },
    ],
    ["discussion", "answered", { type: "answered", answer: ANSWER }],
    ["discussion", "unanswered", { type: "unanswered", answer: ANSWER }],
    ["discussion", "category_changed", { type: "recategorized" }],
    [
      "discussion",
      "transferred",
      { type: "transferred", to: { repository: "Codertocat/hello-world-npm", key: "185882436/1" } },
    ],
    ["discussion", "labeled", { type: "labeled" }],
    ["discussion", "locked", { type: "locked" }],
    ["issue_comment", "created", { type: "commented", comment: { author: { login: "Codertocat" } } }],
    ["issue_comment", "edited", { type: "comment-edited" }],
    ["issue_comment", "deleted", { type: "comment-deleted" }],
    ["discussion_comment", "created", { type: "commented" }],
    ["discussion_comment", "edited", { type: "comment-edited" }],
    ["discussion_comment", "deleted", { type: "comment-deleted" }],
  ])("%s.%s", (name, action, expected) => {
    expect(threadEventOf(name, example(name, action))).toMatchObject(expected);
  });

  it("an issue that came from another repository says from where", () => {
    const payload = example("issues", "opened", (it) => {
      it.changes = { old_issue: { number: 41 }, old_repository: { id: 5, full_name: "o/old" } };
    });
    expect(threadEventOf("issues", payload)).toMatchObject({ type: "opened", movedFrom: { key: "5/41" } });
  });

  it.each([{ old_issue: {} }, { old_issue: { number: 41 }, old_repository: "o/old" }, "moved", []])(
    "an issue that came from %j is opened all the same",
    (changes) => {
      const payload = { ...example("issues", "opened"), changes };
      expect(threadEventOf("issues", payload)).toMatchObject({ type: "opened", movedFrom: null });
    },
  );

  it.each(["labeled", "assigned"])("%s without saying what is ignored", (action) => {
    const payload = { ...example("issues", "opened"), action, label: {}, assignee: null };
    expect(parse("issues", payload)).toEqual({ ignored: `issues.${action} is not served` });
  });

  it("a transfer that does not say where to", () => {
    const payload = example("issues", "transferred", (it) => Reflect.deleteProperty(it, "changes"));
    expect(threadEventOf("issues", payload)).toMatchObject({ type: "transferred", to: null });
  });

  it.each([
    ["a deleted reporter", null, null],
    ["a bot", { login: "dependabot[bot]", type: "Bot" }, { login: "dependabot[bot]", bot: true }],
    ["an old server's bot", { login: "ci[bot]" }, { login: "ci[bot]", bot: true }],
  ])("%s", (_, user, author) => {
    const payload = example("issues", "opened", (it) => {
      Object.assign(it.issue as object, { user });
    });
    expect(threadEventOf("issues", payload).thread.author).toEqual(author);
  });

  it.each([
    ["closed", "not_planned", { state: "closed", stateReason: "not_planned", locked: false }],
    ["closed", null, { state: "closed", stateReason: null }],
    ["open", "reopened", { state: "open", stateReason: null }],
    ["locked", null, { state: "open", stateReason: null, locked: true }],
  ])("a discussion whose state is %s for reason %s", (state, state_reason, expected) => {
    const payload = example("discussion", "edited", (it) => {
      Object.assign(it.discussion as object, { state, state_reason, locked: false });
    });
    expect(threadEventOf("discussion", payload).thread).toMatchObject(expected);
  });

  it.each([
    ["an empty body", null, ""],
    ["a body that is missing", undefined, ""],
    ["halves of characters", "a\ud800b\udc00", "a\ufffdb\ufffd"],
    ["whole characters outside the first plane", "\u{1f41e}", "\u{1f41e}"],
    ["NUL", "a\0b", "a\ufffdb"],
    ["65,536 characters", "x".repeat(65_536), "x".repeat(65_536)],
  ])("%s", (_, body, expected) => {
    const payload = example("issues", "opened", (it) => {
      Object.assign(it.issue as object, { body });
    });
    expect(threadEventOf("issues", payload).thread.body).toBe(expected);
  });
});
