import type { IncomingMessage } from "node:http";
import { type Caller, callerOf } from "../caller.ts";
import { Refusal } from "../state/refusal.ts";
import type { World } from "../state/world.ts";
import { appOfJwt, looksLikeJwt } from "./jwt.ts";

/** A request with its body read. */
export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  accept: string;
  authorization: string;
  body: string;
}

/** Reads a request whole. */
export async function readRequest(message: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? "/", "http://sandbox");
  return {
    method: message.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    accept: message.headers.accept ?? "",
    authorization: message.headers.authorization ?? "",
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

/** Who sends this: `Bearer`, `token` or the password of `Basic`. */
export function authenticate(world: World, authorization: string, tokenTime: number): Caller {
  if (authorization === "") return { as: "nobody" };
  const [scheme = "", rest = ""] = authorization.split(/\s+/, 2);
  const token = scheme.toLowerCase() === "basic" ? passwordOf(rest) : rest;
  if (looksLikeJwt(token)) return { as: "app", app: appOfJwt(world.state, token, tokenTime) };
  return callerOf(world.state, world.state.tokens.get(token), tokenTime);
}

function passwordOf(basic: string): string {
  return Buffer.from(basic, "base64").toString("utf8").split(":")[1] ?? "";
}

/** The JSON of a body; nothing at all is an empty object. */
export function parseBody(body: string): Record<string, unknown> {
  if (body.trim() === "") return {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (parsed !== null && typeof parsed === "object") return parsed as Record<string, unknown>;
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
  throw new Refusal(400, "Body should be a JSON object");
}
