import type { CreditEntry } from "../ticket/credit.ts";

/** A customer's credits: what happened, in order of time. */
export type CreditLedger = readonly CreditEntry[];

export interface CreditBalance {
  bought: number;
  reserved: number;
  used: number;
  /** Given back; they are available again. */
  refunded: number;
  available: number;
}

export type CreditChange = { ok: true; ledger: CreditLedger } | { ok: false; reason: string };

/** What is left. Entries count by their time, in whatever order they were recorded. */
export function creditBalance(ledger: CreditLedger): CreditBalance {
  const bought = ledger.reduce((sum, entry) => sum + (entry.type === "bought" ? entry.credits : 0), 0);
  const tickets = [...ticketCredits(ledger).values()];
  const sum = (type: CreditEntry["type"]) =>
    tickets.reduce((total, state) => total + (state.type === type ? state.credits : 0), 0);
  const [reserved, used, refunded] = [sum("reserved"), sum("used"), sum("refunded")];
  return { bought, reserved, used, refunded, available: bought - reserved - used };
}

/** What a ticket has of the credits now; null: nothing. */
export function creditOf(ledger: CreditLedger, ticket: string): "reserved" | "used" | "refunded" | null {
  return ticketCredits(ledger).get(ticket)?.type ?? null;
}

/**
 * Records a movement, or says why it cannot be. A known id changes nothing. Only a reserved credit can be used, and only
 * a reserved or used one refunded; a refunded ticket may reserve again.
 */
export function moveCredits(ledger: CreditLedger, entry: CreditEntry): CreditChange {
  if (ledger.some(({ id }) => id === entry.id)) return { ok: true, ledger };
  const refusal = refusalOf(ledger, entry);
  if (refusal) return { ok: false, reason: refusal };
  return { ok: true, ledger: [...ledger, entry].sort((a, b) => a.at - b.at) };
}

function refusalOf(ledger: CreditLedger, entry: CreditEntry): string | null {
  if (!Number.isInteger(entry.credits) || entry.credits < 1)
    return `${entry.credits} is no number of credits`;
  if (entry.type === "bought") return null;
  const state = ticketCredits(ledger).get(entry.ticket);
  const standing = state?.type ?? "nothing";
  const { available } = creditBalance(ledger);
  switch (entry.type) {
    case "reserved":
      if (standing === "reserved" || standing === "used")
        return `the ticket has its credits ${standing} already`;
      return available >= entry.credits
        ? null
        : `${entry.credits} credits are asked for, ${available} are left`;
    case "used":
      return standing === "reserved" ? null : `only reserved credits can be used; the ticket has ${standing}`;
    case "refunded":
      return standing === "reserved" || standing === "used"
        ? null
        : `only reserved or used credits can be refunded; the ticket has ${standing}`;
  }
}

/** The last movement of each ticket. What is used or refunded is what was reserved, whatever the entry says. */
function ticketCredits(
  ledger: CreditLedger,
): Map<string, { type: "reserved" | "used" | "refunded"; credits: number }> {
  const states = new Map<string, { type: "reserved" | "used" | "refunded"; credits: number }>();
  for (const entry of ledger) {
    if (entry.type === "bought") continue;
    const credits =
      entry.type === "reserved" ? entry.credits : (states.get(entry.ticket)?.credits ?? entry.credits);
    states.set(entry.ticket, { type: entry.type, credits });
  }
  return states;
}
