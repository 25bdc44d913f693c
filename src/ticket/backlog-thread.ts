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
  /** What a person of the team says that it repeats: goes before all that is read from comments. */
  original?: number | null;
  /** The comment that was marked as the answer of a discussion, or that solved a closed issue. */
  answer: Answer | null;
  /** What was said in an issue that may turn out to be its solution, oldest first; absent: nothing. */
  said?: Said[];
  /** Deleted, moved away, or not to be shown to anybody: never linked. */
  hidden: boolean;
  /** Whoever wrote it was erased by command: neither their name nor their words come back with later news of it. */
  erased?: true;
}

/** A comment that answers a thread. */
export interface Answer {
  /** Markdown. */
  body: string;
  url: string;
  /** null when the account is gone. Not in documents of older versions. */
  author?: string | null;
  /** Somebody of the team chose it by a command: it stays, whatever is said later. */
  chosen?: true;
}

/** What somebody said in a thread. */
export interface Said {
  /** Of the comment. */
  nodeId: string;
  /** Null when the account is gone. */
  author: string | null;
  /** Markdown, shortened. */
  body: string;
  url: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** After a person of the team said what the thread repeats; null: nothing, whatever comments say. */
export function withOriginal(thread: BacklogThread, original: number | null): BacklogThread {
  if (original === thread.number) return thread;
  const same = original === null ? [] : [...new Set([...thread.same, original])];
  return { ...thread, original, same };
}

/** After a person of the team chose what answers the thread. */
export function withAnswer(
  thread: BacklogThread,
  { body, url }: Pick<Answer, "body" | "url">,
): BacklogThread {
  return { ...thread, answer: { body, url, chosen: true } };
}

/** A newer picture of a thread whose author was erased: what they wrote stays away. */
export function stillErased(before: BacklogThread | null, thread: BacklogThread): BacklogThread {
  if (!before?.erased) return thread;
  const { author, title, body } = before;
  return { ...thread, author, title, body, erased: true };
}
