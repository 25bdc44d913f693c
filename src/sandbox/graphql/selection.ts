import type { Repository } from "../state/state.ts";
import type { Discussion, Issue, Thread } from "../state/thread.ts";
import { labelsOf } from "../views/thread.ts";
import type { Page } from "./connection.ts";

type Order = { field: string; direction: "ASC" | "DESC" } | null | undefined;

export interface IssuesArgs extends Page {
  states?: string[] | null;
  labels?: string[] | null;
  orderBy?: Order;
  filterBy?: { since?: string | null } | null;
}

export interface DiscussionsArgs extends Page {
  states?: string[] | null;
  categoryId?: string | null;
  answered?: boolean | null;
  orderBy?: Order;
}

/** Neither deleted nor elsewhere. */
export function isPresent(thread: Thread): boolean {
  return !thread.deleted && !thread.movedTo;
}

export function present<T extends Thread>(threads: Iterable<T>): T[] {
  return [...threads].filter(isPresent);
}

function ordered<T extends Thread>(threads: Iterable<T>, order: Order, fallback: "ASC" | "DESC"): T[] {
  const key = order?.field === "UPDATED_AT" ? "updatedAt" : "createdAt";
  const sign = (order?.direction ?? fallback) === "ASC" ? 1 : -1;
  return present(threads).sort((a, b) => sign * (a[key] - b[key] || a.number - b.number));
}

function isOneOf(states: string[] | null | undefined, thread: Thread): boolean {
  return !states?.length || states.includes(thread.state.toUpperCase());
}

export function selectIssues(repository: Repository, args: IssuesArgs): Issue[] {
  const since = Date.parse(args.filterBy?.since ?? "") || 0;
  const named = (issue: Issue) =>
    labelsOf(repository, issue).some((label) => args.labels?.includes(label.name));
  return ordered(repository.issues.values(), args.orderBy, "ASC").filter(
    (issue) =>
      isOneOf(args.states, issue) && issue.updatedAt >= since && (!args.labels?.length || named(issue)),
  );
}

export function selectDiscussions(repository: Repository, args: DiscussionsArgs): Discussion[] {
  const category = repository.categories.find((one) => one.nodeId === args.categoryId);
  return ordered(repository.discussions.values(), args.orderBy, "DESC").filter(
    (discussion) =>
      isOneOf(args.states, discussion) &&
      (!args.categoryId || discussion.categoryId === category?.id) &&
      (args.answered == null || (discussion.answer !== null) === args.answered),
  );
}
