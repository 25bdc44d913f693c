import type { IncomingMessage, ServerResponse } from "node:http";
import type { Desk } from "./desk.ts";

/** `/healthz`: the process lives. `/readyz`: store and queue answer, and we may work. True when it was one of them. */
export async function health(
  desk: Desk,
  path: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  if (path === "/healthz") return send(response, 200, { status: "alive" });
  if (path !== "/readyz") return false;
  const reasons = await obstacles(desk);
  return reasons.length === 0
    ? send(response, 200, { status: "ready" })
    : send(response, 503, { status: "not ready", reasons });
}

async function obstacles(desk: Desk): Promise<string[]> {
  const reasons: string[] = [];
  const reason = (what: string) => (error: unknown) => {
    reasons.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  };
  await Promise.all([desk.store.ping().catch(reason("store")), desk.queue.ping().catch(reason("queue"))]);
  if (desk.memory.pulse.alarm !== null) reasons.push(`heartbeat: ${desk.memory.pulse.alarm}`);
  if (desk.self === "") reasons.push("github: it has not told us yet who we are (GET /app)");
  return reasons;
}

function send(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
  return true;
}
