import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createNodeMiddleware, createProbot } from "probot";
import { createSandbox, type InstalledApp, type Sandbox } from "../../src/sandbox/sandbox.ts";

const PERMISSIONS = { issues: "write", discussions: "write", contents: "read", members: "read" } as const;
const EVENTS = ["issues", "issue_comment", "discussion", "discussion_comment", "label", "push", "repository"];

let sandbox: Sandbox;
let app: InstalledApp;
let server: Server;
let seen: string[];

/** A Probot app that labels and answers what is opened, and writes down all that it hears. */
async function startProbot(): Promise<void> {
  const probot = createProbot({
    env: {
      APP_ID: String(app.appId),
      PRIVATE_KEY: app.privateKey,
      WEBHOOK_SECRET: app.webhookSecret,
      GHE_HOST: sandbox.host,
      GHE_PROTOCOL: "http",
      LOG_LEVEL: "fatal",
    },
  });
  const middleware = await createNodeMiddleware(
    (robot) => {
      robot.onAny(async ({ name, payload }) => {
        const action = "action" in payload ? `.${payload.action}` : "";
        const sender = "sender" in payload ? payload.sender?.login : "";
        seen.push(`${name}${action} by ${sender}`);
      });
      robot.on("issues.opened", async (context) => {
        await context.octokit.rest.issues.addLabels(context.issue({ labels: ["bug"] }));
        await context.octokit.rest.issues.createComment(context.issue({ body: "Thank you" }));
      });
      robot.on("discussion.created", async (context) => {
        const { node_id, labels } = context.payload.discussion;
        expect(labels).toEqual([]);
        await context.octokit.graphql(
          `mutation ($id: ID!, $body: String!) {
            one: addDiscussionComment(input: { discussionId: $id, body: $body }) { comment { id } }
          }`,
          { id: node_id, body: "Welcome" },
        );
      });
    },
    { probot },
  );
  server = createServer((request, response) => void middleware(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  sandbox.setWebhookUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`);
}

beforeEach(async () => {
  seen = [];
  sandbox = await createSandbox();
  sandbox.createOrganization("acme", { admins: ["ann"] });
  sandbox.createUser("rita");
  sandbox.createRepository("acme/widgets");
  app = sandbox.installApp({ account: "acme", permissions: PERMISSIONS, events: EVENTS });
  await startProbot();
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await sandbox.close();
});

describe("a Probot app in the sandbox", () => {
  it("labels and answers an issue, and hears of its own deeds", async () => {
    const issue = sandbox.as("rita").openIssue("acme/widgets", { title: "It crashes", body: "At start" });
    await sandbox.settled();
    expect(sandbox.labels(issue)).toEqual(["bug"]);
    expect(sandbox.comments(issue).map(({ author, body }) => [author, body])).toEqual([
      ["desk[bot]", "Thank you"],
    ]);
    expect(seen).toEqual([
      "issues.opened by rita",
      "issues.labeled by desk[bot]",
      "issue_comment.created by desk[bot]",
    ]);
    expect(sandbox.deliveries().map((delivery) => delivery.statusCode)).toEqual([200, 200, 200]);
  });

  it("answers a discussion by GraphQL", async () => {
    const place = sandbox.as("rita").openDiscussion("acme/widgets", { title: "How?", body: "Tell me" });
    await sandbox.settled();
    expect(sandbox.comments(place).map(({ author, body }) => [author, body])).toEqual([
      ["desk[bot]", "Welcome"],
    ]);
    expect(seen).toEqual(["discussion.created by rita", "discussion_comment.created by desk[bot]"]);
    expect(sandbox.requests.filter((line) => line.unknown)).toEqual([]);
  });
});
