import { describe, expect, it } from "@jest/globals";
import { faultOf } from "./official-github.ts";

describe("the official description refuses", () => {
  it.each([
    ["GET", "/repos/o/n/discussions/7", undefined, "GET /repos/o/n/discussions/7 is not in the description"],
    ["PUT", "/repos/o/n", undefined, "PUT /repos/o/n is not in the description"],
    ["GET", "/repos/o/n/issues?author=me", undefined, "GET /repos/{owner}/{repo}/issues takes no author"],
    [
      "POST",
      "/repos/o/n/issues/1/comments",
      { text: "x" },
      "POST /repos/{owner}/{repo}/issues/{issue_number}/comments: data must have required property 'body'",
    ],
  ])("%s %s %j", (method, path, body, fault) => {
    expect(faultOf({ method, path, body })).toBe(fault);
  });

  it.each([
    ["GET", "/repos/o/n/contents/docs/a%20b.md?ref=main", undefined],
    ["GET", "/repos/o/n/issues?state=all&per_page=100", undefined],
    ["POST", "/repos/o/n/issues/1/comments", { body: "x" }],
  ])("but not %s %s", (method, path, body) => {
    expect(faultOf({ method, path, body })).toBeNull();
  });
});
