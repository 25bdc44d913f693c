import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { listCollaborators, roleOf } from "../../src/github/members.ts";
import { documented, finish, type Official, officialGithub } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const PERMISSION = "repository-collaborator-permission-response-if-user-has-admin-permissions";

describe("a person's role", () => {
  it("is the role's name, not the coarser permission", async () => {
    github.rest
      .get("/repos/o/n/collaborators/ana/permission")
      .reply(200, documented(PERMISSION, { permission: "read", role_name: "triage" }));
    expect(await roleOf(github.octokit, "o/n", "ana")).toBe("triage");
  });

  it("is none for a person whom GitHub does not know", async () => {
    github.rest.get("/repos/o/n/collaborators/ana/permission").reply(404, { message: "Not Found" });
    expect(await roleOf(github.octokit, "o/n", "ana")).toBe("none");
  });

  it("is unknown, not none, when GitHub is down", async () => {
    github.rest.get("/repos/o/n/collaborators/ana/permission").reply(500);
    await expect(roleOf(github.octokit, "o/n", "ana")).rejects.toMatchObject({ status: 500 });
  });
});

describe("the list of collaborators", () => {
  const path = "/repos/o/n/collaborators";
  const next = { link: `<https://api.github.com${path}?per_page=100&page=2>; rel="next"` };
  const page = (login: string, role_name: string) => [{ login, role_name }];

  it("is complete to its last page", async () => {
    github.rest
      .get(path)
      .query({ per_page: 100 })
      .reply(200, page("ana", "admin"), next)
      .get(path)
      .query({ per_page: 100, page: 2 })
      .reply(200, page("bo", "triage"));
    expect(await listCollaborators(github.octokit, "o/n", 2)).toEqual({ ana: "admin", bo: "triage" });
  });

  it("is null when it goes on beyond the pages that we would read", async () => {
    github.rest.get(path).query({ per_page: 100 }).reply(200, page("ana", "admin"), next);
    expect(await listCollaborators(github.octokit, "o/n", 1)).toBeNull();
  });

  it.each([403, 404])("is null when GitHub answers %i", async (status) => {
    github.rest.get(path).query({ per_page: 100 }).reply(status, { message: "Must have push access" });
    expect(await listCollaborators(github.octokit, "o/n", 3)).toBeNull();
  });

  it("is an error when GitHub is down", async () => {
    github.rest.get(path).query({ per_page: 100 }).reply(502);
    await expect(listCollaborators(github.octokit, "o/n", 3)).rejects.toMatchObject({ status: 502 });
  });
});
