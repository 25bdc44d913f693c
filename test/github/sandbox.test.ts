import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import { Probot } from "probot";
import { clientsOf, DeskOctokit, type Octokit } from "../../src/github/client.ts";
import { listFailedDeliveries, redeliver } from "../../src/github/deliveries.ts";
import { classifyFailure } from "../../src/github/failure.ts";
import { createIssue, editIssue, findOwnIssue } from "../../src/github/issues.ts";
import { createLabel, listLabels } from "../../src/github/labels.ts";
import { listCollaborators, roleOf } from "../../src/github/members.ts";
import { parseEvent } from "../../src/github/parse-event.ts";
import { listInstallationRepositories, readRepository } from "../../src/github/repositories.ts";
import { readFile } from "../../src/github/repository-files.ts";
import { readSecurityContacts } from "../../src/github/security.ts";
import {
  addLabels,
  closeThread,
  editComment,
  findOwnComment,
  listComments,
  postComment,
  react,
  readLabels,
  readThread,
  removeLabel,
  reopenThread,
} from "../../src/github/threads.ts";
import { createSandbox, type InstalledApp, type Opened, type Sandbox } from "../../src/sandbox/sandbox.ts";
import type { DeskEvent } from "../../src/ticket/event.ts";
import type { Thread, ThreadKind } from "../../src/ticket/thread.ts";

const REPOSITORY = "acme/widgets";
const KINDS: ThreadKind[] = ["issue", "discussion"];

let sandbox: Sandbox;
let app: InstalledApp;
let octokit: Octokit;
let asApp: Octokit;

beforeEach(async () => {
  sandbox = await createSandbox();
  sandbox.createOrganization("acme", { admins: ["ann"], members: ["max"] });
  sandbox.createUser("rita");
  sandbox.createRepository(REPOSITORY, {
    files: { "README.md": "# w", ".github/SECURITY.md": "Write to us" },
  });
  sandbox.createRepository("acme/other");
  app = sandbox.installApp({
    slug: "frontdesk",
    account: "acme",
    permissions: {
      issues: "write",
      discussions: "write",
      contents: "read",
      members: "read",
      metadata: "read",
    },
    events: ["issues", "issue_comment", "discussion", "discussion_comment", "label", "push", "repository"],
  });
  sandbox.setWebhookUrl("http://127.0.0.1:9/nobody-listens");
  const clients = clientsOf(
    new Probot({
      appId: app.appId,
      privateKey: app.privateKey,
      secret: app.webhookSecret,
      baseUrl: `${sandbox.url}/api/v3`,
      Octokit: DeskOctokit,
      log: pino({ level: "silent" }),
    }),
    Date.now,
  );
  octokit = await clients.installation(app.installationId);
  asApp = await clients.app();
});

afterEach(() => sandbox.close());

const open = (kind: ThreadKind, body = "At start"): Opened => {
  const rita = sandbox.as("rita");
  const fields = { title: "It crashes", body };
  return kind === "issue" ? rita.openIssue(REPOSITORY, fields) : rita.openDiscussion(REPOSITORY, fields);
};

/** What the webhooks said so far, as the desk understands them. */
async function events(): Promise<DeskEvent[]> {
  await sandbox.settled();
  return sandbox.deliveries().flatMap(({ event, request }) => {
    const parsed = parseEvent(event, JSON.parse(request.body), 0);
    if ("ignored" in parsed) throw new Error(parsed.ignored);
    return [parsed.event];
  });
}

async function lastThread(): Promise<Thread> {
  const last = (await events()).at(-1);
  if (last?.scope !== "ticket") throw new Error("no thread event");
  return last.thread;
}

describe.each(KINDS)("an %s in the sandbox", (kind) => {
  it("is the same by webhook and by reading", async () => {
    open(kind, "Half a character: \ud83d, and a whole one: \u{1f41e}");
    const thread = await lastThread();
    expect(thread).toMatchObject({ kind, author: { login: "rita", bot: false }, repository: REPOSITORY });
    expect(await readThread(octokit, thread)).toEqual(thread);
  });

  it("takes labels, in addition to those that are there", async () => {
    const place = open(kind);
    const thread = await lastThread();
    for (const name of ["bug", "P1"]) {
      await createLabel(octokit, REPOSITORY, { name, color: "ff0000", description: "" });
    }
    await createLabel(octokit, REPOSITORY, { name: "P1", color: "00ff00", description: "again" });
    sandbox.as("ann").label(place, "bug");
    expect(await addLabels(octokit, thread, ["P1"])).toEqual(["bug", "P1"]);
    expect(sandbox.labels(place)).toEqual(["bug", "P1"]);
    await removeLabel(octokit, thread, "bug");
    await removeLabel(octokit, thread, "bug");
    expect(await readLabels(octokit, thread)).toEqual(["P1"]);
    expect(await lastThread()).toMatchObject({ labels: ["P1"] });
  });

  it("takes one comment that is edited in place, found again, and gone when deleted", async () => {
    const place = open(kind);
    const thread = await lastThread();
    const marker = "<!-- frontdesk:triage -->";
    sandbox.as("rita").comment(place, `I copy ${marker}`);
    const { nodeId, url } = await postComment(octokit, thread, `Hello ${marker}`);
    expect(url).toContain(`/acme/widgets/${kind}s/${place.number}#`);
    expect(await editComment(octokit, thread, nodeId, `Better ${marker}`)).toBe("edited");
    expect(await findOwnComment(octokit, thread, marker, "frontdesk[bot]")).toEqual({
      nodeId,
      body: `Better ${marker}`,
    });
    await react(octokit, nodeId, "+1");
    const heard = (await events()).at(-1);
    expect(heard).toMatchObject({
      type: "comment-edited",
      actor: { login: "frontdesk[bot]", bot: true },
      comment: { nodeId, author: { login: "frontdesk[bot]", bot: true } },
    });
    const listed = [];
    for await (const comment of listComments(octokit, thread)) listed.push(comment);
    expect(listed.map(({ author }) => author?.login)).toEqual(["rita", "frontdesk[bot]"]);
    expect(heard?.type === "comment-edited" && heard.comment).toEqual(listed[1]);

    const said = sandbox.comments(place).at(-1);
    if (!said) throw new Error("no comment");
    sandbox.as("ann").deleteComment(said);
    expect(await editComment(octokit, thread, nodeId, "Again")).toBe("gone");
    expect(await findOwnComment(octokit, thread, marker, "frontdesk[bot]")).toBeNull();
  });

  it("is closed and reopened", async () => {
    open(kind);
    const thread = await lastThread();
    await closeThread(octokit, thread, "not_planned");
    const closed = await lastThread();
    expect(closed.state).toBe("closed");
    expect(await readThread(octokit, thread)).toEqual(closed);
    await reopenThread(octokit, thread);
    expect(await readThread(octokit, thread)).toMatchObject({ state: "open", stateReason: null });
  });

  it("is gone when it was deleted", async () => {
    const place = open(kind);
    const thread = await lastThread();
    sandbox.as("ann").delete(place);
    expect((await events()).at(-1)).toMatchObject({ type: "deleted" });
    expect(await readThread(octokit, thread)).toBeNull();
  });

  it("is gone here and new there when it was transferred", async () => {
    const place = open(kind);
    const thread = await lastThread();
    const there = sandbox.as("ann").transfer(place, "acme/other");
    const heard = await events();
    const key = (await readRepository(octokit, "acme/other"))?.id;
    expect(heard.find(({ type }) => type === "transferred")).toMatchObject({
      to: { repository: "acme/other", key: `${key}/${there.number}` },
    });
    expect(heard.filter(({ type }) => type === "opened").at(-1)).toMatchObject({
      thread: { repository: "acme/other", number: there.number },
    });
    expect(await readThread(octokit, thread)).toBeNull();
  });

  it("has no author once the account is deleted", async () => {
    open(kind);
    const thread = await lastThread();
    sandbox.deleteUser("rita");
    expect(await readThread(octokit, thread)).toMatchObject({ author: null, body: "At start" });
  });

  it("takes nothing once its repository is archived", async () => {
    open(kind);
    const thread = await lastThread();
    sandbox.as("ann").archive(REPOSITORY);
    expect(await readThread(octokit, thread)).toMatchObject({ archived: true });
    const failure = await postComment(octokit, thread, "Hello").catch((error: unknown) => error);
    expect(classifyFailure(failure, 0)).toMatchObject({ type: "forbidden" });
  });
});

describe("a repository in the sandbox", () => {
  it("shows its files, its policy, its people and its labels", async () => {
    expect(await readFile(octokit, REPOSITORY, "README.md")).toMatchObject({ text: "# w" });
    expect(await readFile(octokit, REPOSITORY, ".github/frontdesk.yml")).toBeNull();
    expect(await readSecurityContacts(octokit, REPOSITORY)).toMatchObject({
      policyUrl: `${sandbox.url}/acme/widgets/blob/main/.github/SECURITY.md`,
    });
    expect(await roleOf(octokit, REPOSITORY, "ann")).toBe("admin");
    expect(await roleOf(octokit, REPOSITORY, "rita")).toBe("read");
    expect(await listCollaborators(octokit, REPOSITORY, 3)).toMatchObject({ ann: "admin" });
    expect((await listLabels(octokit, REPOSITORY)).map(({ name }) => name)).toContain("bug");
    const repositories = await listInstallationRepositories(octokit);
    expect(repositories.map(({ fullName }) => fullName).sort()).toEqual(["acme/other", REPOSITORY]);
    expect(await readRepository(octokit, "acme/.github-private")).toBeNull();
  });

  it("holds an issue of ours that is found again", async () => {
    const marker = "<!-- frontdesk:problems -->";
    const created = await createIssue(octokit, REPOSITORY, { title: "Settings", body: marker });
    expect(await editIssue(octokit, REPOSITORY, created.number, { state: "closed" })).toBe("edited");
    expect(await findOwnIssue(octokit, REPOSITORY, marker, "frontdesk[bot]")).toEqual({
      ...created,
      open: false,
    });
  });
});

describe("deliveries in the sandbox", () => {
  it("that failed are listed and sent again", async () => {
    open("issue");
    await sandbox.settled();
    const [failed] = await listFailedDeliveries(asApp, 0);
    if (!failed) throw new Error("no failed delivery");
    expect(failed).toMatchObject({ event: "issues", guid: expect.any(String) });
    await redeliver(asApp, failed.id);
    await sandbox.settled();
    const guids = sandbox.deliveries().map(({ guid }) => guid);
    expect(guids.filter((guid) => guid === failed.guid)).toHaveLength(2);
    expect(await listFailedDeliveries(asApp, 0)).toHaveLength(1);
  });
});
