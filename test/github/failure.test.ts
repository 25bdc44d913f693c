import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { classifyFailure, type Failure, MissingLabels } from "../../src/github/failure.ts";
import { finish, type Official, officialGithub } from "./official-github.ts";

const NOW = Date.parse("2026-05-04T10:00:00Z");

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

/** What Octokit really throws for such an answer, classified. */
async function rest(status: number, message: string, headers: Record<string, string> = {}, errors?: unknown) {
  github.rest.get("/repos/o/n").reply(status, { message, errors }, headers);
  return failureOf(github.octokit.rest.repos.get({ owner: "o", repo: "n" }));
}

async function failureOf(answer: Promise<unknown>): Promise<Failure> {
  const error = await answer.then(
    () => new Error("it worked"),
    (thrown: unknown) => thrown,
  );
  return classifyFailure(error, NOW);
}

describe("REST answers", () => {
  it.each([
    [500, "Server Error", "passing"],
    [502, "Bad Gateway", "passing"],
    [503, "Unavailable", "passing"],
    [401, "Bad credentials", "passing"],
    [409, "Conflict", "passing"],
    [403, "Resource not accessible by integration", "forbidden"],
    [403, "Unable to create comment because issue is locked.", "forbidden"],
    [403, "Repository was archived so is read-only.", "forbidden"],
    [403, "This installation has been suspended", "forbidden"],
    [451, "Repository unavailable due to DMCA takedown.", "forbidden"],
    [404, "Not Found", "gone"],
    [410, "This issue was deleted", "gone"],
    [422, "Validation Failed", "invalid"],
    [400, "Problems parsing JSON", "invalid"],
    [418, "I'm a teapot", "bug"],
  ])("%i %s is %s", async (status, message, type) => {
    expect(await rest(status, message)).toMatchObject({ type, reason: expect.stringContaining(message) });
  });

  it.each([
    ["429", 429, "Too Many Requests", {}, null],
    ["403 with retry-after", 403, "Forbidden", { "retry-after": "30" }, NOW + 30_000],
    [
      "403 with a retry-after date",
      403,
      "Forbidden",
      { "retry-after": "Mon, 04 May 2026 10:01:00 GMT" },
      NOW + 60_000,
    ],
    ["a secondary limit", 403, "You have exceeded a secondary rate limit.", {}, null],
    ["the abuse check", 403, "You have triggered an abuse detection mechanism.", {}, null],
    [
      "a spent budget",
      403,
      "API rate limit exceeded for installation ID 12.",
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1000 + 600) },
      NOW + 600_000,
    ],
    ["a budget that is not spent", 429, "Slow down", { "x-ratelimit-remaining": "9" }, null],
    ["nonsense in retry-after", 429, "Slow down", { "retry-after": "soon" }, null],
  ] as const)("%s is a limit", async (_, status, message, headers, until) => {
    expect(await rest(status, message, headers)).toMatchObject({ type: "limit", until });
  });

  it("422 for writing too quickly is a limit, though GitHub calls it invalid", async () => {
    const failure = await rest(422, "Validation Failed", {}, [
      { resource: "IssueComment", code: "custom", field: "body", message: "was submitted too quickly" },
    ]);
    expect(failure).toMatchObject({ type: "limit", until: null });
  });
});

describe("GraphQL answers", () => {
  it.each([
    [{ type: "NOT_FOUND", message: "Could not resolve to a node" }, "gone"],
    [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }, "forbidden"],
    [{ type: "INSUFFICIENT_SCOPES", message: "Your token has not been granted" }, "forbidden"],
    [{ type: "UNPROCESSABLE", message: "Discussion is locked" }, "forbidden"],
    [{ type: "UNPROCESSABLE", message: "Repository was archived so is read-only." }, "forbidden"],
    [{ type: "UNPROCESSABLE", message: "Body is too long (maximum is 65536 characters)" }, "invalid"],
    [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }, "limit"],
    [{ type: "UNPROCESSABLE", message: "was submitted too quickly" }, "limit"],
    [{ message: "Something went wrong while executing your query." }, "passing"],
    [{ type: "INTERNAL", message: "internal error" }, "passing"],
    [{ message: "Field 'x' doesn't exist", extensions: { code: "undefinedField" } }, "bug"],
  ])("%j is %s", async (error, type) => {
    github.graphqlAnswer(200, { data: null, errors: [error] });
    expect(await failureOf(github.octokit.graphql("{ viewer { login } }"))).toMatchObject({ type });
  });

  it("a spent budget says until when", async () => {
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1000 + 60) };
    github.graphqlAnswer(200, { errors: [{ type: "RATE_LIMITED", message: "exceeded" }] }, headers);
    const failure = await failureOf(github.octokit.graphql("{ viewer { login } }"));
    expect(failure).toMatchObject({ type: "limit", until: NOW + 60_000 });
  });

  it.each([502, 404])("a gateway's %i says nothing about what was asked for", async (status) => {
    github.graphqlAnswer(status, "<html>Not today</html>");
    expect(await failureOf(github.octokit.graphql("{ viewer { login } }"))).toMatchObject({
      type: "passing",
    });
  });
});

describe("failures without an answer", () => {
  it.each(["ECONNRESET", "ECONNREFUSED", "ENOTFOUND", "UND_ERR_SOCKET"])("%s passes", async (code) => {
    github.rest.get("/repos/o/n").replyWithError(Object.assign(new Error("no connection"), { code }));
    expect(await failureOf(github.octokit.rest.repos.get({ owner: "o", repo: "n" }))).toMatchObject({
      type: "passing",
    });
  });

  it("a network error that Octokit did not wrap passes too", () => {
    const error = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    expect(classifyFailure(error, NOW)).toEqual({ type: "passing", reason: "socket hang up" });
  });

  it.each(["AbortError", "TimeoutError"])("%s passes", (name) => {
    expect(classifyFailure(new DOMException("The operation was aborted", name), NOW)).toEqual({
      type: "passing",
      reason: "no answer in time",
    });
  });

  it("a label that does not exist is invalid", () => {
    const failure = classifyFailure(new MissingLabels(["bug"], "o/n"), NOW);
    expect(failure).toEqual({ type: "invalid", reason: 'o/n has no label "bug"' });
  });

  it.each([
    [new TypeError("x is undefined"), "x is undefined"] as const,
    ["thrown text", "thrown text"] as const,
  ])("anything else is a bug: %p", (error, reason) => {
    expect(classifyFailure(error, NOW)).toEqual({ type: "bug", reason });
  });
});
