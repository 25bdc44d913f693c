import type { RosterBook } from "../customers/roster-book.ts";
import type { SponsorBook } from "../customers/sponsor-book.ts";
import type { OutboxEntry, Outcome } from "../ticket/action.ts";
import type { Delivery, Scope, ScopeKey } from "../ticket/delivery.ts";
import type { Example } from "../ticket/example.ts";
import type { Lesson } from "../ticket/lesson.ts";
import type { NoticeBoard } from "../ticket/notice-board.ts";
import type { Installation, Repository } from "../ticket/repository.ts";
import type { BacklogThread } from "../ticket/backlog-thread.ts";
import type { Mirror } from "../ticket/mirror.ts";
import type { Shelf } from "../ticket/shelf.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What is kept of each scope. */
export interface Documents {
  ticket: Ticket;
  repository: Repository;
  installation: Installation;
  shelf: Shelf;
  thread: BacklogThread;
  /** What a thread teaches, also one from before our time; same id as its ticket. */
  example: Example;
  notices: NoticeBoard;
  roster: RosterBook;
  mirror: Mirror;
  sponsors: SponsorBook;
}

/** All that one decision changes: it happens at once or not at all. */
export interface Commit<S extends Scope> {
  scope: S;
  id: string;
  /** null: it stays as it is, whoever else writes it now. */
  document: Documents[S] | null;
  /** Deliveries that are done with this. */
  deliveries?: string[];
  /** Actions to execute now; one with a known key takes the waiting one's place. */
  outbox?: OutboxEntry[];
  lessons?: Lesson[];
}

/** An action's outcome, and what the document learns from it. */
export interface Settlement<S extends Scope> {
  scope: S;
  id: string;
  key: string;
  /** null: nobody will ask how it ended. */
  outcome: Outcome | null;
  patch: Partial<Documents[S]>;
  at: number;
}

/** All that belongs to a scope. `savedAt`: when an entry was written last; for a parked one, when it was parked. */
export interface Kept {
  document: Documents[Scope];
  outbox: { entry: OutboxEntry; savedAt: number }[];
  outcomes: Record<string, { outcome: Outcome; at: number }>;
  lessons: Lesson[];
}

/** Work that failed for reasons of its own too often: kept with its reason until it is retried by command. */
export interface Parked {
  scope: ScopeKey;
  /** A delivery's id, or an outbox key. */
  what: string;
  reason: string;
  at: number;
}

/**
 * Where the desk remembers. A promise that resolves means durable: written and fsynced.
 * Two implementations: files (`lowdb`) for one process, PostgreSQL for many.
 */
export interface Store {
  /** Stores a delivery. False when its id is known: then nothing is to be done. */
  receive(delivery: Delivery): Promise<boolean>;
  /** Deliveries of a scope that are neither done nor parked, in the order in which they came: the first `limit`. */
  pending(scope: ScopeKey, limit?: number): Promise<Delivery[]>;
  /** Marks deliveries done that concern nothing we keep. */
  discard(deliveries: string[]): Promise<void>;
  /**
   * Counts a failure of a delivery for reasons of its own; parks it when told, unless it is done by then. Returns the
   * count.
   */
  fail(delivery: string, reason: string, park: boolean): Promise<number>;
  /** Forgets what deliveries said that are done; their ids stay known. */
  forgetPayloads(deliveries: string[]): Promise<void>;
  /** Forgets deliveries that are done and that GitHub cannot send again. */
  expire(): Promise<void>;
  /**
   * When any process was last done with a delivery (notices aside), milliseconds since 1970; null: never, or no other
   * process can be at work here.
   */
  lastDone(): Promise<number | null>;

  read<S extends Scope>(scope: S, id: string): Promise<Documents[S] | null>;
  commit<S extends Scope>(commit: Commit<S>): Promise<void>;
  /** Sets single fields of a document, whoever else writes it now; nothing when it does not exist. */
  merge<S extends Scope>(scope: S, id: string, patch: Partial<Documents[S]>): Promise<void>;
  /**
   * Makes or changes a document by what is there at that very moment (null: nothing), while all other writers wait; what
   * `change` returns is there afterwards, and null leaves all as it was. `change` may be called several times.
   */
  revise<S extends Scope>(
    scope: S,
    id: string,
    change: (document: Documents[S] | null) => Documents[S] | null,
  ): Promise<Documents[S] | null>;

  /** Actions of a scope that are not settled and not parked, in the order in which they were decided. */
  outbox(scope: ScopeKey): Promise<OutboxEntry[]>;
  /** Keeps an entry's progress: failures, notBefore, parked. */
  saveEntry(scope: ScopeKey, entry: OutboxEntry): Promise<void>;
  /** The action is over: its outcome is recorded, the entry leaves the outbox. */
  settle<S extends Scope>(settlement: Settlement<S>): Promise<void>;
  /** Outcomes of a scope's settled actions, by idempotency key. */
  outcomes(scope: ScopeKey): Promise<Record<string, { outcome: Outcome; at: number }>>;

  /** Scopes that have pending deliveries or open outbox entries: the work to take up at start. */
  openScopes(): Promise<{ scope: ScopeKey; notBefore: number }[]>;
  /** Keys of tickets whose `dueAt` is at or before `now`, the earliest first. */
  due(now: number, limit: number): Promise<string[]>;
  /**
   * The open work of the people of an installation, weighted by priority, by their logins in small letters: that of its
   * public repositories alone for a decision that the public sees.
   */
  workload(installationId: number, repositories: "public" | "all"): Promise<Map<string, number>>;
  parked(): Promise<Parked[]>;
  /** Gives parked work another eight tries. Returns its scopes. */
  retryParked(): Promise<ScopeKey[]>;

  tickets(filter?: { repositoryId?: number }): AsyncIterable<Ticket>;
  /** The shelves with files of a repository. */
  shelves(repositoryId: number): AsyncIterable<Shelf>;
  /** The backlog of a repository, in no particular order. */
  threads(repositoryId: number): AsyncIterable<BacklogThread>;
  repositories(): Promise<Repository[]>;
  installations(): Promise<Installation[]>;
  lessons(repositoryId: number): Promise<Lesson[]>;
  /**
   * Puts something else in the place of all that is kept of a scope, while all other writers wait. Nothing when there is
   * no such scope. `change` may be called several times, and leaves the order of lessons and actions as it is.
   */
  rewrite(scope: ScopeKey, change: (kept: Kept) => Kept): Promise<void>;
  /** What a repository's threads teach, in no particular order. */
  examples(repositoryId: number): AsyncIterable<Example>;

  /** Resolves when the store answers; rejects with the reason otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
