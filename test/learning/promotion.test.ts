import { describe, expect, it } from "@jest/globals";
import { holdOut, notWorse } from "../../src/learning/promotion.ts";
import { makeLesson, makeTickets } from "./corpus.ts";

const good = makeTickets(300).map((ticket) => makeLesson(ticket));

describe("holdOut", () => {
  it("holds a fifth of what people taught, at most 200 of the newest, and never a bot's lesson", () => {
    const many = Array.from({ length: 5 }, () => good)
      .flat()
      .map((lesson) => ({ ...lesson }));
    const bots = makeTickets(50, 2).map((ticket) => makeLesson(ticket, "bot"));
    const split = holdOut([...many, ...bots]);
    expect(split?.held).toHaveLength(200);
    expect(split?.taught).toHaveLength(1350);
    expect(split?.held.every((lesson) => many.indexOf(lesson) >= 500)).toBe(true);
    expect(holdOut(bots)).toBeNull();
  });
});

describe("notWorse", () => {
  const cases: [string, number[], number[], boolean][] = [
    ["the same", [1, 0, 1], [1, 0, 1], true],
    ["nothing to compare", [], [], true],
    [
      "one wrong more of ten: -.1, one standard error is .095",
      [0, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      Array(10).fill(1),
      true,
    ],
    [
      "four wrong more of ten: -.4, one standard error is .155",
      [0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
      Array(10).fill(1),
      false,
    ],
    ["one lost and one won", [0, 1, 1], [1, 0, 1], true],
    ["all wrong", [0, 0], [1, 1], false],
  ];
  it.each(cases)("%s", (_, candidate, other, expected) => {
    expect(notWorse(candidate, other)).toBe(expected);
  });
});
