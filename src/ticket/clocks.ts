/** What a support agreement promises: a first answer, an answer to each further word, and a solution. */
export const CLOCKS = ["firstResponse", "nextResponse", "resolution"] as const;
export type ClockName = (typeof CLOCKS)[number];

/**
 * Something that starts or stops clocks. Replies count when they are public and by a person of the team: neither a
 * bot's nor an internal note. `waiting`: the ticket is pending, we wait for the reporter. `held`: on hold, or paused by
 * command.
 */
export interface ClockEvent {
  /** The same again when the same thing is heard of twice. */
  id: string;
  /** When it happened, not when it was heard of. Milliseconds since 1970. */
  at: number;
  type: "reopened" | "reporter-spoke" | "team-replied" | "waiting" | "held" | "released" | "closed";
}

/** A stretch in which a clock ran; `to` is null while it runs. */
export interface Run {
  from: number;
  to: number | null;
}

/** Where the clocks stand after the events that were counted. */
export interface Ledger {
  /** The last event that is in here; earlier ones come too late. */
  until: number;
  answered: boolean;
  /** The reporter spoke last. */
  owed: boolean;
  waiting: boolean;
  held: boolean;
  closed: boolean;
  firstResponse: Run[];
  /** Each time that we owed a reply anew. */
  nextResponse: Run[][];
  resolution: Run[];
}

/**
 * The clocks of a ticket as data: no policy and no deadline is in them, only what happened, so that an edited policy or
 * a changed plan counts as if it had always been so.
 */
export interface Clocks {
  base: Ledger;
  /** What happened after the base, in order of time: a late delivery still finds its place. */
  log: ClockEvent[];
  /** What was told of each clock's present cycle: 0 nothing, 1 the warning, 2 the breach, 3 its first repetition ... */
  told: Partial<Record<ClockName, { cycle: number; level: number }>>;
}
