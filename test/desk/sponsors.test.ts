import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { SPONSORS_PATH } from "../../src/app.ts";
import { sponsorshipsIn } from "../../src/customers/sponsor-book.ts";
import type { Sponsorship } from "../../src/customers/sponsorship.ts";
import { tick } from "../../src/desk/rounds.ts";
import { MAX_BODY_BYTES } from "../../src/desk/receive.ts";
import { TEXTS } from "../builders/facts.ts";
import type { World, WorldOptions } from "../e2e/world.ts";
import { open, openWorld, warnings } from "../e2e/world.ts";
import { EXAMPLES, type Payload } from "../github/webhook-examples.ts";
import type { Headers } from "./deliver.ts";
import { headersOf, post } from "./deliver.ts";

const SECRET = randomBytes(20).toString("hex");
const DAY = 86_400;
const PLANS = `plans:
  - name: gold
    public: true
    sponsors: { minimumMonthlyDollars: 10 }
`;

const settings = (accounts: string[]) => PLANS.replace("10 }", `10, accounts: [${accounts.join(", ")}] }`);

async function book({ frontdesk }: World, account: string): Promise<Sponsorship[]> {
  const known = await frontdesk.desk.store.read("sponsors", account);
  return known ? sponsorshipsIn(known, frontdesk.desk.now()) : [];
}

/** The official example of an action, or what its description makes of one. */
function told(action: string, account: string): Payload {
  const official = EXAMPLES.filter(({ name }) => name === "sponsorship").map(
    ({ payload }) => payload as Payload,
  );
  const found = official.find((payload) => String(payload.action) === action) ?? official[0];
  const payload = structuredClone({ ...found, action } as unknown as Payload);
  const { sponsorship } = payload as unknown as { sponsorship: Payload };
  if (!sponsorship.sponsorable || !sponsorship.tier) throw new Error("an example without an account");
  sponsorship.sponsorable.login = account;
  const before = { ...sponsorship.tier };
  if (action === "tier_changed") {
    Object.assign(sponsorship.tier, { node_id: "T2", monthly_price_in_cents: 2_500 });
    Object.assign(payload, { changes: { tier: { from: before } } });
  }
  if (action === "edited") {
    Object.assign(sponsorship, { privacy_level: "private" });
    Object.assign(payload, { changes: { privacy_level: { from: "public" } } });
  }
  if (action === "pending_cancellation")
    Object.assign(payload, { effective_date: "2030-01-01T00:00:00+00:00" });
  return payload;
}

describe("the sponsors webhook's door", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ settings: settings(["octocat"]), sponsors: { secret: SECRET } });
  });
  afterAll(() => world.close());

  const deliver = (payload: unknown, change: Headers = {}, event = "sponsorship") => {
    const body = typeof payload === "string" ? payload : JSON.stringify(payload);
    const headers = headersOf({ app: { webhookSecret: SECRET } }, event, body, change);
    return post(world.frontdesk.url, headers, body, SPONSORS_PATH);
  };

  it("takes a delivery once, and knows it again", async () => {
    const id = randomUUID();
    const created = told("created", "octocat");
    expect(await deliver(created, { "x-github-delivery": id })).toBe(202);
    expect(await deliver(created, { "x-github-delivery": id })).toBe(200);
    await world.rest();
    const { ledger } = (await world.frontdesk.desk.store.read("sponsors", "octocat")) ?? { ledger: [] };
    expect(ledger).toHaveLength(1);
    expect(await book(world, "octocat")).toMatchObject([{ account: "octocat", dollars: 5, until: null }]);
  });

  it.each<[string, () => Promise<number>, number]>([
    ["without a signature", () => deliver(told("created", "eve"), { "x-hub-signature-256": undefined }), 400],
    [
      "with a wrong one",
      () => deliver(told("created", "eve"), { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }),
      401,
    ],
    [
      "signed with the App's own secret",
      () => {
        const body = JSON.stringify(told("created", "eve"));
        return post(world.frontdesk.url, headersOf(world, "sponsorship", body), body, SPONSORS_PATH);
      },
      401,
    ],
    ["without an id", () => deliver(told("created", "eve"), { "x-github-delivery": undefined }), 400],
    ["as a form", () => deliver("payload=%7B%7D"), 400],
    ["over 25 MB", () => deliver("x".repeat(MAX_BODY_BYTES + 1)), 413],
    ["that greets", () => deliver({ zen: "Keep it logically awesome." }, {}, "ping"), 200],
    ["about something else", () => deliver(told("created", "eve"), {}, "star"), 200],
  ])("stores nothing of a delivery %s", async (_, delivering, status) => {
    expect(await delivering()).toBe(status);
    await world.rest();
    expect(await world.frontdesk.desk.store.read("sponsors", "eve")).toBeNull();
  });

  it("is not for the App's deliveries, nor the App's door for these", async () => {
    const body = JSON.stringify(told("created", "eve"));
    const headers = headersOf(world, "sponsorship", body);
    expect(await post(world.frontdesk.url, headers, body)).toBe(200);
    await world.rest();
    expect(await world.frontdesk.desk.store.read("sponsors", "eve")).toBeNull();
  });

  it("is not there without a secret", async () => {
    const other = await openWorld();
    const body = JSON.stringify(told("created", "octocat"));
    const headers = headersOf({ app: { webhookSecret: SECRET } }, "sponsorship", body);
    expect(await post(other.frontdesk.url, headers, body, SPONSORS_PATH)).toBe(404);
    await other.close();
  });

  const ACTIONS = [
    "created",
    "edited",
    "tier_changed",
    "pending_tier_change",
    "pending_cancellation",
    "cancelled",
  ];

  it("ends in the same state in whatever order and however often the official actions come", async () => {
    const states = new Map<string, string[]>();
    // Without the cancellation, so that all that the others say shows; and with it.
    for (const actions of [ACTIONS.slice(0, 4), ACTIONS.slice(0, 5), ACTIONS]) {
      for (let turn = 0; turn < 12; turn++) {
        const account = `octo-${actions.length}-${turn}`;
        const stories = actions.map((action) => ({ id: randomUUID(), payload: told(action, account) }));
        const order = shuffled([...stories, ...stories.slice(0, 3)], turn);
        for (const { id, payload } of order) await deliver(payload, { "x-github-delivery": id });
        await world.rest();
        const state = (await book(world, account)).map((one) => ({ ...one, account: "" }));
        expect(state).toHaveLength(1);
        const known = states.get(String(actions.length)) ?? [];
        states.set(String(actions.length), [...known, JSON.stringify(state.map(rounded))]);
      }
    }
    for (const [, ends] of states) expect(new Set(ends).size).toBe(1);
    expect(JSON.parse(states.get("4")?.[0] ?? "[]")).toMatchObject([{ private: true, until: "open" }]);
    expect(JSON.parse(states.get("5")?.[0] ?? "[]")).toMatchObject([{ until: "2030-01-01" }]);
    expect(JSON.parse(states.get("6")?.[0] ?? "[]")).toMatchObject([{ until: "now" }]);
  });

  /** A cancellation ends it when it is heard: the moment differs, that it has ended does not. */
  const rounded = (one: Sponsorship) => {
    const ends = one.until === null ? "open" : new Date(one.until).toISOString().slice(0, 10);
    return { ...one, until: one.until !== null && one.until <= Date.now() ? "now" : ends };
  };
});

function shuffled<T>(list: T[], seed: number): T[] {
  return list
    .map((one, i) => ({ one, rank: ((i + 1) * 7919 * (seed + 3)) % 1009 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}

describe("who sponsors", () => {
  let world: World;
  afterEach(() => world.close());

  const planOf = async (place: Parameters<World["ticket"]>[0]) => (await world.ticket(place))?.service?.plan;

  it("has the plan on tickets that are open already, and loses it, as the dashboard tells", async () => {
    world = await openWorld({ settings: PLANS, sponsors: { secret: SECRET } });
    const { sandbox, frontdesk } = world;
    sandbox.setSponsorsWebhook("octo-org", `${frontdesk.url}${SPONSORS_PATH}`, SECRET);
    const place = open(sandbox, "issue", "mona", TEXTS.bug);
    const other = open(sandbox, "discussion", "maria", TEXTS.bug);
    await world.rest();
    expect(await planOf(place)).toBeNull();
    sandbox.as("mona").sponsor("octo-org", 25);
    await world.rest();
    expect(await planOf(place)).toBe("gold");
    sandbox.as("mona").sponsor("octo-org", 5);
    await world.rest();
    expect(await planOf(place)).toBeNull();
    sandbox.as("mona").sponsor("octo-org", 50);
    await world.rest();
    expect(await planOf(place)).toBe("gold");
    sandbox.as("mona").sponsor("octo-org", null);
    await world.rest();
    expect(await planOf(place)).toBeNull();
    expect(await planOf(other)).not.toBe("gold");
  });

  it("in private is served in private, on tickets that are open already too, and leaves no trace in public", async () => {
    world = await openWorld({ settings: PLANS, sponsors: { secret: SECRET } });
    const { sandbox, frontdesk } = world;
    sandbox.setSponsorsWebhook("octo-org", `${frontdesk.url}${SPONSORS_PATH}`, SECRET);
    const earlier = open(sandbox, "issue", "mona", TEXTS.bug);
    await world.rest();
    sandbox.as("mona").sponsor("octo-org", 25, true);
    await world.rest();
    const later = open(sandbox, "issue", "mona", TEXTS.bug);
    await world.rest();
    for (const place of [earlier, later]) {
      expect(await planOf(place)).toBeNull();
      expect((await world.ticket(place))?.privateService?.plan).toBe("gold");
    }
    sandbox.as("mona").sponsor("octo-org", null);
    await world.rest();
    for (const place of [earlier, later]) expect((await world.ticket(place))?.privateService).toBeUndefined();
  });

  const opened = (options: Partial<WorldOptions> = {}) =>
    openWorld({ settings: settings(["octo-org", "solo"]), sponsors: { owner: "octocat" }, ...options });

  const furnished: Pick<WorldOptions, "furnish"> = {
    furnish(sandbox) {
      sandbox.createUser("solo");
      sandbox.createOrganization("acme", { admins: ["wile"], members: ["coyote"] });
      sandbox.as("octocat").setMember("acme", "wile", "admin", true);
      sandbox.as("mona").sponsor("octo-org", 25);
      // Not to be seen by the token, as the token's owner does not own this account.
      sandbox.as("maria").sponsor("solo", 25, true);
      const acme = sandbox.state.accounts;
      const [organization, sponsored] = ["acme", "octo-org"].map((login) =>
        [...acme.values()].find((one) => one.login === login),
      );
      if (!organization || !sponsored) throw new Error("nobody there");
      const sponsoring = { nodeId: "S_acme", dollars: 100, private: true, oneTime: false, createdAt: 0 };
      sponsored.sponsors.set(organization.id, sponsoring);
    },
  };

  it("is found by the daily sync, of several accounts; an organisation's members count", async () => {
    world = await opened(furnished);
    const { sandbox } = world;
    const [mona, wile] = ["mona", "wile"].map((login) => open(sandbox, "issue", login, TEXTS.bug));
    await world.rest();
    if (!mona || !wile) throw new Error("no tickets");
    expect(await planOf(mona)).toBe("gold");
    // Its sponsorship is private, so that the public decision does not know of it.
    expect(await planOf(wile)).toBeNull();
    const { groups } =
      (await world.frontdesk.desk.store.read("roster", String(world.app.installationId))) ?? {};
    expect(groups?.acme?.entries).toEqual(["wile"]);
    expect(await book(world, "octo-org")).toMatchObject([
      { sponsor: "mona", dollars: 25 },
      { sponsor: "acme", dollars: 100, organization: true, private: true },
    ]);
    expect(await book(world, "solo")).toEqual([]);
    sandbox.as("maria").sponsor("octo-org", 30);
    world.pass(DAY + 1);
    await tick(world.frontdesk.desk);
    await world.rest();
    expect((await book(world, "octo-org")).map(({ sponsor }) => sponsor)).toContain("maria");
  });

  it("stays known with an alarm when the list is suddenly empty, or the token cannot see it any more", async () => {
    world = await opened(furnished);
    const { sandbox, frontdesk } = world;
    const account = [...sandbox.state.accounts.values()].find(({ login }) => login === "octo-org");
    if (!account) throw new Error("no account");
    const kept = new Map(account.sponsors);
    const names = async () => (await book(world, "octo-org")).map(({ sponsor }) => sponsor);
    const again = async () => {
      world.pass(DAY + 1);
      await tick(frontdesk.desk);
      await world.rest();
    };
    const alarms = () =>
      warnings(world).filter(({ msg }) => msg === "The sponsors of octo-org cannot be read");
    account.sponsors.clear();
    await again();
    expect(await names()).toEqual(["mona", "acme"]);
    expect(alarms().map(({ text }) => text)).toEqual([
      "The last known list stays in force. What is wrong: it is empty, and had 2 entries that still hold.",
    ]);
    for (const [id, one] of kept) account.sponsors.set(id, one);
    await again();
    expect((await frontdesk.desk.store.read("sponsors", "octo-org"))?.synced?.failing).toBeNull();
    const role = account.members.get(sandbox.state.accounts.size) ?? [...account.members.values()][0];
    if (role) role.role = "member";
    await again();
    expect(await names()).toEqual(["mona", "acme"]);
    expect(alarms()).toHaveLength(2);
    expect(alarms()[1]?.text).toContain("does not own octo-org any more");
    sandbox.state.tokens.clear();
    frontdesk.desk.clients.forget(world.app.installationId);
    await again();
    expect(await names()).toEqual(["mona", "acme"]);
    expect(alarms().at(-1)?.text).toContain("it answers 401");
  });

  it("costs at most 105 requests for ten thousand, and takes them in", async () => {
    const SPONSORS = 10_000;
    world = await opened({
      settings: PLANS,
      furnish(sandbox) {
        const { accounts } = sandbox.state;
        const [mona, sponsored] = ["mona", "octo-org"].map((login) =>
          [...accounts.values()].find((one) => one.login === login),
        );
        if (!mona || !sponsored) throw new Error("nobody there");
        for (let i = 0; i < SPONSORS; i++) {
          const id = 100_000_000 + i;
          accounts.set(id, { ...mona, id, nodeId: `U_${i}`, login: `sponsor-${i}`, sponsors: new Map() });
          const sponsoring = { nodeId: `S_${i}`, dollars: 10, private: false, oneTime: false, createdAt: 0 };
          sponsored.sponsors.set(id, sponsoring);
        }
      },
    });
    const { sandbox } = world;
    await world.rest();
    expect(await book(world, "octo-org")).toHaveLength(SPONSORS);
    const asked = sandbox.requests.filter(({ actor }) => actor === "octocat");
    expect(asked.length).toBeLessThanOrEqual(105);
    const place = open(sandbox, "issue", "sponsor-9999", TEXTS.bug);
    await world.rest();
    expect(await planOf(place)).toBe("gold");
  });
});
