import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { listOrganizationMembers, listTeamMembers, unknownLogins } from "../../src/github/organizations.ts";
import { finish, type Official, officialGithub, variablesOf } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const people = (...logins: string[]) => logins.map((login) => ({ login }));
const next = (path: string) => ({ link: `<https://api.github.com${path}?per_page=100&page=2>; rel="next"` });
const forbidden = { message: "Resource not accessible by integration" };

describe("the members of an organisation", () => {
  const path = "/orgs/octo-org/members";
  const shown = "/orgs/octo-org/public_members";

  it("are read to their last page", async () => {
    github.rest.get(path).query({ per_page: 100 }).reply(200, people("ana"), next(path));
    github.rest.get(path).query({ per_page: 100, page: 2 }).reply(200, people("bo"));
    expect(await listOrganizationMembers(github.octokit, "octo-org")).toEqual({
      logins: ["ana", "bo"],
      publicOnly: false,
    });
  });

  it.each([403, 404])("are the public ones where GitHub answers %s", async (status) => {
    github.rest.get(path).query({ per_page: 100 }).reply(status, forbidden);
    github.rest.get(shown).query({ per_page: 100 }).reply(200, people("ana"));
    expect(await listOrganizationMembers(github.octokit, "octo-org")).toEqual({
      logins: ["ana"],
      publicOnly: true,
    });
  });

  it("are null of one that there is not", async () => {
    github.rest.get(path).query({ per_page: 100 }).reply(404, { message: "Not Found" });
    github.rest.get(shown).query({ per_page: 100 }).reply(404, { message: "Not Found" });
    expect(await listOrganizationMembers(github.octokit, "octo-org")).toBeNull();
  });

  it("are unknown, not none, when GitHub is down in the middle", async () => {
    github.rest.get(path).query({ per_page: 100 }).reply(200, people("ana"), next(path));
    github.rest.get(path).query({ per_page: 100, page: 2 }).reply(502);
    await expect(listOrganizationMembers(github.octokit, "octo-org")).rejects.toMatchObject({ status: 502 });
  });
});

describe("the members of a team", () => {
  const path = "/orgs/octo-org/teams/customers/members";

  it("are read to their last page", async () => {
    github.rest.get(path).query({ per_page: 100 }).reply(200, people("ana"), next(path));
    github.rest.get(path).query({ per_page: 100, page: 2 }).reply(200, people("bo"));
    expect(await listTeamMembers(github.octokit, "octo-org/customers")).toEqual(["ana", "bo"]);
  });

  it("are null of one that vanished", async () => {
    github.rest.get(path).query({ per_page: 100 }).reply(404, { message: "Not Found" });
    expect(await listTeamMembers(github.octokit, "octo-org/customers")).toBeNull();
  });

  it("are refused where the App may not read members", async () => {
    github.rest.get(path).query({ per_page: 100 }).reply(403, forbidden);
    await expect(listTeamMembers(github.octokit, "octo-org/customers")).rejects.toMatchObject({
      status: 403,
    });
  });
});

describe("logins", () => {
  const known = new Set(["ana", "octo-org"]);
  const repositoryOwner = ({ login }: { login: string }) =>
    known.has(login.toLowerCase())
      ? { __typename: login === "octo-org" ? "Organization" : "User", login }
      : null;

  it("that nobody has are found, others not", async () => {
    github.graphql({ repositoryOwner });
    expect(await unknownLogins(github.octokit, ["Ana", "octo-org", "anna", "bo"])).toEqual(["anna", "bo"]);
  });

  it("are looked up a hundred at once", async () => {
    github.graphql({ repositoryOwner });
    const logins = Array.from({ length: 201 }, (_, i) => `x${i}`);
    expect(await unknownLogins(github.octokit, logins)).toEqual(logins);
    expect(variablesOf(github).map((given) => Object.keys(given as object).length)).toEqual([100, 100, 1]);
  });

  it("may be told as errors beside the others", async () => {
    const errors = [{ type: "NOT_FOUND", path: ["a1"], message: "Could not resolve to a User" }];
    github.graphqlAnswer(200, { data: { a0: { login: "ana" }, a1: null }, errors });
    expect(await unknownLogins(github.octokit, ["ana", "anna"])).toEqual(["anna"]);
  });

  it("are not unknown because GitHub did not answer", async () => {
    const errors = [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }];
    github.graphqlAnswer(200, { data: { a0: null }, errors });
    await expect(unknownLogins(github.octokit, ["ana"])).rejects.toThrow("rate limit");
  });

  it("of none cost nothing", async () => {
    expect(await unknownLogins(github.octokit, [])).toEqual([]);
    expect(github.made).toEqual([]);
  });
});
