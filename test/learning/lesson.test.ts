import { describe, expect, it } from "@jest/globals";
import type { Features } from "../../src/learning/features.ts";
import { isHuman, type Lesson, signOf } from "../../src/learning/lesson.ts";

/** What a ticket says does not count here, only what people made of it. */
const none = {} as Features;

describe("a ticket speaks of the label `area`", () => {
  it.each<[string, Partial<Lesson>, number]>([
    ["fully, if a person set it", { labels: [{ name: "area", by: "person" }] }, 1],
    ["by half, if the team let it stand", { labels: [{ name: "area", by: "agreement" }] }, 0.5],
    ["by a quarter, if a bot set it", { labels: [{ name: "area", by: "bot" }] }, 0.25],
    ["most of all, if somebody took it off", { removed: ["area"] }, -2],
    ["against it, if a person gave another one", { labels: [{ name: "other", by: "person" }] }, -1],
    ["a little against it, if a bot gave another one", { labels: [{ name: "other", by: "bot" }] }, -0.25],
    [
      "by the surest of those who gave others",
      {
        labels: [
          { name: "other", by: "bot" },
          { name: "more", by: "agreement" },
        ],
      },
      -0.5,
    ],
    ["against it, if somebody looked and took another one off", { removed: ["other"] }, -1],
    ["not at all, if nobody has looked", {}, 0],
    ["not at all, if it was spam", { excluded: true, labels: [{ name: "area", by: "person" }] }, 0],
  ])("%s", (_name, lesson, sign) => {
    expect(signOf({ features: none, labels: [], removed: [], ...lesson }, "area")).toBeCloseTo(sign);
  });

  it("in a person's name, if a person set it or agreed to it", () => {
    expect([isHuman("person"), isHuman("agreement"), isHuman("bot")]).toEqual([true, true, false]);
  });
});
