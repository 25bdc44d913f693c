import { sameName } from "./plan.ts";
import type { SponsorLedger, Sponsorship } from "./sponsorship.ts";
import { sponsorshipsOf } from "./sponsor-ledger.ts";

/** What a sync by an owner's token saw. */
export interface SponsorSnapshot {
  /** When it began, milliseconds since 1970. */
  at: number;
  /** The sponsorable accounts that were read. */
  accounts: readonly string[];
  /** Were private sponsorships among what it could see? */
  includesPrivate: boolean;
  sponsorships: readonly Sponsorship[];
}

/**
 * The sponsorships that webhook and sync tell of together. For each sponsor of an account the newer word counts. What
 * the sync no longer sees has ended with it, but a private sponsorship only if it could have seen it.
 */
export function combineSponsors(
  ledger: SponsorLedger,
  snapshot: SponsorSnapshot | null,
  now: number,
): Sponsorship[] {
  const heard = sponsorshipsOf(ledger, now);
  if (!snapshot) return heard;
  const newer = (one: Sponsorship) =>
    ledger.some((event) => event.at > snapshot.at && isOf(one, event.account, event.sponsor));
  const seen = snapshot.sponsorships.filter((one) => !newer(one));
  const kept = heard.flatMap((one) => {
    if (newer(one)) return [one];
    if (seen.some((other) => isOf(other, one.account, one.sponsor))) return [];
    const visible = snapshot.accounts.some((name) => sameName(name, one.account));
    if (!visible || (one.private && !snapshot.includesPrivate)) return [one];
    return [{ ...one, until: Math.min(one.until ?? snapshot.at, snapshot.at) }];
  });
  return [...seen, ...kept];
}

function isOf(one: Sponsorship, account: string, sponsor: string): boolean {
  return sameName(one.account, account) && sameName(one.sponsor, sponsor);
}
