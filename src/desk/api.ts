import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Kind } from "../learning/kind.ts";
import { courseOf } from "../reports/course.ts";
import { type Satisfaction, satisfaction } from "../reports/metrics/satisfaction.ts";
import type { Period } from "../reports/period.ts";
import type { Tally } from "../reports/tally.ts";
import type { Repository } from "../ticket/repository.ts";
import { isAdmitted } from "./access.ts";
import type { Desk } from "./desk.ts";
import { FeedbackInput, takeFeedback } from "./feedback.ts";
import { readBody } from "./http-body.ts";
import { MAX_BODY_BYTES } from "./receive.ts";

/** Requests a minute that one process answers: surveys send tens a day. */
const MOST_A_MINUTE = 600;
const MINUTE_MS = 60_000;

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
  const admit = atMost(MOST_A_MINUTE, desk.now);
  return async (
    path: string | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> => {
    if (path !== "/api/feedback" && path !== "/api/satisfaction") return false;
    const answer = await answerTo(desk, path, request, token, admit);
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
  admit: () => number,
): Promise<Answer> {
  const method = path === "/api/feedback" ? "POST" : "GET";
  if (request.method !== method) {
    return { ...refusal(405, "method", `${path} takes ${method}`), headers: { allow: method } };
  }
  if (!isAdmitted(request, token)) {
    return refusal(
      401,
      "authorization",
      "send the bearer token of FRONTDESK_API_TOKEN, or ask from the desk's own machine",
    );
  }
  const wait = admit();
  if (wait > 0) {
    const headers = { "retry-after": String(Math.ceil(wait / 1_000)) };
    return { ...refusal(429, "", `at most ${MOST_A_MINUTE} requests a minute are answered`), headers };
  }
  return path === "/api/feedback" ? feedback(desk, request) : figures(desk, request);
}

/** How long to wait for the next request; 0: go on. A window a minute is enough to stop what runs wild. */
function atMost(limit: number, now: () => number): () => number {
  let from = 0;
  let count = 0;
  return () => {
    const at = now();
    if (at - from >= MINUTE_MS) [from, count] = [at, 0];
    count += 1;
    return count > limit ? from + MINUTE_MS - at : 0;
  };
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
  return issues.flatMap(({ path, message, ...issue }) => {
    const unknown = issue.code === "unrecognized_keys" ? (issue as { keys: string[] }).keys : [];
    if (unknown.length > 0) return unknown.map((key) => ({ path: key, message: "is no field of feedback" }));
    return [{ path: path.join("."), message }];
  });
}

async function repositoryNamed(desk: Desk, fullName: string): Promise<Repository | null> {
  const all = await desk.store.repositories();
  return all.find((one) => !one.gone && one.fullName.toLowerCase() === fullName.toLowerCase()) ?? null;
}

const instant = z
  .string()
  .refine(
    (text) => Number.isFinite(Date.parse(text)),
    "must be a time such as 2026-03-02 or 2026-03-02T09:00:00Z",
  )
  .transform((text) => Date.parse(text));

const Query = z.strictObject({
  repository: FeedbackInput.shape.repository,
  since: instant.optional(),
  until: instant.optional(),
});

async function figures(desk: Desk, request: IncomingMessage): Promise<Answer> {
  const { searchParams } = new URL(request.url ?? "", "http://localhost");
  const { data, error } = Query.safeParse(Object.fromEntries(searchParams));
  if (error) return { status: 400, body: { errors: faults(error) } };
  const { since = 0, until = desk.now() } = data;
  if (since > until) return refusal(400, "since", "must not be after until");
  const repository = await repositoryNamed(desk, data.repository);
  if (!repository) return refusal(404, "repository", `the desk does not serve ${data.repository}`);
  return { status: 200, body: await satisfactionOf(desk, repository, { since, until }) };
}

/** All tickets of a repository, and those of each kind. */
async function satisfactionOf(desk: Desk, { id }: Repository, period: Period): Promise<unknown> {
  const all = satisfaction(period);
  const byKind = new Map<Kind | "unknown", Tally<Satisfaction>>();
  for await (const ticket of desk.store.tickets({ repositoryId: id })) {
    const course = courseOf(ticket);
    const kind = ticket.triage?.kind ?? "unknown";
    const own = byKind.get(kind) ?? satisfaction(period);
    byKind.set(kind, own);
    for (const tally of [all, own]) tally.add(course);
  }
  const shown = ({ csat, net }: Satisfaction) => ({
    rated: csat.whole,
    satisfied: csat.part,
    csat: csat.share,
    interval: csat.interval,
    net,
  });
  const rated = [...byKind].map(([kind, tally]) => [kind, shown(tally.result())] as const);
  return {
    ...shown(all.result()),
    byKind: Object.fromEntries(rated.filter(([, figure]) => figure.rated > 0)),
  };
}
