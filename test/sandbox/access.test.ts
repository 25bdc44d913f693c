import { generateKeyPairSync, sign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import {
  createSandbox,
  type InstalledApp,
  type Opened,
  type Person,
  type Sandbox,
} from "../../src/sandbox/sandbox.ts";
import {
  ALL_PERMISSIONS,
  appClient,
  installationClient,
  personClient,
  refusal,
  tokenClient,
} from "./clients.ts";

const HOUR = 3_600_000;
const WIDGETS = { owner: "acme", repo: "widgets" };

let sandbox: Sandbox;
let app: InstalledApp;
let clock: number;
let ann: Person;
let rita: Person;
let issue: Opened;

beforeEach(async () => {
  clock = Date.now();
  sandbox = await createSandbox({ tokenClock: () => clock });
  sandbox.createOrganization("acme", { admins: ["ann"], members: ["mia"] });
  sandbox.createUser("rita");
  sandbox.createUser("tess");
  sandbox.createRepository("acme/widgets");
  sandbox.createRepository("acme/secret", { private: true });
  sandbox.createRepository("other/place");
  app = sandbox.installApp({
    account: "acme",
    permissions: ALL_PERMISSIONS,
    events: [],
    repositories: ["acme/widgets"],
  });
  ann = sandbox.as("ann");
  rita = sandbox.as("rita");
  ann.setRole("acme/widgets", "tess", "triage");
  issue = rita.openIssue("acme/widgets", { title: "It crashes" });
});

afterEach(() => sandbox.close());

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A JWT made by hand: of that app, with those claims, signed with that key. */
function jwt(claims: Record<string, unknown>, key = app.privateKey, alg = "RS256"): string {
  const text = `${encode({ alg, typ: "JWT" })}.${encode(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), key).toString("base64url")}`;
}

function asking(token: string): Promise<unknown> {
  return tokenClient(sandbox, token).request("GET /app");
}

describe("an app's JWT", () => {
  const seconds = () => Math.floor(clock / 1000);
  const good = () => ({ iss: app.appId, iat: seconds() - 60, exp: seconds() + 540 });

  it("opens the app's own routes", async () => {
    await expect(asking(jwt(good()))).resolves.toMatchObject({ status: 200, data: { slug: "desk" } });
  });

  const stranger = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });

  it.each([
    ["another key's", () => jwt(good(), stranger.privateKey), 401, "could not be decoded"],
    ["one of another algorithm", () => jwt(good(), app.privateKey, "HS256"), 401, "could not be decoded"],
    ["an expired one", () => jwt({ ...good(), exp: seconds() - 1 }), 401, "'Expiration time' claim"],
    [
      "one that lives too long",
      () => jwt({ ...good(), exp: seconds() + 3600 }),
      401,
      "too far in the future",
    ],
    ["one from the future", () => jwt({ ...good(), iat: seconds() + 120 }), 401, "'Issued at' claim"],
    ["an unknown app's", () => jwt({ ...good(), iss: 7 }), 404, "Integration not found"],
    ["a token that nobody gave out", () => "ghs_nonsense", 401, "Bad credentials"],
  ])("is refused when it is %s", async (_, token, status, message) => {
    const answer = await refusal(asking(token()));
    expect([answer.status, answer.message]).toEqual([status, expect.stringContaining(message)]);
  });
});

describe("an installation's token", () => {
  const tokenFor = async (parameters: Record<string, unknown> = {}) => {
    const { data } = await appClient(sandbox, app).rest.apps.createInstallationAccessToken({
      installation_id: app.installationId,
      ...parameters,
    });
    return data;
  };

  it("is long, lasts an hour and says what it may", async () => {
    const { token, expires_at, permissions } = await tokenFor();
    expect(token).toHaveLength(520);
    expect(permissions).toMatchObject(ALL_PERMISSIONS);
    expect(Math.abs(Date.parse(expires_at) - clock - HOUR)).toBeLessThan(2000);
    await tokenClient(sandbox, token).rest.issues.get({ ...WIDGETS, issue_number: 1 });
    clock += HOUR + 1;
    expect(
      await refusal(tokenClient(sandbox, token).rest.issues.get({ ...WIDGETS, issue_number: 1 })),
    ).toMatchObject({
      status: 401,
    });
  });

  it("can be narrowed, but not widened", async () => {
    const { token } = await tokenFor({ permissions: { issues: "read" } });
    const { status, headers } = await refusal(
      tokenClient(sandbox, token).rest.issues.createComment({ ...WIDGETS, issue_number: 1, body: "x" }),
    );
    expect([status, headers["x-accepted-github-permissions"]]).toEqual([403, "issues=write"]);
    expect(await refusal(tokenFor({ permissions: { contents: "write" } }))).toMatchObject({ status: 422 });
    expect(await refusal(tokenFor({ repositories: ["secret"] }))).toMatchObject({ status: 422 });
  });

  it("ends with the suspension and with the installation", async () => {
    const { token } = await tokenFor();
    ann.suspend(app.installationId);
    expect(
      await refusal(tokenClient(sandbox, token).rest.issues.get({ ...WIDGETS, issue_number: 1 })),
    ).toMatchObject({
      status: 403,
    });
    expect(await refusal(tokenFor())).toMatchObject({ status: 403 });
    ann.suspend(app.installationId, false);
    ann.uninstall(app.installationId);
    expect(
      await refusal(tokenClient(sandbox, token).rest.issues.get({ ...WIDGETS, issue_number: 1 })),
    ).toMatchObject({
      status: 401,
    });
    expect(await refusal(tokenFor())).toMatchObject({ status: 404 });
  });
});

describe("an installation", () => {
  it.each([
    ["a repository that was not chosen", "acme", "secret"],
    ["a repository of somebody else", "other", "place"],
    ["a repository that does not exist", "acme", "nothing"],
  ])("does not find %s", async (_, owner, repo) => {
    expect(await refusal(installationClient(sandbox, app).rest.repos.get({ owner, repo }))).toMatchObject({
      status: 404,
    });
  });

  it.each([
    [
      "contents=write",
      (c: Octokit) =>
        c.rest.repos.createOrUpdateFileContents({ ...WIDGETS, path: "a", message: "m", content: "" }),
    ],
  ])("is told that it lacks %s", async (permission, ask) => {
    const { status, message, headers } = await refusal(ask(installationClient(sandbox, app)));
    expect(status).toBe(403);
    expect(message).toContain("Resource not accessible by integration");
    expect(headers["x-accepted-github-permissions"]).toBe(permission);
  });

  it("needs members=read to see who belongs to the organisation", async () => {
    ann.setPermissions(app.installationId, { issues: "write" });
    const answer = await refusal(installationClient(sandbox, app).rest.orgs.listMembers({ org: "acme" }));
    expect([answer.status, answer.headers["x-accepted-github-permissions"]]).toEqual([403, "members=read"]);
  });

  it("comments on a locked issue, where a stranger may not", async () => {
    ann.lock(issue);
    await installationClient(sandbox, app).rest.issues.createComment({
      ...WIDGETS,
      issue_number: 1,
      body: "Ours",
    });
    const stranger = personClient(sandbox, "rita").rest.issues.createComment({
      ...WIDGETS,
      issue_number: 1,
      body: "x",
    });
    expect(await refusal(stranger)).toMatchObject({
      status: 403,
      message: expect.stringContaining("issue is locked"),
    });
  });

  it("writes nothing to an archived repository", async () => {
    ann.archive("acme/widgets");
    const client = installationClient(sandbox, app);
    const writes = [
      () => client.rest.issues.createComment({ ...WIDGETS, issue_number: 1, body: "x" }),
      () => client.rest.issues.addLabels({ ...WIDGETS, issue_number: 1, labels: ["bug"] }),
      () => client.rest.issues.create({ ...WIDGETS, title: "x" }),
      () => client.rest.reactions.createForIssue({ ...WIDGETS, issue_number: 1, content: "eyes" }),
    ];
    for (const write of writes) {
      expect(await refusal(write())).toMatchObject({
        status: 403,
        message: expect.stringContaining("archived"),
      });
    }
    await expect(client.rest.issues.get({ ...WIDGETS, issue_number: 1 })).resolves.toMatchObject({
      status: 200,
    });
  });
});

describe("people", () => {
  it.each([
    ["a stranger does not find a private repository", "rita", 404],
    ["a member of the organisation reads it", "mia", 200],
    ["its owner reads it", "ann", 200],
  ])("%s", async (_, login, status) => {
    const asked = personClient(sandbox, login).rest.repos.get({ owner: "acme", repo: "secret" });
    const answer = status === 200 ? await asked : await refusal(asked);
    expect(answer.status).toBe(status);
  });

  it.each([
    ["ann", "admin", "admin"],
    ["mia", "read", "read"],
    ["tess", "triage", "read"],
    ["rita", "read", "read"],
  ])("%s has the role %s, which the old field calls %s", async (username, role_name, permission) => {
    const { data } = await installationClient(sandbox, app).rest.repos.getCollaboratorPermissionLevel({
      ...WIDGETS,
      username,
    });
    expect(data).toMatchObject({ role_name, permission });
  });

  it("lose the labels that they may not set, without a word", async () => {
    const { data } = await personClient(sandbox, "rita").rest.issues.create({
      ...WIDGETS,
      title: "Me too",
      labels: ["bug"],
    });
    expect(data.labels).toEqual([]);
    const own = { ...WIDGETS, issue_number: data.number, title: "Mine", labels: ["bug"] };
    const edited = await personClient(sandbox, "rita").rest.issues.update(own);
    expect(edited.data).toMatchObject({ title: "Mine", labels: [] });
    const triager = await personClient(sandbox, "tess").rest.issues.create({
      ...WIDGETS,
      title: "Mine",
      labels: ["bug"],
    });
    expect(triager.data.labels).toMatchObject([{ name: "bug" }]);
  });

  it("close their own issues, but not others'", async () => {
    const mine = await personClient(sandbox, "rita").rest.issues.update({
      ...WIDGETS,
      issue_number: 1,
      state: "closed",
    });
    expect(mine.data).toMatchObject({
      state: "closed",
      state_reason: "completed",
      closed_by: { login: "rita" },
    });
    ann.openIssue("acme/widgets", { title: "Ann's" });
    const others = personClient(sandbox, "rita").rest.issues.update({
      ...WIDGETS,
      issue_number: 2,
      state: "closed",
    });
    expect(await refusal(others)).toMatchObject({ status: 403 });
  });

  it("who are deleted leave their words behind, with nobody as author", async () => {
    const said = rita.comment(issue, "Bye");
    sandbox.deleteUser("rita");
    const client = installationClient(sandbox, app);
    const { data } = await client.rest.issues.get({ ...WIDGETS, issue_number: 1 });
    const comment = await client.rest.issues.getComment({ ...WIDGETS, comment_id: said.id });
    expect([data.user, comment.data.user]).toEqual([null, null]);
  });
});
