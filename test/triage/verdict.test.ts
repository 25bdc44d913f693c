import { describe, expect, it } from "@jest/globals";
import type { Fact, Rating } from "../../src/ticket/fact.ts";
import type { ThreadEvent } from "../../src/ticket/event.ts";
import type { Person } from "../../src/ticket/thread.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { decide } from "../../src/triage/decide.ts";
import type { Facts } from "../../src/triage/facts.ts";
import { facts, maintainer, NOW, reporter, settings, thread } from "../builders/facts.ts";

const ARTICLE = { id: "1/a.md#b", title: "A", url: "", headings: [], passage: null, probability: 0.9 };

const triage: Ticket["triage"] = {
  kind: "bug",
  confidence: 0.97,
  because: [],
  missing: [],
  asked: false,
  at: NOW - 3_000,
};

/** A ticket on which our answer stands. */
const answered = (change: Partial<Ticket>): Ticket => ({
  ...newTicket(thread()),
  triage,
  suggestions: { answers: [ARTICLE], duplicates: [], related: [] },
  comments: { triage: { nodeId: "IC_1", digest: "d" } },
  ...change,
});

const rated = (rating: Rating | null): Fact => ({ at: NOW - 1_000, type: "rated", by: "Mona", rating });
const complained: Fact = { at: NOW - 1_000, type: "rated", by: "Mona", rating: -1, via: "feedback" };
const spoken: Fact = { at: NOW - 2_000, type: "spoke", by: "team" };
const helped: Fact = { at: NOW - 2_000, type: "judged", help: "article", id: ARTICLE.id, helpful: true };
const closed = (by: "team" | "desk" | "reporter" | "bot", reason: string | null = "completed"): Fact => ({
  at: NOW - 1_000,
  type: "closed",
  by,
  reason,
});

/** What an event adds of verdicts and ratings. */
function heard(
  known: Ticket,
  event: Record<string, unknown>,
  change: { by?: Person; thread?: Parameters<typeof thread>[0]; mood?: Facts["mood"] } = {},
): string[] {
  const { by = reporter, mood = null } = change;
  const here = thread({ updatedAt: NOW, ...change.thread });
  const actor = { person: by, self: false, team: by !== reporter };
  const decision = decide(
    known,
    { scope: "ticket", thread: here, actor: by, ...event } as ThreadEvent,
    facts({ thread: here, actor, mood }),
    settings(),
    NOW,
  );
  return (decision?.ticket.timeline ?? []).flatMap((fact) => {
    if (fact.at < NOW) return [];
    if (fact.type === "judged") return fact.helpful ? "helped" : "did not help";
    return fact.type === "rated" ? `${fact.by} ${fact.rating} by ${fact.via}` : [];
  });
}

const said = (body: string) => ({
  type: "commented",
  comment: { nodeId: `IC_${body}`, author: reporter, body, createdAt: NOW, updatedAt: NOW },
});
const HELPED = ["helped", "mona 1 by words"];
const FAILED = ["did not help", "mona -1 by words"];
const done = { state: "closed", stateReason: "completed" } as const;
const open = { state: "open", stateReason: null } as const;
const angry = { sentiment: "negative", confidence: 0.95 } as const;

describe("the reporter who closes", () => {
  it.each<[string, Partial<Ticket>, Parameters<typeof heard>[2], string[]]>([
    ["what our answer solved is satisfied", {}, {}, HELPED],
    ["what the team had answered says nothing of us", { status: "open" }, {}, []],
    ["what a stranger may have answered says nothing of us", { others: ["lisa"] }, {}, []],
    ["as not planned has given up", {}, { thread: { ...done, stateReason: "not_planned" } }, []],
    ["and had said that it is bad has given up", { timeline: [rated(-1)] }, {}, []],
    ["and had taken that back is satisfied", { timeline: [rated(-1), rated(null)] }, {}, HELPED],
    [
      "and had said elsewhere that it is bad seems satisfied in public",
      { timeline: [complained] },
      {},
      HELPED,
    ],
    [
      "and had said elsewhere that it is bad has given up in private",
      { timeline: [complained], private: true },
      { thread: { ...done, private: true } },
      [],
    ],
    ["is not somebody of the team", {}, { by: maintainer }, []],
  ])("%s", (_, change, by, expected) => {
    expect(heard(answered(change), { type: "closed" }, { thread: done, ...by })).toEqual(expected);
  });

  it.each<[string, Partial<Ticket>, Parameters<typeof heard>[2], string, string[]]>([
    ["is satisfied", {}, {}, "/close", HELPED],
    ["with words beside it is", {}, {}, "I see.\n\n/close", HELPED],
    ["in a surely bad mood is not", {}, { mood: angry }, "Useless.\n\n/close", ["mona -1 by words"]],
    ["who says that it was of no use is not", {}, {}, "That didn't help.\n\n/close", ["mona -1 by words"]],
    ["what the team had answered says nothing", { status: "open" }, {}, "/close", []],
    ["what a stranger may have answered says nothing", { others: ["lisa"] }, {}, "/close", []],
    ["what is closed already says nothing", {}, { thread: done }, "/close", []],
  ])("by command %s", (_, change, more, body, expected) => {
    expect(heard(answered(change), said(body), { thread: open, ...more })).toEqual(expected);
  });
});

describe("the reporter who says that our answer", () => {
  it.each<[string, string, Partial<Ticket>, string[]]>([
    ["helped is satisfied", "That solved it, thanks!", {}, HELPED],
    ["was of no use is not", "Thanks, but that did not help.", {}, ["mona -1 by words"]],
    [
      "was of no use has found something else",
      "That did not help. Upgrading fixed it.",
      {},
      ["mona -1 by words"],
    ],
    ["or the team's was of no use says nothing", "That did not help.", { status: "open" }, []],
    ["or a stranger's was of no use says nothing", "That did not help.", { others: ["lisa"] }, []],
    ["leaves the problem where it was may mean the problem", "It does not work on start.", {}, []],
  ])("%s", (_, body, change, expected) => {
    expect(heard(answered(change), said(body), { thread: open })).toEqual(expected);
  });
});

describe("the reporter who reopens", () => {
  const cases: [string, Fact[], Partial<Ticket>, string[]][] = [
    ["what they had called solved", [helped, closed("reporter")], {}, FAILED],
    ["what the team closed on our answer", [closed("team")], {}, FAILED],
    ["what we closed on its order", [closed("desk")], {}, FAILED],
    ["what we closed for silence", [closed("desk", "not_planned")], {}, []],
    ["what the team does not plan", [closed("team", "not_planned")], {}, []],
    ["what the team had answered itself", [spoken, closed("team")], {}, []],
    ["what a stranger may have answered", [closed("team")], { others: ["lisa"] }, []],
    ["what they had closed without a verdict", [closed("reporter")], {}, []],
    ["what a bot closed", [closed("bot")], {}, []],
    ["what they had refused", [closed("team")], { withdrawn: true }, []],
    ["what we had not answered", [closed("team")], { suggestions: null }, []],
  ];

  it.each(cases)("%s", (_, timeline, change, expected) => {
    const known = answered({ status: "closed", timeline, ...change });
    expect(heard(known, { type: "reopened" }, { thread: open })).toEqual(expected);
    expect(heard(known, { type: "reopened" }, { thread: open, by: maintainer })).toEqual([]);
  });

  it.each(cases)("by command %s", (_, timeline, change, expected) => {
    const known = answered({ status: "closed", timeline, ...change });
    expect(heard(known, said("/reopen"), { thread: done })).toEqual(expected);
    expect(heard(known, said("/reopen"), { thread: open })).toEqual([]);
  });
});

describe("the reporter of a discussion", () => {
  const marks = { type: "answered", answer: "IC_1" };
  const unmarks = { type: "unanswered", answer: "IC_1" };
  it.each<[string, Partial<Ticket>, Record<string, unknown>, Parameters<typeof heard>[2], string[]]>([
    ["who marks our comment is satisfied", {}, marks, {}, HELPED],
    ["who marks it beside the team's is, too", { status: "open", timeline: [spoken] }, marks, {}, HELPED],
    ["who marks another's says nothing of us", {}, { ...marks, answer: "IC_2" }, {}, []],
    ["is not somebody of the team", {}, marks, { by: maintainer }, []],
    ["who had refused it says nothing more", { withdrawn: true }, marks, {}, []],
    ["who takes the mark off is not content", { timeline: [helped] }, unmarks, {}, FAILED],
    [
      "who takes it off another's says nothing",
      { timeline: [helped] },
      { ...unmarks, answer: "IC_2" },
      {},
      [],
    ],
  ])("%s", (_, change, event, by, expected) => {
    const now = { answered: event.type === "answered" };
    expect(heard(answered(change), event, { thread: now, ...by })).toEqual(expected);
  });
});

describe("the reporter's words", () => {
  it("do not say that it is solved in a surely bad mood", () => {
    const words = said("Great, that solved it, and broke all the rest.");
    expect(heard(answered({}), words, { mood: angry })).toEqual(["mona -1 by words"]);
  });

  it("may be for a stranger who spoke before: neither thanks nor anger is for us then", () => {
    const known = answered({ others: ["lisa"] });
    expect(heard(known, said("Great, that solved it."))).toEqual([]);
    expect(heard(known, said("What a mess."), { mood: angry })).toEqual([]);
  });

  it("say that it is solved in a mood that may be either", () => {
    const words = said("Great, that solved it.");
    expect(heard(answered({}), words, { mood: { ...angry, confidence: 0.7 } })).toEqual(HELPED);
  });
});
