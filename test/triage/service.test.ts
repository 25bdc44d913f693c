import { describe, expect, it } from "@jest/globals";
import { mergeSettings } from "../../src/settings/merge.ts";
import { parseSettings } from "../../src/settings/parse.ts";
import type { Action } from "../../src/ticket/action.ts";
import type { ClockEvent } from "../../src/ticket/clocks.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import type { Comment, Person } from "../../src/ticket/thread.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";
import { advance, readClocks } from "../../src/triage/clocks.ts";
import type { Decision } from "../../src/triage/decide.ts";
import { decide } from "../../src/triage/decide.ts";
import type { Facts } from "../../src/triage/facts.ts";
import { reschedule } from "../../src/triage/reschedule.ts";
import { HOUR } from "../../src/triage/time-zone.ts";
import { byTeam, facts, maintainer, NOW, OPENED, otherBot, TEXTS, thread } from "../builders/facts.ts";

/** What a private file says, with everything that it leaves out by default. */
function settings(text: string) {
  const { settings: file, problems } = parseSettings(text, { private: true });
  if (!file || problems.length > 0) throw new Error(JSON.stringify(problems));
  return mergeSettings(file, null, null);
}

const plan = (extra = "") =>
  settings(
    `plans: [{ name: gold, weight: 1, members: { logins: [mona] }, sla: { firstResponse: 4h, nextResponse: 2h }${extra} }]`,
  );
const GOLD = plan();
const TEAM = `team: [{ login: maria }, { login: ada }]\nassignment: { enabled: true, for: [P0, P1, P2, P3] }\n`;
const FREE = new Map(
  ["maria", "ada"].map((login) => [login, { load: 0, responseTime: null, assignedAt: null }]),
);

/** The thread is in a private repository. */
const secret = thread({ private: true });

function when(
  event: Partial<ThreadEvent> & Pick<ThreadEvent, "type">,
  by: ReturnType<typeof settings>,
  {
    known = null,
    change = {},
    at = NOW,
  }: { known?: Ticket | null; change?: Partial<Facts>; at?: number } = {},
): Decision {
  const seen = facts({ thread: secret, ...change });
  const filled = {
    scope: "ticket",
    thread: seen.thread,
    actor: seen.actor.person,
    movedFrom: null,
    discussed: false,
    ...event,
  } as ThreadEvent;
  const decision = decide(known, filled, seen, by, at);
  if (!decision) throw new Error("none of ours");
  return decision;
}

const opened = (by = GOLD, change: Partial<Facts> = {}) => when({ type: "opened" }, by, { change });

/** A ticket whose one label action was carried out. */
function executed({ ticket, plan: actions }: Decision): Ticket {
  return { ...ticket, ownLabels: labelsOf(actions) };
}

const labelsOf = (actions: readonly Action[]): string[] =>
  actions.flatMap((action) => (action.type === "label" ? action.labels.map(({ name }) => name) : []));
const typesOf = (actions: readonly Action[]): string[] => actions.map(({ type }) => type);

function said(author: Person, body: string, at = NOW): Comment {
  return { nodeId: `C_${at}_${author.login}`, author, body, createdAt: at, updatedAt: at };
}

const ledger = ({ ticket }: Decision) => {
  if (!ticket.service) throw new Error("it has no service");
  return readClocks(ticket.service.clocks);
};

describe("what is served", () => {
  it("in one request for all labels", () => {
    const { plan: actions, ticket } = opened();
    expect(typesOf(actions).filter((type) => type === "label")).toHaveLength(1);
    expect(labelsOf(actions)).toEqual(["bug", "P2"]);
    expect(ticket.service).toMatchObject({ plan: "gold", priority: { level: "P2", weight: 1 } });
  });

  it("in one request again when it is read anew before that was sent, and gives none of them up", () => {
    const { ticket } = opened();
    const underWay = { adding: ["bug", "P2"], triage: ["bug", "P2"], removing: [] };
    const edited = thread({
      private: true,
      title: TEXTS.bug.title,
      body: `${TEXTS.bug.body}\n\nIt is Linux.`,
    });
    const { plan: actions } = when({ type: "edited" }, GOLD, {
      known: ticket,
      change: { thread: edited, underWay },
    });
    expect(labelsOf(actions)).toEqual(["bug", "P2"]);
    expect(actions.find(({ type }) => type === "label")).not.toHaveProperty("abandoned");
  });

  it("with its plan and the terms of its priority under Why, and in because", () => {
    const decision = opened({ ...GOLD, acknowledge: "always" });
    const comment = decision.plan.find((action) => action.type === "comment");
    const body = comment?.type === "comment" ? comment.body : "";
    for (const words of ["gold: mona is listed", "urgency", "severity 3 x 0.3: bug", "plan + 1"])
      expect(body).toContain(words);
    expect(decision.because.join("\n")).toContain("SLA of plan gold");
  });

  it("without a word of priorities where nothing goes by them", () => {
    const decision = opened(settings("acknowledge: always"));
    expect(labelsOf(decision.plan)).toEqual(["bug"]);
    expect(JSON.stringify(decision.plan)).not.toContain("severity");
    expect(decision.ticket.dueAt).not.toBeNull();
  });

  it.each<[string, Partial<Facts>, string | null]>([
    ["a member in a private repository", {}, "gold"],
    ["a member in a public repository, where nobody may know", { thread: thread() }, null],
    ["the team's own ticket", { authorOnTeam: true }, null],
  ])("%s", (_, change, name) => {
    expect(opened(GOLD, change).ticket.service?.plan).toBe(name);
  });

  it("the same in public, whoever pays in private", () => {
    const paying = opened(GOLD, { thread: thread() });
    const stranger = opened(settings("plans: [{ name: gold, sla: { firstResponse: 4h } }]"), {
      thread: thread(),
    });
    expect(paying.ticket.privateService?.plan).toBe("gold");
    const publicly = ({ ticket, ...rest }: typeof paying) => {
      // What the second decision knows, and when it wakes, is the desk's own.
      const { privateService: _known, wakeAt: _wakes, dueAt: _due, ...seen } = ticket;
      return { ...rest, ticket: seen };
    };
    expect(publicly(paying)).toEqual(publicly(stranger));
  });

  it("a public plan in public", () => {
    expect(opened(plan(", public: true"), { thread: thread() }).ticket.service?.plan).toBe("gold");
  });

  it("no priority label on what may be a vulnerability, in public", () => {
    const words = { ...thread(), ...TEXTS.vulnerability };
    expect(labelsOf(opened(GOLD, { thread: words }).plan)).toEqual([]);
    expect(labelsOf(opened(GOLD, { thread: { ...words, private: true } }).plan)).toHaveLength(1);
  });
});

describe("the clocks", () => {
  it.each<[string, Person, string, Partial<Facts>, { answered: boolean; owed: boolean }]>([
    ["stop at a word of the team", maintainer, "Thanks!", byTeam, { answered: true, owed: false }],
    ["not at a bot's", otherBot, "Thanks!", {}, { answered: false, owed: false }],
    ["not at commands alone", maintainer, "/priority P1", byTeam, { answered: false, owed: false }],
    [
      "at commands with words",
      maintainer,
      "Thanks!\n\n/priority P1",
      byTeam,
      { answered: true, owed: false },
    ],
    ["not at a stranger's", { login: "eve", bot: false }, "Me too", {}, { answered: false, owed: false }],
  ])("%s", (_, author, body, change, expected) => {
    const known = opened().ticket;
    const actor = { person: author, self: false, team: author === maintainer };
    const decision = when({ type: "commented", comment: said(author, body) }, GOLD, {
      known,
      change: { ...change, actor },
    });
    expect(ledger(decision)).toMatchObject(expected);
  });

  const answered = () =>
    when({ type: "commented", comment: said(maintainer, "Thanks!") }, GOLD, {
      known: opened().ticket,
      change: byTeam,
    }).ticket;

  it("owe a reply once the reporter reopens, until the team speaks", () => {
    const closed = when({ type: "closed" }, GOLD, {
      known: answered(),
      change: { ...byTeam, thread: { ...secret, state: "closed", updatedAt: NOW + 1000 } },
    });
    expect(ledger(closed)).toMatchObject({ closed: true, owed: false });
    const again = when({ type: "reopened" }, GOLD, {
      known: closed.ticket,
      change: { thread: { ...secret, updatedAt: NOW + 2000 } },
    });
    expect(ledger(again)).toMatchObject({ closed: false, owed: true });
    expect(again.ticket).toMatchObject({ status: "open", reopened: 1 });
  });

  it("hear of a reply of the team that only reconciling found", () => {
    const comments = [said(maintainer, "Thanks!")];
    const noticed = (commenters: string[]) =>
      ledger(when({ type: "noticed", comments }, GOLD, { known: opened().ticket, change: { commenters } }));
    expect(noticed(["maria"]).answered).toBe(true);
    expect(noticed([]).answered).toBe(false);
  });

  it("stop at a closing that nobody told of, and run on at such a reopening", () => {
    const found = when({ type: "assigned", login: "maria" }, GOLD, {
      known: answered(),
      change: { thread: { ...secret, state: "closed", updatedAt: NOW + 1000 } },
    });
    expect(found.ticket).toMatchObject({ status: "closed", dueAt: null });
    const open = when({ type: "assigned", login: "maria" }, GOLD, {
      known: found.ticket,
      change: { thread: { ...secret, updatedAt: NOW + 2000 } },
    });
    expect(open.ticket.status).toBe("open");
    expect(ledger(open).closed).toBe(false);
  });

  it("stand while a discussion has its answer, and run on when that is taken back", () => {
    const asked = { ...secret, kind: "discussion" as const };
    const answered = { ...asked, answered: true, updatedAt: NOW };
    const known = opened(GOLD, { thread: asked }).ticket;
    const solved = when({ type: "answered" }, GOLD, { known, change: { ...byTeam, thread: answered } });
    expect(ledger(solved).closed).toBe(true);
    const back = { ...asked, updatedAt: NOW + HOUR };
    const again = when({ type: "unanswered" }, GOLD, {
      known: solved.ticket,
      change: { ...byTeam, thread: back },
      at: NOW + HOUR,
    });
    expect(again.ticket.status).toBe("open");
    expect(ledger(again).closed).toBe(false);
  });

  it.each<[Ticket["status"], boolean]>([
    ["new", false],
    ["pending", false],
    ["open", true],
    ["on-hold", true],
    ["solved", true],
  ])("begin for a ticket of an older version with what its state tells: %s", (status, answered) => {
    const { service, ...old } = { ...opened().ticket, status };
    expect(service).toBeDefined();
    const thread = { ...secret, answered: status === "solved" };
    const seen = ledger(when({ type: "edited" }, GOLD, { known: old, change: { thread } }));
    expect(seen).toMatchObject({ answered, owed: false });
  });
});

describe("a priority", () => {
  const labelled = (labels: string[], own: string[]) =>
    when({ type: "edited" }, GOLD, {
      known: { ...executed(opened()), ownLabels: own },
      change: { thread: { ...secret, labels, updatedAt: NOW + 1000 } },
    });

  it.each<[string, string[], string[], string, string[]]>([
    ["stays", ["bug", "P2"], ["bug", "P2"], "P2", []],
    ["gives way to one that a person set", ["bug", "P2", "P0"], ["bug", "P2"], "P0", ["unlabel P2"]],
    ["is that of the person who set it", ["bug", "P3"], ["bug"], "P3", []],
    ["changes its label", ["bug", "P1"], ["bug", "P1"], "P2", ["unlabel P1", "label P2"]],
  ])("%s", (_, labels, own, level, actions) => {
    const decision = labelled(labels, own);
    expect(decision.ticket.service?.priority?.level).toBe(level);
    const seen = decision.plan.flatMap((action) => {
      if (action.type === "unlabel") return [`unlabel ${action.label}`];
      return action.type === "label" ? action.labels.map(({ name }) => `label ${name}`) : [];
    });
    expect(seen).toEqual(actions);
  });

  it("that we are putting on is nobody's choice", () => {
    const known = opened().ticket;
    const change = {
      thread: { ...secret, labels: ["bug", "P2"] },
      underWay: { adding: ["P2"], triage: [], removing: [] },
    };
    const { ticket } = when({ type: "assigned", login: "maria" }, GOLD, { known, change });
    expect(ticket.service?.priority).not.toHaveProperty("chosen");
  });

  it.each<[string, string[], string]>([
    ["rises while nobody answers", [], "history 1.5 x 0.3: waiting for 3 days"],
    ["rises no more once the team answered", ["team-replied"], "history 0 x 0.3: nothing"],
    ["does not rise while the reporter is asked back", ["waiting"], "history 0 x 0.3: nothing"],
  ])("%s", (_, happened, expected) => {
    const { ticket } = opened();
    if (!ticket.service) throw new Error("it has no service");
    const clocks = happened.reduce(
      (known, type) => advance(known, { id: type, at: NOW, type: type as ClockEvent["type"] }),
      ticket.service.clocks,
    );
    const known = { ...ticket, service: { ...ticket.service, clocks } };
    const at = OPENED + 74 * HOUR;
    const { ticket: rated } = when({ type: "assigned", login: "maria" }, GOLD, { known, at });
    expect(rated.service?.priority?.because).toContain(expected);
  });

  it("is not set again once a person took it off", () => {
    const decision = when({ type: "unlabeled", label: "P2" }, GOLD, {
      known: executed(opened()),
      change: { ...byTeam, thread: { ...secret, labels: ["bug"], updatedAt: NOW + 1000 } },
    });
    expect(labelsOf(decision.plan)).toEqual([]);
  });

  it("rises when the same reporter came with it before, not when somebody else did", () => {
    const history = (byReporter: boolean) => {
      const original = {
        number: 3,
        title: "",
        url: "",
        state: "open",
        stateReason: null,
        fixedIn: null,
      } as const;
      const duplicates = [{ ...original, probability: 0.9, byReporter }];
      const known = { ...opened().ticket, suggestions: { answers: [], duplicates, related: [] } };
      const decision = when({ type: "assigned", login: "maria" }, GOLD, { known });
      return decision.ticket.service?.priority?.because.find((reason) => reason.startsWith("history"));
    };
    expect(history(true)).toBe("history 1 x 0.3: reported before once");
    expect(history(false)).toBe("history 0 x 0.3: nothing");
  });

  it("knows other people by words that were only noticed too, once, and neither the team nor bots nor its reporter", () => {
    const people = ["ann", "maria", "mona", "ann", "ben", "robo"].map((login) => {
      return { login, bot: login === "robo" };
    });
    const comments = people.map((person) => said(person, "Me too"));
    const known = opened().ticket;
    const change = { commenters: ["maria"] };
    const { ticket } = when({ type: "noticed", comments }, GOLD, { known, change });
    expect(ticket.others).toEqual(["ann", "ben"]);
    const others = Array.from({ length: 100 }, (_, i) => `person-${i}`);
    const crowded = when({ type: "noticed", comments }, GOLD, { known: { ...known, others }, change });
    expect(crowded.ticket.others).toEqual(others);
  });

  it("does not rise with the team's own words", () => {
    const known = opened().ticket;
    const comment = said(maintainer, "We look into it.");
    const { ticket } = when({ type: "commented", comment }, GOLD, { known, change: byTeam });
    expect(ticket.others).toEqual([]);
  });

  it("rises with other people who speak of it", () => {
    let known = opened(GOLD, { thread: { ...secret, ...TEXTS.feature } }).ticket;
    const before = known.service?.priority?.value ?? 0;
    for (const login of ["ann", "bob", "eve", "kim"]) {
      const person = { login, bot: false };
      const change = { thread: { ...secret, ...TEXTS.feature }, actor: { person, self: false, team: false } };
      known = when({ type: "commented", comment: said(person, "Me too") }, GOLD, { known, change }).ticket;
    }
    expect(known.others).toEqual(["ann", "bob", "eve", "kim"]);
    expect(known.service?.priority?.value).toBeGreaterThan(before);
    expect(known.service?.priority?.because.join()).toContain("4 other people");
  });
});

describe("a due clock", () => {
  it("that is another's leaves the public as it was", () => {
    const known = executed(opened(plan(", public: true"), { thread: thread() }));
    const dueAt = known.service?.dueAt ?? 0;
    const due = (at: number) =>
      when({ type: "due" }, plan(", public: true"), {
        known,
        change: { thread: thread({ labels: ["bug", "P2"] }) },
        at,
      });
    const early = due(dueAt - 1);
    expect(early.plan).toEqual([]);
    expect(early.ticket.service).toEqual(known.service);
    expect(early.ticket.wakeAt).toBe(dueAt);
    expect(typesOf(due(dueAt).plan)).toEqual(["notify"]);
  });
});

describe("an open ticket under changed settings", () => {
  const none = settings("plans: [{ name: gold, sla: { firstResponse: 4h } }]");
  const changed = (known: Ticket, by: ReturnType<typeof settings>, now = NOW) =>
    reschedule(known, facts().customer, by, now);

  it.each<[string, Partial<Facts>]>([
    ["in private", {}],
    ["in public, for those alone who may know", { thread: thread() }],
  ])("is looked at at once when its reporter gets a plan, %s", (_, change) => {
    const known = opened(none, change).ticket;
    expect(changed(known, GOLD).wakeAt).toBe(NOW);
    expect(changed(known, GOLD).service?.dueAt ?? null).toBe("thread" in change ? null : NOW);
    expect(changed(known, none).wakeAt).toBeNull();
  });

  it("is looked at at once when a stricter promise should have been told of by now", () => {
    const at = OPENED + 2.5 * HOUR;
    const known = opened().ticket;
    expect(changed(known, GOLD, at).wakeAt).toBe(OPENED + 3 * HOUR);
    const soon = settings(
      "plans: [{ name: gold, weight: 1, members: { logins: [mona] }, sla: { firstResponse: 2h } }]",
    );
    expect(changed(known, soon, at).wakeAt).toBe(at);
  });

  it.each<[string, Partial<NonNullable<Ticket["service"]>>, number | null]>([
    ["rated anew when its priority is another one by them", {}, NOW],
    ["left as it is where a person chose by command", { priorityByPerson: true }, null],
    [
      "left as it is where a person chose by label",
      { priority: { level: "P2", value: 0, weight: 0, because: [], chosen: true } },
      null,
    ],
  ])("is %s: its thresholds", (_, chosen, wakeAt) => {
    const { ticket } = opened(none);
    if (!ticket.service) throw new Error("it has no service");
    const known = { ...ticket, service: { ...ticket.service, ...chosen } };
    const bold = { ...none, priority: { ...none.priority, thresholds: [0.3, 0.2, 0.1] } };
    expect(changed(known, none).wakeAt).toBeNull();
    expect(changed(known, bold).wakeAt).toBe(wakeAt);
  });

  it("has its deadline moved by a stricter promise, without being looked at", () => {
    const known = opened().ticket;
    const soon = settings(
      "plans: [{ name: gold, weight: 1, members: { logins: [mona] }, sla: { firstResponse: 2h } }]",
    );
    expect(known.wakeAt).toBe(OPENED + 3 * HOUR);
    expect(changed(known, soon).wakeAt).toBe(OPENED + 1.5 * HOUR);
  });
});

describe("people", () => {
  const crew = settings(TEAM);

  it.each<[string, ReturnType<typeof settings>, Partial<Facts>, string[]]>([
    ["get a ticket", crew, {}, ["assign"]],
    ["leave what a person took", crew, { thread: { ...secret, assignees: ["octocat"] } }, []],
    ["cannot be assigned to discussions", crew, { thread: { ...secret, kind: "discussion" } }, []],
    ["are not assigned where only labels may be set", settings(`${TEAM}mode: label`), {}, []],
    ["are not assigned where nothing may be written", settings(`${TEAM}mode: observe`), {}, []],
  ])("%s", (_, by, change, expected) => {
    const { plan: actions, ticket } = opened(by, { people: FREE, ...change });
    expect(typesOf(actions).filter((type) => type === "assign")).toEqual(expected);
    expect(ticket.service?.given).toHaveLength(expected.length);
  });

  it.each<[string, string, string]>([
    ["a path that the text names", "skills: [docs/guide/**]", "It is wrong in docs/guide/start.md."],
    ["the label that is on its way", "skills: [bug]", ""],
  ])("are chosen by %s", (_, skill, text) => {
    const by = settings(`${TEAM.replace("login: ada", `login: ada, ${skill}`)}`);
    const { ticket } = opened(by, {
      people: FREE,
      thread: { ...secret, body: `${TEXTS.bug.body}\n\n${text}` },
    });
    expect(ticket.service?.given).toEqual(["ada"]);
  });

  it("keep a command's word", () => {
    const known = when({ type: "opened" }, crew, {}).ticket;
    const decision = when({ type: "commented", comment: said(maintainer, "/assign octocat") }, crew, {
      known,
      change: { ...byTeam, people: FREE },
    });
    const assigned = decision.plan.flatMap((action) => (action.type === "assign" ? action.logins : []));
    expect(assigned).toEqual(["octocat"]);
  });
});

describe("the ladder", () => {
  const climbing = settings(
    `plans: [{ name: gold, members: { logins: [mona] }, sla: { firstResponse: 1h } }]
businessHours: { days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "24:00" }
labels: { priorities: [null, null, null, null] }
escalation: [{ at: 2, actions: [assign, label], assign: boss, label: late }]`,
  );
  const at = OPENED + 2 * HOUR;

  it.each<[string, Partial<Ticket>, Partial<Facts>, string[]]>([
    ["hands up, and says so by a label", {}, {}, ["assign boss", "label late"]],
    ["cannot hand a discussion up", {}, { thread: { ...secret, kind: "discussion" } }, ["label late"]],
    ["leaves who has it already", {}, { thread: { ...secret, assignees: ["Boss"] } }, ["label late"]],
    ["sets no label that a person took off", { vetoedLabels: ["Late"] }, {}, ["assign boss"]],
  ])("%s", (_, change, seen, expected) => {
    const known = { ...opened(climbing, seen).ticket, ...change };
    const decision = when({ type: "due", actor: null }, climbing, { known, change: seen, at });
    const names = decision.plan.flatMap((action) => {
      if (action.type === "assign") return [`assign ${action.logins.join()}`];
      return action.type === "label" ? action.labels.map(({ name }) => `label ${name}`) : [];
    });
    expect(names.sort()).toEqual(expected);
    const given = expected.includes("assign boss") ? ["boss"] : [];
    expect(decision.ticket.service?.given).toEqual(given);
  });

  it("does not give to whom we are giving it already", () => {
    const { ticket } = opened(climbing);
    if (!ticket.service) throw new Error("it has no service");
    const known = { ...ticket, service: { ...ticket.service, given: ["boss"] } };
    const decision = when({ type: "due", actor: null }, climbing, { known, at });
    expect(typesOf(decision.plan)).not.toContain("assign");
    expect(decision.ticket.service?.given).toEqual(["boss"]);
  });
});

describe("a call on the ticket", () => {
  const ladder = (priority: string) =>
    settings(`${priority}
sla: { default: { firstResponse: 1h } }
businessHours: { from: "00:00", to: "24:00", days: [mon, tue, wed, thu, fri, sat, sun] }
escalation: [{ at: 1, actions: [mention, slack], mention: "@octo-org/support" }]
notifications: { quietHours: { from: "10:00", to: "14:00" } }
`);

  it.each<[string, string, number | undefined]>([
    ["waits for the end of quiet hours", "", Date.UTC(2026, 2, 2, 14)],
    ["does not wait for P0", "priority: { thresholds: [0.3, 0.2, 0.1] }", undefined],
  ])("%s", (_, priority, notBefore) => {
    const rules = ladder(priority);
    const known = when({ type: "opened" }, rules, { at: OPENED }).ticket;
    expect(known.dueAt).toBe(OPENED + 0.75 * HOUR);
    const { plan: actions } = when({ type: "due" }, rules, { known, at: NOW + HOUR });
    const call = actions.find((action) => action.type === "comment");
    expect(call).toMatchObject({ slot: "sla:firstResponse/0/1/mention" });
    expect(call?.type === "comment" ? call.notBefore : null).toBe(notBefore);
    const notices = actions.flatMap((action) => (action.type === "notify" ? action.notice : []));
    expect(notices.map(({ kind, channels, urgent }) => [kind, channels, urgent])).toEqual([
      ["sla-breach", null, notBefore === undefined],
      ["escalation", ["slack"], notBefore === undefined],
    ]);
  });

  it("is of what is overdue in the very moment in which the promise breaks, and private where the thread is", () => {
    const rules = ladder("");
    const { ticket: known } = when({ type: "opened" }, rules, { at: OPENED });
    const { plan: actions } = when({ type: "due" }, rules, { known, at: OPENED + HOUR });
    const call = actions.find((action) => action.type === "comment");
    expect(call?.type === "comment" && call.body).toContain("is overdue");
    const notices = actions.flatMap((action) => (action.type === "notify" ? action.notice : []));
    expect(notices.map(({ private: hidden }) => hidden)).toEqual([true, true]);
    for (const { title } of notices) expect(title).toContain("overdue");
  });
});
