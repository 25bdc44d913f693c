import { z } from "zod";
import { ONE_TIME_DAYS } from "../customers/sponsor-ledger.ts";
import type { Sponsorship } from "../customers/sponsorship.ts";
import { type ScopeKey, scopeKey } from "../ticket/delivery.ts";
import type { Octokit } from "./client.ts";

export const LIST_SPONSORSHIPS = `query ($login: String!, $after: String) {
  repositoryOwner(login: $login) {
    login
    ... on User { isViewer }
    ... on Organization { viewerCanAdminister }
    ... on Sponsorable {
      sponsorshipsAsMaintainer(first: 100, after: $after, includePrivate: true) {
        pageInfo { hasNextPage endCursor }
        nodes {
          createdAt
          privacyLevel
          isOneTimePayment
          tier { monthlyPriceInCents }
          sponsorEntity { __typename ... on User { login } ... on Organization { login } }
        }
      }
    }
  }
}`;

const sponsorship = z.object({
  createdAt: z.string(),
  privacyLevel: z.enum(["PUBLIC", "PRIVATE"]),
  isOneTimePayment: z.boolean(),
  // null: only owners of the sponsored account see the amount.
  tier: z.object({ monthlyPriceInCents: z.number() }).nullable(),
  // null: the account is gone, or not for the token to see.
  sponsorEntity: z.object({ __typename: z.string(), login: z.string() }).nullable(),
});

const answer = z.object({
  repositoryOwner: z
    .object({
      login: z.string(),
      isViewer: z.boolean().optional(),
      viewerCanAdminister: z.boolean().optional(),
      sponsorshipsAsMaintainer: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(sponsorship.nullable()).nullable(),
      }),
    })
    .nullable(),
});

/** What an owner's token sees of an account's sponsors now. */
export interface SponsorsSeen {
  sponsorships: Sponsorship[];
  /** Were private sponsorships and amounts among what it could see? */
  includesPrivate: boolean;
}

/** All active sponsorships of an account, a hundred a request; null: there is no such account. */
export async function listSponsorships(octokit: Octokit, account: string): Promise<SponsorsSeen | null> {
  const sponsorships: Sponsorship[] = [];
  let after: string | null = null;
  for (;;) {
    const variables: Record<string, unknown> = { login: account, after };
    const { repositoryOwner: owner } = answer.parse(await octokit.graphql(LIST_SPONSORSHIPS, variables));
    if (!owner) return null;
    const { nodes, pageInfo } = owner.sponsorshipsAsMaintainer;
    for (const node of nodes ?? []) {
      if (node?.sponsorEntity) sponsorships.push(asSponsorship(owner.login, node, node.sponsorEntity));
    }
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage || after === null) {
      return { sponsorships, includesPrivate: owner.isViewer === true || owner.viewerCanAdminister === true };
    }
  }
}

function asSponsorship(
  account: string,
  { createdAt, privacyLevel, isOneTimePayment, tier }: z.output<typeof sponsorship>,
  sponsor: { __typename: string; login: string },
): Sponsorship {
  const from = Date.parse(createdAt);
  return {
    account,
    sponsor: sponsor.login,
    organization: sponsor.__typename === "Organization",
    private: privacyLevel === "PRIVATE",
    dollars: tier && tier.monthlyPriceInCents / 100,
    oneTime: isOneTimePayment,
    from,
    until: isOneTimePayment ? from + ONE_TIME_DAYS * 86_400_000 : null,
  };
}

const payload = z.object({ sponsorship: z.object({ sponsorable: z.object({ login: z.string() }) }) });

/** Where a delivery of a sponsors webhook waits: with the account that is sponsored; null: it is none. */
export function sponsoredScopeOf(event: string, body: unknown): ScopeKey | null {
  const read = event === "sponsorship" ? payload.safeParse(body) : null;
  const account = read?.data?.sponsorship.sponsorable.login.toLowerCase() ?? "";
  return /^[a-z\d][a-z\d_-]{0,98}$/.test(account) ? scopeKey("sponsors", account) : null;
}
