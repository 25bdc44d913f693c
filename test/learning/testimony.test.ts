import { describe, expect, it } from "@jest/globals";
import type { Lesson } from "../../src/learning/lesson.ts";
import { lessonAsOf, withoutTestimony } from "../../src/learning/testimony.ts";
import { makeTickets, type Made, relabelled, signed } from "./corpus.ts";

const bug = { ...(makeTickets(1)[0] as Made), labels: ["bug", "net"] };
const first = signed(bug, "ann", 10);
const second = relabelled(first, ["question", "net"], "eve", 20);
const names = (lesson: Lesson | null) =>
  lesson && [lesson.labels.map(({ name }) => name).sort(), lesson.removed];

describe("a lesson without what is not believed", () => {
  it.each<[string, Lesson | null, unknown]>([
    [
      "has the labels that stood before",
      withoutTestimony(second, ({ login }) => login === "eve"),
      [["bug", "net"], []],
    ],
    [
      "keeps what others said since",
      withoutTestimony(second, ({ login }) => login === "ann"),
      [["question"], ["bug"]],
    ],
    [
      "is itself where nothing is refused",
      withoutTestimony(second, () => false),
      [["net", "question"], ["bug"]],
    ],
    ["stands as it stood at a moment", lessonAsOf(second, 19), [["bug", "net"], []]],
    ["has what was said at that very moment", lessonAsOf(second, 20), [["net", "question"], ["bug"]]],
    ["is not there before its thread", lessonAsOf(second, 9), null],
    [
      "of which nobody knows who said it, and when, is as old as its thread",
      lessonAsOf({ ...second, testimony: [] }, 10),
      [["net", "question"], ["bug"]],
    ],
  ])("%s", (_, lesson, expected) => {
    expect(names(lesson)).toEqual(expected);
  });

  it("does not raise what a bot took off", () => {
    const word = { label: "net", by: "bot" as const, login: null, at: 15 };
    const off: Lesson = {
      ...first,
      labels: [],
      testimony: [...(first.testimony ?? []), { ...word, set: false }, { ...word, set: true, login: "eve" }],
    };
    expect(names(withoutTestimony(off, ({ login }) => login === "eve"))).toEqual([[], []]);
  });
});
