import type { IncomingMessage, ServerResponse } from "node:http";
import { Webhooks } from "@octokit/webhooks";
import { scopeOf } from "../github/route.ts";
import { sponsoredScopeOf } from "../github/sponsors.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { count } from "./counters.ts";
import type { Desk } from "./desk.ts";
import { readBody } from "./http-body.ts";

/** GitHub sends nothing larger; https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap */
export const MAX_BODY_BYTES = 25 * 1024 * 1024;

type Intake = Pick<Desk, "store" | "queue" | "log" | "now" | "memory">;
type Reply = [status: number, body: Record<string, string>];

/** One of the desk's doors: whose secret signs, and where a delivery belongs (null: it is nothing for us). */
export interface Door {
  secret: string;
  /** The variable that holds the secret. */
  variable: string;
  scopeOf: (event: string, payload: unknown) => ScopeKey | null;
}

/** The App's own deliveries. */
export function appDoor(secret: string): Door {
  return { secret, variable: "WEBHOOK_SECRET", scopeOf };
}

/** Those of an account's GitHub Sponsors dashboard, which Apps are not sent. */
export function sponsorsDoor(secret: string): Door {
  return { secret, variable: "FRONTDESK_SPONSORS_SECRET", scopeOf: sponsoredScopeOf };
}

/**
 * The door for GitHub's deliveries: verify, make durable, answer, wake a worker. Nothing is decided here, so that the
 * answer never waits for GitHub. 202: taken; 200: known, or nothing for us; 400, 401, 413: refused, nothing stored;
 * 500: could not be stored, GitHub shows it as failed and it can be sent again.
 */
export function createReceiver(desk: Intake, door: Door) {
  const webhooks = new Webhooks({ secret: door.secret });
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [status, body] = await receive(desk, door, webhooks, request);
    count(desk.memory.counters, "frontdesk_deliveries_total", { outcome: body.status ?? "refused" });
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
}

async function receive(
  desk: Intake,
  door: Door,
  webhooks: Webhooks,
  request: IncomingMessage,
): Promise<Reply> {
  const id = header(request, "x-github-delivery");
  const event = header(request, "x-github-event");
  const signature = header(request, "x-hub-signature-256");
  if (!id || !event || !signature) {
    return [400, { error: "A delivery needs X-GitHub-Delivery, X-GitHub-Event and X-Hub-Signature-256." }];
  }
  const text = await readBody(request, MAX_BODY_BYTES);
  if (text === null) return [413, { error: "The body is over 25 MB." }];
  if (!(await webhooks.verify(text, signature).catch(() => false))) {
    const { variable } = door;
    desk.log.warn({ delivery: id, event, variable }, "refused a delivery: its signature does not match");
    return [401, { error: "The signature does not match." }];
  }
  return accept(desk, door, id, event, text);
}

async function accept(desk: Intake, door: Door, id: string, event: string, text: string): Promise<Reply> {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    desk.log.warn({ delivery: id, event }, "refused a delivery: its body is not JSON");
    return [400, { error: "The body is not JSON. Set the webhook's content type to application/json." }];
  }
  const scope = door.scopeOf(event, payload);
  if (!scope) return [200, { status: "ignored" }];
  const stored = await desk.store.receive({ id, event, scope, payload: text, receivedAt: desk.now() });
  if (!stored) return [200, { status: "known" }];
  desk.log.debug({ delivery: id, event, scope }, "took a delivery");
  await desk.queue.push(scope);
  return [202, { status: "accepted" }];
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" && value.length > 0 && value.length < 300 ? value : null;
}
