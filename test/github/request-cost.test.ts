import { describe, expect, it } from "@jest/globals";
import { type Cost, costOf } from "../../src/github/request-cost.ts";

describe("the cost of a request", () => {
  it.each<[string, string, string | undefined, Cost]>([
    ["GET", "/repos/o/r/issues/7", undefined, { api: "rest", points: 1, content: false }],
    ["POST", "/repos/o/r/issues/7/labels", undefined, { api: "rest", points: 5, content: false }],
    ["POST", "/repos/o/r/issues/7/comments", undefined, { api: "rest", points: 5, content: true }],
    ["POST", "/repos/o/r/issues", undefined, { api: "rest", points: 5, content: true }],
    ["PATCH", "/repos/o/r/issues/7", undefined, { api: "rest", points: 5, content: false }],
    ["POST", "/graphql", "query { viewer { login } }", { api: "graphql", points: 1, content: false }],
    [
      "POST",
      "/graphql",
      "mutation ($id: ID!) { addDiscussionComment(input: {}) { clientMutationId } }",
      { api: "graphql", points: 5, content: true },
    ],
    [
      "POST",
      "/graphql",
      "mutation { addLabelsToLabelable(input: {}) { clientMutationId } }",
      { api: "graphql", points: 5, content: false },
    ],
  ])("%s %s %s", (method, url, query, expected) => {
    expect(costOf(method, url, query)).toEqual(expected);
  });
});
