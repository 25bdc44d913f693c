import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import type { Repository } from "../ticket/repository.ts";
import { isAdmitted } from "./access.ts";
import type { Desk } from "./desk.ts";
import { FeedbackInput, takeFeedback } from "./feedback.ts";
import { readBody } from "./http-body.ts";
import { atMostAMinute } from "./rate-limit.ts";
import { MAX_BODY_BYTES } from "./receive.ts";
import { SatisfactionQuery, satisfactionOf } from "./satisfaction.ts";

/** Requests a minute that one process answers an address: surveys send tens a day. */
const MOST_A_MINUTE = 600;

/** Faults that an answer names: a body of 25 MB can have hundreds of thousands. */
const MOST_FAULTS = 20;

interface Fault {
  path: string;
  message: string;
}
interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const refusal = (status: number, path: string, message: string): Answer => ({
  status,
  body: { errors: [{ path, message }] },
});

/**
 * `POST /api/feedback` and `GET /api/satisfaction`, for surveys and dashboards elsewhere. True when the request was for
 * one of them.
 */
export function createApi(desk: Desk, token: string | null) {
  const wait = atMostAMinute(MOST_A_MINUTE, desk.now);
  return async (
    path: string | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> => {
    if (path !== "/api/feedback" && path !== "/api/satisfaction") return false;
    const answer = await answerTo(desk, path, request, token, wait).catch((err: unknown) => {
      // A sender who goes away before the end is no fault of ours.
      desk.log[request.complete ? "error" : "info"]({ err }, "could not answer a request of the API");
      return refusal(500, "", "the desk failed: send it again later");
    });
    const headers = { "content-type": "application/json", "cache-control": "no-store", ...answer.headers };
    response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
    return true;
  };
}

async function answerTo(
  desk: Desk,
  path: "/api/feedback" | "/api/satisfaction",
  request: IncomingMessage,
  token: string | null,
  wait: (caller: string) => number,
): Promise<Answer> {
  const method = path === "/api/feedback" ? "POST" : "GET";
  if (request.method !== method) {
    return { ...refusal(405, "method", `${path} takes ${method}`), headers: { allow: method } };
  }
  const admitted = isAdmitted(request, token);
  // Who guesses tokens through a proxy does not use up what is for those who have one.
  const ms = wait(`${admitted ? "" : "refused "}${request.socket.remoteAddress}`);
  if (ms > 0) {
    const headers = { "retry-after": String(Math.ceil(ms / 1_000)) };
    return { ...refusal(429, "", `at most ${MOST_A_MINUTE} requests a minute are answered`), headers };
  }
  if (!admitted) {
    const how =
      "send the bearer token of FRONTDESK_API_TOKEN, or ask from the desk's own machine, by no proxy or page";
    return { ...refusal(401, "authorization", how), headers: { "www-authenticate": "Bearer" } };
  }
  return path === "/api/feedback" ? feedback(desk, request) : figures(desk, request);
}

async function feedback(desk: Desk, request: IncomingMessage): Promise<Answer> {
  const text = await readBody(request, MAX_BODY_BYTES);
  if (text === null) return refusal(413, "", "the body is over 25 MB");
  const json = parsed(text);
  if (json === undefined) return refusal(400, "", "the body is not JSON");
  const { data, error } = FeedbackInput.safeParse(json);
  if (error) return { status: 400, body: { errors: faults(error) } };
  const repository = await repositoryNamed(desk, data.repository);
  if (!repository) return refusal(404, "repository", `the desk does not serve ${data.repository}`);
  switch (await takeFeedback(desk, repository, data)) {
    case "stored":
      return { status: 201, body: { status: "stored" } };
    case "known":
      return { status: 200, body: { status: "known" } };
    case "unknown":
      return refusal(404, "number", `${data.repository}#${data.number} is no ticket of the desk's`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faults({ issues }: z.ZodError): Fault[] {
  const all = issues.flatMap(({ path, message, ...issue }) => {
    const unknown = issue.code === "unrecognized_keys" ? (issue as { keys: string[] }).keys : [];
    if (unknown.length > 0) return unknown.map((key) => ({ path: key, message: "is no field of feedback" }));
    return [{ path: path.join("."), message }];
  });
  return all.slice(0, MOST_FAULTS);
}

async function repositoryNamed(desk: Desk, fullName: string): Promise<Repository | null> {
  const all = await desk.store.repositories();
  return all.find((one) => !one.gone && one.fullName.toLowerCase() === fullName.toLowerCase()) ?? null;
}

async function figures(desk: Desk, request: IncomingMessage): Promise<Answer> {
  const { searchParams } = new URL(request.url ?? "", "http://localhost");
  const names = [...new Set(searchParams.keys())];
  const given = Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)]));
  const { data, error } = SatisfactionQuery.safeParse(given);
  if (error) return { status: 400, body: { errors: faults(error) } };
  const { since = 0, until = desk.now() } = data;
  const repository = await repositoryNamed(desk, data.repository);
  if (!repository) return refusal(404, "repository", `the desk does not serve ${data.repository}`);
  return { status: 200, body: await satisfactionOf(desk, repository, { since, until }) };
}
