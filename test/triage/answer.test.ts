import { describe, expect, it } from "@jest/globals";
import type { SuggestedArticle, SuggestedThread } from "../../src/ticket/suggestion.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import type { Demotion } from "../../src/ticket/demotion.ts";
import { type Found, suggestionsFor } from "../../src/triage/answer.ts";
import { feedbackOf, helpfulArticle, verdict } from "../../src/triage/help-lessons.ts";
import type { Reading } from "../../src/triage/classify.ts";
import { decide } from "../../src/triage/decide.ts";
import { discussion, facts, NOW, reporter, settings, TEXTS, thread } from "../builders/facts.ts";

const article = (id: string, probability: number): SuggestedArticle => ({
  id,
  title: "Network",
  url: `https://github.com/o/n/blob/HEAD/${id}`,
  headings: ["Proxy"],
  passage: "Set it.",
  probability,
});

const original = (
  number: number,
  probability: number,
  change: Partial<SuggestedThread> = {},
): SuggestedThread => ({
  number,
  title: "It fails",
  url: `https://github.com/o/n/issues/${number}`,
  state: "open",
  stateReason: null,
  fixedIn: null,
  probability,
  ...change,
});

const found = (change: Partial<Found> = {}): Found => ({
  articles: [],
  duplicates: [],
  feedback: { articles: [], duplicates: [] },
  ...change,
});

const reading = (kind: Reading["kind"], change: Partial<Reading> = {}): Reading => ({
  language: "en",
  kind,
  confidence: 0.9,
  because: [],
  secret: false,
  byLabel: false,
  own: [],
  ...change,
});

const SURE = 0.99;
/** The gate's own .86 is not enough for .85 while there is no feedback. */
const BARELY = 0.86;
const QUESTION = { title: "How do I set a proxy?", body: "I cannot find it." };
const STATEMENT = { title: "Proxy", body: "There is a proxy here." };

describe("articles in several languages", () => {
  const own = (probability: number) => article("docs/network.md", probability);
  const foreign = (probability: number) => ({ ...article("docs/de/network.md", probability), foreign: true });
  it.each([
    ["the ticket's own, however sure the other", [own(0.95), foreign(SURE)], ["docs/network.md"]],
    ["the other one, if it alone is sure", [own(0.5), foreign(SURE)], ["docs/de/network.md"]],
    ["nothing, if none is sure", [own(0.5), foreign(0.5)], []],
  ])("give %s", (_, articles, ids) => {
    const { answers } = suggestionsFor(
      thread(QUESTION),
      reading("question"),
      found({ articles }),
      settings(),
    );
    expect(answers.map(({ id }) => id)).toEqual(ids);
  });

  it("give what is about the version in question first", () => {
    const articles = [own(SURE), { ...article("docs/v3.md", 0.95), forVersion: true }];
    const { answers } = suggestionsFor(
      thread(QUESTION),
      reading("question"),
      found({ articles }),
      settings(),
    );
    expect(answers.map(({ id }) => id)).toEqual(["docs/v3.md", "docs/network.md"]);
  });
});

describe("an article that is sure enough", () => {
  const silent: Demotion[] = [
    { what: "answers", subject: "", precision: 0.5, count: 8, target: 0.85, since: NOW },
  ];
  const known = (probability: number) =>
    suggestionsFor(
      thread(QUESTION),
      reading("question"),
      found({ articles: [article("docs/network.md", probability)] }),
      settings(),
      silent,
    );

  it("is known of also where answers fell silent, so that nobody is asked to write it", () => {
    expect(known(SURE)).toEqual({ answers: [], duplicates: [], related: [], known: true });
  });

  it("is none where it would only be mentioned", () => {
    expect(known(0.7)).toEqual({ answers: [], duplicates: [], related: [] });
  });
});

describe("of two articles that are sure", () => {
  const articles = [article("docs/a.md", SURE), article("docs/b.md", 0.97)];
  /** Readers' verdicts on an article, one after the other. */
  const heard = (id: string, ...verdicts: boolean[]) =>
    verdicts.map((helpful) => ({ id, probability: 0.97, helpful }));

  it.each<[string, Found["feedback"]["articles"], string[]]>([
    ["the likelier stands first", [], ["docs/a.md", "docs/b.md"]],
    ["the one that more readers refused sinks", heard("docs/a.md", false), ["docs/b.md", "docs/a.md"]],
    ["not one that helped as many", heard("docs/a.md", false, true), ["docs/a.md", "docs/b.md"]],
    [
      "not where they refused the other too",
      [...heard("docs/a.md", false), ...heard("docs/b.md", false)],
      ["docs/a.md", "docs/b.md"],
    ],
  ])("%s", (_, verdicts, expected) => {
    // As many content ones elsewhere keep the gate as bold as it is.
    const feedback = {
      articles: [...verdicts, ...heard("docs/c.md", ...Array(40).fill(true))],
      duplicates: [],
    };
    const { answers } = suggestionsFor(
      thread(QUESTION),
      reading("question"),
      found({ articles, feedback }),
      settings(),
    );
    expect(answers.map(({ id }) => id)).toEqual(expected);
  });

  it("the one about the version in question stands first, whatever readers say", () => {
    const [a, b] = articles as [SuggestedArticle, SuggestedArticle];
    const { answers } = suggestionsFor(
      thread(QUESTION),
      reading("question"),
      found({
        articles: [b, { ...a, forVersion: true }],
        feedback: { articles: heard(a.id, false), duplicates: [] },
      }),
      settings(),
    );
    expect(answers.map(({ id }) => id)).toEqual([a.id, b.id]);
  });
});

describe("a thread", () => {
  const articles = [article("issue 3", SURE)];
  const originals = (change: Partial<SuggestedThread> = {}) => [original(3, SURE, change)];
  it("that answers is not named as the original too; one of another repository is", () => {
    const said = (duplicates: SuggestedThread[]) =>
      suggestionsFor(thread(QUESTION), reading("bug"), found({ articles, duplicates }), settings());
    expect(said(originals())).toMatchObject({ answers: [{ id: "issue 3" }], duplicates: [] });
    expect(said(originals({ repository: "o/core" })).duplicates).toHaveLength(1);
  });
});

describe("an article", () => {
  it.each([
    ["a bug", thread(STATEMENT), reading("bug"), 1],
    ["a question", thread(STATEMENT), reading("question"), 1],
    ["something slow", thread(STATEMENT), reading("performance"), 1],
    ["a wish", thread(QUESTION), reading("feature"), 0],
    ["a word about the documentation", thread(QUESTION), reading("documentation"), 0],
    ["a suspected vulnerability", thread(QUESTION), reading("security", { secret: true }), 0],
    ["something of no sure kind that asks", thread(QUESTION), reading(null), 1],
    [
      "something of no sure kind that asks in Chinese",
      thread({ title: "怎么设置代理", body: "" }),
      reading(null),
      1,
    ],
    [
      "something of no sure kind that asks at its end",
      thread({ ...STATEMENT, body: "It is.\nWhy?" }),
      reading(null),
      1,
    ],
    ["something of no sure kind that states", thread(STATEMENT), reading(null), 0],
    ["a discussion in a category for questions", discussion(STATEMENT), reading(null), 1],
  ])("for %s", (_, asked, read, count) => {
    const { answers } = suggestionsFor(asked, read, found({ articles: [article("a.md", SURE)] }), settings());
    expect(answers).toHaveLength(count);
  });

  it.each([
    ["that is sure is said", SURE, ["said"]],
    ["that is barely sure is only mentioned, before there is feedback", BARELY, ["mentioned"]],
    ["that is unlikely is passed over", 0.5, []],
  ])("%s", (_, probability, outcome) => {
    const { answers, related } = suggestionsFor(
      thread(QUESTION),
      reading("question"),
      found({ articles: [article("a.md", probability)] }),
      settings(),
    );
    expect([...answers.map(() => "said"), ...related.map(() => "mentioned")]).toEqual(outcome);
  });

  it("that is barely sure is said once answers have helped here", () => {
    const feedback = { articles: Array(30).fill({ probability: 0.8, helpful: true }), duplicates: [] };
    const hits = found({ articles: [article("a.md", BARELY)], feedback });
    expect(suggestionsFor(thread(QUESTION), reading("question"), hits, settings()).answers).toHaveLength(1);
  });

  it("that was sure is not said once answers have not helped here", () => {
    const feedback = { articles: Array(30).fill({ probability: 0.95, helpful: false }), duplicates: [] };
    const hits = found({ articles: [article("a.md", 0.95)], feedback });
    expect(suggestionsFor(thread(QUESTION), reading("question"), hits, settings()).answers).toEqual([]);
  });

  it("is one of at most as many as the settings allow, the likeliest first", () => {
    const articles = [0.97, 0.99, 0.98, 0.96].map((probability, i) => article(`${i}.md`, probability));
    const { knowledge } = settings();
    const two = settings({ knowledge: { ...knowledge, reply: { ...knowledge.reply, links: 2 } } });
    const { answers } = suggestionsFor(thread(QUESTION), reading("question"), found({ articles }), two);
    expect(answers.map(({ id }) => id)).toEqual(["1.md", "2.md"]);
  });
});

describe("an original", () => {
  it("that is open goes before one that is likelier and closed", () => {
    const closed = original(3, 0.99, { state: "closed", stateReason: "completed" });
    const hits = found({ duplicates: [closed, original(5, 0.96)] });
    const { duplicates } = suggestionsFor(thread(), reading("bug"), hits, settings());
    expect(duplicates.map(({ number }) => number)).toEqual([5, 3]);
  });

  it("is only mentioned, by name, when it is not sure enough", () => {
    const { duplicates, related } = suggestionsFor(
      thread(),
      reading("bug"),
      found({ duplicates: [original(5, 0.8)] }),
      settings(),
    );
    expect(duplicates).toEqual([]);
    expect(related.map(({ title }) => title)).toEqual(["It fails (#5)"]);
  });

  it.each([
    [
      "settings switch it off",
      settings({ duplicates: { ...settings().duplicates, enabled: false } }),
      reading("bug"),
    ],
    ["the ticket must be kept quiet", settings(), reading("security", { secret: true })],
  ])("is not named when %s", (_, wanted, read) => {
    const hits = found({ duplicates: [original(5, SURE)] });
    expect(suggestionsFor(thread(), read, hits, wanted)).toEqual({
      answers: [],
      duplicates: [],
      related: [],
    });
  });
});

describe("what fell silent", () => {
  const fallen = (what: Demotion["what"], subject = ""): Demotion => ({
    ...{ what, subject, precision: 0.1, count: 10, target: 0.85, since: 0 },
  });
  const said = (silent: Demotion[]) => {
    const hits = found({
      articles: [article("1/a.md", SURE), article("1/b.md", SURE)],
      duplicates: [original(5, SURE)],
    });
    const { answers, duplicates } = suggestionsFor(
      thread(QUESTION),
      reading("question"),
      hits,
      settings(),
      silent,
    );
    return [...answers.map(({ id }) => id), ...duplicates.map(({ number }) => number)];
  };

  it.each<[string, Demotion[], (string | number)[]]>([
    ["nothing leaves all", [], ["1/a.md", "1/b.md", 5]],
    ["answers altogether leave originals", [fallen("answers")], [5]],
    ["an article leaves the others", [fallen("article", "1/a.md")], ["1/b.md", 5]],
    ["originals leave answers", [fallen("duplicates")], ["1/a.md", "1/b.md"]],
    ["a label of the same name leaves all", [fallen("label", "1/a.md")], ["1/a.md", "1/b.md", 5]],
  ])("%s", (_, silent, left) => {
    expect(said(silent)).toEqual(left);
  });
});

describe("what triage does with it", () => {
  const opened = {
    scope: "ticket",
    type: "opened",
    movedFrom: null,
    discussed: false,
    actor: reporter,
  } as const;
  const triaged = (hits: Found | null, change: Parameters<typeof facts>[0] = {}, wanted = settings()) => {
    const given = facts({ thread: thread(TEXTS.bug), found: hits, ...change });
    const decision = decide(null, { ...opened, thread: given.thread }, given, wanted, NOW);
    const plan = decision?.plan ?? [];
    return {
      ticket: decision?.ticket as Ticket,
      comment: plan.flatMap((action) => (action.type === "comment" ? action.body : [])).join(),
      labels: plan.flatMap((action) =>
        action.type === "label" ? action.labels.map(({ name }) => name) : [],
      ),
    };
  };
  const both = found({ articles: [article("a.md", SURE)], duplicates: [original(5, SURE)] });

  it("says both in the one comment, and labels", () => {
    const { comment, labels } = triaged(both);
    expect(comment).toContain("a.md)");
    expect(comment).toContain("issues/5)");
    expect(labels).toContain("possible-duplicate");
  });

  it.each([
    ["the author is of the team", { authorOnTeam: true }, settings()],
    ["the mode is observe", {}, settings({ mode: "observe" })],
  ])("says nothing when %s", (_, change, wanted) => {
    expect(triaged(both, change, wanted).comment).toBe("");
  });

  it.each([
    ["in the mode label, as there is no comment that links", {}, settings({ mode: "label" })],
    [
      "where the settings have no label for it",
      {},
      settings({ labels: { ...settings().labels, duplicate: null } }),
    ],
  ])("sets no label %s", (_, change, wanted) => {
    expect(triaged(both, change, wanted).labels).not.toContain("possible-duplicate");
  });

  it.each([
    ["fixed in a release", { state: "closed", stateReason: "completed", fixedIn: "v2.4" }, "fixed in v2.4"],
    ["completed", { state: "closed", stateReason: "completed" }, "which has been fixed"],
    ["closed otherwise", { state: "closed", stateReason: "not_planned" }, "it may be a regression"],
    ["open", {}, "which is still open"],
  ] as const)("words an original that is %s", (_, change, words) => {
    expect(triaged(found({ duplicates: [original(5, SURE, change)] })).comment).toContain(words);
  });

  it("keeps what was said when an edit finds nothing", () => {
    const { ticket } = triaged(both);
    const posted = { ...ticket, comments: { triage: { nodeId: "C_1", digest: "d" } } };
    const given = facts({ thread: thread(TEXTS.bug), found: found() });
    const event = { scope: "ticket", type: "edited", thread: given.thread, actor: reporter } as const;
    expect(decide(posted, event, given, settings(), NOW)?.ticket.suggestions).toEqual(ticket.suggestions);
  });
});

describe("a verdict", () => {
  const suggestions = { answers: [article("1/a.md#b", 0.9)], duplicates: [original(5, 0.95)], related: [] };
  const ticket = (change: Partial<Ticket> = {}): Ticket => ({
    ...newTicket(thread()),
    suggestions,
    comments: { triage: { nodeId: "C_1", digest: "d" } },
    ...change,
  });
  const closed = (change: Partial<Ticket>, by = reporter, stateReason = "completed") => {
    const given = facts({
      thread: thread({ state: "closed", stateReason }),
      actor: { person: by, self: false, team: by !== reporter },
    });
    const event = { scope: "ticket", type: "closed", thread: given.thread, actor: by } as const;
    return decide(ticket(change), event, given, settings(), NOW)?.lessons.map(({ type }) => type);
  };

  it("becomes the gate's feedback, and an alias of the article", () => {
    const lessons = verdict(ticket(), true, facts(), NOW);
    expect(feedbackOf(lessons)).toEqual({
      articles: [{ id: "1/a.md#b", probability: 0.9, helpful: true }],
      duplicates: [{ id: "5", probability: 0.95, helpful: true }],
    });
    expect(lessons.map(helpfulArticle)).toEqual(["1/a.md#b", null]);
  });

  it("of no help is no alias", () => {
    const lessons = verdict(ticket(), false, facts(), NOW);
    expect(feedbackOf(lessons).articles).toEqual([{ id: "1/a.md#b", probability: 0.9, helpful: false }]);
    expect(lessons.map(helpfulArticle)).toEqual([null, null]);
  });

  it.each([
    ["the reporter closes what nobody else touched", {}, reporter, "completed", ["helpful", "helpful"]],
    ["the team closes it", {}, { login: "maria", bot: false }, "completed", []],
    ["the team had spoken", { status: "open" }, reporter, "completed", []],
    ["the reporter gives up", {}, reporter, "not_planned", []],
    ["the reporter had refused it", { withdrawn: true }, reporter, "completed", []],
    ["nothing was said", { comments: {} }, reporter, "completed", []],
  ] as const)("when %s", (_, change, by, reason, expected) => {
    expect(closed(change, by, reason)).toEqual(expected);
  });
});
