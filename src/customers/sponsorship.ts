/** Who sponsors whom with how much, as of some moment. Times are milliseconds since 1970. */
export interface Sponsorship {
  account: string;
  sponsor: string;
  /** Then members of the sponsoring organisation count. */
  organization: boolean;
  private: boolean;
  /** Dollars a month, or once; null: the token may not see it. */
  dollars: number | null;
  oneTime: boolean;
  from: number;
  /** When it ended or will end; null: it goes on. */
  until: number | null;
}

const ACTIONS = [
  "created",
  "edited",
  "tier_changed",
  "pending_tier_change",
  "pending_cancellation",
  "cancelled",
] as const;
type SponsorAction = (typeof ACTIONS)[number];

interface Tier {
  id: string;
  cents: number;
  oneTime: boolean;
}

/** A delivery of the sponsors webhook, reduced to what counts. */
export interface SponsorEvent {
  /** `X-GitHub-Delivery`. */
  id: string;
  /** When it was received: the payload does not say when it happened. */
  at: number;
  action: SponsorAction;
  /** The sponsorship's node id and when it was made: a renewed one has a new time. */
  sponsorship: string;
  since: number;
  account: string;
  sponsor: string;
  organization: boolean;
  private: boolean;
  tier: Tier;
  tierBefore: Tier | null;
  privateBefore: boolean | null;
  /** When a pending change takes effect. */
  effectiveAt: number | null;
}

/** All events that were received, none twice, in an order that does not depend on how they came. */
export type SponsorLedger = readonly SponsorEvent[];

/** Adds an event; nothing when its delivery is known. */
export function recordSponsorEvent(ledger: SponsorLedger, event: SponsorEvent): SponsorLedger {
  if (ledger.some(({ id }) => id === event.id)) return ledger;
  return [...ledger, event].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** Reads a payload of the `sponsorship` event; null: it is none, or of an action that we do not know. */
export function readSponsorEvent(
  payload: unknown,
  delivery: { id: string; at: number },
): SponsorEvent | null {
  const sponsorship = field(payload, "sponsorship");
  const action = ACTIONS.find((name) => name === field(payload, "action"));
  const tier = readTier(field(sponsorship, "tier"));
  const since = Date.parse(text(field(sponsorship, "created_at")));
  const account = text(field(field(sponsorship, "sponsorable"), "login"));
  const sponsor = text(field(field(sponsorship, "sponsor"), "login"));
  if (!action || !tier || Number.isNaN(since) || !account || !sponsor) return null;
  const changes = field(payload, "changes");
  const before = field(field(changes, "privacy_level"), "from");
  const effective = Date.parse(text(field(payload, "effective_date")));
  return {
    ...delivery,
    action,
    sponsorship: text(field(sponsorship, "node_id")),
    since,
    account,
    sponsor,
    organization: field(field(sponsorship, "sponsor"), "type") === "Organization",
    // What is not said to be public is private.
    private: field(sponsorship, "privacy_level") !== "public",
    tier,
    tierBefore: readTier(field(field(changes, "tier"), "from")),
    privateBefore: before === undefined ? null : before !== "public",
    effectiveAt: Number.isNaN(effective) ? null : effective,
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function readTier(value: unknown): Tier | null {
  const cents = field(value, "monthly_price_in_cents");
  if (typeof cents !== "number" || !Number.isFinite(cents) || cents < 0) return null;
  return { id: text(field(value, "node_id")), cents, oneTime: field(value, "is_one_time") === true };
}
