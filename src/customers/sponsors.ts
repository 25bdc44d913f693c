import { groupBy } from "./group.ts";
import { hasName } from "./plan.ts";
import type { SponsorLedger, Sponsorship } from "./sponsorship.ts";
import { pairOf, sponsorshipsOf } from "./sponsor-ledger.ts";

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
  const news = new Set(ledger.filter((event) => event.at > snapshot.at).map(pairOf));
  const seen = snapshot.sponsorships.filter((one) => !news.has(pairOf(one)));
  const pairs = new Set(seen.map(pairOf));
  const kept = heard.flatMap((one) => {
    if (news.has(pairOf(one))) return [one];
    if (pairs.has(pairOf(one))) return [];
    const visible = hasName(snapshot.accounts, one.account) && (!one.private || snapshot.includesPrivate);
    return [visible ? { ...one, until: Math.min(one.until ?? snapshot.at, snapshot.at) } : one];
  });
  return [...seen, ...kept];
}

/** Sponsorships by their sponsor, as a decision looks them up. */
export type SponsorIndex = ReadonlyMap<string, readonly Sponsorship[]>;

export function indexSponsors(sponsorships: readonly Sponsorship[]): SponsorIndex {
  return groupBy(sponsorships, ({ sponsor }) => sponsor.toLowerCase());
}
