import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { createSandbox, type InstalledApp, type Person, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { ALL_PERMISSIONS, installationClient, refusal } from "./clients.ts";

const WIDGETS = { owner: "acme", repo: "widgets" };
const MINUTE = 60_000;

let sandbox: Sandbox;
let app: InstalledApp;
let client: Octokit;
let now: number;
let ann: Person;
let rita: Person;

beforeEach(async () => {
  now = Date.parse("2026-01-05T09:00:00Z");
  sandbox = await createSandbox({ now: () => now });
  sandbox.createOrganization("acme", { admins: ["ann"] });
  sandbox.createUser("rita");
  sandbox.createRepository("acme/widgets");
  sandbox.createRepository("acme/gadgets");
  app = sandbox.installApp({ account: "acme", permissions: ALL_PERMISSIONS, events: [] });
  client = installationClient(sandbox, app);
  ann = sandbox.as("ann");
  rita = sandbox.as("rita");
});

afterEach(() => sandbox.close());

describe("issues over REST", () => {
  it("are dated by the sandbox's clock, in whole seconds", async () => {
    now += 90_500;
    const { data } = await client.rest.issues.create({ ...WIDGETS, title: "T" });
    expect(data.created_at).toBe("2026-01-05T09:01:30Z");
    expect(data.performed_via_github_app).toMatchObject({ id: app.appId, slug: "desk" });
    expect(data.user).toMatchObject({ login: "desk[bot]", type: "Bot" });
  });

  it("are paged with links in both directions", async () => {
    for (let i = 1; i <= 7; i++) rita.openIssue("acme/widgets", { title: `T${i}` });
    const first = await client.rest.issues.listForRepo({ ...WIDGETS, per_page: 3, direction: "asc" });
    expect(first.data.map((issue) => issue.title)).toEqual(["T1", "T2", "T3"]);
    expect(first.headers.link).toMatch(/page=2>; rel="next".*page=3>; rel="last"/);
    const all = await client.paginate(client.rest.issues.listForRepo, {
      ...WIDGETS,
      per_page: 3,
      direction: "asc",
    });
    expect(all.map((issue) => issue.title)).toEqual(["T1", "T2", "T3", "T4", "T5", "T6", "T7"]);
  });

  it("are filtered by state, label, creator and time of change", async () => {
    const one = rita.openIssue("acme/widgets", { title: "one" });
    now += MINUTE;
    const two = ann.openIssue("acme/widgets", { title: "two", labels: ["bug"] });
    now += MINUTE;
    ann.close(one);
    const titles = async (query: Parameters<typeof client.rest.issues.listForRepo>[0]) =>
      (await client.rest.issues.listForRepo({ ...WIDGETS, ...query })).data.map((issue) => issue.title);
    const since = "2026-01-05T09:02:00Z";
    expect(await titles({ ...WIDGETS })).toEqual(["two"]);
    expect(await titles({ ...WIDGETS, state: "all", sort: "updated", direction: "desc" })).toEqual([
      "one",
      "two",
    ]);
    expect(await titles({ ...WIDGETS, state: "all", since })).toEqual(["one"]);
    expect(await titles({ ...WIDGETS, labels: "BUG" })).toEqual(["two"]);
    expect(await titles({ ...WIDGETS, state: "all", creator: "rita" })).toEqual(["one"]);
    expect(two.number).toBe(2);
  });

  it("keep the comments since a moment, over the whole repository", async () => {
    const one = rita.openIssue("acme/widgets", { title: "one" });
    rita.comment(one, "early");
    now += MINUTE;
    const two = rita.openIssue("acme/widgets", { title: "two" });
    const late = rita.comment(two, "late");
    sandbox.as("ann").react(late, "+1");
    const { data } = await client.rest.issues.listCommentsForRepo({
      ...WIDGETS,
      since: "2026-01-05T09:01:00Z",
    });
    expect(data).toMatchObject([{ body: "late", reactions: { total_count: 1, "+1": 1, heart: 0 } }]);
  });

  it("that moved redirect to where they are, with labels of the same name", async () => {
    const issue = ann.openIssue("acme/widgets", { title: "T", labels: ["bug", "only here"] });
    rita.comment(issue, "kept");
    const moved = ann.transfer(issue, "acme/gadgets");
    const { data, url } = await client.rest.issues.get({ ...WIDGETS, issue_number: issue.number });
    expect(url).toBe(`${sandbox.url}/api/v3/repos/acme/gadgets/issues/${moved.number}`);
    expect(data).toMatchObject({ title: "T", labels: [{ name: "bug" }], comments: 1 });
    expect(data.id).not.toBe(issue.id);
    expect(sandbox.comments(moved).map((comment) => comment.body)).toEqual(["kept"]);
  });

  it("that were deleted are gone, not unknown", async () => {
    const issue = rita.openIssue("acme/widgets", { title: "T" });
    ann.delete(issue);
    expect(await refusal(client.rest.issues.get({ ...WIDGETS, issue_number: issue.number }))).toMatchObject({
      status: 410,
    });
    expect(await refusal(client.rest.issues.get({ ...WIDGETS, issue_number: 99 }))).toMatchObject({
      status: 404,
    });
  });

  it("are gone where they are switched off", async () => {
    rita.openIssue("acme/widgets", { title: "T" });
    ann.setIssues("acme/widgets", false);
    const asked = [
      () => client.rest.issues.listForRepo(WIDGETS),
      () => client.rest.issues.get({ ...WIDGETS, issue_number: 1 }),
      () => client.rest.issues.create({ ...WIDGETS, title: "T" }),
    ];
    for (const ask of asked) expect(await refusal(ask())).toMatchObject({ status: 410 });
  });

  it("of a renamed repository are found under both names", async () => {
    rita.openIssue("acme/widgets", { title: "T" });
    ann.renameRepository("acme/widgets", "things");
    const { data } = await client.rest.repos.get(WIDGETS);
    expect(data.full_name).toBe("acme/things");
    await expect(client.rest.issues.get({ ...WIDGETS, issue_number: 1 })).resolves.toMatchObject({
      status: 200,
    });
  });

  it("close as duplicates, and reopen", async () => {
    const { data } = await client.rest.issues.create({ ...WIDGETS, title: "T" });
    const on = { ...WIDGETS, issue_number: data.number };
    const closed = await client.rest.issues.update({ ...on, state: "closed", state_reason: "duplicate" });
    expect(closed.data).toMatchObject({
      state: "closed",
      state_reason: "duplicate",
      closed_by: { login: "desk[bot]" },
    });
    const opened = await client.rest.issues.update({ ...on, state: "open" });
    expect(opened.data).toMatchObject({ state: "open", state_reason: "reopened", closed_at: null });
  });

  it("say who set a label, a person or an app", async () => {
    const issue = rita.openIssue("acme/widgets", { title: "T" });
    ann.label(issue, "bug");
    await client.rest.issues.addLabels({ ...WIDGETS, issue_number: 1, labels: ["question", "bug"] });
    const { data } = await client.rest.issues.listEvents({ ...WIDGETS, issue_number: 1 });
    expect(data).toMatchObject([
      { event: "labeled", label: { name: "bug" }, actor: { login: "ann" }, performed_via_github_app: null },
      {
        event: "labeled",
        label: { name: "question" },
        actor: { login: "desk[bot]" },
        performed_via_github_app: { slug: "desk" },
      },
    ]);
    expect(data).toHaveLength(2);
  });
});

describe("what GitHub would not take", () => {
  beforeEach(() => void rita.openIssue("acme/widgets", { title: "T" }));

  const on = { ...WIDGETS, issue_number: 1 };
  const rows: [string, (c: Octokit) => Promise<unknown>, object][] = [
    [
      "a label that exists",
      (c) => c.rest.issues.createLabel({ ...WIDGETS, name: "BUG" }),
      { resource: "Label", field: "name", code: "already_exists" },
    ],
    [
      "a colour that is none",
      (c) => c.rest.issues.createLabel({ ...WIDGETS, name: "x", color: "red" }),
      { resource: "Label", field: "color", code: "invalid" },
    ],
    [
      "a long description",
      (c) => c.rest.issues.createLabel({ ...WIDGETS, name: "x", description: "d".repeat(101) }),
      { field: "description" },
    ],
    [
      "a body of 65,537 characters",
      (c) => c.rest.issues.createComment({ ...on, body: "x".repeat(65_537) }),
      { field: "body", message: "body is too long (maximum is 65536 characters)" },
    ],
    [
      "an empty comment",
      (c) => c.rest.issues.createComment({ ...on, body: " " }),
      { field: "body", code: "missing_field" },
    ],
    [
      "an empty title",
      (c) => c.rest.issues.create({ ...WIDGETS, title: "" }),
      { field: "title", code: "missing_field" },
    ],
  ];

  it.each(rows)("%s is a 422 that names the field", async (_, ask, error) => {
    const failed = await ask(client).catch((caught: unknown) => caught);
    expect(failed).toMatchObject({
      status: 422,
      response: { data: { message: "Validation Failed", errors: [expect.objectContaining(error)] } },
    });
  });

  it("a body of 65,536 characters is taken", async () => {
    await expect(
      client.rest.issues.createComment({ ...on, body: "é".repeat(65_536) }),
    ).resolves.toMatchObject({ status: 201 });
  });

  it("a label that is not on the issue cannot be removed", async () => {
    const answer = await refusal(client.rest.issues.removeLabel({ ...on, name: "bug" }));
    expect(answer).toMatchObject({ status: 404, message: expect.stringContaining("Label does not exist") });
  });

  it("JSON that is none is a 400, and a route that is none is remembered", async () => {
    const token = sandbox.tokenOf("ann");
    const post = (path: string) =>
      fetch(`${sandbox.url}/api/v3${path}`, {
        method: "POST",
        body: "{",
        headers: { authorization: `token ${token}` },
      });
    expect((await post("/repos/acme/widgets/issues")).status).toBe(400);
    expect((await post("/repos/acme/widgets/pulls")).status).toBe(404);
    expect(sandbox.requests.map((line) => [line.path, line.unknown, line.actor])).toEqual([
      ["/api/v3/repos/acme/widgets/issues", false, "ann"],
      ["/api/v3/repos/acme/widgets/pulls", true, "ann"],
    ]);
  });
});

describe("files over REST", () => {
  it("are read as content, raw, folders, trees and blobs", async () => {
    ann.commitFiles("acme/widgets", {
      ".github/frontdesk.yml": "mode: reply\n",
      "docs/a.md": "# A\n",
      "docs/b/c.md": "# C\n",
    });
    const file = await client.rest.repos.getContent({ ...WIDGETS, path: ".github/frontdesk.yml" });
    expect(file.data).toMatchObject({ type: "file", encoding: "base64", content: "bW9kZTogcmVwbHkK\n" });
    const raw = await client.rest.repos.getContent({
      ...WIDGETS,
      path: "docs/a.md",
      mediaType: { format: "raw" },
    });
    expect(raw.data).toBe("# A\n");
    const folder = await client.rest.repos.getContent({ ...WIDGETS, path: "docs" });
    expect(folder.data).toMatchObject([
      { name: "a.md", type: "file", sha: "7f3b95d297183eca8f6cf38ceaa253bee8c2d7cd" },
      { name: "b", type: "dir" },
    ]);
    const tree = await client.rest.git.getTree({ ...WIDGETS, tree_sha: "HEAD", recursive: "1" });
    const paths = tree.data.tree.map((entry) => `${entry.type} ${entry.path}`);
    expect(paths).toEqual([
      "tree .github",
      "blob .github/frontdesk.yml",
      "blob README.md",
      "tree docs",
      "blob docs/a.md",
      "tree docs/b",
      "blob docs/b/c.md",
    ]);
    const blob = await client.rest.git.getBlob({ ...WIDGETS, file_sha: tree.data.tree[4]?.sha ?? "" });
    expect(Buffer.from(blob.data.content, "base64").toString()).toBe("# A\n");
    expect(await refusal(client.rest.repos.getContent({ ...WIDGETS, path: "none.md" }))).toMatchObject({
      status: 404,
    });
  });
});
