import { describe, expect, it } from "@jest/globals";
import { clientele } from "../../src/customers/clientele.ts";
import { indexMembers, type Member } from "../../src/customers/member-file.ts";
import type { Plan } from "../../src/customers/plan.ts";
import { indexSponsors } from "../../src/customers/sponsors.ts";
import type { Sponsorship } from "../../src/customers/sponsorship.ts";

const NOW = Date.parse("2026-06-15T12:00Z");
const DAY = 86_400_000;

const plan = (
  name: string,
  members: Partial<Plan["members"]>,
  minimumMonthlyDollars: number | null = null,
) => ({
  name,
  members: { logins: [], organizations: [], teams: [], file: null, ...members },
  sponsors: { minimumMonthlyDollars, accounts: [] },
});
const row = (type: Member["type"], name: string, change: Partial<Member> = {}): Member => ({
  type,
  name,
  from: null,
  until: null,
  ...change,
});
const sponsorship = (sponsor: string, dollars: number | null, change: Partial<Sponsorship> = {}) => ({
  ...{ account: "octo-org", sponsor, organization: false, private: true, dollars, oneTime: false },
  ...{ from: NOW - 30 * DAY, until: null },
  ...change,
});
const count = (plans: ReturnType<typeof plan>[], members: Member[], sponsors: Sponsorship[] = []) =>
  Object.fromEntries(
    clientele(
      plans,
      {
        files: new Map([["members.csv", indexMembers(members)]]),
        sponsors: indexSponsors(sponsors),
        owner: "octo-org",
      },
      NOW,
    ),
  );

describe("the customers of a plan", () => {
  it("are whom the settings and the file name, each once", () => {
    const gold = plan("gold", {
      logins: ["anna", "ben"],
      organizations: ["acme"],
      teams: ["octo-org/customers"],
      file: "members.csv",
    });
    const members = [row("login", "Anna"), row("login", "carl"), row("organization", "anna")];
    expect(count([gold, plan("none", {})], members)).toEqual({ gold: 6, none: 0 });
  });

  it("are those whose time it is", () => {
    const gold = plan("gold", { file: "members.csv" });
    const members = [
      row("login", "past", { until: NOW }),
      row("login", "last-day", { until: NOW + 1 }),
      row("login", "first-day", { from: NOW }),
      row("login", "future", { from: NOW + 1 }),
      // Two stretches of one customer.
      row("login", "back", { until: NOW - DAY }),
      row("login", "back", { from: NOW - DAY }),
    ];
    expect(count([gold], members)).toEqual({ gold: 3 });
  });

  it("are sponsors who give enough, for the first plan that they reach", () => {
    const plans = [plan("gold", { logins: ["rich"] }, 100), plan("bronze", {}, 10)];
    const sponsors = [
      sponsorship("rich", 100),
      sponsorship("acme", 150, { organization: true }),
      sponsorship("small", 10),
      sponsorship("smaller", 9),
      sponsorship("gone", 500, { until: NOW }),
      sponsorship("elsewhere", 500, { account: "hubot" }),
    ];
    expect(count(plans, [], sponsors)).toEqual({ gold: 2, bronze: 1 });
  });
});
