/** A movement of incident credits. Credits are whole incidents. */
export type CreditEntry = {
  /** The same again when the same thing is heard of twice. */
  id: string;
  /** Milliseconds since 1970. */
  at: number;
} & (
  | { type: "bought"; credits: number }
  /** `reserved` while we work on the ticket, `used` when it is solved, `refunded` when it should have cost nothing. */
  | { type: "reserved" | "used" | "refunded"; ticket: string; credits: number }
);

/** What a ticket has moved of a customer's credits. */
export interface TicketCredits {
  plan: string;
  /** The customer's login, in small letters. */
  customer: string;
  entries: CreditEntry[];
}
