import { describe, expect, it } from "@jest/globals";
import type { Action } from "../../src/ticket/action.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import type { Person, Thread } from "../../src/ticket/thread.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";
import { newTicket } from "../../src/ticket/ticket.ts";
import type { ClockEvent } from "../../src/ticket/clocks.ts";
import { GHOST } from "../../src/ticket/person.ts";
import { advance, startClocks } from "../../src/triage/clocks.ts";
import { decide } from "../../src/triage/decide.ts";
import type { Facts } from "../../src/triage/facts.ts";
import { newService } from "../../src/triage/serve.ts";
import {
  byTeam,
  discussion,
  facts,
  maintainer,
  NOW,
  OPENED,
  otherBot,
  settings,
  TEXTS,
  thread,
} from "../builders/facts.ts";

type Occurrence<E = ThreadEvent> = E extends ThreadEvent ? Omit<E, "scope" | "thread" | "actor"> : never;

function when(
  happened: Occurrence,
  {
    known = null,
    change = {},
    rules = settings(),
  }: { known?: Ticket | null; change?: Partial<Facts>; rules?: ReturnType<typeof settings> } = {},
) {
  const all = facts(change);
  const event = { scope: "ticket", thread: all.thread, actor: all.actor.person, ...happened } as ThreadEvent;
  return decide(known, event, all, rules, NOW);
}

const opened = { type: "opened", movedFrom: null, discussed: false } as const;
const edited = { type: "edited" } as const;

/** A plan in words: `+bug` adds, `-bug` removes, anything else by its type. */
function words(plan: Action[]): string[] {
  return plan.flatMap((action) => {
    if (action.type === "label") return action.labels.map((label) => `+${label.name}`);
    if (action.type === "unlabel") return [`-${action.label}`];
    if (action.type === "comment") return [`comment ${action.slot}`];
    return [action.type];
  });
}

/** The ticket of a thread that was triaged a moment ago. */
function ticketOf(the: Thread, change: Partial<Ticket> = {}): Ticket {
  const first = when(opened, { change: { thread: the } });
  if (!first) throw new Error("an opened thread is always ours");
  return { ...first.ticket, ...change };
}

const bugForm = {
  path: ".github/ISSUE_TEMPLATE/bug.yml",
  name: "Bug report",
  labels: ["bug"],
  fields: [
    { label: "Version", required: true },
    { label: "Steps to reproduce", required: true },
    { label: "Anything else", required: false },
  ],
};

describe("an opened ticket", () => {
  it.each<[string, Partial<Thread>, Partial<Facts>, string[]]>([
    ["a clear bug -> its label", {}, {}, ["+bug"]],
    ["a clear wish -> its label, by the repository's own name for it", TEXTS.feature, {}, ["+enhancement"]],
    ["an unclear text -> silence", TEXTS.unclear, {}, []],
    [
      "a bug report that lacks what the form requires -> label and question",
      TEXTS.vagueBug,
      { forms: [bugForm] },
      ["+bug", "+needs-info", "comment triage"],
    ],
    ["a bug report that has what the form requires -> label", {}, { forms: [bugForm] }, ["+bug"]],
    [
      "a bug report of the team -> labels, but no comment",
      TEXTS.vagueBug,
      { forms: [bugForm], authorOnTeam: true },
      ["+bug", "+needs-info"],
    ],
    ["by a bot -> nothing", { author: otherBot }, {}, []],
    ["by a deleted account -> triaged all the same", { author: null }, {}, ["+bug"]],
    ["with a label of a kind -> that one stays alone", { labels: ["question"] }, {}, []],
    ["with a label of a kind in other case -> that one stays alone", { labels: ["Bug"] }, {}, []],
    ["with a label of no kind -> the kind is added", { labels: ["area: ui"] }, {}, ["+bug"]],
    ["in an archived repository -> nothing", { archived: true }, {}, []],
    [
      "locked -> labels only",
      { ...TEXTS.vagueBug, locked: true },
      { forms: [bugForm] },
      ["+bug", "+needs-info"],
    ],
    ["closed already -> nothing", { state: "closed" }, {}, []],
    ["empty body -> decided by the title alone", { body: "" }, {}, ["+bug"]],
    [
      "a suspected vulnerability -> a pointer and a word to the maintainers, no label",
      TEXTS.vulnerability,
      {},
      ["comment triage", "tell-maintainers"],
    ],
  ])("%s", (_name, change, also, expected) => {
    expect(words(when(opened, { change: { thread: thread(change), ...also } })?.plan ?? [])).toEqual(
      expected,
    );
  });

  it("is treated alike as a discussion", () => {
    const plan = (the: Thread) => words(when(opened, { change: { thread: the } })?.plan ?? []);
    for (const text of Object.values(TEXTS)) expect(plan(discussion(text))).toEqual(plan(thread(text)));
  });

  it("asks in a discussion only for what settings require, since it has no issue form", () => {
    const rules = settings({ missingInformation: { ask: true, required: ["Version"] } });
    const decision = when(opened, {
      change: { thread: discussion(TEXTS.vagueBug), forms: [bugForm] },
      rules,
    });
    expect(decision?.ticket.triage?.missing).toEqual(["Version"]);
  });

  it("says in one action all labels that it wants", () => {
    const decision = when(opened, { change: { thread: thread(TEXTS.vagueBug), forms: [bugForm] } });
    expect(decision?.plan.filter((action) => action.type === "label")).toHaveLength(1);
  });

  it("yields to any other kind that a person sets in the meantime", () => {
    const [action] = when(opened)?.plan ?? [];
    expect(action?.type === "label" && action.labels[0]?.yieldsTo).toEqual([
      "enhancement",
      "question",
      "documentation",
      "performance",
    ]);
  });

  it("is acknowledged when settings say always, with reasons and exactly one marker", () => {
    const decision = when(opened, { rules: settings({ acknowledge: "always" }) });
    const comment = decision?.plan.find((action) => action.type === "comment");
    expect(comment?.body.match(/<!-- frontdesk:/g)).toHaveLength(1);
    expect(comment?.body).toContain("<details>");
  });

  it("is answered in its own language, or in the one that settings name", () => {
    const german = {
      title: "Fehler: Absturz beim Speichern",
      body: "Das Programm stürzt beim Speichern immer mit einem Fehler ab. Früher ging es ohne Probleme.",
    };
    const body = (language: string) => {
      const rules = settings({ acknowledge: "always", language });
      const plan = when(opened, { change: { thread: thread(german) }, rules })?.plan ?? [];
      return plan.find((action) => action.type === "comment")?.body;
    };
    expect(when(opened, { change: { thread: thread(german) } })?.ticket.language).toBe("de");
    expect(body("auto")).not.toEqual(body("en"));
    expect(body("auto")).toEqual(body("de"));
  });

  it("waits for the quiet period, then is triaged when its clock is due", () => {
    const rules = settings({ classification: { ...settings().classification, quietPeriod: 7_200_000 } });
    const early = when(opened, { rules });
    expect(early?.plan).toEqual([]);
    expect(early?.ticket.dueAt).toBe(NOW - 3_600_000 + 7_200_000);
    const due = decide(
      early?.ticket ?? null,
      { scope: "ticket", type: "due", thread: thread(), actor: null },
      facts({ actor: { person: null, self: false, team: false } }),
      rules,
      NOW + 3_600_000,
    );
    expect(words(due?.plan ?? [])).toEqual(["+bug"]);
    expect(due?.ticket.dueAt).toBeNull();
  });

  it("brings along what people vetoed where it came from", () => {
    const before = { ...newTicket(thread({ repositoryId: 3, number: 1 })), vetoedLabels: ["bug"] };
    const decision = when(
      { type: "opened", movedFrom: { key: "3/1" }, discussed: false },
      { change: { before } },
    );
    expect(decision?.plan).toEqual([]);
    expect(decision?.ticket).toMatchObject({ movedFrom: "3/1", vetoedLabels: ["bug"] });
  });

  it.each<[string, ClockEvent["type"][], Partial<Thread>, Ticket["status"]]>([
    ["that nobody answered -> new", [], {}, "new"],
    ["that the team had answered -> open", ["team-replied"], {}, "open"],
    ["that waited for its reporter -> pending", ["team-replied", "waiting"], {}, "pending"],
    ["on hold -> on hold, as its clocks are", ["team-replied", "held"], {}, "on-hold"],
    ["that was closed -> closed", ["team-replied", "closed"], { state: "closed" }, "closed"],
    ["that had its answer -> solved", ["closed"], { kind: "discussion", answered: true }, "solved"],
  ])("a transferred ticket %s", (_name, happened, change, status) => {
    const clocks = happened.reduce(
      (known, type, hours) => advance(known, { id: type, at: OPENED + hours, type }),
      startClocks(OPENED),
    );
    const service = { ...newService(OPENED), clocks };
    // Word of the transfer was heard in its former home already.
    const before: Ticket = { ...newTicket(thread({ repositoryId: 3 })), status: "moved", service };
    const event = { type: "opened", movedFrom: { key: "3/7" }, discussed: true } as const;
    const decision = when(event, { change: { before, thread: thread(change) } });
    expect(decision?.ticket.status).toBe(status);
  });

  it("brings along what people said and refused, and not whom we had given it to", () => {
    const silence = { pendingSince: null, reporterSpokeAt: NOW, remindedAt: null };
    const was: Partial<Ticket> = {
      ownLabels: ["bug"],
      refusedComments: ["triage"],
      kindByPerson: true,
      withdrawn: true,
      closedByUs: true,
      silence,
      others: ["otto"],
      reopened: 2,
    };
    const service = { ...newService(OPENED), given: ["maria"], refused: ["ada"] };
    const before: Ticket = { ...newTicket(thread({ repositoryId: 3 })), ...was, service };
    const event = { type: "opened", movedFrom: { key: "3/7" }, discussed: true } as const;
    const { ticket } = when(event, { change: { before, thread: thread({ labels: ["bug"] }) } }) ?? {};
    expect(ticket).toMatchObject({ ...was, service: { given: [], refused: ["ada"] } });
  });

  it("stays quiet after a transfer where the team wanted it so", () => {
    const before: Ticket = { ...newTicket(thread({ repositoryId: 3 })), muted: true };
    const event = { type: "opened", movedFrom: { key: "3/7" }, discussed: true } as const;
    const decision = when(event, { change: { before, thread: thread(TEXTS.vagueBug), forms: [bugForm] } });
    expect(words(decision?.plan ?? [])).toEqual(["+bug", "+needs-info"]);
  });
});

describe("a reporter with a new login", () => {
  const renamed = { login: "lisa", bot: false };
  const about = thread({ author: renamed, state: "closed" });
  const comment = {
    nodeId: "IC_1",
    author: renamed,
    body: "It happens again.",
    createdAt: NOW,
    updatedAt: NOW,
  };
  const back = (known: Partial<Ticket>, change: Partial<Facts> = {}) => {
    const before: Ticket = { ...ticketOf(thread()), status: "closed", closedByUs: true, ...known };
    const actor = { person: renamed, self: false, team: false };
    return when(
      { type: "commented", comment },
      { known: before, change: { thread: about, actor, ...change } },
    );
  };

  it("is the reporter still: a comment opens again what we had closed", () => {
    const decision = back({});
    expect(decision?.ticket.author).toBe("lisa");
    expect(words(decision?.plan ?? [])).toEqual(["reopen"]);
  });

  it.each<[string, string | null, Person | null, string | null]>([
    ["whose account is gone keeps the name by which we know them", "mona", null, "mona"],
    ["who was erased is nobody's name again", GHOST, renamed, GHOST],
    ["who never had an account here gets none", null, renamed, null],
  ])("%s", (_name, author, now, expected) => {
    const decision = back({ author }, { thread: { ...about, author: now } });
    expect(decision?.ticket.author).toBe(expected);
  });
});

it("a thread whose opening is told is ours, even by another clock; of an older one no word is heard", () => {
  const change = { since: OPENED + 1 };
  expect(when(opened, { change })).not.toBeNull();
  expect(when(edited, { change })).toBeNull();
  expect(when(edited, { change: { since: OPENED } })).not.toBeNull();
});

describe("a suspected vulnerability", () => {
  const decision = when(opened, { change: { thread: thread(TEXTS.vulnerability) } });

  it("is neither quoted nor explained in public", () => {
    const comment = decision?.plan.find((action) => action.type === "comment");
    expect(comment?.body).toContain("security/policy");
    for (const word of ["crafted", "exploit", "attacker", "execution"])
      expect(comment?.body).not.toContain(word);
  });

  it("is told to maintainers by its address only", () => {
    const notice = decision?.plan.find((action) => action.type === "tell-maintainers");
    expect(notice?.body).toContain("https://github.com/octo-org/lantern/issues/7");
    expect(`${notice?.title}${notice?.body}`).not.toContain("crafted");
  });

  it("gets a public label only when settings name one", () => {
    const rules = settings({ labels: { ...settings().labels, security: "security" } });
    const labelled = when(opened, { change: { thread: thread(TEXTS.vulnerability) }, rules });
    expect(words(labelled?.plan ?? [])).toContain("+security");
  });
});

describe("the mode", () => {
  const change = { thread: thread(TEXTS.vagueBug), forms: [bugForm] };
  it.each<[string, "observe" | "label" | "reply", string[]]>([
    ["observe -> decided and remembered, nothing done", "observe", []],
    ["label -> labels only", "label", ["+bug", "+needs-info"]],
    ["reply -> all", "reply", ["+bug", "+needs-info", "comment triage"]],
  ])("%s", (_name, mode, expected) => {
    const decision = when(opened, { change, rules: settings({ mode }) });
    expect(words(decision?.plan ?? [])).toEqual(expected);
    expect(decision?.ticket.triage?.kind).toBe("bug");
  });
});

describe("an edited ticket", () => {
  const wish = thread(TEXTS.feature);

  it.each<[string, Partial<Ticket>, Partial<Thread>, string[]]>([
    [
      "now a wish, our bug label on it -> ours is swapped",
      { ownLabels: ["bug"] },
      { labels: ["bug"] },
      ["-bug", "+enhancement"],
    ],
    ["now a wish, a person's bug label on it -> left alone", {}, { labels: ["bug"] }, []],
    ["now a wish, kind chosen by a person -> left alone", { kindByPerson: true }, {}, []],
    ["now a wish, that label vetoed -> not set", { vetoedLabels: ["enhancement"] }, {}, []],
    ["the reporter asked for a person -> left alone", { withdrawn: true }, {}, []],
  ])("%s", (_name, ticket, change, expected) => {
    const known = ticketOf(thread(), ticket);
    const decision = when(edited, { known, change: { thread: { ...wish, ...change } } });
    expect(words(decision?.plan ?? [])).toEqual(expected);
  });

  const lacking = thread(TEXTS.vagueBug);
  const asked = () => {
    const first = when(opened, { change: { thread: lacking, forms: [bugForm] } });
    const comments = { triage: { nodeId: "IC_1", digest: "d" } };
    return { ...(first?.ticket as Ticket), ownLabels: ["bug", "needs-info"], comments };
  };

  it("that now has what was missing -> needs-info goes, the same comment says so", () => {
    const mended = {
      ...lacking,
      labels: ["bug", "needs-info"],
      body: `${TEXTS.bug.body}\n\n${lacking.body}`,
    };
    const decision = when(edited, { known: asked(), change: { thread: mended, forms: [bugForm] } });
    expect(words(decision?.plan ?? [])).toEqual(["-needs-info", "comment triage"]);
  });

  it("that still lacks it -> the comment is kept current, no label twice", () => {
    const same = { ...lacking, labels: ["bug", "needs-info"] };
    const decision = when(edited, { known: asked(), change: { thread: same, forms: [bugForm] } });
    expect(words(decision?.plan ?? [])).toEqual(["comment triage"]);
  });

  it("by a bot -> nothing", () => {
    const actor = { person: otherBot, self: false, team: false };
    expect(when(edited, { known: ticketOf(thread()), change: { thread: wish, actor } })?.plan).toEqual([]);
  });

  it("whose comment a person deleted -> no comment again", () => {
    const known: Ticket = { ...asked(), comments: {}, refusedComments: ["triage"] };
    const decision = when(edited, {
      known,
      change: { thread: { ...lacking, labels: ["bug", "needs-info"] }, forms: [bugForm] },
    });
    expect(decision?.plan).toEqual([]);
  });
});

describe("a person's hand", () => {
  const known = ticketOf(thread(), { ownLabels: ["bug"] });

  it("taking our label off is a lasting veto and a lesson", () => {
    const off = when({ type: "unlabeled", label: "bug" }, { known, change: byTeam });
    expect(off?.ticket).toMatchObject({ vetoedLabels: ["bug"], ownLabels: [] });
    expect(off?.lessons).toEqual([
      {
        ticket: "12/7",
        repositoryId: 12,
        type: "label-removed",
        subject: "bug",
        by: "maria",
        byTeam: true,
        at: NOW,
      },
    ]);
    expect(when(edited, { known: off?.ticket ?? null })?.plan).toEqual([]);
    expect(when({ type: "reopened" }, { known: off?.ticket ?? null })?.plan).toEqual([]);
  });

  it("setting another kind ends our choice, and nothing of ours is removed", () => {
    const set = when({ type: "labeled", label: "question" }, { known, change: byTeam });
    expect(set?.plan).toEqual([]);
    const next = when(edited, {
      known: set?.ticket ?? null,
      change: { thread: thread({ ...TEXTS.feature, labels: ["bug", "question"] }) },
    });
    expect(next?.plan).toEqual([]);
  });

  it("another bot's removal is respected, but teaches nothing", () => {
    const actor = { person: otherBot, self: false, team: false };
    const off = when({ type: "unlabeled", label: "bug" }, { known, change: { actor } });
    expect(off?.ticket.vetoedLabels).toEqual(["bug"]);
    expect(off?.lessons).toEqual([]);
  });

  it("deleting our comment is remembered", () => {
    const ticket: Ticket = { ...known, comments: { triage: { nodeId: "IC_1", digest: "d" } } };
    const comment = {
      nodeId: "IC_1",
      author: { login: "frontdesk[bot]", bot: true },
      body: "",
      createdAt: 0,
      updatedAt: 0,
    };
    const gone = when({ type: "comment-deleted", comment }, { known: ticket, change: byTeam });
    expect(gone?.ticket).toMatchObject({ comments: {}, refusedComments: ["triage"] });
    expect(gone?.lessons[0]).toMatchObject({ type: "comment-deleted", by: maintainer.login });
  });

  it("deleting a person's comment that quotes ours says nothing of ours", () => {
    const body = "> <!-- frontdesk:triage -->";
    const comment = { nodeId: "IC_2", author: maintainer, body, createdAt: 0, updatedAt: 0 };
    const gone = when({ type: "comment-deleted", comment }, { known, change: byTeam });
    expect(gone?.ticket.refusedComments).toEqual([]);
    expect(gone?.lessons).toEqual([]);
  });

  it.each<[string, Partial<Ticket>, Partial<Facts["underWay"]>, string[], string[]]>([
    ["that we are taking off is nobody's refusal", { ownLabels: ["bug"] }, { removing: ["bug"] }, [], []],
    ["that we were putting on is ours", {}, { adding: ["bug"] }, ["bug"], ["bug"]],
    ["that a person may have chosen is theirs", { kindByPerson: true }, { adding: ["bug"] }, ["bug"], []],
  ])("a label %s", (_name, change, doing, labels, own) => {
    const before: Ticket = { ...known, ownLabels: [], ...change };
    const underWay = { adding: [], triage: [], removing: [], ...doing };
    const seen = { thread: thread({ labels }), readByUs: true, underWay };
    const { ticket } = when({ type: "locked" }, { known: before, change: seen }) ?? {};
    expect(ticket).toMatchObject({ ownLabels: [...(change.ownLabels ?? []), ...own], vetoedLabels: [] });
  });
});

describe("a comment", () => {
  const say = (body: string, known: Ticket, change: Partial<Facts> = {}) => {
    const comment = {
      nodeId: "IC_9",
      author: facts(change).actor.person,
      body,
      createdAt: NOW,
      updatedAt: NOW,
    };
    return when({ type: "commented", comment }, { known, change });
  };
  const asked: Ticket = {
    ...ticketOf(thread(TEXTS.vagueBug)),
    status: "pending",
    triage: {
      kind: "bug",
      confidence: 0.9,
      because: [],
      missing: ["Version", "Steps to reproduce"],
      asked: true,
      at: 0,
    },
    ownLabels: ["bug", "needs-info"],
    comments: { triage: { nodeId: "IC_1", digest: "d" } },
  };
  const there = { thread: thread({ ...TEXTS.vagueBug, labels: ["bug", "needs-info"] }) };

  it("of the reporter with all that was missing -> needs-info goes, the comment says so", () => {
    const decision = say("It is version 3.2.0. Steps: start it, press c.", asked, there);
    expect(words(decision?.plan ?? [])).toEqual(["-needs-info", "comment triage"]);
    expect(decision?.ticket).toMatchObject({ status: "open", triage: { missing: [] } });
  });

  it("of the reporter with half of it -> asks for the rest in the same comment", () => {
    const decision = say("It is version 3.2.0.", asked, there);
    expect(decision?.ticket.triage?.missing).toEqual(["Steps to reproduce"]);
    expect(words(decision?.plan ?? [])).toEqual(["comment triage"]);
  });

  it("of somebody else does not count as the reporter's", () => {
    const actor = { person: { login: "passer-by", bot: false }, self: false, team: false };
    expect(say("Version 3.2.0, steps: 1. start", asked, { ...there, actor })?.plan).toEqual([]);
  });

  it("/not-helpful of the reporter -> we step back, people take over, and nothing follows", () => {
    const decision = say("/not-helpful", asked, there);
    expect(words(decision?.plan ?? [])).toEqual(["comment triage", "-needs-info", "+needs-human", "react"]);
    expect(decision?.lessons[0]?.type).toBe("not-helpful");
    expect(when(edited, { known: decision?.ticket ?? null, change: there })?.plan).toEqual([]);
  });

  it("/not-helpful in a quote or in code is none", () => {
    const decision = say("> /not-helpful\n\n```\n/not-helpful\n```", asked, there);
    expect(decision?.ticket.withdrawn).toBe(false);
    expect(words(decision?.plan ?? [])).not.toContain("+needs-human");
  });

  it("of the reporter on a ticket that we closed reopens it", () => {
    const closed = { thread: thread({ state: "closed" }) };
    const decision = say(
      "It is still there.",
      { ...ticketOf(thread()), status: "closed", closedByUs: true },
      closed,
    );
    expect(words(decision?.plan ?? [])).toEqual(["reopen"]);
  });

  it("of the reporter on a ticket that a person closed does not", () => {
    const closed = { thread: thread({ state: "closed" }) };
    expect(say("It is still there.", { ...ticketOf(thread()), status: "closed" }, closed)?.plan).toEqual([]);
  });
});

describe("threads that are not ours", () => {
  it("opened before the desk was installed are never acted on", () => {
    for (const happened of [edited, { type: "reopened" }, { type: "closed" }] as const) {
      expect(when(happened, { change: { since: NOW } })).toBeNull();
    }
  });

  it.each(["deleted", "closed"] as const)("%s ones rest", (type) => {
    const change = { thread: thread({ state: "closed" }) };
    const decision = when({ type }, { known: ticketOf(thread()), change });
    expect(decision?.plan).toEqual([]);
    expect(decision?.ticket.status).toBe(type);
  });

  it.each([
    ["closed", { state: "open" }],
    ["reopened", { state: "closed" }],
    ["answered", { answered: false }],
    ["unanswered", { answered: true }],
  ] as const)("late word of %s, changed back since -> as it was", (type, now) => {
    const known = { ...ticketOf(thread()), status: "on-hold" as const };
    const event = type === "answered" || type === "unanswered" ? { type, answer: null } : { type };
    expect(when(event, { known, change: { thread: thread(now) } })?.ticket.status).toBe("on-hold");
  });

  it("closed before they were read, and reopened -> read then", () => {
    const known = { ...ticketOf(thread()), triage: null, status: "closed" as const };
    const decision = when({ type: "reopened" }, { known });
    expect(decision?.ticket).toMatchObject({ status: "open", triage: { kind: "bug" } });
    expect(words(decision?.plan ?? [])).toEqual(["+bug"]);
  });

  it("moved ones point to where they went", () => {
    const to = { repositoryId: 13, repository: "octo-org/other", number: 1, nodeId: "I_1", key: "13/1" };
    expect(when({ type: "transferred", to }, { known: ticketOf(thread()) })?.ticket).toMatchObject({
      status: "moved",
      movedTo: "13/1",
    });
  });
});

it("decides the same twice", () => {
  const once = when(opened, { change: { thread: thread(TEXTS.vagueBug), forms: [bugForm] } });
  expect(when(opened, { change: { thread: thread(TEXTS.vagueBug), forms: [bugForm] } })).toEqual(once);
});
