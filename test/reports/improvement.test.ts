import { describe, expect, it } from "@jest/globals";
import { improvement } from "../../src/reports/metrics/improvement.ts";
import {
  AROUND_THE_WEEK,
  close,
  measured,
  DAY,
  HOUR,
  life,
  rate,
  reopen,
  type Step,
  WEEK,
} from "../builders/lives.ts";

const better = { type: "improved", ref: "#7" } as const;
const refused = { type: "refused" } as const;
const MONTH = 30 * 24;

/** Improved tickets and all with feedback, of one that was opened 29 days before the week. */
function counted(steps: Step[], createdAt = WEEK.since - 29 * DAY): [number, number] {
  const { part, whole } = measured(improvement(WEEK), [life(1, steps, { createdAt, author: "mona" })]);
  return [part, whole];
}

describe("the feedback improvement rate", () => {
  it.each<[string, Step[], [number, number]]>([
    [
      "nobody complained",
      [
        [1, rate(1)],
        [2, better],
      ],
      [0, 0],
    ],
    ["a complaint that led to nothing", [[1, rate(-1)]], [0, 1]],
    [
      "a complaint that the team closed",
      [
        [1, rate(-1)],
        [2, close],
      ],
      [0, 1],
    ],
    [
      "closed and taken up with a second complaint",
      [
        [1, rate(-1)],
        [2, close],
        [3, reopen],
        [4, rate(-1, "lisa")],
      ],
      [0, 1],
    ],
    [
      "a complaint that led to something",
      [
        [1, rate(-1)],
        [2, better],
      ],
      [1, 1],
    ],
    [
      "refused help that led to something",
      [
        [1, refused],
        [2, better],
      ],
      [1, 1],
    ],
    [
      "something was put right, and that was taken back",
      [
        [1, refused],
        [2, better],
        [3, { ...better, ref: null }],
      ],
      [0, 1],
    ],
    [
      "something was put right before the complaint",
      [
        [1, better],
        [2, rate(-1)],
      ],
      [0, 1],
    ],
    ["in the moment of the complaint", [[2, rate(-1), better]], [1, 1]],
    [
      "a moment before the month is over",
      [
        [1, rate(-1)],
        [1 + MONTH - 0.001, better],
      ],
      [1, 1],
    ],
    [
      "when the month is over",
      [
        [1, rate(-1)],
        [1 + MONTH, better],
      ],
      [0, 1],
    ],
    [
      "a rating that was taken back",
      [
        [1, rate(-1)],
        [2, { ...rate(0), rating: null }],
      ],
      [0, 0],
    ],
    [
      "a rating that became a good one",
      [
        [1, rate(-1, "Mona")],
        [2, rate(1)],
      ],
      [0, 0],
    ],
    [
      "another person's good word takes nothing back",
      [
        [1, rate(-1)],
        [2, rate(1, "lisa")],
      ],
      [0, 1],
    ],
    [
      "a rating that was changed when the month was over",
      [
        [1, rate(-1)],
        [1 + MONTH, rate(1)],
      ],
      [0, 1],
    ],
    [
      "a refusal that its reporter took back",
      [
        [1, refused, rate(-1)],
        [2, rate(1)],
      ],
      [0, 0],
    ],
    [
      "a refusal that nobody but another person contradicts",
      [
        [1, refused],
        [2, rate(1, "lisa")],
      ],
      [0, 1],
    ],
    [
      "two complaints count once, the first that stood",
      [
        [1, rate(-1, "lisa")],
        [2, rate(0, "lisa")],
        [3, rate(-1)],
        [4, better],
      ],
      [1, 1],
    ],
  ])("%s", (_, steps, expected) => {
    expect(counted(steps)).toEqual(expected);
  });

  it.each(AROUND_THE_WEEK)("counts what is 30 days old %s", (_, after, whole) => {
    const openedAt = WEEK.since + after - 30 * DAY - HOUR;
    expect(
      counted(
        [
          [1, rate(-1)],
          [1.5, better],
        ],
        openedAt,
      ),
    ).toEqual([whole, whole]);
  });
});
