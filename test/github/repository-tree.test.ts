import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readBlob, readTree } from "../../src/github/repository-tree.ts";
import { finish, type Official, officialGithub } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const TREE = "/repos/o/n/git/trees/HEAD?recursive=1";
const entry = (path: string, change: object = {}) => ({
  path,
  mode: "100644",
  type: "blob",
  sha: `sha-${path}`,
  size: 10,
  url: "https://api.github.com/x",
  ...change,
});

describe("a tree", () => {
  it("has the regular files only: no folders, symbolic links and submodules", async () => {
    const tree = [
      entry("README.md"),
      entry("run.sh", { mode: "100755" }),
      entry("docs", { mode: "040000", type: "tree", size: undefined }),
      entry("link.md", { mode: "120000" }),
      entry("vendor", { mode: "160000", type: "commit", size: undefined }),
    ];
    github.rest.get(TREE).reply(200, { sha: "t", url: "u", tree, truncated: false });
    expect(await readTree(github.octokit, "o/n")).toEqual({
      files: [
        { path: "README.md", sha: "sha-README.md", size: 10 },
        { path: "run.sh", sha: "sha-run.sh", size: 10 },
      ],
      truncated: false,
    });
  });

  it.each([
    ["that is empty", 409, "Git Repository is empty."],
    ["that is not ours to see", 404, "Not Found"],
  ])("of a repository %s is null", async (_, status, message) => {
    github.rest.get(TREE).reply(status, { message });
    expect(await readTree(github.octokit, "o/n")).toBeNull();
  });

  it("that cannot be read now is a failure", async () => {
    github.rest.get(TREE).reply(502, { message: "Bad gateway" });
    await expect(readTree(github.octokit, "o/n")).rejects.toThrow();
  });
});

describe("a blob", () => {
  const answer = (bytes: Buffer) => ({
    sha: "b1",
    node_id: "B_1",
    url: "u",
    size: bytes.length,
    encoding: "base64",
    content: bytes.toString("base64"),
  });

  it.each([
    ["text", Buffer.from("# Ä 日本"), { sha: "b1", text: "# Ä 日本" }],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), { sha: "b1", refused: "not UTF-8 text" }],
  ])("of %s", async (_, bytes, expected) => {
    github.rest.get("/repos/o/n/git/blobs/b1").reply(200, answer(bytes));
    expect(await readBlob(github.octokit, "o/n", "b1")).toEqual(expected);
  });

  it("that is gone is null", async () => {
    github.rest.get("/repos/o/n/git/blobs/b1").reply(404, { message: "Not Found" });
    expect(await readBlob(github.octokit, "o/n", "b1")).toBeNull();
  });
});
