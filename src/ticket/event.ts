import type { Comment, Person, Thread, ThreadRef } from "./thread.ts";

/** Where a transferred thread went. */
export type MovedTo = Pick<ThreadRef, "repositoryId" | "repository" | "number" | "nodeId"> & { key: string };

interface OnThread {
  scope: "ticket";
  thread: Thread;
  /** Who did it; null when the account is gone or GitHub does not say. */
  actor: Person | null;
}

/** Something that happened to an issue or a discussion: one union for both. */
export type ThreadEvent = OnThread &
  /** `discussed`: it has comments already, so it came from elsewhere, and one of them may be ours. */
  (
    | { type: "opened"; movedFrom: { key: string } | null; discussed: boolean }
    | { type: "edited" }
    | { type: "closed" }
    | { type: "reopened" }
    | { type: "deleted" }
    | { type: "transferred"; to: MovedTo | null }
    | { type: "labeled"; label: string }
    | { type: "unlabeled"; label: string }
    | { type: "assigned"; login: string }
    | { type: "unassigned"; login: string }
    | { type: "locked" }
    | { type: "unlocked" }
    /** `answer`: the node id of the comment that was marked, or is not any more; null: GitHub does not tell. */
    | { type: "answered" | "unanswered"; answer: string | null }
    | { type: "recategorized" }
    | { type: "commented"; comment: Comment }
    /** `before`: what it said until then; null: GitHub does not tell. */
    | { type: "comment-edited"; comment: Comment; before: string | null }
    | { type: "comment-deleted"; comment: Comment }
    /** Reconciling found that the thread changed without our hearing of it; `comments` came since. */
    | { type: "noticed"; comments: Comment[] }
    /** The reporter's reaction to our comment says that it does not help. */
    | { type: "disliked" }
    /** A clock of the ticket is due: not GitHub says so, but the tick. */
    | { type: "due" }
  );

/** What a payload says of its repository. */
export interface RepositoryRef {
  installationId: number;
  repositoryId: number;
  repository: string;
  private: boolean;
  archived: boolean;
}

interface OnRepository {
  scope: "repository";
  repository: RepositoryRef;
  actor: Person | null;
}

/** Something that happened to a repository, which the desk's knowledge of it must follow. */
export type RepositoryEvent = OnRepository &
  /** `head`: the newest commit of the branch, once it was pushed. */
  (
    | { type: "pushed"; defaultBranch: boolean; paths: string[]; truncated: boolean; head: string }
    | { type: "labels-changed" }
    | { type: "label-renamed"; from: string; to: string }
    | { type: "label-deleted"; label: string }
    | { type: "repository-changed" }
    | { type: "repository-deleted" }
    | { type: "members-changed" }
  );

/** Something that happened to an installation: which repositories it serves, and whether it may. */
export type InstallationEvent = {
  scope: "installation";
  installationId: number;
  account: string;
  actor: Person | null;
} & (
  | { type: "installed"; at: number; repositories: { id: number; fullName: string; private: boolean }[] }
  | {
      type: "repositories-added";
      at: number;
      repositories: { id: number; fullName: string; private: boolean }[];
    }
  | { type: "repositories-removed"; repositories: { id: number; fullName: string }[] }
  | { type: "suspended" }
  | { type: "unsuspended" }
  | { type: "uninstalled" }
  | { type: "permissions-changed" }
  | { type: "members-changed" }
);

/** Everything that can come through the door. */
export type DeskEvent = ThreadEvent | RepositoryEvent | InstallationEvent;
