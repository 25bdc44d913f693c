export const REACTIONS = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;
export type ReactionContent = (typeof REACTIONS)[number];

export interface Reaction {
  id: number;
  nodeId: string;
  content: ReactionContent;
  userId: number;
  createdAt: number;
}

export type LockReason = "off-topic" | "too heated" | "resolved" | "spam";

/** What issues and discussions have in common. */
interface ThreadBase {
  id: number;
  nodeId: string;
  repositoryId: number;
  number: number;
  title: string;
  body: string;
  authorId: number;
  /** Through which app it was written. */
  viaAppId: number | null;
  /** Label ids in the order of being applied. */
  labels: number[];
  state: "open" | "closed";
  locked: boolean;
  lockReason: LockReason | null;
  comments: Comment[];
  reactions: Reaction[];
  events: TimelineEvent[];
  createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  deleted: boolean;
  /** Where it went: the old place redirects there. */
  movedTo: { repositoryId: number; number: number } | null;
}

export interface Issue extends ThreadBase {
  is: "issue";
  assignees: number[];
  stateReason: "completed" | "not_planned" | "duplicate" | "reopened" | null;
  closedById: number | null;
  pinned: boolean;
}

export interface Discussion extends ThreadBase {
  is: "discussion";
  categoryId: number;
  stateReason: "resolved" | "outdated" | "duplicate" | "reopened" | null;
  answer: { commentId: number; chosenAt: number; chosenById: number } | null;
}

export type Thread = Issue | Discussion;

/** A comment of an issue, or of a discussion, where it may be a reply to another comment. */
export interface Comment {
  is: "comment";
  on: "issue" | "discussion";
  id: number;
  nodeId: string;
  repositoryId: number;
  number: number;
  parentId: number | null;
  body: string;
  authorId: number;
  viaAppId: number | null;
  reactions: Reaction[];
  minimized: string | null;
  createdAt: number;
  updatedAt: number;
}

/** What happened to a thread, and who did it. */
export type TimelineEvent = {
  id: number;
  nodeId: string;
  actorId: number;
  viaAppId: number | null;
  createdAt: number;
} & (
  | { type: "labeled" | "unlabeled"; label: { id: number; name: string; color: string } }
  | { type: "assigned" | "unassigned"; assigneeId: number }
  | { type: "closed"; stateReason: string | null }
  | { type: "reopened"; stateReason: string | null }
  | { type: "renamed"; from: string; to: string }
  | { type: "locked"; reason: LockReason | null }
  | { type: "unlocked" | "pinned" | "unpinned" }
  | { type: "transferred"; fromRepositoryId: number }
);
