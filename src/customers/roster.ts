/** A list that comes from outside (sponsors, a file, a team's members), as last known. */
export interface Roster<T> {
  entries: readonly T[];
  /** When the entries were read, milliseconds since 1970. */
  readAt: number;
  /** Since when and why it could not be brought up to date; null: it is. */
  failing: { since: number; reason: string } | null;
  /** Only those who show themselves in public are in it: more may be, when we were allowed to look. */
  publicOnly?: boolean;
}

export type RosterReading<T> = { ok: true; entries: readonly T[] } | { ok: false; reason: string };

/**
 * Takes a new reading over, unless it failed or is suddenly empty: then the last known list stays, and `alarm` says why,
 * once for each reason. `ended` tells of entries that may vanish, as their time is over: a list of such is rightly
 * empty.
 */
export function mergeRoster<T>(
  known: Roster<T> | null,
  reading: RosterReading<T>,
  now: number,
  ended: (entry: T) => boolean,
): { roster: Roster<T>; alarm: string | null } {
  const current = known?.entries.filter((entry) => !ended(entry)).length ?? 0;
  const reason = refusal(reading, current);
  if (reading.ok && reason === null) {
    return { roster: { entries: reading.entries, readAt: now, failing: null }, alarm: null };
  }
  const failing = { since: known?.failing?.since ?? now, reason: reason ?? "it could not be read" };
  const roster = { entries: known?.entries ?? [], readAt: known?.readAt ?? now, failing };
  return { roster, alarm: known?.failing?.reason === failing.reason ? null : failing.reason };
}

function refusal<T>(reading: RosterReading<T>, current: number): string | null {
  if (!reading.ok) return reading.reason;
  // A token that lost its scope, or whose owner lost a role, sees no sponsors: this looks like an empty list.
  if (reading.entries.length > 0 || current === 0) return null;
  return `it is empty, and had ${current} ${current === 1 ? "entry" : "entries"} that still hold`;
}
