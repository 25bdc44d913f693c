import type { Roster } from "./roster.ts";
import type { SponsorLedger, Sponsorship } from "./sponsorship.ts";
import { combineSponsors } from "./sponsors.ts";

/** What is known of one account's sponsors. Times are milliseconds since 1970. */
export interface SponsorBook {
  account: string;
  /** What the sponsors webhook told. */
  ledger: SponsorLedger;
  /** What a sync by an owner's token saw last; null: there was none. */
  synced: (Roster<Sponsorship> & { includesPrivate: boolean }) | null;
  /** When a sync was tried last; null: never, or another one is asked for. */
  triedAt: number | null;
}

export function newSponsorBook(account: string): SponsorBook {
  return { account, ledger: [], synced: null, triedAt: null };
}

/** All sponsorships of the account that are known, past ones with their end. */
export function sponsorshipsIn({ account, ledger, synced }: SponsorBook, now: number): Sponsorship[] {
  if (!synced) return combineSponsors(ledger, null, now);
  const { readAt, entries, includesPrivate } = synced;
  const snapshot = { at: readAt, accounts: [account], includesPrivate, sponsorships: entries };
  return combineSponsors(ledger, snapshot, now);
}
