import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import type { ApplicationFunction, Probot } from "probot";
import { createNodeMiddleware, createProbot } from "probot";
import { createApi } from "./desk/api.ts";
import type { Desk } from "./desk/desk.ts";
import { newMemory } from "./desk/desk.ts";
import { health } from "./desk/health.ts";
import { appDoor, createReceiver, sponsorsDoor } from "./desk/receive.ts";
import { metrics } from "./desk/metrics.ts";
import { takeUp } from "./desk/start.ts";
import { work } from "./desk/work.ts";
import type { Limits } from "./github/budget.ts";
import { clientsOf, DeskOctokit } from "./github/client.ts";
import { loadShippedModel } from "./desk/model.ts";
import type { InProcessOptions } from "./queue/in-process.ts";
import { createInProcessQueue } from "./queue/in-process.ts";
import type { PostgresQueue } from "./queue/leased-queue.ts";
import type { Queue } from "./queue/queue.ts";
import { openLowdbStore } from "./store/lowdb/open.ts";
import type { Store } from "./store/store.ts";

export const WEBHOOK_PATH = "/api/github/webhooks";
export const SPONSORS_PATH = "/api/sponsors/webhooks";

/** How many tickets are worked on at once: GitHub answers in 50 to 300 ms, so this keeps one core busy. */
const CONCURRENCY = 16;

export interface Frontdesk {
  desk: Desk;
  server: Server;
  url: string;
  /** Takes no more deliveries, lets what runs finish, closes the store. Resolves when all is durable. */
  stop(): Promise<void>;
}

export interface FrontdeskOptions {
  credentials: { appId: number; privateKey: string; webhookSecret: string };
  /** Another GitHub than github.com. */
  github: { host: string; protocol: string } | null;
  /** Folder of the embedded store, for one process; not used when there is a database. */
  dataDir: string;
  /** A PostgreSQL that any number of processes share. */
  databaseUrl: string | null;
  host: string;
  /** 0: any free port. */
  port: number;
  /** The bearer token of the API and of `/metrics`; null or left out: only this machine may ask. */
  apiToken?: string | null;
  logLevel: string;
  logFormat: string;
  reconcileSeconds: number;
  tickSeconds: number;
  /** Of the sponsors webhook; without it the path is not there. */
  sponsorsSecret?: string | null;
  /** An owner's token, to read who sponsors. */
  sponsorsToken?: string | null;
  /** Hosts that notices may go to; left out: none. */
  allowedHosts?: readonly string[];
  /** The environment's variables, of which the settings name some. */
  variables?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** GitHub's secondary limits; left out: github.com's. */
  limits?: Limits;
  /** How the queue of a single process waits, beside a `now` that is simulated. */
  after?: InProcessOptions["after"];
  /** Where to log; left out: standard output, as `logLevel` and `logFormat` say. */
  log?: Logger;
}

/** Starts the desk: store, queue, door. */
export async function startFrontdesk(options: FrontdeskOptions): Promise<Frontdesk> {
  const { now = Date.now } = options;
  const overrides = { Octokit: DeskOctokit, ...(options.log ? { log: options.log } : {}) };
  const probot = createProbot({ env: probotEnvironment(options), overrides });
  await probot.ready();
  const log = probot.log.child({ name: "frontdesk" });
  const { store, queue } = await openStoreAndQueue(options, now, log);
  const { sponsorsToken = null } = options;
  const clients = clientsOf(probot, now, {
    ...(options.limits ? { limits: options.limits } : {}),
    ownerToken: sponsorsToken,
  });
  const desk: Desk = {
    store,
    queue,
    clients,
    model: await loadShippedModel(),
    self: "",
    log,
    surroundings: { variables: options.variables ?? {}, allowedHosts: options.allowedHosts ?? [] },
    now,
    memory: newMemory(),
  };
  const server = await listen(probot, desk, options);
  const working = takeUp(desk, (scope) => work(desk, scope), options);
  const stop = async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
    await working.stop();
    await store.close();
  };
  const { address, port, family } = server.address() as AddressInfo;
  const host = family === "IPv6" ? `[${address}]` : address;
  return { desk, server, url: `http://${host}:${port}`, stop };
}

async function openStoreAndQueue(
  { databaseUrl, dataDir, after }: FrontdeskOptions,
  now: () => number,
  log: Probot["log"],
): Promise<{ store: Store; queue: Queue }> {
  if (databaseUrl === null) {
    const store = await openLowdbStore({ dir: dataDir, now, onDamage: (message) => log.error(message) });
    return { store, queue: createInProcessQueue({ concurrency: CONCURRENCY, now, after }) };
  }
  // Loaded only here: what a desk in a folder does not need costs it 60 ms at start.
  const { createPostgresQueue } = await import("./queue/postgres.ts");
  const { openPostgresStore } = await import("./store/postgres/open.ts");
  const onError = (err: Error) => log.error({ err }, "the database failed: will try again");
  const queue = await createPostgresQueue({ url: databaseUrl, concurrency: CONCURRENCY, onError });
  const enqueue: PostgresQueue["enqueue"] = (execute, scope) => queue.enqueue(execute, scope);
  return { store: await openPostgresStore({ url: databaseUrl, now, enqueue, onError }), queue };
}

/** What Probot reads from the environment, from what we have read and judged ourselves. */
function probotEnvironment({
  credentials,
  github,
  logLevel,
  logFormat,
}: FrontdeskOptions): NodeJS.ProcessEnv {
  return {
    APP_ID: String(credentials.appId),
    PRIVATE_KEY: credentials.privateKey,
    WEBHOOK_SECRET: credentials.webhookSecret,
    LOG_LEVEL: logLevel,
    LOG_FORMAT: logFormat,
    ...(github ? { GHE_HOST: github.host, GHE_PROTOCOL: github.protocol } : {}),
  } as NodeJS.ProcessEnv;
}

/** The app as Probot knows it: its routes come before Probot's own, so that a delivery is durable before it is answered. */
function application(
  desk: Desk,
  { credentials, sponsorsSecret, apiToken = null }: FrontdeskOptions,
): ApplicationFunction {
  const doors = new Map([[WEBHOOK_PATH, createReceiver(desk, appDoor(credentials.webhookSecret))]]);
  if (sponsorsSecret) doors.set(SPONSORS_PATH, createReceiver(desk, sponsorsDoor(sponsorsSecret)));
  const api = createApi(desk, apiToken);
  return (_app, { addHandler }) => {
    addHandler(async (request: IncomingMessage, response: ServerResponse) => {
      const path = request.url?.split("?", 1)[0];
      const receive = request.method === "POST" ? doors.get(path ?? "") : undefined;
      if (receive) {
        await receive(request, response);
        return true;
      }
      if (await api(path, request, response)) return true;
      if (await metrics(desk, apiToken, path, request, response)) return true;
      return health(desk, path, request, response);
    });
  };
}

async function listen(probot: Probot, desk: Desk, options: FrontdeskOptions): Promise<Server> {
  const app = application(desk, options);
  const middleware = await createNodeMiddleware(app, { probot, webhooksPath: WEBHOOK_PATH });
  const server = createServer((request, response) => {
    const next = () => {
      response.writeHead(404, { "content-type": "application/json" }).end('{"error":"not found"}');
    };
    Promise.resolve(middleware(request, response, next)).catch((error: unknown) =>
      desk.log.error({ err: error }, "a request failed"),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  return server;
}
