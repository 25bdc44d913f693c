import { Refusal } from "../state/refusal.ts";
import type { Resource } from "./limits.ts";
import { type Answer, Gone, Moved } from "./route.ts";

const DOCUMENTATION = "https://docs.github.com/rest";

/** GitHub's answer to something that it will not do. */
export function answerError(error: unknown): Answer {
  if (error instanceof Moved) {
    const { location } = error;
    const body = { message: "Moved Permanently", url: location, documentation_url: DOCUMENTATION };
    return { status: 301, body, headers: { location } };
  }
  if (error instanceof Gone) return plain(410, "This issue was deleted");
  if (error instanceof Refusal) {
    const body = {
      message: error.message,
      ...(error.errors ? { errors: error.errors } : {}),
      documentation_url: DOCUMENTATION,
      status: String(error.status),
    };
    return { status: error.status, body, headers: error.headers };
  }
  // The sandbox's own fault: never hidden, so that a test which meets it says where.
  return plain(500, `the sandbox failed: ${error instanceof Error ? error.stack : String(error)}`);
}

export function plain(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, body: { message, documentation_url: DOCUMENTATION, status: String(status) }, headers };
}

/** The answer to a caller who asks too much. GraphQL tells of its hourly limit with status 200. */
export function limited(
  limit: "primary" | "secondary",
  seconds: number,
  who: string,
  resource: Resource,
): Answer {
  const spent = `API rate limit exceeded for ${who}.`;
  if (limit === "primary" && resource === "graphql") {
    return { status: 200, body: { errors: [{ type: "RATE_LIMITED", message: spent }] } };
  }
  if (limit === "primary") return plain(403, spent);
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  return plain(403, message, { "retry-after": String(seconds) });
}
