import { BudgetExhausted, type Headers } from "./budget.ts";

/** What a failed call to GitHub means for the work that needed it. `reason` is for the log and the ticket. */
export type Failure =
  /** Network, timeout, 5xx: tried again, not counted as an attempt. */
  | { type: "passing"; reason: string }
  /** A rate limit: tried again, at `until` (milliseconds since 1970) if GitHub says when. */
  | { type: "limit"; reason: string; until: number | null }
  /** Missing permission, archived, locked, suspended: GitHub will say no again until a person changes something. */
  | { type: "forbidden"; reason: string }
  /** The thing is not there (any more), or not for us to see. */
  | { type: "gone"; reason: string }
  /** GitHub understood and refused the content. */
  | { type: "invalid"; reason: string }
  /** Ours. */
  | { type: "bug"; reason: string };

/** Octokit's RequestError, told by its shape: several versions of its class may be loaded. */
interface RequestFailure extends Error {
  status: number;
  response?: { headers?: Headers };
  request?: { url?: string };
}

/** Octokit's GraphqlResponseError. */
interface GraphqlFailure {
  headers?: Headers;
  errors: { type?: string; message?: string; extensions?: { code?: string } }[];
}

/** Labels that were to be put on a discussion but that its repository does not have. */
export class MissingLabels extends Error {
  constructor(names: string[], repository: string) {
    super(`${repository} has no label ${names.map((name) => `"${name}"`).join(", ")}`);
    this.name = "MissingLabels";
  }
}

/** By shape as well: an aborted request is a DOMException, which is not every realm's Error. */
function isErrorLike(error: unknown): error is Error {
  return typeof error === "object" && error !== null && "name" in error && "message" in error;
}

function isRequestFailure(error: Error): error is RequestFailure {
  return typeof (error as Partial<RequestFailure>).status === "number";
}

function isGraphqlFailure(error: Error): error is Error & GraphqlFailure {
  return "errors" in error && Array.isArray(error.errors) && error.name === "GraphqlResponseError";
}

/** GitHub's words for "too much": primary, secondary, and the check against bursts of content. */
const TOO_MUCH = /rate limit|abuse detection|submitted too quickly/i;

/** Words of a refusal that a person can lift. */
const REFUSED = /not accessible|must have|locked|archived|disabled|suspended|blocked|read-only/i;

const NETWORK = /^(ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR)/;

/**
 * Says what a failure of a GitHub call means.
 * @param now milliseconds since 1970, for limits that say how long to wait.
 */
export function classifyFailure(error: unknown, now: number): Failure {
  if (!isErrorLike(error)) return { type: "bug", reason: String(error) };
  if (error instanceof BudgetExhausted) return { type: "limit", reason: error.message, until: error.until };
  if (error instanceof MissingLabels) return { type: "invalid", reason: error.message };
  if (isGraphqlFailure(error)) return ofGraphql(error, now);
  if (error.name === "AbortError" || error.name === "TimeoutError") {
    return { type: "passing", reason: "no answer in time" };
  }
  if (isRequestFailure(error)) return ofStatus(error, now);
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string" && NETWORK.test(code)) return { type: "passing", reason: error.message };
  return { type: "bug", reason: error.message };
}

/** What is refused within an answer of status 200, as GraphQL does; null: nothing. */
export function classifyAnswer({ data, headers }: { data: unknown; headers: Headers }, now: number) {
  const { errors } = (data ?? {}) as Partial<GraphqlFailure>;
  return Array.isArray(errors) ? ofGraphql({ errors, headers }, now) : null;
}

/** The headers of the answer that an error came with; none when there was no answer. */
export function headersOf(error: unknown): Headers {
  return (error as Partial<RequestFailure> | null)?.response?.headers ?? {};
}

function ofStatus(error: RequestFailure, now: number): Failure {
  const { status, message } = error;
  const headers = error.response?.headers ?? {};
  const reason = `${status} ${message}`;
  if (isLimit(status, message, headers)) return { type: "limit", reason, until: untilOf(headers, now) };
  if (status === 403 || status === 423 || status === 451) return { type: "forbidden", reason };
  // GraphQL says what is gone in its answer: without one, it is the server that is not itself.
  if (status === 404 && error.request?.url?.endsWith("/graphql")) return { type: "passing", reason };
  if (status === 404 || status === 410 || (status >= 300 && status < 400)) return { type: "gone", reason };
  if (status === 400 || status === 413 || status === 422) return { type: "invalid", reason };
  // 401: a key or a clock that its operator will mend; 409: somebody else was writing.
  if (status >= 500 || [401, 408, 409].includes(status)) return { type: "passing", reason };
  return { type: "bug", reason };
}

function isLimit(status: number, message: string, headers: Headers): boolean {
  if (status === 429) return true;
  if (status === 422) return TOO_MUCH.test(message);
  if (status !== 403) return false;
  return (
    headers["retry-after"] !== undefined ||
    String(headers["x-ratelimit-remaining"]) === "0" ||
    TOO_MUCH.test(message)
  );
}

/** `retry-after` counts seconds (or names a date); `x-ratelimit-reset` is in seconds since 1970. */
function untilOf(headers: Headers, now: number): number | null {
  const after = headers["retry-after"];
  if (after !== undefined) {
    const until = Number.isFinite(Number(after)) ? now + Number(after) * 1000 : Date.parse(String(after));
    return Number.isFinite(until) ? until : null;
  }
  if (String(headers["x-ratelimit-remaining"]) !== "0") return null;
  const reset = Number(headers["x-ratelimit-reset"]) * 1000;
  return Number.isFinite(reset) ? reset : null;
}

function ofGraphql(error: GraphqlFailure, now: number): Failure {
  const [first] = error.errors;
  const message = first?.message ?? "unknown error";
  const reason = `GraphQL ${first?.type ?? first?.extensions?.code ?? "error"}: ${message}`;
  if (first?.type === "RATE_LIMITED" || TOO_MUCH.test(message)) {
    return { type: "limit", reason, until: untilOf(error.headers ?? {}, now) };
  }
  if (first?.type === "NOT_FOUND") return { type: "gone", reason };
  if (first?.type === "FORBIDDEN" || first?.type === "INSUFFICIENT_SCOPES") {
    return { type: "forbidden", reason };
  }
  // The document itself does not fit the schema.
  if (first?.extensions?.code !== undefined) return { type: "bug", reason };
  if (REFUSED.test(message)) return { type: "forbidden", reason };
  if (first?.type === undefined || /INTERNAL|UNAVAILABLE|TIMEOUT/.test(first.type)) {
    return { type: "passing", reason };
  }
  return { type: "invalid", reason };
}

/** The App lacks a permission, or is suspended: GitHub tells when that changes. */
export function awaitsPermission({ type, reason }: Failure): boolean {
  return (
    type === "forbidden" && /not accessible by integration|installation has been suspended/i.test(reason)
  );
}

/** GitHub's answer is no: gone, forbidden or switched off. */
function isRefusal(error: unknown): boolean {
  const { type } = classifyFailure(error, 0);
  return type === "gone" || type === "forbidden" || type === "invalid";
}

/** The answer, or null when what was asked for is gone. Any other failure is thrown on. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (classifyFailure(error, 0).type === "gone") return null;
    throw error;
  }
}

/**
 * The answer without those parts for which GitHub names nothing but errors of these types beside it. Any other failure
 * is thrown on.
 */
export async function exceptErrors(types: readonly string[], answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    const { data } = error as { data?: unknown };
    if (data && isErrorLike(error) && isGraphqlFailure(error)) {
      if (error.errors.every(({ type = "" }) => types.includes(type))) return data;
    }
    throw error;
  }
}

/** The answer, or null when the server does not take what was asked: an older one may not know it. */
export async function unlessInvalid<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (classifyFailure(error, 0).type === "invalid") return null;
    throw error;
  }
}

/** The answer, or null when GitHub will not give it. Any other failure is thrown on. */
export async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** The pages up to where GitHub will not give more. Any other failure is thrown on. */
export async function* untilRefused<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* pages;
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}
