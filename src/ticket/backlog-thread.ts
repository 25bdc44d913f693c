import type { ThreadKind } from "./thread.ts";

/**
 * What is kept of each thread of a repository, also of those that are not ours to act on: what a duplicate is found by.
 * Its id is `repositoryId/number`.
 */
export interface BacklogThread {
  repositoryId: number;
  number: number;
  kind: ThreadKind;
  url: string;
  title: string;
  /** Markdown, shortened. */
  body: string;
  author: string | null;
  labels: string[];
  createdAt: number;
  /** The newest `updated_at` that was seen: an older picture does not replace a newer one. */
  updatedAt: number;
  /** When it was closed as far as we know; null while it is open. */
  closedAt: number | null;
  /** GitHub's word for why, in lower case: `completed`, `not_planned`, `duplicate`, `resolved` ... */
  stateReason: string | null;
  /** The milestone, as long as it says something. */
  milestone: string | null;
  comments: number;
  /** Threads that people called the same problem. */
  same: number[];
  /** The comment that was marked as the answer of a discussion. */
  answer: { body: string; url: string } | null;
  /** Deleted, moved away, or not to be shown to anybody: never linked. */
  hidden: boolean;
}
