import { describe, expect, it } from "@jest/globals";
import { type BacklogThread, withAnswer, withOriginal } from "../../src/ticket/backlog-thread.ts";

const thread: BacklogThread = {
  repositoryId: 1,
  number: 7,
  kind: "issue",
  url: "https://github.com/o/n/issues/7",
  title: "The export is empty",
  body: "",
  author: "mona",
  labels: [],
  createdAt: 0,
  updatedAt: 0,
  closedAt: null,
  stateReason: null,
  milestone: null,
  comments: 0,
  same: [3],
  answer: null,
  hidden: false,
};

describe("a person of the team", () => {
  it("says what a thread repeats, beside what comments said", () => {
    expect(withOriginal(thread, 5)).toMatchObject({ original: 5, same: [3, 5] });
    expect(withOriginal(withOriginal(thread, 5), 5).same).toEqual([3, 5]);
  });

  it("says that it repeats nothing", () => {
    expect(withOriginal(withOriginal(thread, 5), null)).toMatchObject({ original: null, same: [] });
  });

  it("cannot say that it repeats itself", () => {
    expect(withOriginal(thread, 7)).toEqual(thread);
  });

  it("chooses what answers it", () => {
    const answer = { body: "Set `exports: direct`.", url: "https://github.com/o/n/issues/7#issuecomment-1" };
    expect(withAnswer(thread, answer).answer).toEqual({ ...answer, chosen: true });
  });
});
