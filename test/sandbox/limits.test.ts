import { afterEach, describe, expect, it } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import {
  createSandbox,
  type Faults,
  type InstalledApp,
  type Sandbox,
  type SandboxOptions,
  SECONDARY,
} from "../../src/sandbox/sandbox.ts";
import { ALL_PERMISSIONS, installationClient, refusal } from "./clients.ts";

const WIDGETS = { owner: "acme", repo: "widgets" };
const ON = { ...WIDGETS, issue_number: 1 };

let sandbox: Sandbox;
let app: InstalledApp;
let client: Octokit;
let now: number;

async function start(options: SandboxOptions = {}): Promise<void> {
  now = Date.parse("2026-01-05T09:00:00Z");
  sandbox = await createSandbox({ now: () => now, ...options });
  sandbox.createRepository("acme/widgets");
  sandbox.as("acme").openIssue("acme/widgets", { title: "T" });
  app = sandbox.installApp({ account: "acme", permissions: ALL_PERMISSIONS, events: [] });
  client = installationClient(sandbox, app);
}

afterEach(() => sandbox.close());

describe("limits", () => {
  it("are told with every answer, and counted for each installation", async () => {
    await start();
    const other = sandbox.createUser("other").login;
    sandbox.createRepository("other/place");
    const elsewhere = installationClient(sandbox, app, sandbox.installOn(app.appId, other));
    const headersOf = (answer: { headers: object }) => answer.headers as Record<string, string>;
    await client.rest.issues.get(ON);
    const second = headersOf(await client.rest.issues.get(ON));
    expect(second).toMatchObject({
      "x-ratelimit-limit": "5000",
      "x-ratelimit-used": "2",
      "x-ratelimit-remaining": "4998",
      "x-ratelimit-resource": "core",
      "x-ratelimit-reset": String(now / 1000 + 3600),
    });
    const theirs = headersOf(await elsewhere.rest.repos.get({ owner: "other", repo: "place" }));
    expect(theirs["x-ratelimit-used"]).toBe("1");
    const { data } = await client.rest.rateLimit.get();
    expect(data.resources).toMatchObject({ core: { used: 2 }, graphql: { used: 0 } });
  });

  it("end an hour after the first request, when they are spent", async () => {
    await start({ limits: { perHour: 2 } });
    await client.rest.issues.get(ON);
    await client.rest.issues.get(ON);
    const answer = await refusal(client.rest.issues.get(ON));
    expect(answer).toMatchObject({
      status: 403,
      message: expect.stringContaining("API rate limit exceeded"),
    });
    expect(answer.headers["x-ratelimit-remaining"]).toBe("0");
    now += 3_600_000;
    await expect(client.rest.issues.get(ON)).resolves.toMatchObject({ status: 200 });
  });

  it("of GraphQL are errors with status 200", async () => {
    await start({ limits: { graphqlPerHour: 1 } });
    const ask = () => client.graphql("{ rateLimit { limit remaining used cost } }");
    expect(await ask()).toEqual({ rateLimit: { limit: 1, remaining: 0, used: 1, cost: 1 } });
    await expect(ask()).rejects.toMatchObject({ errors: [{ type: "RATE_LIMITED" }] });
  });

  it.each([
    ["81 comments in a minute", 81, 0, (c: Octokit) => c.rest.issues.createComment({ ...ON, body: "x" })],
    ["501 comments in an hour", 501, 1000, (c: Octokit) => c.rest.issues.createComment({ ...ON, body: "x" })],
    [
      "181 label writes in a minute",
      181,
      0,
      (c: Octokit) => c.rest.issues.addLabels({ ...ON, labels: ["bug"] }),
    ],
  ])("stop %s by the secondary rules", async (_, count, gapMs, write) => {
    await start({ limits: { secondary: SECONDARY, perHour: 15_000 } });
    for (let i = 1; i < count; i++) {
      await write(client);
      now += gapMs;
    }
    const answer = await refusal(write(client));
    expect(answer).toMatchObject({ status: 403, message: expect.stringContaining("secondary rate limit") });
    now += Number(answer.headers["retry-after"]) * 1000;
    await expect(write(client)).resolves.toBeDefined();
  });

  it("count a document of many mutations as one write, but each comment as content", async () => {
    await start({ limits: { secondary: { ...SECONDARY, contentPerMinute: 3 } } });
    const { data } = await client.rest.issues.get(ON);
    const comment = `addComment(input: { subjectId: "${data.node_id}", body: "x" }) { clientMutationId }`;
    await client.graphql(`mutation { a: ${comment} b: ${comment} }`);
    await expect(client.graphql(`mutation { a: ${comment} b: ${comment} }`)).rejects.toMatchObject({
      status: 403,
    });
    expect(sandbox.comments({ repository: "acme/widgets", number: 1 })).toHaveLength(2);
  });
});

describe("faults of requests", () => {
  const once = (fault: ReturnType<NonNullable<Faults["onRequest"]>>): Faults => {
    let left = 1;
    return {
      onRequest: ({ method, path }) =>
        method === "POST" && path.endsWith("/comments") && left-- > 0 ? fault : undefined,
    };
  };

  it.each([
    ["a 500 before the write", { do: "answer", status: 500 } as const, 500, 0],
    ["a 502 after the write", { do: "answer", status: 502, after: true } as const, 502, 1],
    ["a reset before the write", { do: "reset" } as const, 500, 0],
    ["a reset after the write", { do: "reset", after: true } as const, 500, 1],
    ["a secondary limit", { do: "secondary-limit", retryAfter: 7 } as const, 403, 0],
  ])("%s", async (_, fault, status, written) => {
    await start({ faults: once(fault) });
    expect(await refusal(client.rest.issues.createComment({ ...ON, body: "x" }))).toMatchObject({ status });
    expect(sandbox.comments({ repository: "acme/widgets", number: 1 })).toHaveLength(written);
    await client.rest.issues.createComment({ ...ON, body: "again" });
    expect(sandbox.comments({ repository: "acme/widgets", number: 1 })).toHaveLength(written + 1);
  });

  it("a delay makes that one answer late, and latency makes all late", async () => {
    await start({ faults: once({ do: "delay", ms: 120 }), latencyMs: 30 });
    const took = async () => {
      const begun = performance.now();
      await client.rest.issues.createComment({ ...ON, body: "x" });
      return performance.now() - begun;
    };
    await client.rest.issues.get(ON);
    expect(await took()).toBeGreaterThanOrEqual(145);
    const second = await took();
    expect(second).toBeGreaterThanOrEqual(28);
    expect(second).toBeLessThan(140);
  });
});
