import type { IssueComment } from "../kb/backlog.ts";
import type { IssueHistory } from "../kb/replay.ts";
import { readLines } from "./archive.ts";

/** The issues of an archive with their comments; lines that are pull requests are left out. */
export function readHistories(path: string): IssueHistory[] {
  return readLines(path, readHistory).filter((history) => history !== null);
}

function readHistory(object: Record<string, unknown>): IssueHistory | null {
  const { number, title, body } = object;
  if (object.pull_request !== undefined && object.pull_request !== null) return null;
  if (typeof number !== "number") throw new TypeError('"number" must be a number');
  if (typeof title !== "string") throw new TypeError('"title" must be a text');
  return {
    number,
    title,
    body: typeof body === "string" ? body : "",
    author: login(object.user),
    createdAt: time(object, "created_at"),
    closedAt: object.closed_at === undefined || object.closed_at === null ? null : time(object, "closed_at"),
    comments: Array.isArray(object.comments) ? object.comments.map(readComment) : [],
  };
}

function readComment(value: unknown): IssueComment {
  if (value === null || typeof value !== "object") throw new TypeError('"comments" must hold objects');
  const comment = value as Record<string, unknown>;
  return {
    author: login(comment.user),
    body: typeof comment.body === "string" ? comment.body : "",
    createdAt: time(comment, "created_at"),
  };
}

function time(object: Record<string, unknown>, key: string): number {
  const at = Date.parse(String(object[key]));
  if (Number.isNaN(at)) throw new TypeError(`"${key}" must be a time such as 2014-02-21T09:30:00Z`);
  return at;
}

function login(user: unknown): string | null {
  const name = user !== null && typeof user === "object" && "login" in user ? user.login : user;
  return typeof name === "string" ? name : null;
}
