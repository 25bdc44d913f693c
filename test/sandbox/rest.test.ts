import { createAppAuth } from "@octokit/auth-app";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { ROUTES } from "../../src/sandbox/rest/router.ts";
import { createSandbox, type InstalledApp, type Opened, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { operationAt, wrongAnswer } from "./official.ts";

let sandbox: Sandbox;
let app: InstalledApp;
let issue: Opened;
let other: Opened;
let clients: Record<"app" | "installation" | "user" | "reporter", Octokit>;
let ids: Record<"comment" | "doomed" | "reaction" | "commentReaction" | "delivery" | "repository", number>;

const REPOSITORY = { owner: "acme", repo: "widgets" };

/** A request for each operation: who asks, and with which parameters. */
type Row = [operation: string, as: keyof typeof clients, parameters: () => Record<string, unknown>];

const at =
  (more: () => Record<string, unknown> = () => ({})) =>
  () => ({ ...REPOSITORY, ...more() });
const onIssue = (more: () => Record<string, unknown> = () => ({})) =>
  at(() => ({ issue_number: issue.number, ...more() }));

const ROWS: Row[] = [
  ["apps/get-authenticated", "app", () => ({})],
  ["apps/list-installations", "app", () => ({})],
  ["apps/get-installation", "app", () => ({ installation_id: app.installationId })],
  ["apps/create-installation-access-token", "app", () => ({ installation_id: app.installationId })],
  ["apps/list-repos-accessible-to-installation", "installation", () => ({})],
  ["apps/get-org-installation", "app", () => ({ org: "acme" })],
  ["apps/get-repo-installation", "app", at()],
  ["apps/get-webhook-config-for-app", "app", () => ({})],
  ["apps/list-webhook-deliveries", "app", () => ({})],
  ["apps/get-webhook-delivery", "app", () => ({ delivery_id: ids.delivery })],
  ["apps/redeliver-webhook-delivery", "app", () => ({ delivery_id: ids.delivery })],
  ["repos/get", "installation", at()],
  ["repos/list-collaborators", "installation", at()],
  ["repos/get-collaborator-permission-level", "installation", at(() => ({ username: "tess" }))],
  ["repos/check-private-vulnerability-reporting", "installation", at()],
  ["repos/get-content", "installation", at(() => ({ path: "docs/guide.md" }))],
  [
    "repos/create-or-update-file-contents",
    "user",
    at(() => ({ path: "new.md", message: "Add", content: "aGk=" })),
  ],
  ["repos/delete-file", "user", at(() => ({ path: "old.md", message: "Remove", sha: shaOf("old.md") }))],
  ["git/get-tree", "installation", at(() => ({ tree_sha: "main", recursive: "1" }))],
  ["git/get-blob", "installation", at(() => ({ file_sha: shaOf("docs/guide.md") }))],
  ["repos/get-branch", "installation", at(() => ({ branch: "main" }))],
  ["repos/list-commits", "installation", at()],
  ["issues/list-for-repo", "installation", at(() => ({ state: "all" }))],
  ["issues/create", "installation", at(() => ({ title: "New", body: "Text", labels: ["bug"] }))],
  ["issues/get", "installation", onIssue()],
  ["issues/update", "installation", onIssue(() => ({ title: "Other", assignees: ["tess"] }))],
  ["issues/lock", "installation", onIssue(() => ({ lock_reason: "spam" }))],
  ["issues/unlock", "installation", onIssue()],
  ["issues/list-labels-for-repo", "installation", at()],
  ["issues/create-label", "installation", at(() => ({ name: "P0", color: "ff0000", description: "Now" }))],
  ["issues/get-label", "installation", at(() => ({ name: "good first issue" }))],
  ["issues/update-label", "installation", at(() => ({ name: "P0", new_name: "P1", color: "00ff00" }))],
  ["issues/list-labels-on-issue", "installation", onIssue()],
  ["issues/add-labels", "installation", onIssue(() => ({ labels: ["question", "P1"] }))],
  ["issues/set-labels", "installation", onIssue(() => ({ labels: ["bug"] }))],
  ["issues/remove-label", "installation", onIssue(() => ({ name: "bug" }))],
  ["issues/remove-all-labels", "installation", onIssue()],
  ["issues/delete-label", "installation", at(() => ({ name: "P1" }))],
  ["issues/list-comments-for-repo", "installation", at()],
  ["issues/list-comments", "installation", onIssue()],
  ["issues/create-comment", "installation", onIssue(() => ({ body: "Hello" }))],
  ["issues/get-comment", "installation", at(() => ({ comment_id: ids.comment }))],
  ["issues/update-comment", "installation", at(() => ({ comment_id: ids.comment, body: "Edited" }))],
  ["issues/delete-comment", "installation", at(() => ({ comment_id: ids.doomed }))],
  ["reactions/list-for-issue", "installation", onIssue()],
  ["reactions/create-for-issue", "installation", onIssue(() => ({ content: "eyes" }))],
  ["reactions/delete-for-issue", "reporter", onIssue(() => ({ reaction_id: ids.reaction }))],
  ["reactions/list-for-issue-comment", "installation", at(() => ({ comment_id: ids.comment }))],
  [
    "reactions/create-for-issue-comment",
    "installation",
    at(() => ({ comment_id: ids.comment, content: "+1" })),
  ],
  [
    "reactions/delete-for-issue-comment",
    "reporter",
    at(() => ({ comment_id: ids.comment, reaction_id: ids.commentReaction })),
  ],
  ["issues/add-assignees", "installation", onIssue(() => ({ assignees: ["ann"] }))],
  ["issues/remove-assignees", "installation", onIssue(() => ({ assignees: ["ann"] }))],
  ["issues/list-assignees", "installation", at()],
  ["issues/check-user-can-be-assigned", "installation", at(() => ({ assignee: "tess" }))],
  ["issues/list-events", "installation", onIssue()],
  ["issues/list-events-for-timeline", "installation", onIssue()],
  ["issues/list-events-for-repo", "installation", at()],
  ["orgs/list-members", "installation", () => ({ org: "acme" })],
  ["orgs/list-public-members", "installation", () => ({ org: "acme" })],
  ["orgs/check-membership-for-user", "installation", () => ({ org: "acme", username: "ann" })],
  ["orgs/get-membership-for-user", "installation", () => ({ org: "acme", username: "ann" })],
  ["teams/list", "installation", () => ({ org: "acme" })],
  ["teams/list-members-in-org", "installation", () => ({ org: "acme", team_slug: "support" })],
  [
    "teams/get-membership-for-user-in-org",
    "installation",
    () => ({ org: "acme", team_slug: "support", username: "tess" }),
  ],
  ["users/get-by-username", "installation", () => ({ username: "rita" })],
  ["users/get-authenticated", "user", () => ({})],
  ["rate-limit/get", "installation", () => ({})],
  ["meta/get", "installation", () => ({})],
];

function shaOf(path: string): string {
  const [repository] = sandbox.state.repositories.values();
  return repository?.files.get(path)?.sha ?? "";
}

async function furnish(): Promise<void> {
  sandbox = await createSandbox();
  sandbox.createOrganization("acme", { admins: ["ann"], members: ["mia"] });
  sandbox.createUser("rita", "Rita Reporter");
  sandbox.createTeam("acme", "Support", ["tess"]);
  sandbox.createRepository("acme/widgets", {
    description: "Widgets",
    files: { "README.md": "# Widgets\n", "docs/guide.md": "# Guide\n", "old.md": "old\n" },
  });
  sandbox.as("ann").setRole("acme/widgets", "tess", "triage");
  app = sandbox.installApp({
    account: "acme",
    permissions: { issues: "write", contents: "read", members: "read", discussions: "write" },
    events: ["issues", "issue_comment"],
  });
  // Nobody listens there: a delivery that failed is enough here.
  sandbox.setWebhookUrl("http://127.0.0.1:1/");
  issue = sandbox.as("rita").openIssue("acme/widgets", { title: "It crashes", body: "At start" });
  other = sandbox.as("rita").openIssue("acme/widgets", { title: "Another" });
  sandbox.as("tess").label(issue, "bug");
  sandbox.as("tess").assign(issue, "tess");
  const said = sandbox.as("rita").comment(issue, "Also on Linux");
  const doomed = sandbox.as("rita").comment(issue, "Ignore this");
  sandbox.as("rita").react(issue, "heart");
  sandbox.as("rita").react(said, "-1");
  sandbox.as("ann").close(other, "not_planned");
  sandbox.as("ann").lock(other, "resolved");
  await sandbox.settled();
  const [repository] = sandbox.state.repositories.values();
  ids = {
    comment: said.id,
    doomed: doomed.id,
    reaction: sandbox.thread(issue).reactions[0]?.id ?? 0,
    commentReaction: sandbox.comments(issue)[0]?.reactions[0]?.id ?? 0,
    delivery: sandbox.deliveries()[0]?.id ?? 0,
    repository: repository?.id ?? 0,
  };
}

beforeAll(async () => {
  await furnish();
  const baseUrl = `${sandbox.url}/api/v3`;
  const auth = { appId: app.appId, privateKey: app.privateKey };
  clients = {
    app: new Octokit({ baseUrl, authStrategy: createAppAuth, auth }),
    installation: new Octokit({
      baseUrl,
      authStrategy: createAppAuth,
      auth: { ...auth, installationId: app.installationId },
    }),
    user: new Octokit({ baseUrl, auth: sandbox.tokenOf("ann") }),
    reporter: new Octokit({ baseUrl, auth: sandbox.tokenOf("rita") }),
  };
});

afterAll(() => sandbox.close());

describe("the routes of the sandbox", () => {
  it.each(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s is an official operation",
    (_, route) => {
      expect(operationAt(route.method, route.path)?.operationId).toBe(route.operation);
    },
  );

  it("are all asked below", () => {
    expect(ROWS.map(([operation]) => operation).sort()).toEqual(
      ROUTES.map((route) => route.operation).sort(),
    );
  });

  it.each(ROWS)("%s answers %s as GitHub describes it", async (operation, as, parameters) => {
    const route = ROUTES.find((one) => one.operation === operation);
    if (!route) throw new Error("no such route");
    const answer = await clients[as].request(`${route.method} ${route.path}`, parameters());
    expect(wrongAnswer(route.method, route.path, answer.status, answer.data)).toEqual([]);
  });
});
