import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createIssue, editIssue, findOwnIssue } from "../../src/github/issues.ts";
import { documented, finish, type Official, officialGithub } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const BOT = { login: "frontdesk[bot]", type: "Bot" };
const issueOf = (change: object) => documented("issue", { assignees: [], user: BOT, ...change });

describe("an issue of ours", () => {
  it("is created", async () => {
    const content = { title: "Settings", body: "Line 3", labels: ["support"] };
    github.rest.post("/repos/o/n/issues", content).reply(201, issueOf({ number: 8, body: "Line 3" }));
    expect(await createIssue(github.octokit, "o/n", content)).toEqual({
      number: 8,
      nodeId: "MDU6SXNzdWUx",
      url: "https://github.com/octocat/Hello-World/issues/1347",
      body: "Line 3",
      open: true,
    });
  });

  it("is edited in what is given only", async () => {
    github.rest.patch("/repos/o/n/issues/8", { state: "closed" }).reply(200, issueOf({}));
    expect(await editIssue(github.octokit, "o/n", 8, { state: "closed" })).toBe("edited");
  });

  it.each([404, 410])("is gone when GitHub answers %i", async (status) => {
    github.rest.patch("/repos/o/n/issues/8").reply(status, { message: "This issue was deleted" });
    expect(await editIssue(github.octokit, "o/n", 8, { body: "x" })).toBe("gone");
  });
});

describe("looking for an issue of ours", () => {
  const marker = "<!-- frontdesk:problems -->";
  const query = { creator: "frontdesk[bot]", state: "all", per_page: 100 };

  it("finds it by its marker and our authorship, on any page", async () => {
    const path = "/repos/o/n/issues";
    github.rest
      .get(path)
      .query(query)
      .reply(
        200,
        [
          issueOf({ number: 1, body: marker, user: { login: "ana", type: "User" } }),
          issueOf({ number: 2, body: "another of ours" }),
          issueOf({ number: 3, body: null }),
        ],
        { link: `<https://api.github.com${path}?page=2>; rel="next"` },
      )
      .get(path)
      .query({ page: 2 })
      .reply(200, [issueOf({ number: 4, body: `see ${marker}`, state: "closed" })]);
    const found = await findOwnIssue(github.octokit, "o/n", marker, "frontdesk[bot]");
    expect(found).toMatchObject({ number: 4, open: false, body: `see ${marker}` });
  });

  it("finds none", async () => {
    github.rest.get("/repos/o/n/issues").query(query).reply(200, []);
    expect(await findOwnIssue(github.octokit, "o/n", marker, "frontdesk[bot]")).toBeNull();
  });
});
