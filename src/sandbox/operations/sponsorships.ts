import { newIdentity } from "../state/identity.ts";
import type { Account, Sponsoring } from "../state/state.ts";
import { must } from "../state/access.ts";
import { type Actor, iso, type World } from "../state/world.ts";
import { accountView, type Json } from "../views/account.ts";

/** A new sponsorship, or a change of what it gives or shows; tells `sponsorship`. */
export function sponsor(
  world: World,
  { account: sponsor }: Actor,
  account: Account,
  wanted: Pick<Sponsoring, "dollars" | "private" | "oneTime">,
): void {
  const before = account.sponsors.get(sponsor.id);
  if (!before || before.oneTime !== wanted.oneTime) {
    const { nodeId } = newIdentity(world.state, "sponsorship");
    account.sponsors.set(sponsor.id, { nodeId, ...wanted, createdAt: world.now() });
    tell(world, sponsor, account, "created", {});
    return;
  }
  account.sponsors.set(sponsor.id, { ...before, ...wanted });
  if (before.dollars !== wanted.dollars) {
    tell(world, sponsor, account, "tier_changed", { changes: { tier: { from: tierView(account, before) } } });
  }
  if (before.private !== wanted.private) {
    tell(world, sponsor, account, "edited", { changes: { privacy_level: { from: privacy(before) } } });
  }
}

export function stopSponsoring(world: World, { account: sponsor }: Actor, account: Account): void {
  if (!account.sponsors.has(sponsor.id)) return;
  tell(world, sponsor, account, "cancelled", {});
  account.sponsors.delete(sponsor.id);
}

/** Says what will become of a sponsorship at a time; `dollars` null: its end. */
export function announce(
  world: World,
  { account: sponsor }: Actor,
  account: Account,
  dollars: number | null,
  at: number,
): void {
  const before = must(account.sponsors.get(sponsor.id), "a sponsorship");
  const effective = { effective_date: iso(at) };
  if (dollars === null) {
    tell(world, sponsor, account, "pending_cancellation", effective);
    return;
  }
  const changes = { tier: { from: tierView(account, before) } };
  // As in GitHub's example the tier is the one to come, the change names the one that is.
  tell(world, sponsor, account, "pending_tier_change", { changes, ...effective }, { ...before, dollars });
}

function tell(
  world: World,
  sponsor: Account,
  account: Account,
  action: string,
  more: Json,
  shown = must(account.sponsors.get(sponsor.id), "a sponsorship"),
): void {
  const sponsorship = {
    node_id: shown.nodeId,
    created_at: iso(shown.createdAt),
    sponsorable: accountView(world, account),
    sponsor: accountView(world, sponsor),
    privacy_level: privacy(shown),
    tier: tierView(account, shown),
  };
  const payload = { sponsorship, ...more };
  world.publish({ event: "sponsorship", action, sponsored: account, sender: sponsor, payload });
}

const privacy = (one: Sponsoring) => (one.private ? "private" : "public");

function tierView({ createdAt }: Account, { dollars, oneTime }: Sponsoring): Json {
  return {
    node_id: tierId(dollars, oneTime),
    created_at: iso(createdAt),
    description: "Thank you",
    monthly_price_in_cents: dollars * 100,
    monthly_price_in_dollars: dollars,
    name: tierName(dollars, oneTime),
    is_one_time: oneTime,
    is_custom_amount: false,
  };
}

export const tierId = (dollars: number, oneTime: boolean): string => `ST_${oneTime ? "once_" : ""}${dollars}`;

export const tierName = (dollars: number, oneTime: boolean): string =>
  oneTime ? `$${dollars} one time` : `$${dollars} a month`;
