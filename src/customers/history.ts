/** What happened between a reporter and the desk, as far as it makes a ticket more pressing. */
export interface InteractionHistory {
  /** How often this ticket was reopened. */
  reopened: number;
  /** How often the reporter came with the same before, in the window. */
  repeated: number;
  /** Since when the reporter waits for us; null: they do not. */
  waitingSince: number | null;
}

/** How long the desk remembers, in milliseconds: what came up before a quarter of a year is a new matter. */
export const HISTORY_MS = 90 * 86_400_000;
