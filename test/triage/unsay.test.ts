import { describe, expect, it } from "@jest/globals";
import { courseOf } from "../../src/reports/course.ts";
import { accuracy } from "../../src/reports/metrics/accuracy.ts";
import { improvement, WAITS } from "../../src/reports/metrics/improvement.ts";
import { satisfaction } from "../../src/reports/metrics/satisfaction.ts";
import { tally } from "../../src/reports/tally.ts";
import type { Fact } from "../../src/ticket/fact.ts";
import { type Lesson, standing } from "../../src/ticket/lesson.ts";
import type { SuggestedThread } from "../../src/ticket/suggestion.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import type { Decision } from "../../src/triage/decide.ts";
import { decide } from "../../src/triage/decide.ts";
import type { Facts } from "../../src/triage/facts.ts";
import { executed } from "../../src/triage/executed.ts";
import { byTeam, facts, NOW, OPENED, reporter, settings, thread } from "../builders/facts.ts";

const article = { id: "12/a.md#b", title: "Boards", url: "", headings: [], passage: "x", probability: 0.9 };
const original: SuggestedThread = {
  number: 3,
  title: "Crash on removal",
  url: "https://github.com/octo-org/lantern/issues/3",
  state: "open",
  stateReason: null,
  fixedIn: null,
  probability: 0.9,
};
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const byReporter = { actor: { person: reporter, self: false, team: false } };
const facing = { ordered: { original, article } };
const closedNow = { thread: thread({ state: "closed", stateReason: "completed", updatedAt: NOW }) };
const shown = (help: "article" | "duplicate", id: string): Fact => ({
  at: NOW - MINUTE,
  type: "shown",
  help,
  id,
});
const helped: Fact = { at: NOW - MINUTE, type: "judged", help: "article", id: article.id, helpful: true };

/** A question under which our answer and the link to an original stand. */
function answered(change: Partial<Ticket> = {}): Ticket {
  return {
    ...newTicket(thread()),
    language: "en",
    triage: { kind: "question", confidence: 0.97, because: [], missing: [], asked: false, at: OPENED },
    suggestions: { answers: [article], duplicates: [{ ...original, number: 2 }], related: [] },
    comments: { triage: { nodeId: "IC_ours", digest: "d" } },
    timeline: [
      { at: OPENED, type: "opened", by: "reporter" },
      shown("article", article.id),
      shown("duplicate", "2"),
    ],
    ...change,
  };
}

let comments = 0;

function say(ticket: Ticket, body: string, at: number, change: Partial<Facts> = {}): Decision {
  const known = facts({ ...byTeam, ...change });
  const { person } = known.actor;
  const comment = { nodeId: `IC_${comments++}`, author: person, body, createdAt: at, updatedAt: at };
  const event = { scope: "ticket", type: "commented", thread: known.thread, actor: person, comment } as const;
  const decision = decide(ticket, event, known, settings(), at + 3 * SECOND);
  if (!decision) throw new Error("the ticket is not ours");
  // Our comment reaches the ticket at once.
  const wrote = decision.plan.filter(({ type }) => type === "comment");
  const done = wrote.flatMap((action) =>
    executed(decision.ticket, action, { type: "done" }, at + 4 * SECOND),
  );
  const timeline = [...(decision.ticket.timeline ?? []), ...done];
  return { ...decision, ticket: { ...decision.ticket, timeline } };
}

/** What figures make of the ticket, without what they say of labels. */
function figuresOf(ticket: Ticket) {
  const period = { since: OPENED, until: NOW + 2 * WAITS };
  const course = [courseOf(ticket)];
  const { answers, articles, duplicates } = tally(accuracy(period), course);
  const feedback = tally(improvement(period), course);
  return { ...tally(satisfaction(period), course), answers, articles, duplicates, feedback };
}

const verdicts = ({ timeline = [] }: Ticket) =>
  timeline.filter(({ type }) => ["shown", "judged", "rated", "refused"].includes(type));
const aboutHelp = (lessons: readonly Lesson[]) =>
  standing(lessons).filter(({ subject }) => /^(article|duplicate) /.test(subject));

describe("what a command says of our help", () => {
  it.each<[string, Ticket, Partial<Facts>]>([
    ["/close", answered({ status: "pending" }), byReporter],
    ["/duplicate #3", answered(), { ...byTeam, ...facing }],
    [
      "/duplicate #3",
      answered(),
      { ...byTeam, ordered: { original: { ...original, state: "closed" }, article: null } },
    ],
    [
      "/answer",
      answered({ suggestions: null, timeline: answered().timeline?.slice(0, 1) ?? [] }),
      { ...byTeam, ...facing },
    ],
    ["/answer", answered(), { ...byTeam, ...facing }],
    ["/not-helpful", answered({ status: "pending" }), byTeam],
  ])("is taken back by /undo: %s", (body, ticket, change) => {
    const given = say(ticket, body, NOW, change);
    expect(aboutHelp(given.lessons)).not.toEqual([]);
    expect(figuresOf(given.ticket)).not.toEqual(figuresOf(ticket));
    const undone = say(given.ticket, "/undo", NOW + MINUTE);
    expect(verdicts(undone.ticket)).toEqual(verdicts(ticket));
    expect(figuresOf(undone.ticket)).toEqual(figuresOf(ticket));
    expect(aboutHelp([...given.lessons, ...undone.lessons])).toEqual([]);
  });

  it("is taken back where the same comment undoes it", () => {
    const { ticket, lessons } = say(answered(), "/duplicate #3\n/undo", NOW, facing);
    expect(verdicts(ticket)).toEqual(verdicts(answered()));
    expect(aboutHelp(lessons)).toEqual([]);
  });

  it("leaves what was said before and since", () => {
    const before = answered({ status: "pending", timeline: [...(answered().timeline ?? []), helped] });
    const given = say(before, "/not-helpful", NOW);
    const since: Fact = { at: NOW + SECOND, type: "rated", by: "mona", rating: -1, via: "words" };
    const later = { ...given.ticket, timeline: [...(given.ticket.timeline ?? []), since] };
    expect(verdicts(say(later, "/undo", NOW + MINUTE).ticket)).toEqual([...verdicts(before), since]);
  });

  it("stays where it is the reporter's complaint: the team cannot unsay it", () => {
    const solved = answered({ status: "closed", timeline: [...(answered().timeline ?? []), helped] });
    const reopened = say(solved, "/reopen", NOW, { ...byReporter, ...closedNow });
    const closed = say(reopened.ticket, "/undo", NOW + MINUTE);
    expect(closed.plan).toContainEqual(expect.objectContaining({ type: "close" }));
    expect(verdicts(closed.ticket)).toEqual(verdicts(reopened.ticket));
    expect(figuresOf(closed.ticket).dissatisfied).toBe(1);
  });
});

describe("/not-helpful", () => {
  const about = { thread: thread({ labels: ["possible-duplicate"], updatedAt: NOW }) };
  const ticket = answered({ ownLabels: ["possible-duplicate"] });

  it("of the team is undone, with our words and labels", () => {
    const given = say(ticket, "/not-helpful", NOW, about);
    expect(given.ticket).toMatchObject({ withdrawn: true, vetoedLabels: ["possible-duplicate"] });
    const { plan, ticket: after } = say(given.ticket, "/undo", NOW + MINUTE, {
      thread: thread({ labels: ["needs-human"], updatedAt: NOW }),
    });
    expect(after).toMatchObject({ withdrawn: false, vetoedLabels: [] });
    expect(plan).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: "unlabel", label: "needs-human" }),
        expect.objectContaining({
          type: "label",
          labels: [expect.objectContaining({ name: "possible-duplicate" })],
        }),
        expect.objectContaining({ slot: "triage", body: expect.stringContaining("Boards") }),
      ]),
    );
  });

  it("of the team is undone where nothing but a question of ours was refused, with the state", () => {
    const asking = answered({ suggestions: null, status: "pending", ownLabels: ["needs-info"] });
    const labelled = { thread: thread({ labels: ["needs-info"], updatedAt: NOW }) };
    const given = say(asking, "/not-helpful", NOW, labelled);
    expect(given.ticket.status).toBe("open");
    expect(verdicts(given.ticket)).toContainEqual(expect.objectContaining({ type: "refused" }));
    const { ticket: after } = say(given.ticket, "/undo", NOW + MINUTE);
    expect(after.status).toBe("pending");
    expect(verdicts(after)).toEqual(verdicts(asking));
  });

  it.each<[string, Partial<Facts>]>([
    ["of the reporter is final", byReporter],
    ["said twice is undone no further", byTeam],
  ])("%s, and no older command is undone instead", (_, change) => {
    const muted = say(ticket, "/mute", NOW).ticket;
    const first = say(muted, "/not-helpful", NOW + MINUTE, byReporter).ticket;
    const refused = say(first, "/not-helpful", NOW + 2 * MINUTE, change).ticket;
    const { ticket: after, plan } = say(refused, "/undo", NOW + 3 * MINUTE);
    expect(plan).toContainEqual(expect.objectContaining({ type: "react", content: "confused" }));
    expect(after).toMatchObject({ muted: true, withdrawn: true });
  });
});
