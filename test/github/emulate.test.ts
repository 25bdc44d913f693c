import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import { Probot } from "probot";
import { clientsOf, DeskOctokit, type Octokit } from "../../src/github/client.ts";
import { classifyFailure } from "../../src/github/failure.ts";
import { createIssue, findOwnIssue } from "../../src/github/issues.ts";
import { createLabel, listLabels } from "../../src/github/labels.ts";
import { roleOf } from "../../src/github/members.ts";
import { parseEvent } from "../../src/github/parse-event.ts";
import { readRepository } from "../../src/github/repositories.ts";
import { readFile } from "../../src/github/repository-files.ts";
import {
  addLabels,
  closeThread,
  editComment,
  findOwnComment,
  postComment,
  readLabels,
  readThread,
  removeLabel,
  reopenThread,
} from "../../src/github/threads.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import { APP_ID, type Emulated, INSTALLATION, listening, SECRET, startEmulated } from "./emulated.ts";

/** The REST story on a GitHub that others wrote, so that we and our sandbox cannot be wrong together. */

let github: Emulated;
let hooks: Server;
let octokit: Octokit;
const heard: { name: string; payload: unknown }[] = [];

beforeAll(async () => {
  hooks = createServer(async (request, response) => {
    heard.push({ name: String(request.headers["x-github-event"]), payload: JSON.parse(await text(request)) });
    response.writeHead(202).end();
  });
  const webhookUrl = `http://127.0.0.1:${await listening(hooks)}/`;
  github = await startEmulated(webhookUrl);
  const probot = new Probot({
    appId: APP_ID,
    privateKey: github.privateKey,
    secret: SECRET,
    baseUrl: `http://${github.host}/api/v3`,
    Octokit: DeskOctokit,
    log: pino({ level: "silent" }),
  });
  octokit = await clientsOf(probot, Date.now).installation(INSTALLATION);
});

afterAll(async () => {
  hooks.closeAllConnections();
  hooks.close();
  await github.close();
});

/** Waits for a webhook that the desk understands as that. */
async function told(type: ThreadEvent["type"]): Promise<ThreadEvent> {
  for (let waited = 0; waited < 5_000; waited += 20) {
    for (const { name, payload } of heard) {
      const parsed = parseEvent(name, payload, 0);
      if ("event" in parsed && parsed.event.scope === "ticket" && parsed.event.type === type) {
        return parsed.event;
      }
    }
    await new Promise((later) => setTimeout(later, 20));
  }
  throw new Error(`no ${type} among ${heard.map(({ name }) => name).join(", ")}`);
}

describe("a ticket's road on a GitHub that others wrote", () => {
  it("leads from the webhook to labels and one comment, edited in place", async () => {
    await github.rita("POST", "/repos/acme/widgets/issues", { title: "It crashes", body: "At start" });
    const { thread } = await told("opened");
    expect(thread).toMatchObject({
      installationId: INSTALLATION,
      repository: "acme/widgets",
      author: { login: "rita", bot: false },
      title: "It crashes",
      labels: [],
    });
    expect(await readThread(octokit, thread)).toEqual(thread);

    await createLabel(octokit, "acme/widgets", { name: "P1", color: "ff0000", description: "Soon" });
    await createLabel(octokit, "acme/widgets", { name: "P1", color: "ff0000", description: "Soon" });
    expect((await listLabels(octokit, "acme/widgets")).map(({ name }) => name)).toContain("P1");
    expect(await addLabels(octokit, thread, ["P1"])).toEqual(["P1"]);
    expect(await told("labeled")).toMatchObject({
      label: "P1",
      actor: { login: "frontdesk[bot]", bot: true },
    });
    await removeLabel(octokit, thread, "P1");
    await removeLabel(octokit, thread, "P1");
    expect(await readLabels(octokit, thread)).toEqual([]);

    const marker = "<!-- frontdesk:triage -->";
    await github.rita("POST", "/repos/acme/widgets/issues/1/comments", { body: `I copy ${marker}` });
    expect(await findOwnComment(octokit, thread, marker, "frontdesk[bot]")).toBeNull();
    const { nodeId } = await postComment(octokit, thread, `Hello ${marker}`);
    expect(await editComment(octokit, thread, nodeId, `Better ${marker}`)).toBe("edited");
    const found = { nodeId, body: `Better ${marker}` };
    expect(await findOwnComment(octokit, thread, marker, "frontdesk[bot]")).toEqual(found);
    expect(await told("comment-edited")).toMatchObject({ comment: { nodeId, author: { bot: true } } });

    await closeThread(octokit, thread, "completed");
    expect(await readThread(octokit, thread)).toMatchObject({ state: "closed", stateReason: "completed" });
    await reopenThread(octokit, thread);
    expect(await readThread(octokit, thread)).toMatchObject({ state: "open" });
  });

  it("shows what the installation may see", async () => {
    expect(await readRepository(octokit, "acme/widgets")).toMatchObject({ private: false, archived: false });
    expect(await readFile(octokit, "acme/widgets", "README.md")).toMatchObject({
      text: expect.stringContaining("widgets"),
    });
    expect(await readFile(octokit, "acme/widgets", ".github/frontdesk.yml")).toBeNull();
    expect(await roleOf(octokit, "acme/widgets", "ann")).toBe("admin");
  });

  it("finds an issue of our own again", async () => {
    const marker = "<!-- frontdesk:problems -->";
    const { number } = await createIssue(octokit, "acme/widgets", { title: "Settings", body: marker });
    expect(await findOwnIssue(octokit, "acme/widgets", marker, "frontdesk[bot]")).toMatchObject({ number });
  });

  it("ends where a permission is missing", async () => {
    const attempt = octokit.rest.repos.createOrUpdateFileContents({
      owner: "acme",
      repo: "widgets",
      path: "x",
      message: "x",
      content: "eA==",
    });
    const failure = await attempt.catch((error: unknown) => error);
    expect(classifyFailure(failure, 0)).toMatchObject({ type: "forbidden" });
  });
});
