import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { KIND_LABELS } from "../../src/learning/kind-label.ts";
import { loadModel } from "../../src/learning/kind-model.ts";
import { examine, holdOut, notWorse } from "../../src/learning/promotion.ts";
import { learnLabels, type RepositoryModel } from "../../src/learning/repository-model.ts";
import { kindsOf, lied, makeLesson, makeTickets } from "./corpus.ts";

const shipped = loadModel(readFileSync(new URL("../../src/learning/shipped/kinds.model", import.meta.url)));

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

  it("holds nothing where fewer than twenty would be held", () => {
    expect(holdOut(good.slice(0, 99))).toBeNull();
    expect(holdOut(good.slice(0, 100))?.held).toHaveLength(20);
  });

  it("lets nobody who comes last set more than a fifth of the examination", () => {
    const last = good.slice(-60);
    expect(holdOut(good)?.held.filter((lesson) => last.includes(lesson))).toHaveLength(12);
  });

  it("examines by no lesson that was taken out", () => {
    const excluded = good.map((lesson, i) => (i % 2 === 0 ? { ...lesson, excluded: true as const } : lesson));
    const held = holdOut(excluded)?.held ?? [];
    expect(held).toHaveLength(30);
    expect(held.filter((lesson) => lesson.excluded)).toEqual([]);
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

describe("examine", () => {
  const learned = learnLabels(good, { shipped });
  const lies = makeTickets(300).map((ticket) => makeLesson(lied(ticket)));
  const liar = learnLabels(lies, { shipped });
  const honestly = makeTickets(60, 9).map((ticket) => makeLesson(ticket));
  const wrongly = makeTickets(60, 11).map((ticket) => makeLesson(lied(ticket)));
  const held = (known: typeof good, fresh: typeof good) => ({ known, fresh });
  const silent: RepositoryModel = {
    ...learned,
    kinds: {
      ...kindsOf(learned),
      curves: kindsOf(learned).curves.map(() => ({ confidence: [], precision: [], recall: [] })),
    },
  };
  const areas = (tickets: typeof good) =>
    tickets.map((lesson) => ({
      ...lesson,
      labels: lesson.labels.map(({ name, by }) => ({
        name: name === "network" ? "editor" : name === "editor" ? "network" : name,
        by,
      })),
    }));
  const swapped: RepositoryModel = { ...learned, labels: learnLabels(areas(good), { shipped }).labels };

  it.each<[string, boolean, RepositoryModel, RepositoryModel, ReturnType<typeof held>]>([
    ["the same model passes", true, learned, learned, held(honestly, honestly)],
    ["no own label is worse than those of the incumbent", true, learned, swapped, held(honestly, [])],
    [
      "wrong labels are worse than none: not",
      false,
      swapped,
      { ...learned, labels: null },
      held([], honestly),
    ],
    [
      "what it says is mostly wrong, and worse than saying nothing: not, though its guesses are no worse",
      false,
      learned,
      silent,
      held([], [...honestly.slice(0, 26), ...wrongly]),
    ],
    ["the labels are wrong: not, though the kinds are right", false, swapped, learned, held([], honestly)],
    [
      "it says nothing any more: not, though its guesses are right",
      false,
      silent,
      learned,
      held([], honestly),
    ],
    [
      "right in what is new, which is lies, and wrong in what was known: not",
      false,
      liar,
      learned,
      held(honestly.slice(0, 30), wrongly),
    ],
    [
      "no worse than an incumbent that lies, but than what ships: not",
      false,
      { ...liar, labels: learned.labels },
      { ...liar, labels: learned.labels },
      held([], honestly),
    ],
  ])("%s", (_, promoted, candidate, incumbent, lessons) => {
    expect(examine(shipped, { candidate, incumbent }, lessons, { labels: KIND_LABELS }).promoted).toBe(
      promoted,
    );
  });
});
