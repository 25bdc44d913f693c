import type { Kind } from "../learning/kind.ts";
import type { CommentSlot } from "./action.ts";
import type { ServiceState, Silence } from "./service.ts";
import type { Fact, Rating } from "./fact.ts";
import type { Suggestions } from "./suggestion.ts";
import type { Thread, ThreadKind } from "./thread.ts";
import { ticketKey } from "./thread.ts";
import type { Undo } from "./undo.ts";

/** Help desks' states, and the two ends that only GitHub has. */
export type Status = "new" | "open" | "pending" | "on-hold" | "solved" | "closed" | "deleted" | "moved";

export interface Triage {
  /** null: unsure, so nothing is claimed. */
  kind: Kind | null;
  /** Calibrated probability of the best guess. */
  confidence: number;
  because: string[];
  /** Fields that a bug report lacks, by their names in the form or the settings. */
  missing: string[];
  /** Something was asked for once, so that it can be thanked for. */
  asked: boolean;
  at: number;
  /** Digest of the title and the text that were read. Not in documents of older versions. */
  text?: string;
}

/** One of our comments on the ticket. */
export interface OwnComment {
  nodeId: string;
  /** Digest of the body that we wrote last: an equal one is not written again. */
  digest: string;
}

/**
 * What the desk knows of one issue or discussion. Times are milliseconds since 1970.
 * GitHub stays the truth about the thread itself; this holds what GitHub cannot tell: what is ours, what people vetoed,
 * what was decided and why.
 */
export interface Ticket {
  key: string;
  installationId: number;
  repositoryId: number;
  repository: string;
  private: boolean;
  kind: ThreadKind;
  number: number;
  nodeId: string;
  url: string;
  author: string | null;
  status: Status;
  /** ISO 639-1 code of the reporter's language. */
  language: string | null;
  triage: Triage | null;
  /** Labels that we set and nobody removed since. */
  ownLabels: string[];
  /** Labels that a person removed, or that lost against a person's choice: never set by us again. */
  vetoedLabels: string[];
  /** The kind was chosen by a person: ours is not applied any more. */
  kindByPerson: boolean;
  comments: Partial<Record<CommentSlot, OwnComment>>;
  /** Comment slots that a person deleted: not posted again. */
  refusedComments: CommentSlot[];
  /** What was said to answer it; null: nothing was looked for. */
  suggestions: Suggestions | null;
  /** The reporter said that our answer does not help: people take over. */
  withdrawn: boolean;
  /** We closed it: then a comment of the reporter reopens it. */
  closedByUs: boolean;
  /**
   * Reactions on our comment: since when they are looked at, how many of the looks are over, and when a look from before
   * that is still owed.
   */
  watch: { from: number; looks: number; soon?: number } | null;
  /** Node ids of the last comments that we took notice of, so that none is heard twice. */
  heard: string[];
  movedFrom: string | null;
  movedTo: string | null;
  createdAt: number;
  /** The newest `updated_at` that we have seen: older payloads are not trusted. */
  seenAt: number;
  /** When we last changed its labels or its state: a payload from before that shows neither. */
  wroteAt: number;
  /** When the next clock of this ticket is due, or null. */
  dueAt: number | null;
  /** When the next clock other than the look at reactions is due. Not in documents of versions that had no services. */
  wakeAt?: number | null;
  /** Who is assigned on GitHub, as last seen. Not in documents of older versions. */
  assignees?: string[];
  /** How it is served, as the public may know. Not in documents of older versions, nor before it was first read. */
  service?: ServiceState;
  /** The second decision, which knows private customers too: never shown in public. */
  privateService?: ServiceState;
  /** Not in documents of older versions. */
  silence?: Silence;
  /** How often it was reopened. */
  reopened?: number;
  /** Other people than the reporter and the team who spoke here, at most 100. */
  others?: string[];
  /** A typo in a command gets a hint once. */
  hinted?: boolean;
  /** The team wants us quiet here: no comments of ours, but in answer to commands. */
  muted?: boolean;
  /** What the team says was put right because our help had failed here; null: it took that back. */
  improvement?: string | null;
  /** How the team's last command is undone. */
  undo?: Undo;
  /** The customer's credits that this ticket takes. */
  credit?: { plan: string; customer: string; credits: number; state: "reserved" | "used" | "refunded" };
  /** The team's last comments whose reactions are looked at, where the settings say so: node ids. */
  teamComments?: string[];
  /** What stood under each comment when it was last read, by its node id. Not in documents of older versions. */
  signs?: Record<string, Sign[]>;
  /** How many signs stood there in nobody's name that are no known person's, by the comment's node id and what they mean. */
  nameless?: Record<string, Partial<Record<Rating, number>>>;
  /** Feedback from surveys elsewhere, by its idempotency key. */
  feedback?: Feedback[];
  /** Digests of the idempotency keys of older feedback, which is not kept itself. */
  feedbackIds?: string[];
  /** Its people were forgotten: nothing had happened here for longer than they may be remembered. */
  anonymous?: true | undefined;
  /** Somebody was erased here by command; see `countedAs`. */
  erased?: Erased;
  /** What happened, for figures: written by the ticket's own worker alone. Not in documents of older versions. */
  timeline?: Fact[];
}

/** Somebody's newest reaction to one comment. */
export interface Sign {
  by: string;
  rating: Rating;
  /** Milliseconds since 1970. */
  at: number;
}

/** By what erased people are known again, so that their reactions are not counted a second time. */
export interface Erased {
  /** Of this ticket alone: the marks of two tickets cannot be compared. */
  salt: string;
  /** One-way: SHA-256 of the salt and the login in small letters, the first 32 hexadecimal digits. */
  marks: string[];
  /** That of the reporter, whose word stays the reporter's; not there: they were not erased. */
  author?: string;
}

/** What somebody said of a ticket in a survey elsewhere. */
export interface Feedback {
  /** The sender's idempotency key. */
  id: string;
  rating: 1 | 2 | 3 | 4 | 5;
  text: string | null;
  respondent: string | null;
  /** Milliseconds since 1970. */
  at: number;
}

/** A ticket at its beginning, before anything was decided. */
export function newTicket(thread: Thread): Ticket {
  return {
    key: ticketKey(thread),
    installationId: thread.installationId,
    repositoryId: thread.repositoryId,
    repository: thread.repository,
    private: thread.private,
    kind: thread.kind,
    number: thread.number,
    nodeId: thread.nodeId,
    url: thread.url,
    author: thread.author?.login ?? null,
    status: "new",
    language: null,
    triage: null,
    ownLabels: [],
    vetoedLabels: [],
    kindByPerson: false,
    comments: {},
    refusedComments: [],
    suggestions: null,
    withdrawn: false,
    closedByUs: false,
    watch: null,
    heard: [],
    movedFrom: null,
    movedTo: null,
    createdAt: thread.createdAt,
    seenAt: 0,
    wroteAt: 0,
    dueAt: null,
  };
}
