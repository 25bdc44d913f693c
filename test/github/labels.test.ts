import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createLabel, listLabels } from "../../src/github/labels.ts";
import { documented, finish, type Official, officialGithub } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const SPEC = { name: "needs-info", color: "d4c5f9", description: "Waiting for its reporter" };

describe("labels of a repository", () => {
  it("are listed to the last page", async () => {
    const path = "/repos/o/n/labels";
    github.rest
      .get(path)
      .query({ per_page: 100 })
      .reply(200, [documented("label", { name: "bug", color: "f29513", description: null })], {
        link: `<https://api.github.com${path}?per_page=100&page=2>; rel="next"`,
      })
      .get(path)
      .query({ per_page: 100, page: 2 })
      .reply(200, [documented("label", SPEC)]);
    expect(await listLabels(github.octokit, "o/n")).toEqual([
      { name: "bug", color: "f29513", description: "", nodeId: "MDU6TGFiZWwyMDgwNDU5NDY=" },
      { ...SPEC, nodeId: "MDU6TGFiZWwyMDgwNDU5NDY=" },
    ]);
  });

  it("are created with colour and description", async () => {
    github.rest.post("/repos/o/n/labels", SPEC).reply(201, documented("label"));
    await createLabel(github.octokit, "o/n", SPEC);
  });

  const taken = { message: "Validation Failed", errors: [{ resource: "Label", code: "already_exists" }] };

  it("that exist already are as good as created", async () => {
    github.rest
      .post("/repos/o/n/labels")
      .reply(422, taken)
      .get("/repos/o/n/labels/needs-info")
      .reply(200, documented("label", SPEC));
    await createLabel(github.octokit, "o/n", SPEC);
  });

  it("that are refused and do not exist are an error", async () => {
    github.rest
      .post("/repos/o/n/labels")
      .reply(422, { message: "Validation Failed" })
      .get("/repos/o/n/labels/needs-info")
      .reply(404, { message: "Not Found" });
    await expect(createLabel(github.octokit, "o/n", SPEC)).rejects.toMatchObject({ status: 422 });
  });

  it.each([403, 502])("are an error when GitHub answers %i", async (status) => {
    github.rest.post("/repos/o/n/labels").reply(status, { message: "No" });
    await expect(createLabel(github.octokit, "o/n", SPEC)).rejects.toMatchObject({ status });
  });
});
