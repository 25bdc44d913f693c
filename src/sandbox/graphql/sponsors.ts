import { tierId, tierName } from "../operations/sponsorships.ts";
import type { Account, Sponsoring } from "../state/state.ts";
import { iso } from "../state/world.ts";
import { connection, type Page } from "./connection.ts";
import { type Context, failure, type Resolved } from "./context.ts";
import { accountNode, actorNode, viewerId } from "./objects.ts";

/**
 * Who sponsors an account. Installations are refused; private sponsors are shown only to the sponsored
 * account itself, or to an organisation's owners, who also must ask for them.
 */
export function sponsorshipsAsMaintainer(context: Context, account: Account) {
  return (args: Page & { includePrivate?: boolean | null }): Resolved => {
    if (context.caller.as !== "user") throw failure("FORBIDDEN", "Resource not accessible by integration");
    const owns = isOwner(context, account);
    const shown = [...account.sponsors].filter(
      ([, s]) => !s.private || (owns && args.includePrivate === true),
    );
    return connection("sponsorshipsAsMaintainer", shown, args, ([sponsorId, sponsorship]) => ({
      id: sponsorship.nodeId,
      createdAt: iso(sponsorship.createdAt),
      isActive: true,
      isOneTimePayment: sponsorship.oneTime,
      privacyLevel: sponsorship.private ? "PRIVATE" : "PUBLIC",
      sponsorEntity: () => actorNode(context, sponsorId),
      sponsorable: () => accountNode(context, account),
      // Only owners see the amount.
      tier: owns ? tierOf(sponsorship) : null,
    }));
  };
}

/** Is the viewer this account, or an owner of this organisation? */
export function isOwner(context: Context, account: Account): boolean {
  const viewer = viewerId(context);
  return viewer === account.id || account.members.get(viewer ?? -1)?.role === "admin";
}

function tierOf({ dollars, oneTime }: Sponsoring): Resolved {
  return {
    id: tierId(dollars, oneTime),
    name: tierName(dollars, oneTime),
    monthlyPriceInDollars: dollars,
    monthlyPriceInCents: dollars * 100,
    isOneTime: oneTime,
  };
}
