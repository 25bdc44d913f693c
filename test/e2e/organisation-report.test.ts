import { afterEach, describe, expect, it } from "@jest/globals";
import { organizationRows, repositoryRows } from "../../src/cli/report-rows.ts";
import { openReader } from "../../src/cli/store-reader.ts";
import { tick } from "../../src/desk/rounds.ts";
import type { FigureRow } from "../../src/reports/figure-rows.ts";
import type { Repository } from "../../src/ticket/repository.ts";
import type { Fact } from "../../src/ticket/fact.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";
import { newService } from "../../src/triage/serve.ts";
import { TEXTS } from "../builders/facts.ts";
import {
  close,
  DAY,
  HOUR,
  judge,
  life,
  MONDAY,
  rate,
  reply,
  show,
  type Step,
  WEEK,
} from "../builders/lives.ts";
import { sampleTicket } from "../store/samples.ts";
import { openWorld, REPOSITORY, SUPPORT, type World, type WorldOptions } from "./world.ts";

let world: World;
let at: number;
afterEach(() => world.close());

async function begin(options: WorldOptions): Promise<void> {
  at = MONDAY;
  world = await openWorld({ ...options, sandbox: { now: () => at } });
}

async function later(hours: number): Promise<void> {
  at += hours * HOUR;
  await tick(world.frontdesk.desk);
  await world.rest();
}

async function repositoryOf(fullName: string): Promise<Repository> {
  const found = (await world.frontdesk.desk.store.repositories()).find((one) => one.fullName === fullName);
  if (!found) throw new Error(`no ${fullName}`);
  return found;
}

/** What the reports in a repository say, the oldest first. */
function reportsIn(fullName: string): string[] {
  const repository = [...world.sandbox.state.repositories.values()].find(
    ({ name }) => name === fullName.split("/")[1],
  );
  return [...(repository?.issues.values() ?? [])]
    .map(({ body }) => body)
    .filter((body) => body.includes("<!-- frontdesk:report:"));
}

/** The rows of `frontdesk report` on the week, while the desk works in the folder. */
async function rows(subject: string): Promise<FigureRow[]> {
  const reader = await openReader({ dataDir: world.dataDir });
  if (subject === "organization")
    return (await organizationRows(reader, await reader.repositories(), WEEK, at)).rows;
  return repositoryRows(reader, await repositoryOf(subject), WEEK, at);
}

const found = (all: readonly FigureRow[], metric: string, of = "") =>
  all.find((row) => row.metric === metric && row.of === of);

const MONEY = `support: { repository: ${SUPPORT} }
costs: { technical: 1000, people: 7000, administration: 2000, fixed: 4000, variable: 5000, extra: 1000 }
revenue: { partnerships: 300 }
team:
  - { login: maria, capacity: 2, measured: true }
  - { login: tom, capacity: 2 }
plans:
  - { name: gold, price: { amount: 100 }, members: { logins: [anna, ben] } }
  - { name: silver, price: { amount: 1200, per: year }, members: { organizations: [acme] } }
  - { name: case, mode: incidents, price: { amount: 50, per: incident }, members: { logins: [carl] } }
  - { name: euro, price: { amount: 90, currency: EUR }, members: { logins: [dora] } }
  - { name: setup, price: { amount: 5000, per: once }, members: { logins: [emil] } }
`;

const shown = show("article", "12/a.md");
const assigned = (login: string) => ({ type: "assigned", login }) as const;
const byReporter = { ...close, by: "reporter" } as const;

/** Tickets of two weeks, by what they cost and bring in. */
const LIVES: [change: Partial<Ticket>, plan: string | null, steps: Step[]][] = [
  // The week before: their seven days are over in this one. One of two was answered by the desk alone.
  [
    { createdAt: MONDAY - 6 * DAY, author: "anna" },
    "case",
    [
      [0.1, { type: "told" }, shown],
      [1, judge("article", "12/a.md", true), byReporter],
    ],
  ],
  [
    { createdAt: MONDAY - 6 * DAY, author: "ben" },
    null,
    [
      [1, reply],
      [2, close],
    ],
  ],
  // This week: anna is back; one is content and one is not; half a week of a pressing ticket is maria's.
  [{ author: "anna" }, "gold", [[1, rate(1, "anna")]]],
  [{ author: "carl" }, "case", [[1, rate(-1, "carl")]]],
  [{ author: "carla" }, "case", []],
  [
    { author: "dora", createdAt: WEEK.since },
    null,
    [
      [0, assigned("maria"), assigned("tom")],
      [84, close],
    ],
  ],
  [{ author: "emil" }, "euro", []],
  [{ author: "gone", status: "deleted" }, "case", [[1, rate(1, "gone")]]],
];

async function fill(): Promise<void> {
  const { id, installationId } = await repositoryOf(REPOSITORY);
  await world.frontdesk.desk.store.merge("repository", String(id), { since: 0 });
  for (const [i, [change, plan, steps]] of LIVES.entries()) {
    const { createdAt = MONDAY } = change;
    const key = `${id}/${500 + i}`;
    const priority = { level: "P0", score: 5, because: [] } as never;
    const service = { ...newService(createdAt), plan, priority: plan === null ? priority : null };
    const { timeline } = life(i, steps, { createdAt });
    const where = { repository: REPOSITORY, installationId, createdAt };
    const document = sampleTicket(key, { ...where, timeline: timeline as Fact[], service, ...change });
    await world.frontdesk.desk.store.commit({ scope: "ticket", id: key, document });
  }
}

describe("the organisation's report", () => {
  it("tells what was counted by hand", async () => {
    await begin({ organisation: { private: MONEY } });
    await fill();
    await later(7 * 24);
    const [body] = reportsIn(SUPPORT);
    // 7 of 30.436875 days: 0.229984 of a month.
    expect(body).toContain(
      [
        "### Business numbers",
        "",
        "- Cost: $2,299.84 = technical $229.98 + people $1,609.89 + administration $459.97; = fixed $919.94 + variable $1,149.92 + extra $229.98",
        // (2 x 100 + 1 x 1200 / 12) x 0.229984; 2 x 50; 300 x 0.229984.
        "- Revenue: $237.99 = subscriptions $69.00 + pay per use $100.00 + partnerships $69.00",
        "- Result: -$2,061.85",
        // 5 were opened.
        "- Cost per ticket: $459.97",
        // 1/2 x 2299.84 + (1 + 1) / (2 + 1) x 237.99.
        "- Expected benefit: $1,308.58",
        // 1/2 x 2/3 x 5.
        "- Opportunity (tickets): 1.7",
        "- In no sum (by the hour, once, or another currency): `euro` (€90.00), `setup` ($5,000.00)",
        "",
        "### Capacity used",
        "",
        // Half of the week, four times as heavy as others, of two at once. Nobody asked tom.
        "- `maria`: 100% (1)",
      ].join("\n"),
    );
    expect(body).toContain("| `octo-org/lantern` | 5 | 1 | 4 | – | 50% (9%–91%), 2 |");
    // Where nobody ever asked anything there is nothing to tell.
    expect(body).not.toContain("| `octo-org/support`");
    const own = reportsIn(REPOSITORY);
    expect(own).toHaveLength(1);
    expect(own[0]).not.toMatch(/\$|€|maria|Capacity|gold/);
  });

  it("is printed by the command with the same numbers, and none of them of a repository alone", async () => {
    await begin({ organisation: { private: MONEY } });
    await fill();
    const all = await rows("organization");
    const value = (metric: string, of = "") => found(all, metric, of)?.value;
    expect(value("cost")).toBeCloseTo(2299.842, 2);
    expect(value("cost", "people")).toBeCloseTo(1609.889, 2);
    expect(value("cost by use", "variable")).toBeCloseTo(1149.921, 2);
    expect(value("revenue")).toBeCloseTo(237.991, 2);
    expect(found(all, "revenue", "subscriptions")).toMatchObject({
      value: expect.closeTo(68.995, 2),
      unit: "USD",
      count: 3,
    });
    expect(found(all, "revenue", "pay per use")).toMatchObject({ value: 100, count: 2 });
    expect(value("revenue", "partnerships")).toBeCloseTo(68.995, 2);
    expect(value("result")).toBeCloseTo(-2061.851, 2);
    expect(value("cost per ticket")).toBeCloseTo(459.968, 2);
    expect(value("expected benefit")).toBeCloseTo(1308.581, 2);
    expect(value("opportunity")).toBeCloseTo(5 / 3, 6);
    expect(found(all, "left out", "euro, per month")).toMatchObject({ value: 90, unit: "EUR", count: 1 });
    expect(found(all, "left out", "setup, per once")).toMatchObject({ value: 5000, unit: "USD" });
    expect(found(all, "opened")).toMatchObject({ value: 5, before: 2 });
    expect(all.filter(({ metric }) => metric === "utilisation").map(({ of, value }) => [of, value])).toEqual([
      ["maria", expect.closeTo(1, 6)],
    ]);
    const own = await rows(REPOSITORY);
    expect(
      own.filter(({ metric }) => /cost|revenue|result|benefit|opportun|left out|utilis/.test(metric)),
    ).toEqual([]);
    expect(found(own, "opened")?.value).toBe(5);
  });

  it("measures nobody whose consent stands in a file that everybody can read", async () => {
    const team = /team:\n(?: {2}- .*\n)+?(?=plans)/;
    await begin({
      organisation: {
        public: "team: [{ login: maria, measured: true }]\n",
        private: MONEY.replace(team, ""),
      },
    });
    await fill();
    await later(7 * 24);
    expect(reportsIn(SUPPORT)[0]).toContain("Business numbers");
    expect(reportsIn(SUPPORT)[0]).not.toMatch(/Capacity used|maria/);
    expect((await rows("organization")).filter(({ metric }) => metric === "utilisation")).toEqual([]);
  });
});

const PLANS = `support: { repository: ${SUPPORT} }
plans:
  - { name: gold, members: { logins: [mona] }, sla: { firstResponse: 4h } }
businessHours: { days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "24:00" }
`;

describe("a private customer's promise", () => {
  it("that was broken in a public repository is told in private, and in no public report", async () => {
    await begin({ organisation: { private: PLANS } });
    const place = world.sandbox.as("mona").openIssue(REPOSITORY, TEXTS.bug);
    await world.rest();
    await later(10);
    expect(found(await rows(REPOSITORY), "overdue")?.value).toBe(1);
    world.sandbox.as("maria").comment(place, "We look into it.");
    await world.rest();
    await later(7 * 24);
    expect(reportsIn(SUPPORT).at(-1)).toMatch(/\| Promises kept \(SLA\) \| 0% \(0%–79%\) \| {2}\| – \| 1 \|/);
    const [own] = reportsIn(REPOSITORY);
    expect(own).toContain("| Opened | 1 |");
    expect(own).not.toMatch(/SLA|gold|overdue/);
    expect(found(await rows(REPOSITORY), "overdue")?.value).toBe(0);
    for (const subject of ["organization", REPOSITORY]) {
      const promise = found(await rows(subject), "sla attainment", "firstResponse, plan gold");
      expect(promise).toMatchObject({ value: 0, count: 1 });
    }
  });

  it("names no plan any more where its repository was made public", async () => {
    const vault = "octo-org/vault";
    await begin({
      furnish: (sandbox) => {
        sandbox.createRepository(vault, { private: true, files: { ".github/frontdesk.yml": PLANS } });
        sandbox.as("octocat").setRole(vault, "maria", "triage");
        sandbox.as("octocat").setRole(vault, "mona", "read");
      },
    });
    for (const title of ["It crashes", "It crashes again", "It crashes once more", "It crashes for good"]) {
      world.sandbox.as("mona").openIssue(vault, { ...TEXTS.bug, title });
      await world.rest();
    }
    await later(10);
    world.sandbox.as("octocat").setPrivate(vault, false);
    await world.rest();
    await later(7 * 24);
    const [own] = reportsIn(vault);
    expect(own).toContain("| Opened | 4 |");
    expect(own).not.toMatch(/gold|SLA/);
  });
});
