import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { scopeOf } from "../../src/github/route.ts";
import { scopeKey } from "../../src/ticket/delivery.ts";
import type { DeskEvent } from "../../src/ticket/event.ts";
import { ticketKey } from "../../src/ticket/thread.ts";
import { asInstalled, EXAMPLES, example, parse } from "./webhook-examples.ts";

function scopeOfEvent(event: DeskEvent): string {
  switch (event.scope) {
    case "ticket":
      return scopeKey("ticket", ticketKey(event.thread));
    case "repository":
      return scopeKey("repository", event.repository.repositoryId);
    case "installation":
      return scopeKey("installation", event.installationId);
  }
}

describe("GitHub's example payloads", () => {
  it("are all read without an exception, and routed as they are parsed", () => {
    const misrouted = EXAMPLES.flatMap(({ source, name, payload }) =>
      [payload, asInstalled(payload)].flatMap((delivery) => {
        const parsed = parse(name, delivery);
        if ("ignored" in parsed) return parsed.ignored.length > 0 ? [] : [`${source} ${name}: no reason`];
        const scope = scopeOf(name, delivery);
        return scope === scopeOfEvent(parsed.event) ? [] : [`${source} ${name}: ${scope}`];
      }),
    );
    expect(EXAMPLES.length).toBeGreaterThan(700);
    expect(misrouted).toEqual([]);
  });

  it("are all understood where the desk serves them", () => {
    const served = [
      "issues",
      "issue_comment",
      "discussion",
      "discussion_comment",
      "repository",
      "public",
      "label",
      "push",
      "member",
      "membership",
      "organization",
      "team",
      "team_add",
      "installation",
      "installation_repositories",
    ];
    const reasons = EXAMPLES.filter(({ name }) => served.includes(name)).map(({ name, payload }) => {
      const parsed = parse(name, asInstalled(payload));
      return "ignored" in parsed ? parsed.ignored : "";
    });
    expect(new Set(reasons)).toEqual(
      new Set([
        "",
        "issues.pinned is not served",
        "issues.unpinned is not served",
        "discussion.pinned is not served",
        // The comment that lies in this example is on a pull request.
        "pull requests are not served",
      ]),
    );
  });

  it("survive having any one of their fields removed or replaced by nonsense", () => {
    const ours = EXAMPLES.filter(
      ({ name }) =>
        scopeOf(name, { installation: { id: 1 } }) !== null ||
        /issue|disc|label|push|repos|instal/.test(name),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...ours),
        fc.nat(),
        fc.constantFrom(undefined, null, 7, "x", [], {}),
        (it, at, junk) => {
          const payload = asInstalled(it.payload);
          const places = placesOf(payload);
          const [holder, key] = places[at % places.length] as [Record<string, unknown>, string];
          holder[key] = junk;
          const parsed = parse(it.name, payload);
          if ("event" in parsed) expect(scopeOf(it.name, payload)).toBe(scopeOfEvent(parsed.event));
          else expect(parsed.ignored).not.toBe("");
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** Every place in a payload down to the fourth level that can be spoiled. */
function placesOf(value: unknown, depth = 0): [object, string][] {
  if (typeof value !== "object" || value === null || depth > 3) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [value, key] as [object, string],
    ...placesOf(inner, depth + 1),
  ]);
}

describe("what the desk does not serve", () => {
  it.each<[string, unknown, string]>([
    ["pull_request", example("pull_request", "opened"), "pull_request is not served"],
    ["constructor", {}, "constructor is not served"],
    ["sponsorship", { action: "created" }, "sponsorship is not served"],
    ["issues", null, "issues without an installation"],
    ["issues", "text", "issues without an installation"],
    ["issues", { installation: { id: 1 } }, "issues without a repository"],
    ["issues", { installation: { id: 1 }, repository: { id: 1 } }, "issues without a thread"],
    [
      "issues",
      { installation: { id: 1 }, repository: { id: 1 }, issue: { number: 1, pull_request: {} } },
      "pull requests are not served",
    ],
    [
      "issues",
      { installation: { id: 1 }, repository: { id: 1 }, issue: { number: 1 } },
      "issues: action: Invalid input: expected string, received undefined",
    ],
  ])("%s with %j", (name, payload, reason) => {
    expect(parse(name, payload)).toEqual({ ignored: reason });
  });

  it("a comment on a pull request", () => {
    const payload = example("issue_comment", "created", (it) => {
      Object.assign(it.issue as object, { pull_request: { url: "https://api.github.com" } });
    });
    expect(parse("issue_comment", payload)).toEqual({ ignored: "pull requests are not served" });
    expect(scopeOf("issue_comment", payload)).toBeNull();
  });

  it("a time that is none", () => {
    const payload = example("issues", "opened", (it) => {
      Object.assign(it.issue as object, { updated_at: "yesterday" });
    });
    expect(parse("issues", payload)).toEqual({ ignored: "issues: issue.updated_at: not a time" });
  });
});
