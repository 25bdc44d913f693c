import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { listSponsorships, sponsoredScopeOf } from "../../src/github/sponsors.ts";
import { finish, type Official, officialGithub, variablesOf } from "./official-github.ts";
import { EXAMPLES } from "./webhook-examples.ts";

let github: Official;
beforeEach(() => {
  github = officialGithub();
});
afterEach(() => {
  expect(finish(github)).toEqual([]);
});

const sponsoring = (login: string, change: object = {}) => ({
  createdAt: "2026-01-05T10:00:00Z",
  privacyLevel: "PUBLIC",
  isOneTimePayment: false,
  tier: { monthlyPriceInCents: 2_500 },
  sponsorEntity: { __typename: "User", login },
  ...change,
});

/** An account with pages of sponsorships, one after another. */
function account(pages: object[][], change: object = { isViewer: true }) {
  return ({ login }: { login: string }) => ({
    __typename: "isViewer" in change ? "User" : "Organization",
    login,
    ...change,
    sponsorshipsAsMaintainer: ({ after, includePrivate, first }: Record<string, unknown>) => {
      expect([first, includePrivate]).toEqual([100, true]);
      const page = Number(after ?? 0);
      const more = page + 1 < pages.length;
      return { nodes: pages[page], pageInfo: { hasNextPage: more, endCursor: String(page + 1) } };
    },
  });
}

describe("who sponsors an account", () => {
  it("is read page by page, with who gives, how much, since when, in private or not", async () => {
    const organization = {
      sponsorEntity: { __typename: "Organization", login: "acme" },
      privacyLevel: "PRIVATE",
    };
    const once = { isOneTimePayment: true, tier: { monthlyPriceInCents: 50_000 } };
    github.graphql({
      repositoryOwner: account([
        [sponsoring("ana"), sponsoring("acme", organization)],
        [sponsoring("bo", once)],
      ]),
    });
    const from = Date.parse("2026-01-05T10:00:00Z");
    const common = {
      account: "octocat",
      organization: false,
      private: false,
      dollars: 25,
      oneTime: false,
      from,
    };
    expect(await listSponsorships(github.octokit, "octocat")).toEqual({
      includesPrivate: true,
      sponsorships: [
        { ...common, sponsor: "ana", until: null },
        { ...common, sponsor: "acme", organization: true, private: true, until: null },
        { ...common, sponsor: "bo", dollars: 500, oneTime: true, until: Date.parse("2026-02-05T10:00:00Z") },
      ],
    });
    expect(variablesOf(github)).toEqual([
      { login: "octocat", after: null },
      { login: "octocat", after: "1" },
    ]);
  });

  it.each<[string, object, boolean]>([
    ["the account itself", { isViewer: true }, true],
    ["another person", { isViewer: false }, false],
    ["an organisation's owner", { viewerCanAdminister: true }, true],
    ["an organisation's member", { viewerCanAdminister: false }, false],
  ])("of whose token is %s: everything is seen: %#", async (_, change, expected) => {
    const hidden = sponsoring("ana", { tier: null });
    github.graphql({ repositoryOwner: account([[hidden, { ...hidden, sponsorEntity: null }]], change) });
    const seen = await listSponsorships(github.octokit, "acme");
    expect(seen?.includesPrivate).toBe(expected);
    expect(seen?.sponsorships.map(({ sponsor, dollars }) => [sponsor, dollars])).toEqual([["ana", null]]);
  });

  it("is null of an account that there is not", async () => {
    github.graphql({ repositoryOwner: () => null });
    expect(await listSponsorships(github.octokit, "octocat")).toBeNull();
  });

  it("is refused to a token without the scopes, in words", async () => {
    const errors = [
      { type: "INSUFFICIENT_SCOPES", message: "Your token has not been granted the required scopes" },
    ];
    github.graphqlAnswer(200, { data: null, errors });
    await expect(listSponsorships(github.octokit, "octocat")).rejects.toThrow("required scopes");
  });
});

describe("a delivery of a sponsors webhook", () => {
  const examples = EXAMPLES.filter(({ name }) => name === "sponsorship");

  it("waits with the account that is sponsored", () => {
    expect(examples.length).toBeGreaterThan(0);
    for (const { payload } of examples) {
      expect(sponsoredScopeOf("sponsorship", payload)).toBe("sponsors:octocat");
    }
  });

  it.each<[string, string, unknown]>([
    ["a ping", "ping", { zen: "Keep it simple" }],
    ["another event", "issues", examples[0]?.payload],
    ["no object", "sponsorship", null],
    ["without an account", "sponsorship", { sponsorship: { sponsorable: null } }],
    ["of a name that would be a path", "sponsorship", { sponsorship: { sponsorable: { login: "../x" } } }],
    ["of an endless name", "sponsorship", { sponsorship: { sponsorable: { login: "x".repeat(200) } } }],
  ])("%s is nothing for us", (_, event, payload) => {
    expect(sponsoredScopeOf(event, payload)).toBeNull();
  });
});
