import { describe, expect, it } from "@jest/globals";
import type { Settings } from "../../src/settings/schema.ts";
import type { Action } from "../../src/ticket/action.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import type { Thread } from "../../src/ticket/thread.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { readClocks } from "../../src/triage/clocks.ts";
import { settleCredit } from "../../src/triage/credits.ts";
import type { Decision } from "../../src/triage/decide.ts";
import { decide } from "../../src/triage/decide.ts";
import type { Facts } from "../../src/triage/facts.ts";
import { newService } from "../../src/triage/serve.ts";
import { byTeam, facts, maintainer, NOW, OPENED, reporter, settings, thread } from "../builders/facts.ts";

const other = { login: "otto", bot: false };
const LABELS = [{ name: "good first issue", color: "7057ff", description: "" }];
const HOUR = 3_600_000;

let comments = 0;

/** A ticket that was read as a bug, labelled by us, and what somebody says on it. */
function say(
  body: string,
  change: {
    ticket?: Partial<Ticket>;
    facts?: Partial<Facts>;
    settings?: Partial<Settings>;
    nodeId?: string;
  } = {},
): Decision {
  comments += 1;
  const about = change.facts?.thread ?? thread({ labels: ["bug"], updatedAt: NOW });
  const known = ticketOf(about, change.ticket);
  const said = facts({ ...byTeam, labels: LABELS, ...change.facts, thread: about });
  const event: ThreadEvent = {
    scope: "ticket",
    type: "commented",
    thread: about,
    actor: said.actor.person,
    comment: {
      nodeId: change.nodeId ?? `IC_${comments}`,
      author: said.actor.person,
      body,
      createdAt: NOW,
      updatedAt: NOW,
    },
  };
  const decision = decide(known, event, said, settings(change.settings), NOW);
  if (!decision) throw new Error("the ticket is not ours");
  return decision;
}

/** The ticket after the team's comment on it was edited. */
function edited(
  ticket: Ticket,
  { before, body, createdAt, at }: { before: string; body: string; createdAt: number; at: number },
): Ticket {
  const about = thread({ labels: ["bug"], updatedAt: at });
  const comment = { nodeId: "IC_same", author: maintainer, body, createdAt, updatedAt: at };
  const event: ThreadEvent = {
    scope: "ticket",
    type: "comment-edited",
    thread: about,
    actor: maintainer,
    comment,
    before,
  };
  const decision = decide(ticket, event, facts({ ...byTeam, thread: about }), settings(), at);
  if (!decision) throw new Error("the ticket is not ours");
  return decision.ticket;
}

function ticketOf(about: Thread, change: Partial<Ticket> = {}): Ticket {
  return {
    ...newTicket(about),
    status: "open",
    service: newService(OPENED),
    language: "en",
    ownLabels: ["bug"],
    triage: {
      kind: "bug",
      confidence: 0.97,
      because: ["a stack trace"],
      missing: [],
      asked: false,
      at: OPENED,
    },
    ...change,
  };
}

const named = (plan: Action[]) =>
  plan.map((action) => {
    switch (action.type) {
      case "label":
        return `+${action.labels.map(({ name }) => name).join()}`;
      case "unlabel":
        return `-${action.label}`;
      case "react":
        return action.content;
      case "assign":
      case "unassign":
        return `${action.type} ${action.logins.join()}`;
      case "comment":
        return action.slot.split(":")[0];
      default:
        return action.type;
    }
  });

describe("several words on one thing", () => {
  it("leave to /undo what stands before it", () => {
    const assigned = say("/assign me").ticket;
    const { ticket, plan } = say("/kind question\n/undo\n/kind feature", { ticket: assigned });
    expect(ticket.triage?.kind).toBe("feature");
    expect(plan.map(({ type }) => type)).not.toContain("unassign");
  });
});

describe("a label of priority", () => {
  const labels = [{ name: "P1", color: "000000", description: "" }];
  const named = { labels: { ...settings().labels, priorities: ["P0", "P1", "P2", "P3"] } };

  it("that was refused is set again by who orders it", () => {
    for (const body of ["/label P1", "/priority P1"]) {
      const { ticket, plan } = say(body, {
        ticket: { vetoedLabels: ["P1"] },
        facts: { labels },
        settings: named,
      });
      expect(ticket.vetoedLabels).toEqual([]);
      const wished = plan.flatMap((action) => (action.type === "label" ? action.labels : []));
      expect([body, wished.map(({ name }) => name)]).toEqual([body, ["P1"]]);
    }
  });

  it("is a label like others on a ticket of the team's, which has no priority", () => {
    const { plan } = say("/label P1", { facts: { labels, authorOnTeam: true }, settings: named });
    expect(plan).toContainEqual(
      expect.objectContaining({ type: "label", labels: [expect.objectContaining({ name: "P1" })] }),
    );
  });
});

describe("a command of the team", () => {
  it.each<[string, string[]]>([
    ["/assign @mona, me", ["assign mona,maria", "+1"]],
    ["/kind feature", ["-bug", "+enhancement", "+1"]],
    ["/kind bug", ["+1"]],
    ["/label Good First Issue", ["+good first issue", "+1"]],
    ["/label nothing like it", ["confused", "reply"]],
    ["/help", ["+1", "reply"]],
    ["/why", ["+1", "reply"]],
    ["/close", ["close", "+1"]],
    ["/reopen", ["+1"]],
    ["/mute", ["+1"]],
    ["/waiting", ["+1"]],
    ["/sla show", ["confused", "reply"]],
    ["/escalate", ["notify", "+1"]],
    ["/report", ["report", "+1"]],
    ["/improved docs/proxy.md#set", ["+1"]],
    ["/improved", ["confused", "reply"]],
    ["/undo", ["confused", "reply"]],
    ["/redeem", ["confused", "reply"]],
    ["/duplicate #404", ["confused", "reply"]],
    ["/answer", ["confused", "reply"]],
    ["/asign @mona", ["confused", "reply"]],
    ["/assign me\n/label good first issue", ["assign maria", "+good first issue", "+1"]],
    ["/assign me\n/label none", ["assign maria", "confused", "reply"]],
    ["/label none\n/assign me", ["assign maria", "confused", "reply"]],
    ["/kind feature\n/kind question", ["-bug", "+question", "+1"]],
    ["/kind question\n/label good first issue\n/kind bug", ["+good first issue", "+1"]],
    ["/close\n/reopen", ["+1"]],
    ["/reopen\n/close", ["close", "+1"]],
    ["I will look into it.", []],
    ["`/close`\n> /close", []],
  ])("%s", (body, plan) => {
    expect(named(say(body).plan).sort()).toEqual(plan.sort());
  });

  it("is obeyed once, however often it is heard", () => {
    const first = say("/assign me", { nodeId: "IC_once" });
    const again = say("/assign me", { nodeId: "IC_once", ticket: first.ticket });
    expect(again.plan).toEqual([]);
  });

  it("is no answer to the reporter: the ticket stays new, and its first response owed", () => {
    const { ticket } = say("/kind feature", { ticket: { status: "new" } });
    expect(ticket.status).toBe("new");
    expect(ticket.service?.clocks.log).toEqual([]);
  });

  it("that is mistyped is none either", () => {
    const { ticket } = say("/asign @mona\n/priority high", { ticket: { status: "new" } });
    expect(ticket.status).toBe("new");
    expect(ticket.service?.clocks.log).toEqual([]);
  });

  it("that is undone in the same breath leaves the clocks running", () => {
    const { plan, ticket } = say("/close\n/undo");
    expect(named(plan)).toEqual(["close", "reopen", "+1"]);
    expect(readClocks((ticket.service ?? newService(OPENED)).clocks).closed).toBe(false);
  });

  it("beside words is an answer", () => {
    expect(say("We are on it.\n\n/assign me", { ticket: { status: "new" } }).ticket.status).toBe("open");
  });
});

describe("who may", () => {
  it("the reporter closes and reopens, and a command of the team is explained once", () => {
    const byReporter = { actor: { person: reporter, self: false, team: false } };
    expect(named(say("/close", { facts: byReporter }).plan)).toEqual(["close", "+1"]);
    const first = say("/priority P0", { facts: byReporter });
    expect(named(first.plan)).toEqual(["confused", "reply"]);
    const second = say("/priority P0", { facts: byReporter, ticket: first.ticket });
    expect(named(second.plan)).toEqual(["confused"]);
    expect(second.ticket.service?.priorityByPerson).toBe(false);
  });

  it("a stranger gets nothing, not even a reaction", () => {
    const stranger = { actor: { person: other, self: false, team: false } };
    expect(say("/close\n/asign me", { facts: stranger }).plan).toEqual([]);
  });

  it("a bot gets nothing", () => {
    const bot = { actor: { person: { login: "x[bot]", bot: true }, self: false, team: true } };
    expect(say("/close", { facts: bot }).plan).toEqual([]);
  });
});

describe("/priority", () => {
  it("exchanges the label, whoever set the one before, and stays through later ratings", () => {
    const about = thread({ labels: ["bug", "P3"], updatedAt: NOW });
    const labels = { ...settings().labels, priorities: ["P0", "P1", "P2", "P3"] };
    const change = { facts: { thread: about }, settings: { labels } };
    const { plan, ticket } = say("/priority P1", change);
    expect(named(plan).sort()).toEqual(["+1", "+P1", "-P3"].sort());
    expect(ticket.service).toMatchObject({ priority: { level: "P1" }, priorityByPerson: true });
    const later = say("Thanks", {
      ...change,
      ticket,
      facts: { thread: { ...about, labels: ["bug", "P1"] } },
    });
    expect(later.ticket.service?.priority?.level).toBe("P1");
  });

  it("is undone to what was read before", () => {
    const before = say("hello").ticket;
    const chosen = say("/priority P0", { ticket: before }).ticket;
    const { ticket } = say("/undo", { ticket: chosen });
    expect(ticket.service?.priority?.level).toBe(before.service?.priority?.level);
    expect(ticket.service?.priorityByPerson).toBe(false);
    expect(ticket.undo).toBeUndefined();
  });
});

describe("/kind", () => {
  it("teaches the labels that it moves, and holds against later readings", () => {
    const { ticket, lessons } = say("/kind feature");
    expect(lessons.map(({ type, subject }) => `${type} ${subject}`)).toEqual([
      "label-added enhancement",
      "label-removed bug",
    ]);
    expect(ticket).toMatchObject({ kindByPerson: true, triage: { kind: "feature", confidence: 1 } });
  });

  it("takes a label of somebody else off too: the team says so", () => {
    const { plan, ticket } = say("/kind question", { ticket: { ownLabels: [] } });
    expect(named(plan)).toEqual(["-bug", "+question", "+1"]);
    // The executor takes off only what is ours.
    expect(ticket.ownLabels).toContain("bug");
  });

  it("sets a label that was refused before", () => {
    const { ticket } = say("/kind feature", { ticket: { vetoedLabels: ["enhancement"] } });
    expect(ticket.vetoedLabels).toEqual([]);
  });

  it("is undone", () => {
    const { ticket } = say("/kind feature");
    const about = thread({ labels: ["enhancement"], updatedAt: NOW });
    const undone = say("/undo", { ticket, facts: { thread: about } });
    expect(named(undone.plan)).toEqual(["-enhancement", "+bug", "+1"]);
    expect(undone.ticket).toMatchObject({ kindByPerson: false, triage: { kind: "bug" } });
  });
});

describe("what is done on a command", () => {
  const byReporter = { actor: { person: reporter, self: false, team: false } };
  const doers = (plan: readonly Action[]) =>
    plan.flatMap((action) => ("orderedBy" in action ? [`${action.type} ${action.orderedBy}`] : []));
  const remembered = ({ ticket }: Decision) => ticket.timeline ?? [];

  it("is the doing of who gave it, in what undoes it too", () => {
    const chosen = say("/kind feature");
    expect(doers(chosen.plan)).toEqual(["unlabel team", "label team"]);
    const about = thread({ labels: ["enhancement"], updatedAt: NOW });
    const undone = say("/undo", { ticket: chosen.ticket, facts: { thread: about } });
    expect(doers(undone.plan)).toEqual(["unlabel team", "label team"]);
    expect(doers(say("/close").plan)).toEqual(["close team"]);
    expect(doers(say("/close", { facts: byReporter }).plan)).toEqual(["close reporter"]);
  });

  it.each<[string, Partial<Facts>, boolean]>([
    ["/kind feature", {}, true],
    ["/assign me", {}, true],
    ["/why", {}, false],
    ["/help", {}, false],
    ["/report", {}, false],
    ["`/kind feature`", {}, false],
    ["/close", byReporter, false],
  ])("%s is remembered as an order: %j %s", (body, change, expected) => {
    const orders = remembered(say(body, { facts: change })).filter(({ type }) => type === "ordered");
    expect(orders).toEqual(expected ? [{ at: NOW, type: "ordered" }] : []);
  });

  it("/improved is remembered with what was put right, and what takes it back", () => {
    const noted = say("/improved #12");
    expect(remembered(noted)).toContainEqual({ at: NOW, type: "improved", ref: "#12" });
    const undone = say("/undo", { ticket: noted.ticket });
    expect(remembered(undone)).toContainEqual({ at: NOW, type: "improved", ref: null });
    expect(undone.ticket.improvement).toBeNull();
  });

  it("/not-helpful of the team is no rating of the reporter's", () => {
    const rated = (change: Partial<Facts>) =>
      remembered(say("/not-helpful", { facts: change })).filter(({ type }) => type === "rated");
    expect(rated({})).toEqual([]);
    expect(rated(byReporter)).toMatchObject([{ by: reporter.login, rating: -1 }]);
  });
});

describe("/sla, /waiting", () => {
  const promised: { settings: Partial<Settings> } = {
    settings: {
      sla: {
        ...settings().sla,
        default: {
          firstResponse: { ms: 4 * HOUR, days: 0 },
          nextResponse: null,
          resolution: { ms: 40 * HOUR, days: 0 },
        },
      },
    },
  };

  it("pause, resume, and undo of the pause", () => {
    const paused = say("/sla pause", promised);
    expect(paused.ticket.status).toBe("on-hold");
    expect(paused.ticket.service?.clocks.log.map(({ type }) => type)).toEqual(["held"]);
    const resumed = say("/sla resume", { ...promised, ticket: paused.ticket });
    expect(resumed.ticket.status).toBe("open");
    const undone = say("/undo", { ...promised, ticket: paused.ticket });
    expect(undone.ticket.status).toBe("open");
    expect(undone.ticket.service?.clocks.log).toEqual([]);
  });

  it("in one comment, the last word counts, for the clocks as for the state", () => {
    const { ticket } = say("/sla pause\n/sla resume\n/sla show", promised);
    expect(ticket.status).toBe("open");
    expect(ticket.service?.clocks.log.map(({ type }) => type)).toEqual(["released"]);
  });

  it("by an edit of the same comment, again and again, hold and let go", () => {
    const words = ["/sla pause", "/sla resume", "/sla pause"];
    const start = ticketOf(thread({ labels: ["bug"], updatedAt: NOW }));
    const after = words.reduce(
      (ticket, body, i) => edited(ticket, { before: "", body, createdAt: NOW, at: NOW + (i + 1) * 60_000 }),
      start,
    );
    expect(after.status).toBe("on-hold");
    expect(after.service?.clocks.log.map(({ type }) => type)).toEqual(["held", "released", "held"]);
  });

  it("that an edit adds to an old comment holds the clocks from the edit on", () => {
    const before = "We look into it.";
    const words = { before, body: `${before}\n/sla pause`, createdAt: NOW - HOUR / 2, at: NOW };
    const { service } = edited(ticketOf(thread({ labels: ["bug"], updatedAt: NOW })), words);
    expect(service?.clocks.log).toMatchObject([{ at: NOW, type: "held" }]);
  });

  it("show tells how the clocks stand", () => {
    const { plan } = say("/sla show", promised);
    const reply = plan.find((action) => action.type === "comment");
    expect(reply?.type === "comment" && reply.body).toMatch(/⏳ first response: in 3 hours .+ UTC/);
  });

  it("/waiting makes it pending, and undo takes that back", () => {
    const waiting = say("/waiting", promised);
    expect(waiting.ticket.status).toBe("pending");
    expect(waiting.ticket.silence?.pendingSince).not.toBeNull();
    const undone = say("/undo", { ...promised, ticket: waiting.ticket });
    expect(undone.ticket.status).toBe("open");
    expect(undone.ticket.service?.clocks.log).toEqual([]);
  });
});

describe("/escalate", () => {
  it("climbs all rungs at once, and tells the reason in private only", () => {
    const rung = { at: 1, plans: [], mention: null, label: null, assign: null };
    const escalation: Settings["escalation"] = [
      { ...rung, actions: ["mention"], mention: "@octo-org/support" },
      { ...rung, actions: ["label", "assign"], label: "urgent", assign: "octocat" },
    ];
    const { plan } = say("/escalate the customer is down", { settings: { escalation } });
    expect(named(plan)).toEqual(["+urgent", "assign octocat", "sla", "notify", "+1"]);
    const call = plan.find((action) => action.type === "comment");
    expect(call?.type === "comment" && call.body).toMatch(/^@octo-org\/support maria has escalated this/);
    expect(call?.type === "comment" && call.body).not.toContain("customer is down");
    const notice = plan.find((action) => action.type === "notify");
    expect(notice?.type === "notify" && notice.notice.text).toContain("the customer is down");
  });

  it("is undone in its label and its assignment, and not the command before it", () => {
    const rung = { at: 1, plans: [], mention: null, label: "urgent", assign: "octocat" };
    const escalation: Settings["escalation"] = [{ ...rung, actions: ["label", "assign"] }];
    const change = { settings: { escalation } };
    const chosen = say("/priority P0", change).ticket;
    const { ticket } = say("/escalate", { ...change, ticket: chosen });
    const undone = say("/undo", { ...change, ticket });
    expect(named(undone.plan)).toEqual(["-urgent", "unassign octocat", "+1"]);
    expect(undone.ticket.service?.priorityByPerson).toBe(true);
  });
});

describe("/mute", () => {
  it("keeps our comments away until it is undone, answers to commands apart", () => {
    const { ticket } = say("/mute");
    const reporterSays = { actor: { person: reporter, self: false, team: false } };
    const said = { comments: { triage: { nodeId: "IC_ours", digest: "x" } } };
    const quiet = say("/not-helpful", { ticket: { ...ticket, ...said }, facts: reporterSays });
    expect(named(quiet.plan)).not.toContain("triage");
    expect(named(say("/why", { ticket }).plan)).toContain("reply");
    expect(say("/undo", { ticket }).ticket.muted).toBe(false);
  });
});

describe("/duplicate and /answer", () => {
  const original = {
    number: 3,
    title: "Crash on removal",
    url: "https://github.com/octo-org/lantern/issues/3",
    state: "open" as const,
    stateReason: null,
    fixedIn: null,
    probability: 1,
  };

  it("links the named original and labels the ticket; what we had guessed was wrong", () => {
    const guessed = { ...original, number: 2, probability: 0.9 };
    const { plan, lessons } = say("/duplicate #3", {
      facts: { ordered: { original, article: null } },
      ticket: { suggestions: { answers: [], duplicates: [guessed], related: [] } },
    });
    expect(named(plan)).toEqual(expect.arrayContaining(["+possible-duplicate", "triage", "+1"]));
    expect(lessons).toEqual([expect.objectContaining({ type: "not-helpful", subject: "duplicate 2" })]);
  });

  it("is never its own original", () => {
    const itself = { ...original, number: 7 };
    const { plan } = say("/duplicate #7", { facts: { ordered: { original: itself, article: null } } });
    expect(named(plan)).toEqual(["confused", "reply"]);
  });

  it("posts the article, which learns the question", () => {
    const article = {
      id: "12/docs/boards.md#removal",
      title: "Boards",
      url: "https://github.com/octo-org/lantern/blob/HEAD/docs/boards.md#removal",
      headings: ["Removal"],
      passage: "Press x.",
      probability: 1,
    };
    const { plan, lessons, ticket } = say("/answer", { facts: { ordered: { original: null, article } } });
    expect(named(plan)).toEqual(["triage", "+1"]);
    expect(lessons).toEqual([expect.objectContaining({ type: "helpful", subject: `article ${article.id}` })]);
    const undone = say("/undo", {
      ticket: { ...ticket, comments: { triage: { nodeId: "IC_ours", digest: "x" } } },
    });
    expect(undone.ticket.suggestions).toBeNull();
    const words = undone.plan.find((action) => action.type === "comment");
    expect(words).toMatchObject({ slot: "triage", body: expect.not.stringContaining("Boards") });
  });

  it("take back their label and their words where they are undone", () => {
    const said = say("/duplicate #3", { facts: { ordered: { original, article: null } } }).ticket;
    const about = thread({ labels: ["bug", "possible-duplicate"], state: "closed", updatedAt: NOW });
    const there = {
      ownLabels: ["bug", "possible-duplicate"],
      comments: { triage: { nodeId: "IC_o", digest: "x" } },
    };
    const { plan } = say("/undo", { ticket: { ...said, ...there }, facts: { thread: about } });
    expect(named(plan)).toEqual(["-possible-duplicate", "reopen", "triage", "+1"]);
    const words = plan.find((action) => action.type === "comment");
    expect(words).toMatchObject({ body: expect.not.stringContaining("Crash on removal") });
  });
});

describe("/redeem", () => {
  const plan: Settings["plans"][number] = {
    name: "incident",
    mode: "incidents",
    price: null,
    members: { logins: ["mona"], organizations: [], teams: [], file: null },
    sponsors: { minimumMonthlyDollars: null, accounts: [] },
    credits: 2,
    covers: ["bug"],
    languages: [],
    weight: 0,
    sla: null,
    public: false,
  };
  const bought = { id: "bought:0", at: 0, type: "bought", credits: 2 } as const;
  const customer = { ...facts().customer, credits: new Map([["incident", [bought]]]) };
  const inPrivate = { thread: thread({ labels: ["bug"], private: true, updatedAt: NOW }), customer };

  it("reserves a credit of the customer's, which the end of the ticket uses up", () => {
    const change = { facts: inPrivate, settings: { plans: [plan] } };
    const { plan: actions, ticket } = say("/redeem", change);
    expect(actions).toContainEqual(
      expect.objectContaining({
        type: "credit",
        entry: expect.objectContaining({ type: "reserved", credits: 1 }),
      }),
    );
    const about = { ...inPrivate.thread, state: "closed" as const };
    const closed: ThreadEvent = { scope: "ticket", type: "closed", thread: about, actor: maintainer };
    const over = decide(
      ticket,
      closed,
      facts({ ...byTeam, ...inPrivate, thread: about }),
      settings(change.settings),
      NOW,
    );
    expect(over?.plan).toContainEqual(
      expect.objectContaining({
        type: "credit",
        entry: expect.objectContaining({ type: "used", credits: 1 }),
      }),
    );
    expect(over?.ticket.credit?.state).toBe("used");
  });

  it.each<[string, ThreadEvent["type"]]>([
    ["deleted", "deleted"],
    ["transferred, to take it anew there", "transferred"],
  ])("gives it back when the ticket is %s", (_name, type) => {
    const rules = settings({ plans: [plan] });
    const { ticket } = say("/redeem 2", { facts: inPrivate, settings: rules });
    const gone = {
      scope: "ticket",
      type,
      to: null,
      thread: inPrivate.thread,
      actor: maintainer,
    } as ThreadEvent;
    const over = decide(ticket, gone, facts({ ...byTeam, ...inPrivate }), rules, NOW);
    const entry = expect.objectContaining({ type: "refunded", ticket: ticket.key, credits: 2 });
    expect(over?.plan).toEqual([expect.objectContaining({ type: "credit", entry })]);
    expect(over?.ticket.credit?.state).toBe("refunded");
  });

  it.each(["used", "refunded"] as const)(
    "uses none up once it is %s, however often the ticket is over",
    (state) => {
      const credit = { plan: "incident", customer: "mona", credits: 1, state };
      const { actions, ticket } = settleCredit({ ...ticketOf(thread()), status: "closed", credit }, NOW);
      expect(actions).toEqual([]);
      expect(ticket.credit?.state).toBe(state);
    },
  );

  it("goes by the kind that a person set, whatever we had taken it for", () => {
    const triage = {
      kind: "feature",
      confidence: 0.9,
      because: [],
      missing: [],
      asked: false,
      at: 0,
    } as const;
    const read = { ticket: { ownLabels: [], triage: { ...triage, because: [], missing: [] } } };
    const { ticket } = say("/redeem", { ...read, facts: inPrivate, settings: { plans: [plan] } });
    expect(ticket.credit?.state).toBe("reserved");
  });

  it("gives it back when it is undone", () => {
    const change = { facts: inPrivate, settings: { plans: [plan] } };
    const { ticket } = say("/redeem 2", change);
    const undone = say("/undo", { ...change, ticket });
    expect(undone.plan).toContainEqual(
      expect.objectContaining({
        type: "credit",
        entry: expect.objectContaining({ type: "refunded", credits: 2 }),
      }),
    );
    expect(undone.ticket.credit?.state).toBe("refunded");
  });

  it.each<[string, Partial<Facts>, string]>([
    ["more than are left", inPrivate, "/redeem 3"],
    ["in public, where it would tell who pays", { customer }, "/redeem"],
  ])("is refused for %s", (_, about, body) => {
    expect(named(say(body, { facts: about, settings: { plans: [plan] } }).plan)).toEqual(
      expect.arrayContaining(["confused", "reply"]),
    );
  });
});

describe("an edited comment", () => {
  const edit = (
    before: string | null,
    body: string,
    by = maintainer,
    ticket: Partial<Ticket> = {},
    { author = maintainer, team = true } = {},
  ) => {
    const about = thread({ labels: ["bug"], updatedAt: NOW });
    const comment = { nodeId: "IC_e", author, body, createdAt: NOW, updatedAt: NOW };
    const event: ThreadEvent = {
      scope: "ticket",
      type: "comment-edited",
      thread: about,
      actor: by,
      comment,
      before,
    };
    const known = facts({ actor: { person: by, self: false, team }, thread: about, labels: LABELS });
    return decide(ticketOf(about, ticket), event, known, settings(), NOW);
  };

  it("is obeyed in what the edit adds, once", () => {
    const first = edit("/assign me", "/assign me\n/label good first issue");
    expect(named(first?.plan ?? [])).toEqual(["+good first issue", "+1"]);
    const again = edit("/assign me", "/assign me\n/label good first issue", maintainer, first?.ticket);
    expect(again?.plan).toEqual([]);
  });

  it("is obeyed for the reporter, and gets a stranger not even a reaction", () => {
    const by = (author: typeof other) => edit("", "/close", author, {}, { author, team: false })?.plan ?? [];
    expect(named(by(reporter))).toEqual(["close", "+1"]);
    expect(by(other)).toEqual([]);
  });

  it.each([
    ["by somebody else", "", "/close", other],
    ["without word of what it said before", null, "/close", maintainer],
    ["that takes a command away", "/close", "", maintainer],
  ])("is not obeyed %s", (_, before, body, by) => {
    expect(edit(before, body, by)?.plan).toEqual([]);
  });
});
