import { createRequire } from "node:module";
import { describe, expect, it } from "@jest/globals";
import type { SponsorEvent, SponsorLedger, Sponsorship } from "../../src/customers/sponsorship.ts";
import { readSponsorEvent, recordSponsorEvent } from "../../src/customers/sponsorship.ts";
import { sponsorshipsOf } from "../../src/customers/sponsor-ledger.ts";
import { combineSponsors, indexSponsors } from "../../src/customers/sponsors.ts";
import { generator } from "../generator.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.parse("2026-03-01T12:00Z");
const SINCE = "2026-03-01T11:59:00Z";

/** Real payloads that GitHub's tool makers collected. */
const collected: { name: string; examples: unknown[] }[] = createRequire(import.meta.url)(
  "@octokit/webhooks-examples",
);
const official = collected.find(({ name }) => name === "sponsorship")?.examples ?? [];

const tier = (dollars: number, oneTime = false) => ({
  node_id: `tier-${dollars}${oneTime ? "-once" : ""}`,
  created_at: "2025-01-01T00:00:00Z",
  description: "",
  monthly_price_in_cents: dollars * 100,
  monthly_price_in_dollars: dollars,
  name: `$${dollars}`,
  is_one_time: oneTime,
  is_custom_amount: false,
});

interface Told {
  action: string;
  dollars?: number;
  /** The tier before. */
  from?: number;
  hidden?: boolean;
  oneTime?: boolean;
  wasPublic?: boolean;
  effective?: string;
  since?: string;
  sponsor?: string;
}

/** A payload in the shape of the official types. */
function payload({
  action,
  dollars = 5,
  from,
  hidden,
  oneTime,
  wasPublic,
  effective,
  since,
  sponsor,
}: Told): unknown {
  const changes = {
    ...(from === undefined ? {} : { tier: { from: tier(from) } }),
    ...(wasPublic === undefined ? {} : { privacy_level: { from: wasPublic ? "public" : "private" } }),
  };
  return {
    action,
    sponsorship: {
      node_id: "sponsorship-1",
      created_at: since ?? SINCE,
      sponsorable: { login: "octocat", type: "User" },
      sponsor: { login: sponsor ?? "monalisa", type: "User" },
      privacy_level: hidden ? "private" : "public",
      tier: tier(dollars, oneTime),
    },
    ...(Object.keys(changes).length > 0 ? { changes } : {}),
    ...(effective ? { effective_date: effective } : {}),
    sender: { login: "monalisa" },
  };
}

/** The ledger of events that came a minute apart. */
function ledgerOf(events: Told[]): SponsorLedger {
  return events.reduce<SponsorLedger>((ledger, told, i) => {
    const event = readSponsorEvent(payload(told), { id: JSON.stringify(told), at: START + i * MINUTE });
    if (!event) throw new Error(`not understood: ${JSON.stringify(told)}`);
    return recordSponsorEvent(ledger, event);
  }, []);
}

describe("the sponsors webhook", () => {
  it("has official examples that are understood", () => {
    const events = official.map((example, i) => readSponsorEvent(example, { id: String(i), at: START }));
    expect(events.map((event) => event?.action)).toEqual([
      "created",
      "pending_tier_change",
      "created",
      "pending_tier_change",
    ]);
    expect(events[1]).toMatchObject({
      account: "octocat",
      sponsor: "monalisa",
      organization: false,
      private: true,
      tier: { cents: 500, oneTime: false },
      tierBefore: { cents: 1000 },
      effectiveAt: Date.parse("2019-12-30T00:00:00Z"),
    });
  });

  it("gives the same from the official examples, out of order and repeated", () => {
    const { shuffle } = generator(1);
    const events = official.map(
      (example, i) => readSponsorEvent(example, { id: String(i), at: START }) as SponsorEvent,
    );
    const results = Array.from({ length: 30 }, () =>
      sponsorshipsOf([...shuffle(events), ...shuffle(events)].reduce(recordSponsorEvent, []), START),
    );
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).toMatchObject([{ sponsor: "monalisa", dollars: 5, private: true, until: null }]);
  });

  it.each([{ privacy_level: undefined }, { privacy_level: "secret" }])(
    "keeps private what is not said to be public: %j",
    (level) => {
      const told = payload({ action: "created" }) as { sponsorship: object };
      const untold = { ...told, sponsorship: { ...told.sponsorship, ...level } };
      expect(readSponsorEvent(untold, { id: "x", at: START })?.private).toBe(true);
    },
  );

  it.each([
    ["nothing", null],
    ["another event", { action: "created", issue: {} }],
    ["an unknown action", payload({ action: "polished" })],
    ["a negative price", payload({ action: "created", dollars: -5 })],
    ["an impossible time", payload({ action: "created", since: "soon" })],
    ["a nameless sponsor", payload({ action: "created", sponsor: "" })],
  ])("makes nothing of %s", (_, body) => {
    expect(readSponsorEvent(body, { id: "x", at: START })).toBeNull();
  });

  it.each<[string, Told[], number, Partial<Sponsorship>]>([
    ["created", [{ action: "created", dollars: 5 }], 1, { dollars: 5, until: null, private: false }],
    ["created in private", [{ action: "created", hidden: true }], 1, { private: true }],
    [
      "edited to private",
      [{ action: "created" }, { action: "edited", hidden: true, wasPublic: true }],
      1,
      { private: true },
    ],
    [
      "edited to private and back",
      [
        { action: "created" },
        { action: "edited", hidden: true, wasPublic: true },
        { action: "edited", hidden: false, wasPublic: false },
      ],
      1,
      { private: false },
    ],
    [
      "upgraded",
      [{ action: "created" }, { action: "tier_changed", dollars: 50, from: 5 }],
      1,
      { dollars: 50 },
    ],
    [
      "about to be downgraded, before the day",
      [
        { action: "created", dollars: 50 },
        { action: "pending_tier_change", dollars: 5, from: 50, effective: "2026-03-20T00:00:00Z" },
      ],
      10,
      { dollars: 50, until: null },
    ],
    [
      "about to be downgraded, after the day, though no further event came",
      [
        { action: "created", dollars: 50 },
        { action: "pending_tier_change", dollars: 5, from: 50, effective: "2026-03-20T00:00:00Z" },
      ],
      20,
      { dollars: 5, until: null },
    ],
    [
      "about to end",
      [{ action: "created" }, { action: "pending_cancellation", effective: "2026-03-20T00:00:00Z" }],
      1,
      { dollars: 5, until: Date.parse("2026-03-20T00:00:00Z") },
    ],
    [
      "about to end without a date",
      [{ action: "created" }, { action: "pending_cancellation" }],
      1,
      { until: null },
    ],
    ["cancelled", [{ action: "created" }, { action: "cancelled" }], 1, { until: START + MINUTE }],
    [
      "cancelled, heard of in the wrong order",
      [{ action: "cancelled" }, { action: "created" }],
      1,
      { until: START },
    ],
    [
      "given once",
      [{ action: "created", dollars: 200, oneTime: true }],
      1,
      { dollars: 200, oneTime: true, until: Date.parse(SINCE) + 31 * DAY },
    ],
    ["known only by its change", [{ action: "tier_changed", dollars: 20, from: 10 }], 1, { dollars: 20 }],
    [
      "known only by its announced change",
      [{ action: "pending_tier_change", dollars: 5, from: 10, effective: "2026-03-20T00:00:00Z" }],
      1,
      { dollars: 10 },
    ],
  ])("tells of a sponsorship that is %s", (_, events, day, expected) => {
    expect(sponsorshipsOf(ledgerOf(events), START + day * DAY)).toMatchObject([expected]);
  });

  it("gives the same in every order of a long story", () => {
    const story: Told[] = [
      { action: "created", dollars: 5 },
      { action: "tier_changed", dollars: 10, from: 5 },
      { action: "tier_changed", dollars: 5, from: 10 },
      { action: "tier_changed", dollars: 20, from: 5 },
      { action: "edited", dollars: 20, hidden: true, wasPublic: true },
      {
        action: "pending_tier_change",
        dollars: 5,
        from: 20,
        hidden: true,
        effective: "2026-03-20T00:00:00Z",
      },
    ];
    const { shuffle } = generator(2);
    for (const [day, dollars] of [
      [1, 20],
      [30, 5],
    ] as const) {
      for (let i = 0; i < 300; i++) {
        const ledger = ledgerOf([...shuffle(story), ...shuffle(story)]);
        expect(ledger).toHaveLength(story.length);
        expect(sponsorshipsOf(ledger, START + day * DAY)).toMatchObject([
          { dollars, private: true, until: null },
        ]);
      }
    }
  });

  it("ends with its cancellation wherever that comes in", () => {
    const story: Told[] = [
      { action: "created" },
      { action: "tier_changed", dollars: 10, from: 5 },
      { action: "pending_cancellation", dollars: 10, effective: "2026-03-20T00:00:00Z" },
      { action: "cancelled", dollars: 10 },
    ];
    const { shuffle } = generator(3);
    for (let i = 0; i < 100; i++) {
      const [one] = sponsorshipsOf(ledgerOf(shuffle(story)), START + DAY);
      expect(one).toMatchObject({ dollars: 10 });
      expect(one?.until).toBeLessThan(START + DAY);
    }
  });

  it("knows a return from a late delivery", () => {
    const event = (action: string, at: number) =>
      readSponsorEvent(payload({ action }), { id: action, at }) as SponsorEvent;
    const returned = [event("cancelled", START), event("created", START + 2 * DAY)];
    expect(sponsorshipsOf(returned, START + 3 * DAY)).toMatchObject([{ until: null }]);
    const renewed = ledgerOf([
      { action: "created", dollars: 5 },
      { action: "created", dollars: 25, since: "2026-04-01T00:00:00Z" },
    ]);
    expect(sponsorshipsOf(renewed, START + 60 * DAY).map(({ dollars, until }) => [dollars, until])).toEqual([
      [5, Date.parse("2026-04-01T00:00:00Z")],
      [25, null],
    ]);
  });

  it("keeps a sponsor who changes the tier after an announced end", () => {
    const late = readSponsorEvent(payload({ action: "tier_changed", dollars: 9, from: 5 }), {
      id: "late",
      at: START + 30 * DAY,
    });
    const ledger = recordSponsorEvent(
      ledgerOf([
        { action: "created" },
        { action: "pending_cancellation", effective: "2026-03-20T00:00:00Z" },
      ]),
      late as SponsorEvent,
    );
    expect(sponsorshipsOf(ledger, START + 31 * DAY)).toMatchObject([{ dollars: 9, until: null }]);
  });
});

describe("webhook and sync together", () => {
  const seen = (sponsor: string, dollars: number, more: Partial<Sponsorship> = {}): Sponsorship => ({
    account: "octocat",
    sponsor,
    organization: false,
    private: false,
    dollars,
    oneTime: false,
    from: START - 100 * DAY,
    until: null,
    ...more,
  });
  const at = START + DAY;
  const snapshot = { at, accounts: ["octocat"], includesPrivate: true, sponsorships: [seen("hubot", 15)] };
  const names = (list: Sponsorship[]) =>
    list
      .map(({ sponsor, dollars, until }) => `${sponsor} ${dollars}${until === null ? "" : " ended"}`)
      .sort();

  it.each<[string, SponsorLedger, Parameters<typeof combineSponsors>[1], string[]]>([
    ["without a sync the webhook counts", ledgerOf([{ action: "created" }]), null, ["monalisa 5"]],
    ["the sync adds whom the webhook never told of", ledgerOf([]), snapshot, ["hubot 15"]],
    [
      "whom the sync no longer sees has ended",
      ledgerOf([{ action: "created" }]),
      snapshot,
      ["hubot 15", "monalisa 5 ended"],
    ],
    [
      "a private one has not ended if the sync cannot see private ones",
      ledgerOf([{ action: "created", hidden: true }]),
      { ...snapshot, includesPrivate: false },
      ["hubot 15", "monalisa 5"],
    ],
    [
      "of an account that was not read nothing has ended",
      ledgerOf([{ action: "created" }]),
      { ...snapshot, accounts: ["other"] },
      ["hubot 15", "monalisa 5"],
    ],
    [
      "the sync's newer word counts",
      ledgerOf([{ action: "created" }]),
      { ...snapshot, sponsorships: [seen("Monalisa", 99)] },
      ["Monalisa 99"],
    ],
    [
      "the webhook's newer word counts",
      ledgerOf([{ action: "created" }]),
      { ...snapshot, at: START - DAY, sponsorships: [seen("monalisa", 99)] },
      ["monalisa 5"],
    ],
  ])("%s", (_, ledger, read, expected) => {
    expect(names(combineSponsors(ledger, read, START + 2 * DAY))).toEqual(expected);
  });

  it("takes ten thousand sponsors in within a second", () => {
    const events = Array.from({ length: 10_000 }, (_, i) => {
      const told = payload({ action: "created", sponsor: `person-${i}`, since: SINCE });
      return { ...(readSponsorEvent(told, { id: String(i), at }) as SponsorEvent), sponsorship: String(i) };
    });
    const sponsorships = events.map(({ sponsor }) => seen(sponsor, 7));
    const began = performance.now();
    const all = combineSponsors(events, { ...snapshot, sponsorships }, at + DAY);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(indexSponsors(all).get("person-9999")).toMatchObject([{ dollars: 7 }]);
  });
});
