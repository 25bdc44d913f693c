import { ok, type Route } from "./route.ts";

/** The server itself: its limits and its face. */
export const META_ROUTES: Route[] = [
  {
    method: "GET",
    path: "/rate_limit",
    operation: "rate-limit/get",
    handle: (call) => {
      const { core, graphql } = call.rateLimit();
      const search = { ...core, limit: 30, used: 0, remaining: 30 };
      return ok({ resources: { core, search, graphql }, rate: core });
    },
  },
  {
    method: "GET",
    path: "/meta",
    operation: "meta/get",
    handle: () => ok({ verifiable_password_authentication: false }),
  },
];
