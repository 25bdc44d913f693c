import { randomUUID } from "node:crypto";
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Caller, nameOf } from "../caller.ts";
import type { Faults, RequestFault } from "../faults.ts";
import { answerGraphql, costOfDocument } from "../graphql/endpoint.ts";
import { officialSchema } from "../graphql/schema.ts";
import { answerPage } from "../pages/pages.ts";
import type { World } from "../state/world.ts";
import { answerError, limited, plain } from "./answer-error.ts";
import type { Cost, Meter } from "./limits.ts";
import { authenticate, parseBody, type Request, readRequest } from "./request.ts";
import type { Answer } from "./route.ts";
import { type Match, match } from "./router.ts";

/** One line of the sandbox's own log of what it was asked. */
export interface RequestLine {
  method: string;
  path: string;
  /** GraphQL: the operation's first words. */
  about: string | null;
  actor: string;
  status: number;
  isWrite: boolean;
  /** No route of that kind: something that this GitHub does not have. */
  unknown: boolean;
  at: number;
}

export interface ServerOptions {
  world: World;
  meter: Meter;
  faults: Faults;
  /** How long every answer takes. */
  latencyMs: number;
  tokenClock: () => number;
  redeliver: (deliveryId: number) => void;
  requests: RequestLine[];
}

const API = "/api/v3";
const GRAPHQL = "/api/graphql";

interface Outcome {
  answer: Answer;
  line: RequestLine;
}

/** The HTTP face: REST under /api/v3, GraphQL under /api/graphql, pages everywhere else. */
export function createServer(options: ServerOptions): Server {
  let count = 0;
  return createHttpServer((message, response) => {
    void readRequest(message).then(async (request) => {
      const fault = options.faults.onRequest?.({ ...request, count: ++count });
      if (fault?.do === "delay") await sleep(fault.ms);
      if (options.latencyMs > 0) await sleep(options.latencyMs);
      if (!spoils(fault)) return finish(options, response, await handle(options, request));
      if ("after" in fault && fault.after) options.requests.push((await handle(options, request)).line);
      spoil(fault, message, response);
    });
  });
}

type Spoiling = Exclude<RequestFault, { do: "delay" }>;

function spoils(fault: RequestFault | undefined): fault is Spoiling {
  return fault !== undefined && fault.do !== "delay";
}

function spoil(fault: Spoiling, message: IncomingMessage, response: ServerResponse): void {
  switch (fault.do) {
    case "reset":
      message.socket.resetAndDestroy();
      break;
    case "answer":
      write(response, plain(fault.status, "Server Error"));
      break;
    case "secondary-limit":
      write(response, limited("secondary", fault.retryAfter, "this installation", "core"));
      break;
  }
}

function finish(options: ServerOptions, response: ServerResponse, { answer, line }: Outcome): void {
  options.requests.push(line);
  write(response, answer);
}

function write(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const raw = typeof body === "string" || Buffer.isBuffer(body);
  const content = body === undefined ? "" : raw ? body : JSON.stringify(body);
  response.writeHead(status, {
    ...(body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
    "x-github-request-id": randomUUID(),
    "x-github-media-type": "github.v3; format=json",
    ...headers,
  });
  response.end(content);
}

async function handle(options: ServerOptions, request: Request): Promise<Outcome> {
  const { world } = options;
  const line: RequestLine = {
    method: request.method,
    path: request.path,
    about: null,
    actor: "nobody",
    status: 0,
    isWrite: request.method !== "GET" && request.method !== "HEAD",
    unknown: false,
    at: world.now(),
  };
  const answer = await route(options, request, line);
  line.status = answer.status;
  return { answer, line };
}

async function route(options: ServerOptions, request: Request, line: RequestLine): Promise<Answer> {
  const isGraphql = request.path === GRAPHQL;
  if (!isGraphql && !request.path.startsWith(`${API}/`)) return answerPage(options.world, request.path);
  try {
    const caller = authenticate(options.world, request.authorization, options.tokenClock());
    line.actor = nameOf(options.world.state, caller);
    return isGraphql ? await graphql(options, request, line, caller) : rest(options, request, line, caller);
  } catch (error) {
    return answerError(error);
  }
}

/** What limits are counted by: each installation has its own. */
function payer(caller: Caller): string {
  switch (caller.as) {
    case "installation":
      return `installation ID ${caller.installation.id}`;
    case "app":
      return `app ID ${caller.app.id}`;
    case "user":
      return `user ID ${caller.account.id}`;
    case "nobody":
      return "this address";
  }
}

function charged(options: ServerOptions, caller: Caller, cost: Cost, work: () => Answer): Answer {
  const who = payer(caller);
  const { headers, refused } = options.meter.charge(who, cost);
  const answer = refused ? limited(refused.limit, refused.seconds, who, cost.resource) : work();
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

async function graphql(
  options: ServerOptions,
  request: Request,
  line: RequestLine,
  caller: Caller,
): Promise<Answer> {
  const schema = await officialSchema();
  const input = parseBody(request.body);
  const query = String(input.query ?? "");
  const { isWrite, content } = costOfDocument(query);
  line.isWrite = isWrite;
  line.about = query.replace(/\s+/g, " ").trim().slice(0, 120);
  const cost: Cost = { resource: "graphql", primary: 1, points: isWrite ? 5 : 1, content };
  const { world, meter } = options;
  return charged(options, caller, cost, () => {
    const rateLimit = () => meter.overview(payer(caller)).graphql;
    return answerGraphql(schema, { world, caller, rateLimit }, query, input.variables);
  });
}

/** The operations that make content that notifies people. */
const CONTENT = /^POST \/repos\/[^/]+\/[^/]+\/issues(\/\d+\/comments)?$/;

function rest(options: ServerOptions, request: Request, line: RequestLine, caller: Caller): Answer {
  const path = request.path.slice(API.length);
  const content = CONTENT.test(`${request.method} ${path}`) ? 1 : 0;
  const primary = path === "/rate_limit" ? 0 : 1;
  const cost: Cost = { resource: "core", primary, points: line.isWrite ? 5 : 1, content };
  return charged(options, caller, cost, () => {
    const found = match(request.method, path);
    line.unknown = found === null;
    if (!found) return plain(404, "Not Found");
    return dispatch(options, request, found, caller);
  });
}

function dispatch(
  options: ServerOptions,
  request: Request,
  { route, params }: Match,
  caller: Caller,
): Answer {
  const { world, redeliver, meter } = options;
  try {
    return route.handle({
      world,
      caller,
      params,
      query: request.query,
      input: parseBody(request.body),
      accept: request.accept,
      tokenTime: options.tokenClock(),
      redeliver,
      rateLimit: () => meter.overview(payer(caller)),
    });
  } catch (error) {
    return answerError(error);
  }
}
