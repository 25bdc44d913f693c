import { parseInstallationEvent } from "./installation-events.ts";
import type { Parsed } from "./payload.ts";
import { parseRepositoryEvent } from "./repository-events.ts";
import { routeOf } from "./route.ts";
import { parseThreadEvent } from "./thread-events.ts";

/**
 * Turns a webhook payload into a desk event. Never throws: what is not served or not understood is ignored with a reason
 * for the log.
 * @param name `X-GitHub-Event`.
 * @param payload the parsed body.
 * @param receivedAt when it came in, milliseconds since 1970: some events do not say when they happened.
 */
export function parseEvent(name: string, payload: unknown, receivedAt: number): Parsed {
  const route = routeOf(name, payload);
  if ("ignored" in route) return route;
  switch (route.scope) {
    case "ticket":
      return parseThreadEvent(name, payload);
    case "repository":
      return parseRepositoryEvent(name, payload);
    case "installation":
      return parseInstallationEvent(name, payload, receivedAt);
  }
}
