import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { listInstallations } from "../../src/github/installations.ts";
import { finish, type Official, officialGithub } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

describe("the App's installations", () => {
  it("are listed to the last page, whoever installed it", async () => {
    const path = "/app/installations";
    github.rest
      .get(path)
      .query({ per_page: 100 })
      .reply(
        200,
        [{ id: 1, account: { login: "acme" }, suspended_at: null, permissions: { issues: "write" } }],
        {
          link: `<https://api.github.com${path}?per_page=100&page=2>; rel="next"`,
        },
      )
      .get(path)
      .query({ per_page: 100, page: 2 })
      .reply(200, [
        { id: 2, account: { slug: "big-enterprise" }, suspended_at: "2026-05-04T10:00:00Z" },
        { id: 3, account: null },
      ]);
    expect(await listInstallations(github.octokit)).toEqual([
      { id: 1, account: "acme", suspended: false, permissions: { issues: "write" } },
      { id: 2, account: "big-enterprise", suspended: true, permissions: {} },
      { id: 3, account: "", suspended: false, permissions: {} },
    ]);
  });
});
