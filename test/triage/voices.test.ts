import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { satisfaction } from "../../src/reports/metrics/satisfaction.ts";
import { courseOf } from "../../src/reports/course.ts";
import { type Fact, remember } from "../../src/ticket/fact.ts";
import { newTicket, type Ticket } from "../../src/ticket/ticket.ts";
import { type Reaction, ratingsOf } from "../../src/triage/voices.ts";
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
      ["mona -1"],
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
      "an older reaction does not go before a newer survey",
      [reaction("mona", "-1", NOW)],
      [rated("mona", 1, NOW + 1, "feedback")],
      true,
      [],
    ],
    ["one that was taken back is none", [], [rated("mona", 1)], true, ["mona null"]],
    ["which an incomplete list cannot tell", [], [rated("mona", 1)], false, []],
    ["a survey's answer is not taken back by it", [], [rated("mona", 1, NOW, "feedback")], true, []],
    ["nor is it taken back twice", [], [rated("mona", 1), rated("mona", null, NOW + 1)], true, []],
  ])("%s", (_, reactions, timeline, complete, expected) => {
    expect(brief(ratingsOf(reactions, complete, { timeline }, settings(), NOW + 60_000))).toEqual(expected);
  });

  it("are read by the settings' lists", () => {
    const change = settings({
      satisfaction: { ...settings().satisfaction, positive: ["eyes"], negative: ["laugh"] },
    });
    const found = ratingsOf(
      [reaction("a", "eyes"), reaction("b", "laugh"), reaction("c", "+1")],
      true,
      {},
      change,
      NOW,
    );
    expect(brief(found)).toEqual(["a 1", "b -1", "c 0"]);
  });

  it("count as their last state says, whatever was seen in between, and in which order they are listed", () => {
    const signs = fc.constantFrom("+1", "-1", "heart", "eyes", "confused");
    const look = fc.uniqueArray(fc.record({ login: fc.constantFrom("a", "b", "c"), content: signs }), {
      selector: ({ login }) => login,
    });
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 5 }), (looks) => {
        let timeline: Fact[] = [];
        looks.forEach((seen, i) => {
          const at = NOW + i * 10_000;
          const reactions = seen.map(({ login, content }) => reaction(login, content, at));
          const found = ratingsOf(reactions, true, { timeline }, settings(), at + 1_000);
          const turned = ratingsOf(reactions.toReversed(), true, { timeline }, settings(), at + 1_000);
          expect(brief(turned).sort()).toEqual(brief(found).sort());
          timeline = remember(timeline, found);
        });
        const tally = satisfaction({ since: 0, until: NOW * 2 });
        tally.add(courseOf({ ...newTicket(thread()), timeline }));
        const { satisfied, neutral, dissatisfied } = tally.result();
        const last = looks.at(-1) ?? [];
        const count = (...wanted: string[]) => last.filter(({ content }) => wanted.includes(content)).length;
        expect([satisfied, neutral, dissatisfied]).toEqual([
          count("+1", "heart"),
          count("eyes"),
          count("-1", "confused"),
        ]);
      }),
      { numRuns: 200 },
    );
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
    ["in an unsure mood say nothing", answered, sure("negative", 0.7), "Hm.", []],
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
