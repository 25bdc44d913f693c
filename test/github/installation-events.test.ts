import { describe, expect, it } from "@jest/globals";
import { eventOf, example } from "./webhook-examples.ts";

describe("what happened to an installation", () => {
  const at = Date.parse("2019-05-15T15:19:51Z");

  it.each([
    [
      "created",
      {
        type: "installed",
        at,
        account: "Codertocat",
        repositories: [{ id: 186853002, fullName: "Codertocat/Hello-World", private: false }],
      },
    ],
    ["deleted", { type: "uninstalled", installationId: 2 }],
    ["suspend", { type: "suspended" }],
    ["unsuspend", { type: "unsuspended" }],
    ["new_permissions_accepted", { type: "permissions-changed" }],
  ])("installation.%s", (action, expected) => {
    const event = eventOf("installation", example("installation", action));
    expect(event).toMatchObject({ scope: "installation", ...expected });
  });

  it("added repositories are served from the second in which we hear of them", () => {
    const event = eventOf("installation_repositories", example("installation_repositories", "added"));
    expect(event).toMatchObject({
      type: "repositories-added",
      at: Date.parse("2026-05-04T10:00:00Z"),
      repositories: [{ id: 186853007, fullName: "Codertocat/Space", private: false }],
    });
  });

  it("removed repositories", () => {
    const event = eventOf("installation_repositories", example("installation_repositories", "removed"));
    expect(event).toMatchObject({ type: "repositories-removed", repositories: [{ id: 1296269 }] });
  });

  it("a new repository is served from its creation on", () => {
    const event = eventOf("repository", example("repository", "created"));
    expect(event).toMatchObject({
      scope: "installation",
      type: "repositories-added",
      account: "Octocoders",
      at: Date.parse("2019-05-15T15:20:42Z"),
    });
  });

  it.each([
    ["membership", "added"],
    ["organization", "member_added"],
    ["team", "deleted"],
  ])("%s.%s changes who the members are", (name, action) => {
    expect(eventOf(name, example(name, action))).toMatchObject({
      scope: "installation",
      type: "members-changed",
      installationId: expect.any(Number),
    });
  });
});
