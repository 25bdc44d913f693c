const DAY = 86_400_000;

/** What is remembered of a ticket for its reporter's history. Times are milliseconds since 1970. */
export interface PastTicket {
  key: string;
  createdAt: number;
  closedAt: number | null;
  /** How often it was reopened. */
  reopened: number;
  /** What it is about: the ticket that it repeats, or a kind and component; null: not known. */
  subject: string | null;
}

/** What happened between a reporter and the desk, as far as it makes a ticket more pressing. */
export interface InteractionHistory {
  /** How often this ticket was reopened. */
  reopened: number;
  /** How often the reporter came with the same subject before, in the window. */
  repeated: number;
  /** Since when the reporter waits for us; null: they do not. */
  waitingSince: number | null;
}

/** How long the desk remembers: what came up before a quarter of a year is a new matter. */
export const HISTORY_DAYS = 90;

/** The history of a ticket; `others`: the same reporter's tickets in the repositories of one installation. */
export function interactionHistory(
  ticket: PastTicket,
  others: readonly PastTicket[],
  waitingSince: number | null,
  days = HISTORY_DAYS,
): InteractionHistory {
  const since = ticket.createdAt - days * DAY;
  const repeated = others.filter(
    (other) =>
      (other.key === ticket.subject || (other.subject !== null && other.subject === ticket.subject)) &&
      other.key !== ticket.key &&
      other.createdAt >= since &&
      other.createdAt < ticket.createdAt,
  );
  return { reopened: ticket.reopened, repeated: repeated.length, waitingSince };
}
