import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import type { Frontdesk } from "../../src/app.ts";
import { startFrontdesk, WEBHOOK_PATH } from "../../src/app.ts";
import type {
  InstalledApp,
  Opened,
  Place,
  RequestLine,
  Sandbox,
  SandboxOptions,
} from "../../src/sandbox/sandbox.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import type { Surroundings } from "../../src/notify/receiver.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";

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

interface LogLine {
  level: number;
  msg: string;
  [field: string]: unknown;
}

const WARN = 40;
const ERROR = 50;

export interface World {
  sandbox: Sandbox;
  frontdesk: Frontdesk;
  app: InstalledApp;
  /** Where the embedded store is. */
  dataDir: string;
  /** What the desk logged, from info upwards. */
  logs: LogLine[];
  /** The clock of the sandbox and of the desk goes on by so many seconds, unless the story brings its own. */
  pass(seconds: number): void;
  /** Everything that was to happen has happened. */
  rest(): Promise<void>;
  /** Another public repository of the organisation, with the same files and its own settings. */
  repository(name: string, settings?: string): string;
  ticket(place: Place): Promise<Ticket | null>;
  close(): Promise<void>;
}

export interface WorldOptions {
  settings?: string;
  /** Text of `.github/frontdesk.yml` in the organisation's `.github` and `.github-private`. */
  organisation?: { public?: string; private?: string };
  sandbox?: SandboxOptions;
  permissions?: Record<string, "read" | "write">;
  /** The secret of the sponsors webhook, and whose token reads who sponsors. */
  sponsors?: { secret?: string; owner?: string };
  /** More of the furniture, before the app comes. */
  furnish?: (sandbox: Sandbox) => void;
  /** Webhook events beside those of app.yml. */
  events?: string[];
  /** Where notices may go, and what the environment says of it. */
  surroundings?: Surroundings;
  /** A PostgreSQL instead of the embedded store. */
  databaseUrl?: string;
  /** The bearer token of the API and of `/metrics`. */
  apiToken?: string;
  /** A story that makes the desk log errors says so; every other world fails when one is logged. */
  errors?: boolean;
}

/** The unmodified app on a GitHub that runs here, installed on an organisation with a repository. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  let passed = 0;
  const now = options.sandbox?.now ?? (() => Date.now() + passed);
  const sandbox = await createSandbox({ ...options.sandbox, now });
  furnish(sandbox, options);
  options.furnish?.(sandbox);
  const app = sandbox.installApp({
    slug: "frontdesk",
    account: "octo-org",
    permissions: options.permissions ?? PERMISSIONS,
    events: [...EVENTS, ...(options.events ?? [])],
  });
  const dataDir = mkdtempSync(join(tmpdir(), "frontdesk-"));
  const logs: LogLine[] = [];
  const write = (line: string) => void logs.push(JSON.parse(line) as LogLine);
  const frontdesk = await startFrontdesk({
    credentials: app,
    github: { host: sandbox.host, protocol: "http" },
    logLevel: "info",
    logFormat: "json",
    log: pino({ level: "info" }, { write }),
    dataDir,
    databaseUrl: options.databaseUrl ?? null,
    apiToken: options.apiToken ?? null,
    ...options.surroundings,
    sponsorsSecret: options.sponsors?.secret ?? null,
    sponsorsToken: options.sponsors?.owner ? sandbox.tokenOf(options.sponsors.owner) : null,
    host: "127.0.0.1",
    port: 0,
    // The rounds are their own tests' business: here every change comes by webhook.
    reconcileSeconds: 3600,
    tickSeconds: 3600,
    now,
  });
  sandbox.setWebhookUrl(`${frontdesk.url}${WEBHOOK_PATH}`);
  await until(() => logs.some(({ msg }) => msg === "looked for what was missed"));
  // The repositories' settings and old threads are read in the background.
  await frontdesk.desk.queue.idle();
  return {
    sandbox,
    frontdesk,
    app,
    dataDir,
    logs,
    pass(seconds) {
      passed += seconds * 1000;
    },
    async rest() {
      // Our writes come back as deliveries: quiet is when neither side has anything left, twice in a row.
      for (let quiet = 0; quiet < 2; quiet++) {
        await sandbox.settled();
        await frontdesk.desk.queue.idle();
      }
    },
    repository(name, settings) {
      const fullName = `octo-org/${name}`;
      sandbox.createRepository(fullName, { files: filesWith(settings), hasDiscussions: true });
      sandbox.as("octocat").setRole(fullName, "maria", "triage");
      return fullName;
    },
    ticket: ({ repository, number }) => {
      const home = [...sandbox.state.repositories.values()].find(
        (one) => one.name === repository.split("/")[1],
      );
      return frontdesk.desk.store.read("ticket", `${home?.id}/${number}`);
    },
    async close() {
      await frontdesk.stop();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
      const errors = logs.filter(({ level }) => level >= ERROR);
      if (!options.errors && errors.length > 0) throw new Error(JSON.stringify(errors, null, 1));
    },
  };
}

/** An organisation with a repository and its people. */
export function furnish(sandbox: Sandbox, { settings, organisation = {} }: WorldOptions): void {
  for (const login of ["mona", "maria", "octocat"]) sandbox.createUser(login);
  sandbox.createOrganization("octo-org", { admins: ["octocat"] });
  sandbox.createRepository(REPOSITORY, { files: filesWith(settings), hasDiscussions: true });
  sandbox.createRepository(SUPPORT, { private: true });
  const homes = { ".github": organisation.public, ".github-private": organisation.private };
  for (const [name, text] of Object.entries(homes)) {
    if (text === undefined) continue;
    const files = { [SETTINGS]: text };
    sandbox.createRepository(`octo-org/${name}`, { files, private: name === ".github-private" });
  }
  sandbox.as("octocat").setRole(REPOSITORY, "maria", "triage");
}

export const SETTINGS = ".github/frontdesk.yml";

function filesWith(settings: string | undefined): Record<string, string> {
  return {
    "README.md": "# Lantern\n",
    "SECURITY.md": "# Security\n\nWrite to security@example.com.\n",
    ".github/ISSUE_TEMPLATE/bug.yml": BUG_FORM,
    ...(settings === undefined ? {} : { [SETTINGS]: settings }),
  };
}

/** Waits until something is so, which is soon; looks every `pause` milliseconds. */
export async function until(so: () => Promise<boolean> | boolean, pause = 10): Promise<void> {
  const patience = Date.now() + 25_000;
  while (!(await so())) {
    if (Date.now() > patience) throw new Error("it did not come to be within 25 s");
    await sleep(pause);
  }
}

/** What our own comments on a thread say. */
export function ownComments(sandbox: Sandbox, place: Place): string[] {
  return ownSaid(sandbox, place).map(({ body }) => body);
}

/** Our own comments on a thread. */
export function ownSaid(sandbox: Sandbox, place: Place) {
  return sandbox.comments(place).filter(({ author }) => author === SELF);
}

/** What the app asked of GitHub since the `from`th request, tokens left out. */
export function requestsSince(sandbox: Sandbox, from: number): RequestLine[] {
  return sandbox.requests
    .slice(from)
    .filter(({ path, actor }) => actor === SELF && !/access_tokens|\/api\/v3\/app/.test(path));
}

/** Lines of the log from warnings upwards. */
export function warnings({ logs }: World): LogLine[] {
  return logs.filter(({ level }) => level >= WARN);
}

export interface Report {
  title: string;
  body: string;
  labels?: string[];
}

/** For `describe.each`: every story is told of both. */
export const KINDS_OF_THREADS = [
  ["an issue", "issue"],
  ["a discussion", "discussion"],
] as const;
export type KindOfThread = (typeof KINDS_OF_THREADS)[number][1];

/** Opens an issue or a discussion. */
export function open(
  sandbox: Sandbox,
  kind: KindOfThread,
  as: string,
  report: Report,
  repository = REPOSITORY,
): Opened {
  const person = sandbox.as(as);
  return kind === "issue" ? person.openIssue(repository, report) : person.openDiscussion(repository, report);
}
