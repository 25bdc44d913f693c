import { APP_ROUTES } from "./routes-app.ts";
import { ASSIGNEE_AND_EVENT_ROUTES } from "./routes-assignees.ts";
import { COMMENT_ROUTES } from "./routes-comments.ts";
import { CONTENT_ROUTES } from "./routes-contents.ts";
import { ISSUE_ROUTES } from "./routes-issues.ts";
import { LABEL_ROUTES } from "./routes-labels.ts";
import { META_ROUTES } from "./routes-meta.ts";
import { ORGANIZATION_ROUTES } from "./routes-organizations.ts";
import { REACTION_ROUTES } from "./routes-reactions.ts";
import { BY_ID, REPOSITORY_ROUTES } from "./routes-repositories.ts";
import type { Route } from "./route.ts";

/** All routes, each with the official operation that it stands for. */
export const ROUTES: Route[] = [
  ...APP_ROUTES,
  ...REPOSITORY_ROUTES,
  ...CONTENT_ROUTES,
  ...ISSUE_ROUTES,
  ...LABEL_ROUTES,
  ...COMMENT_ROUTES,
  ...REACTION_ROUTES,
  ...ASSIGNEE_AND_EVENT_ROUTES,
  ...ORGANIZATION_ROUTES,
  ...META_ROUTES,
];

interface Matcher {
  route: Omit<Route, "operation">;
  pattern: RegExp;
  names: string[];
}

/** `{path}` takes the rest, slashes too; all other parameters one segment. Literal routes go first. */
const MATCHERS: Matcher[] = [...ROUTES, BY_ID]
  .map((route) => {
    const names: string[] = [];
    const source = route.path.replace(/\/\{(\w+)\}/g, (_, name: string) => {
      names.push(name);
      return name === "path" ? "/?(.*)" : "/([^/]+)";
    });
    return { route, pattern: new RegExp(`^${source}/?$`), names };
  })
  .sort((a, b) => a.names.length - b.names.length);

export interface Match {
  route: Omit<Route, "operation">;
  params: Record<string, string>;
}

/** The route of a request; null when there is none. */
export function match(method: string, path: string): Match | null {
  const wanted = method === "HEAD" ? "GET" : method;
  for (const { route, pattern, names } of MATCHERS) {
    if (route.method !== wanted) continue;
    const found = pattern.exec(path);
    if (!found) continue;
    const entries = names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? "")]);
    return { route, params: Object.fromEntries(entries) };
  }
  return null;
}
