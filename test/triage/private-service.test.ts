import { describe, expect, it } from "@jest/globals";
import { indexMembers } from "../../src/customers/member-file.ts";
import { mergeSettings } from "../../src/settings/merge.ts";
import { parseSettings } from "../../src/settings/parse.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import type { Thread } from "../../src/ticket/thread.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";
import { type Decision, decide } from "../../src/triage/decide.ts";
import type { Facts } from "../../src/triage/facts.ts";
import { reschedule } from "../../src/triage/reschedule.ts";
import { HOUR } from "../../src/triage/time-zone.ts";
import { byTeam, facts, maintainer, NOW, TEXTS, thread } from "../builders/facts.ts";

/** Gold is hidden: mona has it, and nobody may know. All hours are the desk's. */
const text = `
plans: [{ name: gold, weight: 1, members: { logins: [mona] }, sla: { firstResponse: 4h } }]
businessHours: { days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "24:00" }
labels: { priorities: [P0, P1, P2, P3] }
notifications: { slack: [SLACK] }
support: { repository: octo-org/support }
`;
const parsed = parseSettings(text, { private: true });
if (!parsed.settings || parsed.problems.length > 0) throw new Error(JSON.stringify(parsed.problems));
const settings = mergeSettings(parsed.settings, null, null);

function play(
  known: Ticket | null,
  event: Partial<ThreadEvent>,
  change: Partial<Facts>,
  now: number,
  by = settings,
): Decision {
  const seen = facts({ thread: thread(), ...change });
  const filled = {
    scope: "ticket",
    movedFrom: null,
    discussed: false,
    thread: seen.thread,
    actor: seen.actor.person,
    ...event,
  } as ThreadEvent;
  const decision = decide(known, filled, seen, by, now);
  if (!decision) throw new Error("none of ours");
  return decision;
}

const types = ({ plan }: Decision) => plan.map(({ type }) => type).sort();

describe("a private clock", () => {
  const opened = play(null, { type: "opened" }, {}, NOW).ticket;
  // So many people agree by now that the public rating would be another one if it were made.
  const crowd: Thread = thread({ upvotes: 90, labels: ["bug", "P2"] });
  const served = { ...opened, ownLabels: ["bug", "P2"] };
  const late = NOW + 5 * HOUR;

  it("that breaks tells private places, and moves nothing that the public sees, not even earlier", () => {
    const due = play(served, { type: "due", actor: null }, { thread: crowd }, late);
    expect(types(due)).toEqual(["mirror", "notify"]);
    expect(due.ticket.service).toEqual(served.service);
    expect(due.ticket.privateService?.clocks.told.firstResponse?.level).toBe(2);
  });

  it("while a word on the ticket moves the public rating, so that the test above can fail", () => {
    const comment = {
      nodeId: "IC_9",
      author: { login: "otto", bot: false },
      body: "Me too",
      createdAt: late,
      updatedAt: late,
    };
    const actor = { person: comment.author, self: false, team: false };
    const heard = play(served, { type: "commented", comment }, { thread: crowd, actor }, late);
    expect(heard.ticket.service?.priority?.value).toBeGreaterThan(served.service?.priority?.value ?? 5);
  });

  it("wakes the ticket when it is due next, and no more once it is closed", () => {
    expect(opened.wakeAt).toBe(opened.privateService?.dueAt);
    const over = thread({ state: "closed", stateReason: "completed" });
    const closed = play(opened, { type: "closed", actor: maintainer }, { ...byTeam, thread: over }, late);
    expect(closed.ticket.privateService?.dueAt).toBeNull();
    expect(closed.plan).toContainEqual(expect.objectContaining({ type: "mirror", open: false }));
  });
});

describe("what was shown of a private customer's ticket", () => {
  const opened = play(null, { type: "opened" }, {}, NOW).ticket;

  it.each<[string, Partial<ThreadEvent>, Partial<Facts>]>([
    ["is deleted", { type: "deleted", actor: maintainer }, byTeam],
    ["is transferred", { type: "transferred", to: null, actor: maintainer }, byTeam],
    ["is in a private repository by now", { type: "edited" }, { thread: thread({ private: true }) }],
    ["turns out to be the team's own", { type: "edited" }, { authorOnTeam: true }],
  ])("is over when it %s", (_name, event, change) => {
    const { plan, ticket } = play(opened, event, change, NOW + HOUR);
    const mirrors = plan.filter(({ type }) => type === "mirror");
    expect(mirrors).toEqual([expect.objectContaining({ open: false })]);
    expect(ticket.privateService).toBeUndefined();
    const again = play(ticket, event, change, NOW + 2 * HOUR);
    expect(types(again)).not.toContain("mirror");
  });
});

describe("a mirror", () => {
  it("repeats no title of what may be a vulnerability", () => {
    const { plan, ticket } = play(null, { type: "opened" }, { thread: thread(TEXTS.vulnerability) }, NOW);
    expect(ticket.triage?.kind).toBe("security");
    const mirror = plan.find(({ type }) => type === "mirror");
    expect(mirror).toBeDefined();
    expect(JSON.stringify(mirror)).not.toContain("crafted");
  });
});

it("what the public was told of a promise is told anew to those who know whose it is", () => {
  const rules = { ...settings, sla: { ...settings.sla, default: settings.plans[0]?.sla ?? null } };
  const stranger = { ...facts().customer, requester: { login: "otto", organizations: [], teams: [] } };
  const opened = play(null, { type: "opened" }, { customer: stranger }, NOW, rules).ticket;
  const late = NOW + 5 * HOUR;
  const due = { type: "due", actor: null } as const;
  const told = play(opened, due, { customer: stranger }, late, rules);
  expect(told.plan.map(({ type }) => type)).toContain("notify");
  // A moment later they turn out to be a customer.
  const known = play(told.ticket, due, {}, late + 1, rules);
  expect(known.plan.flatMap((action) => (action.type === "notify" ? action.slot : []))).toEqual([
    "sla:firstResponse/0/breach/0:private",
  ]);
});

describe("a private plan with dates", () => {
  const [gold] = settings.plans;
  if (!gold) throw new Error("there is no plan");
  const members = { ...gold.members, logins: [], file: "customers.csv" };
  const listed = { ...settings, plans: [{ ...gold, members }] };
  /** Mona is a customer between two hours after the opening of her ticket. */
  const between = (from: number, until: number): Pick<Facts, "customer"> => {
    const mona = { type: "login", name: "mona", from: NOW + from * HOUR, until: NOW + until * HOUR } as const;
    const files = new Map([["customers.csv", indexMembers([mona])]]);
    const { customer } = facts();
    return { customer: { ...customer, sources: { ...customer.sources, files } } };
  };

  it("begins and ends by them on a ticket that is open already", () => {
    const opened = play(null, { type: "opened" }, between(10, 12), NOW, listed).ticket;
    expect(opened.privateService).toBeUndefined();
    expect(opened.wakeAt).toBe(NOW + 10 * HOUR);
    const due = { type: "due", actor: null } as const;
    const begun = play(opened, due, between(10, 12), NOW + 10 * HOUR, listed).ticket;
    expect(begun.privateService?.plan).toBe("gold");
    expect(begun.wakeAt).toBe(NOW + 12 * HOUR);
    const over = play(begun, due, between(10, 12), NOW + 12 * HOUR, listed).ticket;
    expect(over.privateService).toBeUndefined();
    expect(over.wakeAt).toBeNull();
  });

  it("is looked at by its new dates when the list is changed", () => {
    const opened = play(null, { type: "opened" }, between(10, 20), NOW, listed).ticket;
    expect(reschedule(opened, between(8, 20).customer, listed, NOW).wakeAt).toBe(NOW + 8 * HOUR);
    const begun = play(opened, { type: "due", actor: null }, between(0, 20), NOW, listed).ticket;
    expect(reschedule(begun, between(0, 1).customer, listed, NOW).wakeAt).toBe(NOW + HOUR);
    const hidden = { thread: thread({ private: true }), ...between(0, 20) };
    const known = play(null, { type: "opened" }, hidden, NOW, listed).ticket;
    const sooner = reschedule(known, between(0, 1).customer, listed, NOW);
    expect(sooner.service?.until).toBe(NOW + HOUR);
    expect(sooner.wakeAt).toBe(NOW + HOUR);
  });
});

it("a plan serves what a person called a bug, whatever we had taken it for", () => {
  const bugs = { ...settings, plans: settings.plans.map((plan) => ({ ...plan, covers: ["bug" as const] })) };
  const wish = play(null, { type: "opened" }, { thread: thread(TEXTS.feature) }, NOW, bugs).ticket;
  expect(wish.privateService).toBeUndefined();
  const about = thread({ ...TEXTS.feature, labels: ["bug"] });
  const named = { type: "labeled", label: "bug", actor: maintainer } as const;
  const { ticket } = play(wish, named, { ...byTeam, thread: about }, NOW + HOUR, bugs);
  expect(ticket.privateService?.plan).toBe("gold");
});

it("a repository that is made public keeps its customers' plans to itself from the first word on", () => {
  const hidden = thread({ private: true });
  const known = play(null, { type: "opened" }, { thread: hidden }, NOW).ticket;
  expect(known.service?.plan).toBe("gold");
  if (!known.service) throw new Error("it has no service");
  const ticket: Ticket = {
    ...known,
    service: { ...known.service, givenBecause: ["skills: bug"] },
    timeline: [
      { at: NOW, type: "sla", policy: "plan gold", clock: "firstResponse", cycle: 0, outcome: "met" },
    ],
  };
  const comment = {
    nodeId: "IC_9",
    author: maintainer,
    body: "/why\n/sla show",
    createdAt: NOW,
    updatedAt: NOW,
  };
  const asked = play(ticket, { type: "commented", comment }, { ...byTeam, thread: thread() }, NOW + HOUR);
  const said = asked.plan.flatMap((action) => (action.type === "comment" ? action.body : []));
  expect(said).not.toEqual([]);
  expect(said.join()).not.toContain("gold");
  expect(asked.ticket.service).toMatchObject({ plan: null, givenBecause: [] });
  const gold = asked.ticket.timeline?.filter((fact) => fact.type === "sla" && fact.policy === "plan gold");
  expect(gold?.map((fact) => "private" in fact)).not.toContain(false);
});
