import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { satisfaction } from "../../src/reports/metrics/satisfaction.ts";
import { courseOf } from "../../src/reports/course.ts";
import { type Fact, remember } from "../../src/ticket/fact.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import {
  isRefused,
  lastRatings,
  type Look,
  ratingsOf,
  type Reaction,
  signsAfter,
} from "../../src/triage/voices.ts";
import { ratingOfWords } from "../../src/triage/verdict.ts";
import { facts, NOW, settings, thread } from "../builders/facts.ts";

const reaction = (login: string, content: string, at = NOW): Reaction => ({ login, content, at });
const rated = (
  by: string,
  rating: 1 | 0 | -1 | null,
  at = NOW,
  via: "reaction" | "feedback" = "reaction",
): Fact => ({
  at,
  type: "rated",
  by,
  rating,
  via,
});
const brief = (found: readonly Fact[]) =>
  found.map((fact) => (fact.type === "rated" ? `${fact.by} ${fact.rating}` : fact.type));

/** What a ticket knows after looks at comments, one look after the other. */
type Known = Pick<Ticket, "timeline" | "signs" | "nameless" | "comments">;
const look = (...reactions: Reaction[]): Look => ({ reactions, nameless: [], complete: true });
function seen(known: Known, at: number, looks: Record<string, Look>): Known {
  const { signs, nameless } = signsAfter(known, new Map(Object.entries(looks)), settings());
  return { ...known, signs, nameless, timeline: remember(known.timeline, ratingsOf(known, signs, at)) };
}
const nothing: Known = { comments: { triage: { nodeId: "ours", digest: "" } } };
const lastOf = (known: Known, login: string) => lastRatings(known).get(login)?.rating;

/** How many of each rating a report counts. */
function words(known: Known, confidential: boolean): Partial<Record<"1" | "0" | "-1", number>> {
  const tally = satisfaction({ since: 0, until: NOW * 2 });
  tally.add(courseOf({ ...newTicket(thread()), ...known }, { confidential }));
  const { satisfied, neutral, dissatisfied } = tally.result();
  const all = Object.entries({ "1": satisfied, "0": neutral, "-1": dissatisfied });
  return Object.fromEntries(all.filter(([, count]) => count > 0));
}

describe("reactions", () => {
  it.each<[string, Reaction[], Fact[], boolean, string[]]>([
    ["a thumbs-up satisfies", [reaction("mona", "+1")], [], true, ["mona 1"]],
    ["a heart does", [reaction("mona", "heart")], [], true, ["mona 1"]],
    ["confused does not", [reaction("mona", "confused")], [], true, ["mona -1"]],
    ["eyes say neither", [reaction("mona", "eyes")], [], true, ["mona 0"]],
    [
      "a person counts once, by the last word",
      [reaction("mona", "+1", NOW), reaction("Mona", "-1", NOW + 1_000)],
      [],
      true,
      ["Mona -1"],
    ],
    [
      "within one second the discontented word counts",
      [reaction("mona", "-1"), reaction("mona", "+1")],
      [],
      true,
      ["mona -1"],
    ],
    ["what is known adds nothing", [reaction("mona", "+1")], [rated("mona", 1)], true, []],
    [
      "the same sign given again adds nothing",
      [reaction("mona", "heart", NOW + 5_000)],
      [rated("mona", 1)],
      true,
      [],
    ],
    [
      "a reaction is written down whatever a survey elsewhere said, before it and after it",
      [reaction("mona", "-1", NOW), reaction("otto", "+1", NOW)],
      [rated("mona", 1, NOW + 1, "feedback"), rated("otto", 1, NOW - 1, "feedback")],
      true,
      ["mona -1", "otto 1"],
    ],
    [
      "one that an older version saw and that was taken back is none",
      [],
      [rated("mona", 1)],
      true,
      ["mona null"],
    ],
    ["which an incomplete list cannot tell", [], [rated("mona", 1)], false, []],
    ["a survey's answer is not taken back by it", [], [rated("mona", 1, NOW, "feedback")], true, []],
    ["nor is it taken back twice", [], [rated("mona", 1), rated("mona", null, NOW + 1)], true, []],
  ])("%s", (_, reactions, timeline, complete, expected) => {
    const after = seen({ ...nothing, timeline }, NOW + 60_000, { ours: { ...look(...reactions), complete } });
    expect(brief((after.timeline ?? []).filter((fact) => !timeline.includes(fact)))).toEqual(expected);
  });

  it("are read by the settings' lists", () => {
    const change = settings({
      satisfaction: { ...settings().satisfaction, positive: ["eyes"], negative: ["laugh"] },
    });
    const shown = look(reaction("a", "eyes"), reaction("b", "laugh"), reaction("c", "+1"));
    const { signs } = signsAfter(nothing, new Map([["ours", shown]]), change);
    expect(brief(ratingsOf({}, signs, NOW))).toEqual(["a 1", "b -1", "c 0"]);
  });

  const up = reaction("otto", "+1");
  const down = reaction("otto", "-1", NOW + 10_000);

  it("bring the older sign back when the newer one is taken away, once", () => {
    const both = seen(nothing, NOW + 20_000, { ours: look(up, down) });
    expect(lastOf(both, "otto")).toBe(-1);
    const left = seen(both, NOW + 90_000, { ours: look(up) });
    expect(lastOf(left, "otto")).toBe(1);
    expect(seen(left, NOW + 99_000, { ours: look(up) })).toEqual(left);
    expect(lastOf(seen(left, NOW + 99_000, { ours: look() }), "otto")).toBeNull();
  });

  it("bring a survey's answer back that they had gone before, in private", () => {
    const timeline = [rated("otto", 1, NOW, "feedback")];
    const after = seen({ ...nothing, timeline }, NOW + 20_000, { ours: look(down) });
    expect([words(after, true), words(after, false)]).toEqual([{ "-1": 1 }, { "-1": 1 }]);
    const left = seen(after, NOW + 30_000, { ours: look() });
    expect([words(left, true), words(left, false)]).toEqual([{ "1": 1 }, {}]);
    const later: Fact = rated("Otto", -1, NOW + 40_000, "feedback");
    const more = { ...left, timeline: remember(left.timeline, [later]) };
    expect([words(more, true), words(more, false)]).toEqual([{ "-1": 1 }, {}]);
  });

  it("stay counted while nobody can tell that they were taken back", () => {
    const known = seen(nothing, NOW + 20_000, { ours: look(up), team: look(reaction("ana", "-1")) });
    const later: [string, Record<string, Look>][] = [
      ["both comments are gone", {}],
      ["one is", { ours: look(up) }],
      ["a part was read", { ours: { ...look(), complete: false }, team: { ...look(), complete: false } }],
      [
        "their accounts are deleted",
        { ours: { ...look(), nameless: ["heart"] }, team: { ...look(), nameless: ["confused"] } },
      ],
    ];
    for (const [, looks] of later) expect(seen(known, NOW + 30_000, looks)).toEqual(known);
    // Another sign in nobody's name is not theirs.
    const other = seen(known, NOW + 30_000, { ours: { ...look(), nameless: ["-1"] } });
    expect([lastOf(other, "otto"), lastOf(other, "ana")]).toEqual([null, -1]);
  });

  it("are taken back although an app's sign of the same meaning has stood there all the time", () => {
    const bot = (...people: Reaction[]): Look => ({ ...look(...people), nameless: ["+1"] });
    const known = seen(nothing, NOW + 20_000, { ours: bot(up, reaction("ana", "+1")) });
    const left = seen(known, NOW + 30_000, { ours: bot(reaction("ana", "+1")) });
    expect([lastOf(left, "otto"), lastOf(left, "ana")]).toEqual([null, 1]);
    // One more than before: her account is gone, and stays counted from look to look.
    const gone: Look = { ...look(), nameless: ["+1", "heart"] };
    const after = seen(seen(left, NOW + 40_000, { ours: gone }), NOW + 50_000, { ours: gone });
    expect(lastOf(after, "ana")).toBe(1);
    expect(lastOf(seen(after, NOW + 60_000, { ours: bot() }), "ana")).toBeNull();
  });

  it("under several comments count as one word, whichever of them goes", () => {
    const known = seen(nothing, NOW + 20_000, {
      ours: look(up),
      team: look(reaction("otto", "heart", NOW + 5_000)),
    });
    expect(brief(known.timeline ?? [])).toEqual(["otto 1"]);
    // The heart was never a rating of its own, and still stands when only it is left.
    const left = seen(known, NOW + 30_000, { ours: look() });
    expect(lastOf(left, "otto")).toBe(1);
  });

  it("count as their last state says, whatever was seen in between, and in which order they are listed", () => {
    const sign = fc.record({
      login: fc.constantFrom("a", "b", "c"),
      on: fc.constantFrom("ours", "survey"),
      content: fc.constantFrom("+1", "-1", "heart", "eyes", "confused"),
    });
    /** People give signs and take some of them away; those that stay keep their times. */
    const step = fc.record({ given: fc.uniqueArray(sign, { maxLength: 4 }), kept: fc.array(fc.boolean()) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        let known = nothing;
        let standing: (Reaction & { on: string })[] = [];
        steps.forEach(({ given, kept }, i) => {
          const at = NOW + i * 100_000;
          standing = standing.filter((_, n) => kept[n] ?? true);
          for (const one of given) {
            const same = standing.some(
              (s) => s.login === one.login && s.on === one.on && s.content === one.content,
            );
            if (!same) standing.push({ ...one, at: at + standing.length * 1_000 });
          }
          const under = (on: string) => standing.filter((one) => one.on === on);
          const turned = (on: string) => look(...under(on).toReversed());
          const before = known;
          known = seen(before, at + 50_000, {
            ours: look(...under("ours")),
            survey: look(...under("survey")),
          });
          expect(seen(before, at + 50_000, { survey: turned("survey"), ours: turned("ours") })).toEqual(
            known,
          );
        });
        const last = ["a", "b", "c"].flatMap(
          (login) =>
            standing.filter((one) => one.login === login).sort((a, b) => b.at - a.at)[0]?.content ?? [],
        );
        const count = (...wanted: string[]) => last.filter((content) => wanted.includes(content)).length;
        const { "1": satisfied = 0, "0": neutral = 0, "-1": dissatisfied = 0 } = words(known, false);
        expect([satisfied, neutral, dissatisfied]).toEqual([
          count("+1", "heart"),
          count("eyes"),
          count("-1", "confused"),
        ]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the reporter's sign under our answer", () => {
  it.each<[string, Reaction[], boolean]>([
    ["that it does not help refuses it", [reaction("Mona", "-1")], true],
    ["is the last one", [reaction("mona", "-1"), reaction("mona", "+1", NOW + 1_000)], false],
    [
      "is the last one, also the bad one",
      [reaction("mona", "+1"), reaction("mona", "-1", NOW + 1_000)],
      true,
    ],
    ["is nobody else's", [reaction("otto", "-1")], false],
  ])("%s", (_, reactions, refused) => {
    const ticket = { ...newTicket(thread()), ...nothing };
    expect(isRefused(ticket, new Map([["ours", look(...reactions)]]), settings())).toBe(refused);
    expect(isRefused(ticket, new Map([["survey", look(...reactions)]]), settings())).toBe(false);
  });
});

describe("the reporter's words after our answer", () => {
  const article = {
    id: "12/docs/a.md#b",
    title: "A",
    url: "https://github.com/octo-org/lantern/blob/HEAD/docs/a.md",
    headings: [],
    passage: null,
    probability: 0.9,
  };
  const answered: Ticket = {
    ...newTicket(thread()),
    comments: { triage: { nodeId: "IC_1", digest: "x" } },
    suggestions: { answers: [article], duplicates: [], related: [] },
  };
  const sure = (sentiment: "positive" | "negative" | "neutral", confidence = 0.95) =>
    facts({ mood: { sentiment, confidence } });

  it.each<[string, Ticket, ReturnType<typeof facts>, string, string[]]>([
    ["that it is solved satisfy", answered, facts(), "Thanks, that solved it!", ["mona 1"]],
    ["in a surely good mood satisfy", answered, sure("positive"), "Lovely.", ["mona 1"]],
    ["in a surely bad mood do not", answered, sure("negative"), "What a mess.", ["mona -1"]],
    ["in a mood that is sure enough do not, either", answered, sure("negative", 0.9), "Hm.", ["mona -1"]],
    ["in an unsure mood say nothing", answered, sure("negative", 0.899), "Hm.", []],
    ["in no mood say nothing", answered, sure("neutral"), "I use 3.2.", []],
    [
      "are not about us once the team has spoken",
      { ...answered, status: "open" },
      sure("negative"),
      "What a mess.",
      [],
    ],
    [
      "are not about us when we said nothing",
      { ...answered, suggestions: null },
      sure("negative"),
      "What a mess.",
      [],
    ],
  ])("%s", (_, ticket, known, words, expected) => {
    expect(brief(ratingOfWords(ticket, known, words, NOW))).toEqual(expected);
  });
});
