import { describe, expect, it } from "@jest/globals";
import type { CreditLedger } from "../../src/customers/credit.ts";
import type { Member } from "../../src/customers/member-file.ts";
import { indexMembers } from "../../src/customers/member-file.ts";
import { indexSponsors } from "../../src/customers/sponsors.ts";
import { membershipsOf, nextChange } from "../../src/customers/membership.ts";
import type { Plan } from "../../src/customers/plan.ts";
import type { ServiceFacts } from "../../src/customers/service.ts";
import { chooseService } from "../../src/customers/service.ts";
import type { Sponsorship } from "../../src/customers/sponsorship.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-06-15T12:00Z");

interface PlanParts extends Partial<Omit<Plan, "members" | "sponsors">> {
  name: string;
  members?: Partial<Plan["members"]>;
  sponsors?: Partial<Plan["sponsors"]>;
}

function plan({ members, sponsors, ...rest }: PlanParts): Plan {
  return {
    mode: "subscription",
    credits: null,
    covers: ["bug", "feature", "question", "documentation", "performance", "security"],
    languages: [],
    weight: 1,
    public: false,
    members: { logins: [], organizations: [], teams: [], file: null, ...members },
    sponsors: { minimumMonthlyDollars: null, accounts: [], ...sponsors },
    ...rest,
  };
}

function sponsorship(parts: Partial<Sponsorship>): Sponsorship {
  return {
    account: "octocat",
    sponsor: "mona",
    organization: false,
    private: false,
    dollars: 10,
    oneTime: false,
    from: NOW - 30 * DAY,
    until: null,
    ...parts,
  };
}

function facts(
  parts: Partial<ServiceFacts> & { sponsorships?: Sponsorship[]; files?: Record<string, Member[]> },
): ServiceFacts {
  const { sponsorships = [], files = {}, ...rest } = parts;
  return {
    requester: { login: "mona", organizations: ["acme"], teams: ["acme/staff"] },
    ticket: { key: "1/7", kind: "bug", language: "en" },
    sources: {
      files: new Map(Object.entries(files).map(([path, rows]) => [path, indexMembers(rows)])),
      sponsors: indexSponsors(sponsorships),
      owner: "octocat",
    },
    credits: new Map(),
    audience: "private",
    now: NOW,
    ...rest,
  };
}

describe("the plan of a ticket", () => {
  const gold = plan({ name: "gold", members: { logins: ["Mona"] } });

  it.each<[string, Plan[], Parameters<typeof facts>[0], string | null, string]>([
    ["is community without plans", [], {}, null, "community: no plan serves this ticket"],
    ["is found by login, capitals aside", [gold], {}, "gold", "gold: mona is listed"],
    [
      "is found by organisation",
      [plan({ name: "firm", members: { organizations: ["ACME"] } })],
      {},
      "firm",
      "firm: mona belongs to acme",
    ],
    [
      "is found by team",
      [plan({ name: "staff", members: { teams: ["acme/staff"] } })],
      {},
      "staff",
      "staff: mona is in the team acme/staff",
    ],
    [
      "is found in a file",
      [plan({ name: "listed", members: { file: "m.csv" } })],
      { files: { "m.csv": [{ type: "organization", name: "Acme", from: null, until: null }] } },
      "listed",
      "listed: organization Acme is in m.csv",
    ],
    [
      "is not found in a file that is not there",
      [plan({ name: "listed", members: { file: "m.csv" } })],
      {},
      null,
      "community: no plan serves this ticket",
    ],
    [
      "is found by sponsorship of the owner",
      [plan({ name: "sponsor", sponsors: { minimumMonthlyDollars: 10 } })],
      { sponsorships: [sponsorship({})] },
      "sponsor",
      "sponsor: mona sponsors octocat with $10",
    ],
    [
      "is not found by too little",
      [plan({ name: "sponsor", sponsors: { minimumMonthlyDollars: 11 } })],
      { sponsorships: [sponsorship({})] },
      null,
      "community: no plan serves this ticket",
    ],
    [
      "is found by the sum of several accounts and of an organisation",
      [plan({ name: "sponsor", sponsors: { minimumMonthlyDollars: 60, accounts: ["octocat", "hubot"] } })],
      {
        sponsorships: [
          sponsorship({}),
          sponsorship({ account: "hubot", sponsor: "acme", organization: true, dollars: 50 }),
        ],
      },
      "sponsor",
      "sponsor: mona sponsors octocat and acme sponsors hubot with $60",
    ],
    [
      "is not found by sponsoring somebody else",
      [plan({ name: "sponsor", sponsors: { minimumMonthlyDollars: 1, accounts: ["hubot"] } })],
      { sponsorships: [sponsorship({})] },
      null,
      "community: no plan serves this ticket",
    ],
    [
      "is not found by a person named like the organisation that sponsors",
      [plan({ name: "sponsor", sponsors: { minimumMonthlyDollars: 1 } })],
      { sponsorships: [sponsorship({ organization: true })] },
      null,
      "community: no plan serves this ticket",
    ],
    [
      "is found by an amount that we may not see, if any will do",
      [
        plan({ name: "big", sponsors: { minimumMonthlyDollars: 100 } }),
        plan({ name: "any", sponsors: { minimumMonthlyDollars: 1 } }),
      ],
      { sponsorships: [sponsorship({ dollars: null })] },
      "any",
      "any: mona sponsors octocat (amount not visible)",
    ],
    [
      "is the first that fits",
      [gold, plan({ name: "silver", members: { logins: ["mona"] } })],
      {},
      "gold",
      "gold: mona is listed",
    ],
    [
      "is the next one where the first does not cover the kind",
      [plan({ name: "questions", covers: ["question"], members: { logins: ["mona"] } }), gold],
      {},
      "gold",
      "questions: does not cover bug; gold: mona is listed",
    ],
    [
      "is the next one where the first does not speak the language",
      [plan({ name: "german", languages: ["de"], members: { logins: ["mona"] } }), gold],
      {},
      "gold",
      "german: does not serve the language en; gold: mona is listed",
    ],
  ])("%s", (_, plans, given, name, because) => {
    const service = chooseService(plans, facts(given));
    expect(service.plan).toBe(name);
    expect(service.because.join("; ")).toBe(because);
  });

  it("keeps a covering plan while neither kind nor language is known", () => {
    const narrow = plan({ name: "questions", covers: ["question"], members: { logins: ["mona"] } });
    const german = { ...narrow, languages: ["de"] };
    for (const known of [narrow, german]) {
      const ticket = { key: "1/7", kind: null, language: null };
      expect(chooseService([known], facts({ ticket })).plan).toBe("questions");
    }
  });

  describe("paid by the incident", () => {
    const incidents = plan({
      name: "incidents",
      mode: "incidents",
      credits: 3,
      weight: 2,
      members: { logins: ["mona"] },
    });
    const community = plan({ name: "friends", mode: "community", weight: 0, members: { logins: ["mona"] } });
    const bought: CreditLedger = [{ id: "a", at: 1, type: "bought", credits: 1 }];
    const reserved: CreditLedger = [
      ...bought,
      { id: "b", at: 2, type: "reserved", ticket: "1/7", credits: 1 },
    ];
    const used: CreditLedger = [...reserved, { id: "c", at: 3, type: "used", ticket: "1/7", credits: 1 }];
    const spent: CreditLedger = [...bought, { id: "b", at: 2, type: "reserved", ticket: "1/8", credits: 1 }];

    it.each<[string, CreditLedger, string, string, string]>([
      ["with a credit left is served", bought, "incidents", "open", "incidents: mona is listed"],
      ["with its credit reserved is served", reserved, "incidents", "reserved", "incidents: mona is listed"],
      ["that is paid for goes on being served", used, "incidents", "used", "incidents: mona is listed"],
      [
        "with none left falls to the next",
        spent,
        "friends",
        "none",
        "incidents: no credit left (1 bought, 1 reserved, 0 used); friends: mona is listed",
      ],
      [
        "with none bought falls to the next",
        [],
        "friends",
        "none",
        "incidents: no credit left (0 bought, 0 reserved, 0 used); friends: mona is listed",
      ],
    ])("%s", (_, ledger, name, credit, because) => {
      const service = chooseService(
        [incidents, community],
        facts({ credits: new Map([["incidents", ledger]]) }),
      );
      expect([service.plan, service.credit, service.because.join("; ")]).toEqual([name, credit, because]);
    });

    it("is not counted where the plan says so", () => {
      expect(chooseService([{ ...incidents, credits: null }], facts({}))).toMatchObject({
        plan: "incidents",
        credit: "none",
      });
    });
  });

  it("takes effect and lapses by its dates, and says when to look again", () => {
    const listed = plan({ name: "listed", members: { file: "m.csv" } });
    const files = { "m.csv": [{ type: "login" as const, name: "mona", from: NOW - DAY, until: NOW + DAY }] };
    const at = (now: number) => {
      const { plan: name, until } = chooseService([listed], facts({ files, now }));
      return [name, until];
    };
    expect(at(NOW - 2 * DAY)).toEqual([null, NOW - DAY]);
    expect(at(NOW - DAY)).toEqual(["listed", NOW + DAY]);
    expect(at(NOW + DAY - 1)).toEqual(["listed", NOW + DAY]);
    expect(at(NOW + DAY)).toEqual([null, null]);
    expect(nextChange([], NOW)).toBeNull();
  });

  it("goes on when one sponsorship takes over from another", () => {
    const paid = plan({ name: "sponsor", sponsors: { minimumMonthlyDollars: 10 } });
    const sponsorships = [sponsorship({ until: NOW }), sponsorship({ from: NOW, dollars: 50 })];
    const { requester, sources } = facts({ sponsorships });
    const memberships = membershipsOf(requester, paid, sources, "private");
    expect(memberships.map(({ from, until }) => [from, until])).toEqual([
      [NOW - 30 * DAY, NOW],
      [NOW, null],
    ]);
  });
});

describe("in public", () => {
  const open = plan({ name: "open", public: true, sponsors: { minimumMonthlyDollars: 10 } });
  const closed = plan({ name: "closed", members: { logins: ["mona"] } });
  const seen = (sponsorships: Sponsorship[], plans = [closed, open]) =>
    chooseService(plans, facts({ sponsorships, audience: "public" }));

  it("counts only plans that may be known", () => {
    expect(seen([])).toEqual(chooseService([], facts({ audience: "public" })));
    expect(seen([sponsorship({})])).toMatchObject({ plan: "open" });
  });

  it("is the same with and without a private sponsorship, past, present or future", () => {
    const without = seen([]);
    for (const hidden of [{}, { until: NOW + DAY }, { from: NOW + DAY }, { until: NOW - DAY }]) {
      expect(seen([sponsorship({ private: true, ...hidden })])).toEqual(without);
    }
  });

  it("does not tell by which list somebody has a plan, nor how much they give", () => {
    const member: Member = { type: "login", name: "mona", from: null, until: null };
    const ways = plan({
      name: "open",
      public: true,
      members: { logins: ["mona"], organizations: ["acme"], teams: ["acme/staff"], file: "customers.csv" },
      sponsors: { minimumMonthlyDollars: 10 },
    });
    const sources = { files: { "customers.csv": [member] }, sponsorships: [sponsorship({})] };
    const { requester, sources: known } = facts(sources);
    const told = membershipsOf(requester, ways, known, "public").map(({ because }) => because);
    expect(told).toEqual(Array(3).fill("mona has this plan"));
    const inside = membershipsOf(requester, ways, known, "private").map(({ because }) => because);
    expect(inside.join()).toMatch(/mona is listed.*customers\.csv.*\$10/);
  });

  it("does not tell that a public sponsor gives more in private", () => {
    const big = plan({ name: "big", public: true, sponsors: { minimumMonthlyDollars: 50 } });
    const both = [sponsorship({}), sponsorship({ private: true, dollars: 90 })];
    expect(seen(both, [big, open]).plan).toBe("open");
    expect(seen(both, [big, open])).toEqual(seen([sponsorship({})], [big, open]));
  });
});
