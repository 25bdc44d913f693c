import { expect, it } from "@jest/globals";
import { readingOf } from "../../src/desk/reading.ts";
import { settings } from "../builders/facts.ts";
import { HOUR, MONDAY } from "../builders/lives.ts";
import { sampleRepository } from "../store/samples.ts";

const { labels, businessHours } = settings();
const { worked, isRuled } = readingOf([
  { repository: sampleRepository(1), settings: settings() },
  {
    repository: sampleRepository(2),
    settings: settings({
      labels: { ...labels, needsInfo: "More, please" },
      businessHours: { ...businessHours, from: "08:00", to: "10:00" },
    }),
  },
]);

it("counts each repository's time by its own opening hours", () => {
  expect([1, 2, 3].map((id) => worked(MONDAY, MONDAY + 4 * HOUR, id) / HOUR)).toEqual([4, 1, 0]);
});

it.each([
  ["needs-info", [true, false, false]],
  ["more, PLEASE", [false, true, false]],
  ["bug", [false, false, false]],
])("knows of %s where it follows rules, however it is written", (label, expected) => {
  expect([1, 2, 3].map((id) => isRuled(label, id))).toEqual(expected);
});
