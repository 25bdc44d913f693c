import { describe, expect, it } from "@jest/globals";
import type { Fact } from "../../src/ticket/fact.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import type { Comment, Person } from "../../src/ticket/thread.ts";
import type { Ticket } from "../../src/ticket/ticket.ts";
import { decide } from "../../src/triage/decide.ts";
import { executed } from "../../src/triage/executed.ts";
import { facts, maintainer, NOW, OPENED, otherBot, reporter, settings, thread } from "../builders/facts.ts";

const desk = settings({ acknowledge: "always" });
const stranger: Person = { login: "lisa", bot: false };

/** What a ticket remembers after one more event. */
function next(
  known: Ticket | null,
  event: Record<string, unknown>,
  by: Person | null,
  change: Parameters<typeof thread>[0] = {},
): Ticket {
  const here = thread({ updatedAt: NOW, ...change });
  const actor = { person: by, self: false, team: by === maintainer };
  const decision = decide(
    known,
    { scope: "ticket", thread: here, actor: by, ...event } as ThreadEvent,
    facts({ thread: here, actor }),
    desk,
    NOW + 60_000,
  );
  if (!decision) throw new Error("not a ticket");
  return decision.ticket;
}

const MOVE = {
  scope: "ticket",
  type: "opened",
  movedFrom: { key: "12/1" },
  discussed: true,
  actor: null,
} as const;
const opened = next(null, { type: "opened", movedFrom: null, discussed: false }, reporter);
const told = (ticket: Ticket): Fact[] => (ticket.timeline ?? []).slice(opened.timeline?.length ?? 0);

function comment(author: Person, body = "Thank you."): Comment {
  return { nodeId: `IC_${author.login}`, author, body, createdAt: NOW + 5_000, updatedAt: NOW + 5_000 };
}

describe("what a ticket remembers", () => {
  it("begins with when it was opened, and by whom", () => {
    expect(opened.timeline).toEqual([{ at: OPENED, type: "opened", by: "reporter" }]);
  });

  it("is in a ticket that an older version stored, from then on", () => {
    const { timeline: _, ...old } = opened;
    expect(next(old, { type: "labeled", label: "bug" }, maintainer).timeline).toEqual([
      { at: NOW, type: "labelled", label: "bug", by: "team" },
    ]);
  });

  it("is another priority, and what it was before; the first one is none", () => {
    const from = opened.service?.priority?.level;
    const chosen = next(
      opened,
      { type: "commented", comment: comment(maintainer, "/priority P0") },
      maintainer,
    );
    expect(told(chosen)).toContainEqual({ at: NOW + 60_000, type: "prioritised", from, to: "P0" });
    const later = next(chosen, { type: "labeled", label: "ui" }, maintainer);
    expect(told(later).filter(({ type }) => type === "prioritised")).toHaveLength(1);
    const { service: _, ...old } = opened;
    expect(told(next(old, { type: "labeled", label: "ui" }, maintainer))).toContainEqual({
      at: NOW + 60_000,
      type: "prioritised",
      from: null,
      to: from,
    });
  });

  it.each<[string, Record<string, unknown>, Person | null, Parameters<typeof thread>[0], Fact[]]>([
    [
      "a word of the team, at its own time",
      { type: "commented", comment: comment(maintainer) },
      maintainer,
      {},
      [{ at: NOW + 5_000, type: "spoke", by: "team" }],
    ],
    [
      "a word of the reporter",
      { type: "commented", comment: comment(reporter) },
      reporter,
      {},
      [{ at: NOW + 5_000, type: "spoke", by: "reporter" }],
    ],
    ["no word of a stranger", { type: "commented", comment: comment(stranger) }, stranger, {}, []],
    ...["/why", "/help", "/report"].map(
      (body): [string, Record<string, unknown>, Person | null, Parameters<typeof thread>[0], Fact[]] => [
        `no word that only asks us: ${body}`,
        { type: "commented", comment: comment(maintainer, body) },
        maintainer,
        {},
        [],
      ],
    ),
    ["no word of a bot", { type: "commented", comment: comment(otherBot) }, otherBot, {}, []],
    [
      "a closing, with GitHub's reason",
      { type: "closed" },
      maintainer,
      { state: "closed", stateReason: "not_planned" },
      [{ at: NOW, type: "closed", by: "team", reason: "not_planned" }],
    ],
    ["no closing that is over already", { type: "closed" }, maintainer, {}, []],
    [
      "an answer that was marked as a closing",
      { type: "answered", answer: null },
      reporter,
      { answered: true },
      [{ at: NOW, type: "closed", by: "reporter", reason: "answered" }],
    ],
    [
      "and by whom it was not given",
      { type: "answered", answer: "DC_somebody's" },
      reporter,
      { answered: true },
      [{ at: NOW, type: "closed", by: "reporter", reason: "answered-by-others" }],
    ],
    [
      "a closing that was only noticed, by nobody knows whom",
      { type: "noticed", comments: [] },
      null,
      { state: "closed", stateReason: "completed" },
      [{ at: NOW, type: "closed", by: "other", reason: "completed" }],
    ],
    ["no reopening that is over already", { type: "reopened" }, reporter, { state: "closed" }, []],
    [
      "a reopening, and that it is more pressing",
      { type: "reopened" },
      reporter,
      {},
      [
        { at: NOW, type: "reopened", by: "reporter" },
        { at: NOW + 60_000, type: "prioritised", from: "P3", to: "P2" },
      ],
    ],
    [
      "a label that a bot took off",
      { type: "unlabeled", label: "area: ui" },
      otherBot,
      {},
      [{ at: NOW, type: "unlabelled", label: "area: ui", by: "bot" }],
    ],
    [
      "who was assigned",
      { type: "assigned", login: "maria" },
      maintainer,
      {},
      [{ at: NOW, type: "assigned", login: "maria", by: "team" }],
    ],
    [
      "that the reporter refused our help, and the rating that this is",
      { type: "commented", comment: comment(reporter, "/not-helpful") },
      reporter,
      {},
      [
        { at: NOW + 5_000, type: "spoke", by: "reporter" },
        { at: NOW + 5_000, type: "rated", by: "mona", rating: -1 },
        { at: NOW + 5_000, type: "refused" },
      ],
    ],
    [
      "that the team refused our help, which is no word to the reporter",
      { type: "commented", comment: comment(maintainer, "/not-helpful") },
      maintainer,
      {},
      [
        { at: NOW + 5_000, type: "ordered" },
        { at: NOW + 5_000, type: "refused" },
      ],
    ],
    ["nothing of an edit", { type: "edited" }, reporter, {}, []],
  ])("%s", (_, event, by, change, expected) => {
    expect(told(next(opened, event, by, change))).toEqual(expected);
  });

  it("has the words that were only noticed, the team's too", () => {
    const here = thread({ updatedAt: NOW + 9_000 });
    const event = { scope: "ticket", type: "noticed", thread: here, actor: null } as const;
    const comments = [comment(maintainer), comment(reporter), comment(stranger)];
    const known = facts({ thread: here, commenters: ["maria"] });
    const decision = decide(opened, { ...event, comments }, known, desk, NOW + 60_000);
    expect(told(decision?.ticket ?? opened)).toEqual([
      { at: NOW + 5_000, type: "spoke", by: "reporter" },
      { at: NOW + 5_000, type: "spoke", by: "team" },
    ]);
  });

  const answered: Ticket = {
    ...opened,
    comments: { triage: { nodeId: "IC_ours", digest: "" } },
    suggestions: {
      answers: [{ id: "12/docs/a.md#b", title: "A", url: "", headings: [], passage: null, probability: 0.9 }],
      duplicates: [],
      related: [],
    },
  };

  it.each([
    ["that it is solved", "Thanks, that solved it!", 1],
    ["that it does not help", "/not-helpful", -1],
    ["neither", "I use version 3.2.1.", null],
  ])(
    "has of words that were only noticed what it has of those that were delivered: %s",
    (_, body, rating) => {
      const said = comment(reporter, body);
      const here = thread({ updatedAt: NOW + 5_000 });
      const event = { scope: "ticket", type: "noticed", thread: here, actor: null } as const;
      const known = facts({ thread: here, actor: { person: null, self: false, team: false } });
      const noticed = decide(answered, { ...event, comments: [said] }, known, desk, NOW + 60_000);
      const delivered = next(answered, { type: "commented", comment: said }, reporter);
      expect(told(noticed?.ticket ?? opened)).toEqual(told(delivered));
      const ratings = told(delivered).flatMap((fact) => (fact.type === "rated" ? fact.rating : []));
      expect(ratings).toEqual(rating === null ? [] : [rating]);
    },
  );

  it("of a thread that was moved brings its life along, whichever news of the new place came first", () => {
    const before = next(opened, { type: "commented", comment: comment(maintainer) }, maintainer);
    const here = thread({ updatedAt: NOW + 9_000, number: 99 });
    const arrives = (known: Ticket | null) =>
      decide(
        known,
        { ...MOVE, thread: here },
        facts({ thread: here, actor: { person: null, self: false, team: false }, before }),
        desk,
        NOW + 60_000,
      )?.ticket.timeline;
    const overtaken = next(null, { type: "assigned", login: "maria" }, maintainer, { number: 99 });
    expect(arrives(null)).toEqual(before.timeline);
    expect(arrives(overtaken)).toEqual([
      ...(before.timeline ?? []).slice(0, 1),
      { at: NOW, type: "assigned", login: "maria", by: "team" },
      ...(before.timeline ?? []).slice(1),
    ]);
  });

  it("says nothing twice when it is heard twice", () => {
    const said = { type: "commented", comment: comment(maintainer) };
    const once = next(opened, said, maintainer);
    expect(next(once, said, maintainer).timeline).toEqual(once.timeline);
  });

  it("says when we waited for the reporter, and until when", () => {
    const vague = {
      title: "Bug: it crashes with an error",
      body: "It crashes with an error. Please fix this bug.",
    };
    const forms = [
      { path: "bug.yml", name: "Bug", labels: [], fields: [{ label: "Version", required: true }] },
    ];
    const here = thread({ ...vague, updatedAt: NOW });
    const event = { scope: "ticket", type: "opened", thread: here, actor: reporter } as const;
    const asked = decide(
      null,
      { ...event, movedFrom: null, discussed: false },
      facts({ thread: here, forms }),
      desk,
      NOW,
    );
    expect(asked?.ticket.timeline).toContainEqual({ at: NOW, type: "waiting" });
    const given = next(
      asked?.ticket ?? null,
      { type: "commented", comment: comment(reporter, "Version 3.2.1") },
      reporter,
      vague,
    );
    expect(given.timeline).toContainEqual({ at: NOW + 5_000, type: "resumed" });
  });
});

describe("what is remembered of what the desk did", () => {
  const suggestions: Ticket["suggestions"] = {
    answers: [
      {
        id: "12/docs/a.md#b",
        title: "A",
        url: "https://x.example",
        headings: [],
        passage: null,
        probability: 0.9,
      },
    ],
    duplicates: [],
    related: [],
  };
  const done = { type: "done" as const };

  it.each<[string, Parameters<typeof executed>, Fact[]]>([
    [
      "each label that it set",
      [opened, { type: "label", slot: "triage", labels: [] }, { ...done, labels: ["bug", "ui"] }, NOW],
      [
        { at: NOW, type: "labelled", label: "bug", by: "desk" },
        { at: NOW, type: "labelled", label: "ui", by: "desk" },
      ],
    ],
    [
      "nothing of what it did not do",
      [opened, { type: "unlabel", label: "bug" }, { type: "skipped", reason: "gone" }, NOW],
      [],
    ],
    [
      "its comment, with the articles that it shows",
      [{ ...opened, suggestions }, { type: "comment", slot: "triage", body: "" }, done, NOW],
      [
        { at: NOW, type: "told" },
        { at: NOW, type: "shown", help: "article", id: "12/docs/a.md#b" },
      ],
    ],
    [
      "an edit of its comment only where it shows something new",
      [
        {
          ...opened,
          suggestions,
          timeline: [
            { at: OPENED, type: "told" },
            { at: OPENED, type: "shown", help: "article", id: "12/docs/a.md#b" },
          ],
        },
        { type: "comment", slot: "triage", body: "" },
        done,
        NOW,
      ],
      [],
    ],
    [
      "articles and originals that the team named as the team's",
      [
        {
          ...opened,
          suggestions: {
            ...suggestions,
            answers: suggestions.answers.map((one) => ({ ...one, ordered: true as const })),
          },
          timeline: [{ at: OPENED, type: "told" }],
        },
        { type: "comment", slot: "triage", body: "" },
        done,
        NOW,
      ],
      [{ at: NOW, type: "shown", help: "article", id: "12/docs/a.md#b", by: "team" }],
    ],
    [
      "what the team ordered as the team's doing: a label that it set",
      [
        opened,
        { type: "label", slot: "command:kind", labels: [], orderedBy: "team" },
        { ...done, labels: ["bug"] },
        NOW,
      ],
      [{ at: NOW, type: "labelled", label: "bug", by: "team" }],
    ],
    [
      "a label that it took off",
      [opened, { type: "unlabel", label: "bug", orderedBy: "team" }, { ...done, labels: ["bug"] }, NOW],
      [{ at: NOW, type: "unlabelled", label: "bug", by: "team" }],
    ],
    [
      "that the reporter had it closed",
      [opened, { type: "close", reason: "completed", orderedBy: "reporter" }, done, NOW],
      [{ at: NOW, type: "closed", by: "reporter", reason: "completed" }],
    ],
    [
      "of what the team had it closed as a duplicate",
      [opened, { type: "close", reason: "duplicate", original: 7, orderedBy: "team" }, done, NOW],
      [{ at: NOW, type: "closed", by: "team", reason: "duplicate", original: "7" }],
    ],
    [
      "that the team had it opened again",
      [opened, { type: "reopen", orderedBy: "team" }, done, NOW],
      [{ at: NOW, type: "reopened", by: "team" }],
    ],
    [
      "whom it assigned",
      [opened, { type: "assign", logins: ["maria", "otto"] }, { ...done, logins: ["maria"] }, NOW],
      [{ at: NOW, type: "assigned", login: "maria", by: "desk" }],
    ],
    [
      "whom it took off",
      [opened, { type: "unassign", logins: ["maria"] }, { ...done, logins: ["maria"] }, NOW],
      [{ at: NOW, type: "unassigned", login: "maria", by: "desk" }],
    ],
    [
      "that it closed",
      [opened, { type: "close", reason: "completed" }, done, NOW],
      [{ at: NOW, type: "closed", by: "desk", reason: "completed" }],
    ],
  ])("%s", (_, action, expected) => {
    expect(executed(...action)).toEqual(expected);
  });
});

describe("what is remembered of promises", () => {
  const HOUR = 3_600_000;
  const day = {
    days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const,
    from: "00:00",
    to: "24:00",
  };
  const promising = settings({
    businessHours: { ...desk.businessHours, ...day, days: [...day.days] },
    sla: {
      ...desk.sla,
      default: {
        firstResponse: { days: 0, ms: 4 * HOUR },
        nextResponse: { days: 0, ms: 2 * HOUR },
        resolution: null,
      },
    },
  });
  /** Hours after the opening, and what happens then. */
  function played(...steps: [hours: number, event: Record<string, unknown>, by: Person | null][]): string[] {
    let ticket: Ticket | null = null;
    for (const [hours, event, by] of [
      [0, { type: "opened", movedFrom: null, discussed: false }, reporter],
      ...steps,
    ] as typeof steps) {
      const at = OPENED + hours * HOUR;
      const here = thread({ updatedAt: at, state: event.type === "closed" ? "closed" : "open" });
      const said = { nodeId: `IC_${hours}`, author: by, body: "Word.", createdAt: at, updatedAt: at };
      const decision = decide(
        ticket,
        { scope: "ticket", thread: here, actor: by, comment: said, ...event } as ThreadEvent,
        facts({ thread: here, actor: { person: by, self: false, team: by === maintainer } }),
        promising,
        at,
      );
      ticket = decision?.ticket ?? null;
    }
    return (ticket?.timeline ?? []).flatMap((fact) =>
      fact.type === "sla" ? `${(fact.at - OPENED) / HOUR}: ${fact.clock}/${fact.cycle} ${fact.outcome}` : [],
    );
  }
  const word = { type: "commented" };

  it.each<[string, Parameters<typeof played>, string[]]>([
    ["a reply in time", [[1, word, maintainer]], ["1: firstResponse/0 met"]],
    ["nothing while time is left", [[1, word, reporter]], []],
    ["a warning", [[3.5, { type: "due" }, null]], ["3.5: firstResponse/0 warned"]],
    [
      "a breach at its own time, however late it is noticed",
      [[6, { type: "due" }, null]],
      ["4: firstResponse/0 breached"],
    ],
    [
      "a breach once, also when the reply comes",
      [
        [6, { type: "due" }, null],
        [7, word, maintainer],
      ],
      ["4: firstResponse/0 breached"],
    ],
    ["a breach that only the late reply shows", [[7, word, maintainer]], ["7: firstResponse/0 breached"]],
    [
      "each further reply",
      [
        [1, word, maintainer],
        [2, word, reporter],
        [3, word, maintainer],
        [5, word, reporter],
        [9, word, maintainer],
      ],
      ["1: firstResponse/0 met", "3: nextResponse/0 met", "9: nextResponse/1 breached"],
    ],
    ["no promise kept by closing without a word", [[1, { type: "closed" }, maintainer]], []],
  ])("%s", (_, steps, expected) => {
    expect(played(...steps)).toEqual(expected);
  });
});
