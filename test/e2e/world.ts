import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frontdesk } from "../../src/app.ts";
import { startFrontdesk, WEBHOOK_PATH } from "../../src/app.ts";
import type { Opened, Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";

export const REPOSITORY = "octo-org/lantern";
export const SUPPORT = "octo-org/support";
export const SELF = "frontdesk[bot]";

/** The app's permissions and events, as app.yml asks for them. */
export const PERMISSIONS = {
  metadata: "read",
  issues: "write",
  discussions: "write",
  contents: "read",
} as const;
export const EVENTS = [
  "issues",
  "issue_comment",
  "discussion",
  "discussion_comment",
  "label",
  "push",
  "repository",
];

export const BUG_FORM = `name: Bug report
description: Something is broken
labels: []
body:
  - type: input
    attributes: { label: Version }
    validations: { required: true }
  - type: textarea
    attributes: { label: Steps to reproduce }
    validations: { required: true }
  - type: textarea
    attributes: { label: Anything else }
`;

export interface World {
  sandbox: Sandbox;
  frontdesk: Frontdesk;
  /** Everything that was to happen has happened. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  settings?: string;
  sandbox?: SandboxOptions;
  permissions?: Record<string, "read" | "write">;
  /** A PostgreSQL instead of the embedded store. */
  databaseUrl?: string;
}

/** The unmodified app on a GitHub that runs here, installed on an organisation with a repository. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const sandbox = await createSandbox(options.sandbox);
  for (const login of ["mona", "maria", "octocat"]) sandbox.createUser(login);
  sandbox.createOrganization("octo-org", { admins: ["octocat"] });
  const files: Record<string, string> = {
    "README.md": "# Lantern\n",
    "SECURITY.md": "# Security\n\nWrite to security@example.com.\n",
    ".github/ISSUE_TEMPLATE/bug.yml": BUG_FORM,
  };
  if (options.settings !== undefined) files[".github/frontdesk.yml"] = options.settings;
  sandbox.createRepository(REPOSITORY, { files, hasDiscussions: true });
  sandbox.createRepository(SUPPORT, { private: true });
  sandbox.as("octocat").setRole(REPOSITORY, "maria", "triage");
  const app = sandbox.installApp({
    slug: "frontdesk",
    account: "octo-org",
    permissions: options.permissions ?? PERMISSIONS,
    events: EVENTS,
  });
  const dataDir = mkdtempSync(join(tmpdir(), "frontdesk-"));
  const frontdesk = await startFrontdesk({
    credentials: app,
    github: { host: sandbox.host, protocol: "http" },
    logLevel: process.env.LOG_LEVEL ?? "fatal",
    logFormat: "json",
    dataDir,
    databaseUrl: options.databaseUrl ?? null,
    host: "127.0.0.1",
    port: 0,
    ...(options.sandbox?.now ? { now: options.sandbox.now } : {}),
    reconcileSeconds: 3600,
    tickSeconds: 60,
  });
  sandbox.setWebhookUrl(`${frontdesk.url}${WEBHOOK_PATH}`);
  return {
    sandbox,
    frontdesk,
    async rest() {
      // Our writes come back as deliveries: quiet is when neither side has anything left, twice in a row.
      for (let quiet = 0; quiet < 2; quiet++) {
        await sandbox.settled();
        await frontdesk.desk.queue.idle();
      }
    },
    async close() {
      await frontdesk.stop();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What our own comments on a thread say. */
export function ownComments(sandbox: Sandbox, place: Opened): string[] {
  return sandbox
    .comments(place)
    .filter(({ author }) => author === SELF)
    .map(({ body }) => body);
}

export interface Report {
  title: string;
  body: string;
  labels?: string[];
}

export const KINDS_OF_THREADS = ["issue", "discussion"] as const;

/** Opens an issue or a discussion. */
export function open(sandbox: Sandbox, kind: "issue" | "discussion", as: string, report: Report): Opened {
  const person = sandbox.as(as);
  return kind === "issue" ? person.openIssue(REPOSITORY, report) : person.openDiscussion(REPOSITORY, report);
}
