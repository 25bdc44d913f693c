import { groupBy } from "./group.ts";
import type { SponsorEvent, SponsorLedger, Sponsorship } from "./sponsorship.ts";

const DAY = 86_400_000;

/** GitHub shows a one-time sponsor for a month. */
export const ONE_TIME_DAYS = 31;

/** A `created` so long after a `cancelled` is a return, not a delivery that was late. */
const LATE = 3_600_000;

/**
 * What the webhook's events add up to at `now`, past sponsorships with their end included. Payloads do not carry the
 * time at which things happened, so what counts is what follows from the events whatever order they came in.
 */
export function sponsorshipsOf(
  ledger: SponsorLedger,
  now: number,
  oneTimeDays = ONE_TIME_DAYS,
): Sponsorship[] {
  const stories = groupBy(ledger, (event) => `${event.sponsorship}@${event.since}`);
  const all = [...stories.values()].flatMap((events) => sponsorshipOf(events, now, oneTimeDays) ?? []);
  const monthly = groupBy(
    all.filter(({ oneTime }) => !oneTime),
    pairOf,
  );
  return all.map((one) =>
    one.oneTime ? one : { ...one, until: earlier(one.until, successor(one, monthly)) },
  );
}

/** Who sponsors whom: what is known of one pair is about the same thing. */
export function pairOf({ account, sponsor }: Pick<Sponsorship, "account" | "sponsor">): string {
  return `${account}/${sponsor}`.toLowerCase();
}

/** When a sponsorship was replaced: nobody sponsors an account twice a month. */
function successor(one: Sponsorship, monthly: Map<string, Sponsorship[]>): number | null {
  const later = (monthly.get(pairOf(one)) ?? []).filter(({ from }) => from > one.from);
  return later.reduce<number | null>((first, { from }) => earlier(first, from), null);
}

function sponsorshipOf(events: SponsorEvent[], now: number, oneTimeDays: number): Sponsorship | null {
  const last = events.at(-1);
  if (!last) return null;
  const tier = tierOf(events, now);
  const { account, sponsor, organization, since } = last;
  const spent = tier.oneTime ? since + oneTimeDays * DAY : null;
  return {
    account,
    sponsor,
    organization,
    private: isPrivate(events),
    dollars: tier.cents / 100,
    oneTime: tier.oneTime,
    from: since,
    until: earlier(endOf(events), spent),
  };
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function endOf(events: SponsorEvent[]): number | null {
  const lastOf = (action: SponsorEvent["action"]) => events.findLast((event) => event.action === action);
  const cancelled = lastOf("cancelled");
  const created = lastOf("created");
  if (cancelled && !(created && created.at > cancelled.at + LATE)) return cancelled.at;
  const effective = lastOf("pending_cancellation")?.effectiveAt ?? null;
  // Somebody who changes the tier after the end was announced for has stayed.
  const stayed = events.some(
    ({ action, at }) =>
      effective !== null && at > effective && (action === "created" || action === "tier_changed"),
  );
  return stayed ? null : effective;
}

/**
 * The tier after all changes. Changes lead from tier to tier like a walk: the tier that is entered once more often than
 * left is where it ends, in whatever order its steps are known.
 */
function tierOf(events: SponsorEvent[], now: number): SponsorEvent["tier"] {
  const last = events.at(-1) as SponsorEvent;
  const steps = events.filter((event) => event.action === "tier_changed");
  const start = events.find((event) => event.action === "created");
  const balance = new Map<string, number>();
  const add = (id: string | undefined, n: number) =>
    id !== undefined && balance.set(id, (balance.get(id) ?? 0) + n);
  add(start?.tier.id, 1);
  for (const step of steps) {
    add(step.tierBefore?.id, -1);
    add(step.tier.id, 1);
  }
  const ends = [...(start ? [start] : []), ...steps].filter(({ tier }) => (balance.get(tier.id) ?? 0) > 0);
  const snapshot = last.action === "pending_tier_change" ? (last.tierBefore ?? last.tier) : last.tier;
  const current = ends.at(-1)?.tier ?? snapshot;
  // A change that was announced and whose day has come holds even if its `tier_changed` was lost.
  const announced = events.findLast(
    ({ action, effectiveAt }) =>
      action === "pending_tier_change" && effectiveAt !== null && effectiveAt <= now,
  );
  return announced?.tierBefore?.id === current.id ? announced.tier : current;
}

/** Private when in doubt: to tell of a private sponsorship cannot be taken back. */
function isPrivate(events: SponsorEvent[]): boolean {
  const edits = events.filter((event) => event.action === "edited" && event.privateBefore !== null);
  const hidden = edits.filter((event) => event.private).length;
  const shown = edits.length - hidden;
  const began = events.find((event) => event.action === "created")?.private;
  if (hidden !== shown) return hidden > shown;
  if (edits.length > 0 && began !== undefined) return began;
  return events.some((event) => event.private);
}
