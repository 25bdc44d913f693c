import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import {
  createSandbox,
  type Faults,
  type InstalledApp,
  type Opened,
  type Sandbox,
  type SandboxOptions,
} from "../../src/sandbox/sandbox.ts";
import { ALL_PERMISSIONS, appClient } from "./clients.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

let sandbox: Sandbox;
let receiver: Receiver;
let app: InstalledApp;
let client: Octokit;

async function start(options: SandboxOptions = {}, events = ["issues", "issue_comment"]): Promise<void> {
  sandbox = await createSandbox(options);
  sandbox.createRepository("acme/widgets");
  sandbox.createUser("rita");
  app = sandbox.installApp({ account: "acme", permissions: ALL_PERMISSIONS, events });
  sandbox.setWebhookUrl(receiver.url);
  client = appClient(sandbox, app);
}

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

function open(title: string): Opened {
  return sandbox.as("rita").openIssue("acme/widgets", { title });
}

function titles(): string[] {
  return receiver.arrived.map(({ payload }) => (payload.issue as { title: string }).title);
}

describe("deliveries", () => {
  it("come in order, one at a time, though the app is slow", async () => {
    await start();
    let under = 0;
    let most = 0;
    receiver.answer = () => {
      most = Math.max(most, ++under);
      setTimeout(() => under--, 20);
      return { status: 202, afterMs: 20 };
    };
    for (let i = 0; i < 5; i++) open(`T${i}`);
    await sandbox.settled();
    expect(titles()).toEqual(["T0", "T1", "T2", "T3", "T4"]);
    expect(most).toBe(1);
  });

  it("carry the state of their moment, not of their arrival", async () => {
    await start();
    const issue = open("before");
    sandbox.as("rita").edit(issue, { title: "after" });
    await sandbox.settled();
    expect(titles()).toEqual(["before", "after"]);
    expect(receiver.arrived[1]?.payload.changes).toEqual({ title: { from: "before" } });
  });

  it("go only where the app asked for the event and may read of it", async () => {
    await start({}, ["issues", "push", "discussion"]);
    sandbox.as("acme").setPermissions(app.installationId, { contents: "read" });
    open("unread");
    sandbox.as("acme").commitFile("acme/widgets", "a.md", "a");
    sandbox.as("rita").openDiscussion("acme/widgets", { title: "T", body: "B" });
    await sandbox.settled();
    expect(receiver.arrived.map(({ event }) => event)).toEqual(["installation", "push"]);
  });

  it("are written down with what was sent and answered, and never tried again by themselves", async () => {
    await start();
    receiver.answer = () => ({ status: 500 });
    open("T");
    await sandbox.settled();
    expect(receiver.arrived).toHaveLength(1);
    const { data } = await client.rest.apps.listWebhookDeliveries({ status: "failure" });
    expect(data).toMatchObject([{ event: "issues", action: "opened", status_code: 500, redelivery: false }]);
    const one = await client.rest.apps.getWebhookDelivery({ delivery_id: data[0]?.id ?? 0 });
    expect(one.data).toMatchObject({
      guid: receiver.arrived[0]?.headers["x-github-delivery"],
      installation_id: app.installationId,
      request: { headers: { "X-GitHub-Event": "issues" }, payload: { action: "opened" } },
      response: { payload: "ok" },
    });
  });

  it("are sent again on request, with the same id", async () => {
    await start();
    receiver.answer = () => ({ status: 500 });
    open("T");
    await sandbox.settled();
    receiver.answer = () => ({ status: 200 });
    const failed = await client.rest.apps.listWebhookDeliveries({ status: "failure" });
    await client.rest.apps.redeliverWebhookDelivery({ delivery_id: failed.data[0]?.id ?? 0 });
    await sandbox.settled();
    const [first, again] = receiver.arrived;
    expect(again?.headers["x-github-delivery"]).toBe(first?.headers["x-github-delivery"]);
    expect(again?.body).toBe(first?.body);
    expect(sandbox.deliveries().map((one) => [one.redelivery, one.statusCode])).toEqual([
      [false, 500],
      [true, 200],
    ]);
  });

  it("are listed newest first, page by page", async () => {
    await start();
    for (let i = 0; i < 5; i++) open(`T${i}`);
    await sandbox.settled();
    const pages = await client.paginate(client.rest.apps.listWebhookDeliveries, { per_page: 2 });
    expect(pages.map((one) => one.id)).toEqual(
      sandbox
        .deliveries()
        .map((one) => one.id)
        .reverse(),
    );
  });

  it("are given up when the app takes too long or is not there", async () => {
    await start({ patienceMs: 50 });
    receiver.answer = () => ({ status: 200, afterMs: 200 });
    open("slow");
    await sandbox.settled();
    sandbox.setWebhookUrl("http://127.0.0.1:1/");
    open("nobody");
    await sandbox.settled();
    expect(sandbox.deliveries().map((one) => one.status)).toEqual(["timed out", "failed to connect to host"]);
  });

  it("are forgotten after three days", async () => {
    let now = Date.parse("2026-01-01T00:00:00Z");
    await start({ now: () => now });
    open("old");
    await sandbox.settled();
    now += 3 * 86_400_000 + 1;
    open("new");
    await sandbox.settled();
    expect(sandbox.deliveries()).toHaveLength(1);
  });
});

describe("faults of deliveries", () => {
  const on = (title: string, fault: ReturnType<NonNullable<Faults["onDelivery"]>>): SandboxOptions => ({
    faults: { onDelivery: (parcel) => (parcel.body.includes(title) ? fault : undefined) },
  });

  it.each([
    ["a dropped one never comes", { do: "drop" } as const, ["A", "C"]],
    ["a doubled one comes twice", { do: "duplicate" } as const, ["A", "B", "B", "C"]],
    ["an urgent one overtakes", { do: "first" } as const, ["B", "A", "C"]],
    ["a late one comes last", { do: "delay", ms: 50 } as const, ["A", "C", "B"]],
  ])("%s", async (_, fault, expected) => {
    await start(on('"title":"B"', fault));
    for (const title of ["A", "B", "C"]) open(title);
    await sandbox.settled();
    expect(titles()).toEqual(expected);
  });

  it("a doubled one has the same id twice", async () => {
    await start(on("T", { do: "duplicate" }));
    open("T");
    await sandbox.settled();
    expect(new Set(receiver.arrived.map(({ headers }) => headers["x-github-delivery"])).size).toBe(1);
  });
});
