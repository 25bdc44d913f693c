/** Issues and discussions share one number space in a repository; the desk serves both alike. */
export type ThreadKind = "issue" | "discussion";

/** A GitHub account as payloads show it. Deleted accounts are `null` where a Person may stand. */
export interface Person {
  login: string;
  bot: boolean;
}

/** Where a thread is, in all the forms in which GitHub's APIs ask for it. */
export interface ThreadRef {
  installationId: number;
  repositoryId: number;
  /** `owner/name`, as last seen: renames change it, `repositoryId` never changes. */
  repository: string;
  kind: ThreadKind;
  number: number;
  nodeId: string;
}

/** An issue or a discussion as it stood at `updatedAt`. Times are milliseconds since 1970. */
export interface Thread extends ThreadRef {
  url: string;
  title: string;
  body: string;
  author: Person | null;
  labels: string[];
  assignees: string[];
  state: "open" | "closed";
  /** GitHub's words: `completed`, `not_planned`, `duplicate`, `reopened`, `RESOLVED` ...; null when open. */
  stateReason: string | null;
  locked: boolean;
  /** The repository's visibility, and whether it takes writes at all. */
  private: boolean;
  archived: boolean;
  /** A discussion's category. */
  category: { name: string; answerable: boolean } | null;
  /** Does the discussion have a comment marked as its answer? Always false for issues. */
  answered: boolean;
  /** How many people gave it a thumbs-up, where GitHub's answer says so. */
  upvotes?: number;
  createdAt: number;
  updatedAt: number;
}

export interface Comment {
  /** The node id: the same for both kinds and for both APIs. */
  nodeId: string;
  author: Person | null;
  body: string;
  createdAt: number;
  updatedAt: number;
}

/** The ticket's key: `repository id/number`. It survives renames of the repository. */
export function ticketKey(ref: Pick<ThreadRef, "repositoryId" | "number">): string {
  return `${ref.repositoryId}/${ref.number}`;
}

/** What people call the thread: `owner/name#number`. */
export function threadName(ref: Pick<ThreadRef, "repository" | "number">): string {
  return `${ref.repository}#${ref.number}`;
}
