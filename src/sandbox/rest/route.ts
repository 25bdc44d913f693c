import type { Caller, Need } from "../caller.ts";
import { demand } from "../caller.ts";
import { withIssues } from "../operations/issues.ts";
import { repositoryByName } from "../state/access.ts";
import { invalid, notFound } from "../state/refusal.ts";
import type { Repository } from "../state/state.ts";
import type { Issue } from "../state/thread.ts";
import type { World } from "../state/world.ts";
import { issueUrl } from "../views/thread.ts";
import type { Gauge } from "./limits.ts";

export interface Answer {
  status: number;
  /** JSON, or text or bytes with a content type of their own; undefined: no body. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** One request, taken apart. */
export interface Call {
  world: World;
  caller: Caller;
  params: Record<string, string>;
  query: URLSearchParams;
  /** The JSON body, `{}` without one. */
  input: Record<string, unknown>;
  accept: string;
  /** Milliseconds of the clock that tokens expire by. */
  tokenTime: number;
  redeliver: (deliveryId: number) => void;
  rateLimit: () => { core: Gauge; graphql: Gauge };
}

/** A route of the REST API and the official operation that it stands for. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As in the OpenAPI description: `/repos/{owner}/{repo}/issues`. */
  path: string;
  /** Its `operationId` there. */
  operation: string;
  handle: (call: Call) => Answer;
}

export const ok = (body: unknown, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  body,
  headers,
});
export const created = (body: unknown): Answer => ({ status: 201, body });
export const nothing = (): Answer => ({ status: 204 });

/** The repository of the path, if the caller sees it and holds what is needed. */
export function repositoryOfCall(call: Call, needed: Need, authorId: number | null = null): Repository {
  const { world, caller, params } = call;
  const repository = repositoryByName(world.state, `${params.owner}/${params.repo}`);
  return demand(world.state, caller, repository, needed, authorId);
}

/** The path's issue: moved ones redirect, deleted ones are gone. */
export function issueOfCall(call: Call, repository: Repository): Issue {
  withIssues(repository);
  const issue = repository.issues.get(Number(call.params.issue_number));
  if (!issue) throw notFound();
  if (issue.deleted) throw new Gone();
  if (issue.movedTo) {
    const to = call.world.state.repositories.get(issue.movedTo.repositoryId);
    if (!to) throw notFound();
    throw new Moved(issueUrl(call.world, to, issue.movedTo.number));
  }
  return issue;
}

/** 410, for what was deleted. */
export class Gone extends Error {}

/** 301, for what lives elsewhere now. */
export class Moved extends Error {
  readonly location: string;

  constructor(location: string) {
    super("Moved Permanently");
    this.location = location;
  }
}

/** A text of the body; a missing one is refused when it is required. */
export function text(call: Call, field: string, resource: string): string {
  const value = call.input[field];
  if (typeof value === "string") return value;
  throw invalid({ resource, field, code: value === undefined ? "missing_field" : "invalid" });
}

export function optionalText(call: Call, field: string): string | undefined {
  const value = call.input[field];
  return typeof value === "string" ? value : undefined;
}

/** A list of names: strings, or objects with a name, as GitHub takes labels. */
export function names(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => {
    if (typeof item === "string") return [item];
    const name = (item as { name?: unknown } | null)?.name;
    return typeof name === "string" ? [name] : [];
  });
}

const MAX_PER_PAGE = 100;

/** One page of a list, and the `Link` header that leads to the others. */
export function page<T>(call: Call, url: string, list: T[], view: (item: T) => unknown): Answer {
  const { items, headers } = slice(call, url, list);
  return ok(items.map(view), headers);
}

export function slice<T>(
  call: Call,
  url: string,
  list: T[],
): { items: T[]; headers: Record<string, string> } {
  const size = Math.min(MAX_PER_PAGE, Math.max(1, Number(call.query.get("per_page") ?? 30) || 30));
  const current = Math.max(1, Number(call.query.get("page") ?? 1) || 1);
  const last = Math.max(1, Math.ceil(list.length / size));
  const to = (n: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(n));
    return `<${url}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [to(current - 1, "prev"), to(1, "first")] : []),
    ...(current < last ? [to(current + 1, "next"), to(last, "last")] : []),
  ];
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(", ") } : {};
  return { items: list.slice((current - 1) * size, current * size), headers };
}
