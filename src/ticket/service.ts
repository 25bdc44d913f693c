import type { ClockName, Clocks } from "./clocks.ts";
import type { Priority } from "./priority.ts";

/** How high each clock's present cycle has climbed on the ladder: the share of its highest rung. */
export type Climbed = Partial<Record<ClockName, { cycle: number; at: number }>>;

/** A priority with the reasons for it. */
export interface StoredPriority {
  level: Priority;
  /** The weighted sum, and the plan's weight in it. */
  value: number;
  weight: number;
  because: string[];
  /** A person chose it by a label. */
  chosen?: boolean;
}

/**
 * How a ticket is served, as one audience sees it: a ticket has one such state for the public, made as if private
 * customers were community, and may have a second one that knows better. Times are milliseconds since 1970.
 */
export interface ServiceState {
  /** Name of the plan that serves; null: community. */
  plan: string | null;
  /** Why this plan, in words. */
  because: string[];
  /** When somebody's membership begins or ends next. */
  until: number | null;
  /** null: not rated yet. */
  priority: StoredPriority | null;
  /** A person chose the priority: it is not rated any more. */
  priorityByPerson: boolean;
  /** What happened, and what was told of it: no deadline is in here, they follow from the settings. */
  clocks: Clocks;
  climbed: Climbed;
  /** Whom we gave it to, and nobody took off since. */
  given: string[];
  /** Whom a person took off: not given to them again. */
  refused: string[];
  /** Why it was given to whom, in words. */
  givenBecause: string[];
  /** When promises, ladder or membership need a look next; null: not before something happens. */
  dueAt: number | null;
}

/** What the reporter said last and when we asked, for reminders. Times are milliseconds since 1970. */
export interface Silence {
  /** Since when the ticket is pending; null: we do not wait for the reporter. */
  pendingSince: number | null;
  reporterSpokeAt: number;
  remindedAt: number | null;
}
