import type { Account } from "../state/state.ts";
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
    const viewer = viewerId(context);
    const owns = viewer === account.id || account.members.get(viewer ?? -1)?.role === "admin";
    const shown = [...account.sponsors].filter(
      ([, s]) => !s.private || (owns && args.includePrivate === true),
    );
    return connection("sponsorshipsAsMaintainer", shown, args, ([sponsorId, sponsorship]) => ({
      id: `S_${account.id}_${sponsorId}`,
      createdAt: iso(sponsorship.createdAt),
      isActive: true,
      isOneTimePayment: false,
      privacyLevel: sponsorship.private ? "PRIVATE" : "PUBLIC",
      sponsorEntity: () => actorNode(context, sponsorId),
      sponsorable: () => accountNode(context, account),
      // Only owners see the amount.
      tier: owns ? tierOf(sponsorship.monthlyDollars) : null,
    }));
  };
}

function tierOf(dollars: number): Resolved {
  return {
    id: `ST_${dollars}`,
    name: `$${dollars} a month`,
    monthlyPriceInDollars: dollars,
    monthlyPriceInCents: dollars * 100,
    isOneTime: false,
  };
}
