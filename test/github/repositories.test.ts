import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  listInstallationRepositories,
  readRepository,
  repositoryPath,
} from "../../src/github/repositories.ts";
import { finish, type Official, officialGithub } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const answer = (id: number, full_name: string) => ({ id, full_name, private: true, default_branch: "trunk" });

describe("a repository", () => {
  it("is read with what the desk needs to know", async () => {
    github.rest.get("/repos/o/.github-private").reply(200, answer(5, "o/.github-private"));
    expect(await readRepository(github.octokit, "o/.github-private")).toEqual({
      id: 5,
      fullName: "o/.github-private",
      private: true,
      archived: false,
      defaultBranch: "trunk",
    });
  });

  it("that does not exist is null", async () => {
    github.rest.get("/repos/o/n").reply(404, { message: "Not Found" });
    expect(await readRepository(github.octokit, "o/n")).toBeNull();
  });

  it.each(["", "o", "o/", "/n", "o/n/x", "../n", "o/..", "./.", "o/n?x", "o/{n}", "o/n#1", "o /n"])(
    "is not named %j",
    (name) => {
      expect(() => repositoryPath(name)).toThrow("must be owner/name");
    },
  );
});

describe("an installation's repositories", () => {
  it("are listed to the last page", async () => {
    const path = "/installation/repositories";
    github.rest
      .get(path)
      .query({ per_page: 100 })
      .reply(
        200,
        { total_count: 2, repository_selection: "all", repositories: [answer(1, "o/a")] },
        { link: `<https://api.github.com${path}?per_page=100&page=2>; rel="next"` },
      )
      .get(path)
      .query({ per_page: 100, page: 2 })
      .reply(200, { total_count: 2, repository_selection: "all", repositories: [answer(2, "o/b")] });
    const found = await listInstallationRepositories(github.octokit);
    expect(found.map(({ id, fullName }) => [id, fullName])).toEqual([
      [1, "o/a"],
      [2, "o/b"],
    ]);
  });
});
