import type { Logger } from "pino";
import type { Clients } from "../github/client.ts";
import type { Backlog } from "../kb/backlog.ts";
import type { SentimentModel } from "../learning/sentiment.ts";
import type { KindModel } from "../learning/kind-model.ts";
import type { Bookcase } from "./bookcase.ts";
import type { Counters } from "./counters.ts";
import type { Census } from "./metrics.ts";
import type { Surroundings } from "../notify/receiver.ts";
import type { Queue } from "../queue/queue.ts";
import type { Settings } from "../settings/schema.ts";
import type { Store } from "../store/store.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import type { Repository } from "../ticket/repository.ts";
import type { CustomerRoster } from "./customers.ts";
import type { Pulse } from "./heartbeat.ts";
import { newPulse } from "./heartbeat.ts";
import type { OwnWeights } from "./own-weights.ts";
import { RecentlyUsed } from "./recently-used.ts";
import type { LearnedRepository } from "./repository-model.ts";

/** What every step of the desk works with. `now` gives milliseconds since 1970. */
export interface Desk {
  store: Store;
  queue: Queue;
  clients: Clients;
  model: KindModel;
  /** The login under which the app writes: `slug[bot]`. */
  self: string;
  log: Logger;
  /** Where notices may go, and the variables that say where they go. */
  surroundings: Surroundings;
  now: () => number;
  memory: Memory;
}

/** What one process remembers to be quick; losing it costs reads, nothing else. */
export interface Memory {
  /** Whether work moves. */
  pulse: Pulse;
  /** How often a scope failed in a row: the gaps before it is tried again grow with it. */
  failuresInARow: RecentlyUsed<number, ScopeKey>;
  /** What rests for want of a permission, so that it is logged once. */
  resting: Set<ScopeKey>;
  /** Repositories whose first reads are under way, so that a burst reads them once. */
  warming: Map<number, Promise<Repository>>;
  /** How often a failed delivery was asked for again, by its id, as long as GitHub lists it. */
  redeliveries: Map<string, number>;
  /** Settings in force by repository, with the texts that they were made from. */
  settings: RecentlyUsed<{ texts: string; settings: Settings }>;
  /** Indexed articles by the repository that is answered in, and those that are being brought up to date. */
  bookcases: RecentlyUsed<Bookcase>;
  shelving: Map<number, Promise<Bookcase>>;
  /** Indexed backlogs by repository, and those that are being loaded. */
  backlogs: RecentlyUsed<Backlog>;
  loading: Map<number, Promise<Backlog>>;
  /** What each repository's own duplicates have taught the re-ranker. */
  ownWeights: RecentlyUsed<OwnWeights>;
  /** What each repository's own history has taught, by repository, the last used last. */
  models: Map<number, Promise<LearnedRepository>>;
  /** When old tickets' people were last looked for, and old deliveries. */
  forgotAt: number;
  expiredAt: number;
  /** The model that reads moods, once one was to be read. */
  sentiment: Promise<SentimentModel> | null;
  /** Trainings that run in the background. */
  training: Set<Promise<void>>;
  /** Ends when the last training that was asked for has ended. */
  studying: Promise<void>;
  /** Who has a plan, by repository, as put together at `at` for these settings. */
  rosters: RecentlyUsed<{ at: number; settings: Settings; roster: Promise<CustomerRoster> }>;
  /** When it was last looked at whether lists of members are due; 0: not yet. Milliseconds since 1970. */
  rostersLookedAt: number;
  /** What was said of receivers of notices that cannot be used: once is enough. */
  unusable: RecentlyUsed<true, string>;
  /** When what is read in pieces (`history:12`, `backlog:12`) is read on, however often its repository is worked on. */
  turns: RecentlyUsed<number, string>;
  /** By installation: the assignment that is being decided on, so that the next one sees it. */
  assigning: Map<number, Promise<void>>;
  /** From when on an installation's next piece of history may be read. */
  nextTurn: RecentlyUsed<number>;
  counters: Counters;
  /** The last count of all tickets for `/metrics`, and the one that is being made. */
  census: Census | null;
  counting: Promise<Census> | null;
}

/** Of the indexes of articles, and as much of those of backlogs: about 100,000 issues each. */
const MOST_BYTES = 400e6;

/** Of small things, each a few hundred bytes: forgetting one costs a read, or a gap that is shorter than it could be. */
const MOST_ENTRIES = 2_000;

/** Of who has a plan, by repository: with 10,000 sponsors one takes about 5 MB, and is put together in 10 ms. */
const MOST_ROSTERS = 50;

/** The texts beside an index of articles take about as much as itself. */
const TEXTS = 2;

export function newMemory(): Memory {
  return {
    pulse: newPulse(),
    failuresInARow: new RecentlyUsed(MOST_ENTRIES),
    resting: new Set(),
    warming: new Map(),
    redeliveries: new Map(),
    settings: new RecentlyUsed(MOST_ENTRIES),
    bookcases: new RecentlyUsed(MOST_BYTES, ({ library }) => TEXTS * library.bytes),
    shelving: new Map(),
    backlogs: new RecentlyUsed(MOST_BYTES, ({ bytes }) => bytes),
    loading: new Map(),
    ownWeights: new RecentlyUsed(MOST_ENTRIES),
    models: new Map(),
    forgotAt: 0,
    expiredAt: 0,
    sentiment: null,
    training: new Set(),
    studying: Promise.resolve(),
    rosters: new RecentlyUsed(MOST_ROSTERS),
    rostersLookedAt: 0,
    unusable: new RecentlyUsed(MOST_ENTRIES),
    turns: new RecentlyUsed(MOST_ENTRIES),
    assigning: new Map(),
    nextTurn: new RecentlyUsed(MOST_ENTRIES),
    counters: new Map(),
    census: null,
    counting: null,
  };
}
