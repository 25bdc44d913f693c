import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readIssueForms } from "../../src/github/issue-forms.ts";
import { contentsPath, listDirectory, readFile } from "../../src/github/repository-files.ts";
import { readSecurityContacts } from "../../src/github/security.ts";
import { documented, finish, type Official, officialGithub } from "./official-github.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const FILE = "content-file-response-if-content-is-a-file";
const fileOf = (text: string | Buffer, change: object = {}) => {
  const bytes = Buffer.from(text as string);
  return documented(FILE, { sha: "s1", size: bytes.length, content: bytes.toString("base64"), ...change });
};
const entry = (path: string, change: object = {}) => ({
  name: path.split("/").at(-1),
  path,
  sha: "s",
  type: "file",
  size: 10,
  html_url: `https://github.com/o/n/blob/main/${path}`,
  ...change,
});
/** Octokit leaves the last slash out, so the root is asked for without one. */
const contents = (repository: string, path: string) =>
  `/repos/${repository}/contents/${path}`.replace(/\/$/, "");

describe("a file", () => {
  it.each([
    ["text", "mode: reply\n", { text: "mode: reply\n" }],
    ["an empty file", "", { text: "" }],
    ["text in other scripts", "日本語 \u{1f41e}", { text: "日本語 \u{1f41e}" }],
    ["a byte order mark", "\ufeffmode: reply", { text: "mode: reply" }],
    ["bytes that are not UTF-8", Buffer.from([0x66, 0xff, 0x66]), { refused: "not UTF-8 text" }],
    ["NUL", Buffer.from("a\0b"), { refused: "not UTF-8 text" }],
  ])("of %s", async (_, text, expected) => {
    github.rest.get(contents("o/n", ".github/frontdesk.yml")).reply(200, fileOf(text));
    expect(await readFile(github.octokit, "o/n", ".github/frontdesk.yml")).toEqual({
      sha: "s1",
      ...expected,
    });
  });

  it.each([
    ["too large", fileOf("x", { size: 2 ** 20 + 1 }), "1048577 bytes, more than 1048576"],
    ["beyond what the API encodes", fileOf("", { size: 5, encoding: "none" }), "encoded as none"],
    [
      "a symbolic link",
      documented("content-file-response-if-content-is-a-symlink", { sha: "s1" }),
      "a symlink",
    ],
    [
      "a submodule",
      documented("content-file-response-if-content-is-a-submodule", { sha: "s1" }),
      "a submodule",
    ],
  ])("that is %s is refused", async (_, answer, refused) => {
    github.rest.get(contents("o/n", "x")).reply(200, answer);
    expect(await readFile(github.octokit, "o/n", "x")).toEqual({ sha: "s1", refused });
  });

  it("that is a directory is refused", async () => {
    github.rest.get(contents("o/n", "docs")).reply(200, [entry("docs/a.md")]);
    expect(await readFile(github.octokit, "o/n", "docs")).toEqual({ sha: "", refused: "a directory" });
  });

  it("that does not exist is null", async () => {
    github.rest.get(contents("o/n", "x")).reply(404, { message: "Not Found" });
    expect(await readFile(github.octokit, "o/n", "x")).toBeNull();
  });

  it("that may not be read is an error, not an absence", async () => {
    github.rest.get(contents("o/n", "x")).reply(403, { message: "Resource not accessible by integration" });
    await expect(readFile(github.octokit, "o/n", "x")).rejects.toMatchObject({ status: 403 });
  });
});

describe("a path", () => {
  it.each([
    ["docs/a b.md", "docs/a%20b.md"],
    ["docs/{x}?#%2e.md", "docs/%7Bx%7D%3F%23%252e.md"],
    ["日本/ä.md", "%E6%97%A5%E6%9C%AC/%C3%A4.md"],
    ["", ""],
  ])("%j is asked for as %j", (path, encoded) => {
    expect(contentsPath(path)).toBe(encoded);
  });

  it.each(["../secrets", "a/../b", "./a", "/etc/passwd", "a//b", "a/"])("%j is refused", (path) => {
    expect(() => contentsPath(path)).toThrow("is not a path inside a repository");
  });

  it("keeps to the contents of that repository, whatever it holds", async () => {
    github.rest.get("/repos/o/n/contents/docs/%7Bowner%7D%3Fref%3Dx").reply(200, fileOf("found"));
    expect(await readFile(github.octokit, "o/n", "docs/{owner}?ref=x")).toMatchObject({ text: "found" });
  });
});

describe("a directory", () => {
  it("lists its files and directories, nothing else", async () => {
    const answer = [
      entry("docs/a.md"),
      entry("docs/more", { type: "dir" }),
      entry("docs/link", { type: "symlink" }),
      entry("docs/other", { type: "submodule" }),
    ];
    github.rest.get(contents("o/n", "docs")).reply(200, answer);
    const found = await listDirectory(github.octokit, "o/n", "docs");
    expect(found?.map(({ path, type }) => [path, type])).toEqual([
      ["docs/a.md", "file"],
      ["docs/more", "dir"],
    ]);
  });

  it.each([
    ["absent", 404, { message: "Not Found" }],
    ["a file", 200, fileOf("x")],
  ])("that is %s is null", async (_, status, answer) => {
    github.rest.get(contents("o/n", "docs")).reply(status, answer);
    expect(await listDirectory(github.octokit, "o/n", "docs")).toBeNull();
  });
});

describe("issue forms", () => {
  const FOLDER = ".github/ISSUE_TEMPLATE";
  const bug =
    "name: Bug\ndescription: d\nlabels: [bug]\nbody:\n  - type: input\n    attributes: { label: Version }\n";

  it("are read from the repository, and broken ones are named", async () => {
    const names = ["bug.yml", "broken.yaml", "old.md", "config.yml", "notes.txt"];
    github.rest
      .get(contents("o/n", FOLDER))
      .reply(
        200,
        names.map((name) => entry(`${FOLDER}/${name}`)),
      )
      .get(contents("o/n", `${FOLDER}/bug.yml`))
      .reply(200, fileOf(bug))
      .get(contents("o/n", `${FOLDER}/broken.yaml`))
      .reply(200, fileOf("name: [\n"))
      .get(contents("o/n", `${FOLDER}/old.md`))
      .reply(200, fileOf("---\nname: Old\n---\n## Steps\n"));
    const { forms, skipped } = await readIssueForms(github.octokit, "o/n");
    expect(forms.map(({ name, fields }) => [name, fields])).toEqual([
      ["Bug", [{ label: "Version", required: false }]],
      ["Old", [{ label: "Steps", required: false }]],
    ]);
    expect(skipped.map(({ path }) => path)).toEqual([`${FOLDER}/broken.yaml`]);
  });

  it("come from the organisation when the repository has none", async () => {
    github.rest
      .get(contents("o/n", FOLDER))
      .reply(404, { message: "Not Found" })
      .get(contents("o/.github", FOLDER))
      .reply(200, [entry(`${FOLDER}/bug.yml`)])
      .get(contents("o/.github", `${FOLDER}/bug.yml`))
      .reply(200, fileOf(bug));
    const { forms } = await readIssueForms(github.octokit, "o/n");
    expect(forms).toMatchObject([{ name: "Bug", labels: ["bug"] }]);
  });

  it("do not come from the organisation when the repository has a folder of its own", async () => {
    github.rest.get(contents("o/n", FOLDER)).reply(200, [entry(`${FOLDER}/config.yml`)]);
    expect(await readIssueForms(github.octokit, "o/n")).toEqual({ forms: [], skipped: [] });
  });

  it("are none where there are none", async () => {
    github.rest
      .get(contents("o/n", FOLDER))
      .reply(404, { message: "Not Found" })
      .get(contents("o/.github", FOLDER))
      .reply(404, { message: "Not Found" });
    expect(await readIssueForms(github.octokit, "o/n")).toEqual({ forms: [], skipped: [] });
  });
});

describe("where security reports belong", () => {
  const reporting = (answer: object, status = 200) =>
    github.rest.get("/repos/o/n/private-vulnerability-reporting").reply(status, answer);
  const absent = { message: "Not Found" };

  it("is the repository's own policy, however its name is written", async () => {
    reporting({ enabled: true });
    github.rest
      .get(contents("o/n", ".github"))
      .reply(200, [entry(".github/frontdesk.yml")])
      .get(contents("o/n", ""))
      .reply(200, [entry("README.md"), entry("security.md")]);
    expect(await readSecurityContacts(github.octokit, "o/n")).toEqual({
      policyUrl: "https://github.com/o/n/blob/main/security.md",
      privateReportingUrl: "https://github.com/o/n/security/advisories/new",
    });
  });

  it("is the organisation's policy otherwise", async () => {
    reporting({ enabled: false });
    for (const folder of [".github", "", "docs"]) github.rest.get(contents("o/n", folder)).reply(404, absent);
    github.rest.get(contents("o/.github", ".github")).reply(404, absent);
    github.rest.get(contents("o/.github", "")).reply(200, [entry("SECURITY.md")]);
    expect(await readSecurityContacts(github.octokit, "o/n")).toEqual({
      policyUrl: "https://github.com/o/n/blob/main/SECURITY.md",
      privateReportingUrl: null,
    });
  });

  it.each([404, 403, 422])("is nowhere when there is no policy, and reporting answers %i", async (status) => {
    reporting(absent, status);
    for (const repository of ["o/n", "o/.github"]) {
      for (const folder of [".github", "", "docs"]) {
        github.rest.get(contents(repository, folder)).reply(404, absent);
      }
    }
    expect(await readSecurityContacts(github.octokit, "o/n")).toEqual({
      policyUrl: null,
      privateReportingUrl: null,
    });
  });
});
