import { describe, expect, it } from "@jest/globals";
import { deflection } from "../../src/reports/metrics/deflection.ts";
import {
  AROUND_THE_WEEK,
  close,
  measured,
  DAY,
  HOUR,
  life,
  reopen,
  reply,
  show,
  type Step,
  WEEK,
} from "../builders/lives.ts";

const article = show("article", "12/a.md#b");
const original = show("duplicate", "3");
const solved = { type: "closed", by: "reporter", reason: "completed" } as const;
const duplicate = (by: "desk" | "team" | "bot", of?: string) =>
  ({ type: "closed", by, reason: "duplicate", ...(of ? { original: of } : {}) }) as const;

/** Deflected tickets and all that ended, of one that was opened six days before the week. */
function counted(steps: Step[], createdAt = WEEK.since - 6 * DAY): [number, number] {
  const { part, whole } = measured(deflection(WEEK), [life(1, steps, { createdAt })]);
  return [part, whole];
}

describe("deflection", () => {
  it.each<[string, Step[], number]>([
    [
      "closed by the reporter after an article",
      [
        [1, article],
        [5, solved],
      ],
      1,
    ],
    [
      "closed by the reporter after an original",
      [
        [1, original],
        [5, solved],
      ],
      1,
    ],
    ["closed by the reporter, to whom nothing was shown", [[5, solved]], 0],
    [
      "closed before anything was shown",
      [
        [4, solved],
        [5, article],
      ],
      0,
    ],
    [
      "closed as not planned: given up",
      [
        [1, article],
        [5, { ...solved, reason: "not_planned" }],
      ],
      0,
    ],
    [
      "an answer that the reporter marked, of somebody else",
      [
        [1, article],
        [5, { ...solved, reason: "answered-by-others" }],
      ],
      0,
    ],
    [
      "an answer that the reporter marked",
      [
        [1, article],
        [5, { ...solved, reason: "answered" }],
      ],
      1,
    ],
    [
      "closed by the team without a word",
      [
        [1, article],
        [5, { ...close, reason: "not_planned" }],
      ],
      0,
    ],
    [
      "closed by the desk for silence",
      [
        [1, article],
        [5, { type: "closed", by: "desk", reason: "completed" }],
      ],
      0,
    ],
    [
      "closed by the desk as a duplicate",
      [
        [1, original],
        [1, duplicate("desk", "3")],
      ],
      1,
    ],
    [
      "closed by a bot as a duplicate of what we linked",
      [
        [1, original],
        [2, duplicate("bot")],
      ],
      1,
    ],
    [
      "closed as a duplicate of another than we linked",
      [
        [1, original],
        [2, duplicate("bot", "4")],
      ],
      0,
    ],
    [
      "closed as a duplicate where only an article was shown",
      [
        [1, article],
        [2, duplicate("bot")],
      ],
      0,
    ],
    [
      "closed by the team as a duplicate",
      [
        [1, original],
        [2, duplicate("team", "3")],
      ],
      0,
    ],
    [
      "an article that the team named",
      [
        [1, { ...article, by: "team" }],
        [5, solved],
      ],
      0,
    ],
    [
      "the team spoke",
      [
        [1, article],
        [2, reply],
        [5, solved],
      ],
      0,
    ],
    [
      "the team spoke in the moment of the closing",
      [
        [1, article],
        [5, solved, reply],
      ],
      0,
    ],
    [
      "the team spoke afterwards",
      [
        [1, article],
        [5, solved],
        [6, reply],
      ],
      1,
    ],
    [
      "the team gave a command",
      [
        [1, article],
        [2, { type: "ordered" }],
        [5, solved],
      ],
      0,
    ],
    [
      "the team moved a label",
      [
        [1, article],
        [2, { type: "labelled", label: "ui", by: "team" }],
        [5, solved],
      ],
      0,
    ],
    [
      "the desk moved a label",
      [
        [1, article],
        [2, { type: "labelled", label: "ui", by: "desk" }],
        [5, solved],
      ],
      1,
    ],
    [
      "a person was assigned by hand",
      [
        [1, article],
        [2, { type: "assigned", login: "maria", by: "team" }],
        [5, solved],
      ],
      0,
    ],
    [
      "a person was assigned, in a document of older versions",
      [
        [1, article],
        [2, { type: "assigned", login: "maria" }],
        [5, solved],
      ],
      0,
    ],
    [
      "the desk assigned somebody",
      [
        [1, article],
        [2, { type: "assigned", login: "maria", by: "desk" }],
        [5, solved],
      ],
      1,
    ],
    [
      "the help was refused before",
      [
        [1, article],
        [2, { type: "refused" }],
        [5, solved],
      ],
      0,
    ],
    [
      "the help was refused on the sixth day after",
      [
        [1, article],
        [5, solved],
        [5 + 6 * 24, { type: "refused" }],
      ],
      0,
    ],
    [
      "the help was refused when the week was over",
      [
        [1, article],
        [5, solved],
        [5 + 7 * 24, { type: "refused" }],
      ],
      1,
    ],
    [
      "taken back a moment before the week is over",
      [
        [1, article],
        [5, solved],
        [5 + 7 * 24 - 0.001, reopen],
      ],
      0,
    ],
    [
      "taken back when the week is over",
      [
        [1, article],
        [5, solved],
        [5 + 7 * 24, reopen],
      ],
      1,
    ],
    [
      "closed again after it was taken back: once",
      [
        [1, article],
        [5, solved],
        [6, reopen],
        [7, solved],
      ],
      0,
    ],
  ])("%s", (_, steps, deflected) => {
    expect(counted(steps)).toEqual([deflected, 1]);
  });

  it.each(AROUND_THE_WEEK)("counts what is seven days old %s", (_, after, whole) => {
    const openedAt = WEEK.since + after - 7 * DAY - HOUR;
    expect(
      counted(
        [
          [0.5, article],
          [1, solved],
        ],
        openedAt,
      ),
    ).toEqual([whole, whole]);
  });
});
