import { describe, expect, it } from "@jest/globals";
import type { TicketRecord } from "../../src/reports/course.ts";
import { type Accuracy, accuracy } from "../../src/reports/metrics/accuracy.ts";
import { shareOf } from "../../src/reports/share.ts";
import {
  AROUND_THE_WEEK,
  close,
  measured,
  DAY,
  judge,
  label,
  life,
  rate,
  reopen,
  reply,
  type Step,
  show,
  unlabel,
  WEEK,
} from "../builders/lives.ts";

const of = (records: readonly TicketRecord[], ruled: readonly string[] = []) =>
  measured(
    accuracy(WEEK, (label) => ruled.includes(label.toLowerCase())),
    records,
  );

/** How often it was done, right, wrong and missed. */
function counts({ given, precision, recall }: Accuracy) {
  const { part: right, whole: judged } = precision;
  return { given, right, wrong: judged - right, missed: recall.whole - right };
}

const NOTHING = { given: 0, right: 0, wrong: 0, missed: 0 };
const bugs = (records: readonly TicketRecord[]) => {
  const row = of(records).labels.find(({ subject }) => subject === "bug");
  return row ? counts(row) : NOTHING;
};
const ours = label("bug", "desk");

describe("precision and recall of a label", () => {
  it.each<[string, Step[], Partial<typeof NOTHING>]>([
    ["nobody looked at it", [[1, ours]], { given: 1 }],
    [
      "the team spoke since",
      [
        [1, ours],
        [2, reply],
      ],
      { given: 1, right: 1 },
    ],
    [
      "the team spoke before it was set",
      [
        [1, reply],
        [2, ours],
      ],
      { given: 1 },
    ],
    ["the team spoke in the same moment", [[1, ours, reply]], { given: 1, right: 1 }],
    [
      "the team closed",
      [
        [1, ours],
        [2, close],
      ],
      { given: 1, right: 1 },
    ],
    [
      "the team reopened",
      [
        [1, ours],
        [2, { type: "reopened", by: "team" }],
      ],
      { given: 1, right: 1 },
    ],
    [
      "the team gave a command",
      [
        [1, ours],
        [2, { type: "ordered" }],
      ],
      { given: 1, right: 1 },
    ],
    [
      "the team set another label",
      [
        [1, ours],
        [2, label("ui", "team")],
      ],
      { given: 1, right: 1 },
    ],
    [
      "the reporter closed",
      [
        [1, ours],
        [2, { ...close, by: "reporter" }],
      ],
      { given: 1 },
    ],
    [
      "the team took it off",
      [
        [1, ours],
        [2, unlabel("bug", "team")],
      ],
      { given: 1, wrong: 1 },
    ],
    [
      "its reporter took it off",
      [
        [1, ours],
        [2, { ...unlabel("bug", "team"), by: "reporter" }],
      ],
      { given: 1, wrong: 1 },
    ],
    [
      "nobody knows who took it off",
      [
        [1, ours],
        [2, { ...unlabel("bug", "team"), by: "other" }],
      ],
      { given: 1, wrong: 1 },
    ],
    [
      "a bot took it off",
      [
        [1, ours],
        [2, unlabel("bug", "bot")],
        [3, reply],
      ],
      { given: 1 },
    ],
    [
      "we took it off ourselves",
      [
        [1, ours],
        [2, unlabel("bug", "desk")],
        [3, reply],
      ],
      { given: 1 },
    ],
    [
      "we took it off and set it again",
      [
        [1, ours],
        [2, unlabel("bug", "desk")],
        [3, ours],
        [4, reply],
      ],
      { given: 1, right: 1 },
    ],
    [
      "taken off and set again by the team",
      [
        [1, ours],
        [2, unlabel("bug", "team")],
        [3, label("bug", "team")],
      ],
      { given: 1, right: 1 },
    ],
    [
      "taken off, set again, taken off",
      [
        [1, ours],
        [2, unlabel("bug", "team")],
        [3, label("bug", "team")],
        [4, unlabel("bug", "team")],
      ],
      { given: 1, wrong: 1 },
    ],
    ["the team set it", [[1, label("bug", "team")]], { missed: 1 }],
    [
      "the team set it and took it off",
      [
        [1, label("bug", "team")],
        [2, unlabel("bug", "team")],
      ],
      {},
    ],
    [
      "a bot set it",
      [
        [1, label("bug", "bot")],
        [2, reply],
      ],
      {},
    ],
    [
      "taken off after the period",
      [
        [1, ours],
        [2, reply],
        [7 * 24, unlabel("bug", "team")],
      ],
      { given: 1, right: 1 },
    ],
    [
      "worked on after the period",
      [
        [1, ours],
        [7 * 24, reply],
      ],
      { given: 1 },
    ],
  ])("%s", (_, steps, expected) => {
    expect(bugs([life(1, steps, { createdAt: WEEK.since })])).toEqual({ ...NOTHING, ...expected });
  });

  it.each(AROUND_THE_WEEK)("counts what was set %s", (_, after, count) => {
    const createdAt = WEEK.since + after;
    expect(bugs([life(1, [[0, ours]], { createdAt })]).given).toBe(count);
    expect(bugs([life(1, [[0, label("bug", "team")]], { createdAt })]).missed).toBe(count);
  });

  it("is none of labels that follow rules, however they are written", () => {
    const records = [
      life(1, [
        [1, label("Needs-Info", "desk"), ours],
        [2, unlabel("Needs-Info", "team")],
      ]),
    ];
    expect(of(records, ["needs-info"]).labels.map(({ subject }) => subject)).toEqual(["bug"]);
  });
});

const link = show("duplicate", "3");
const named = (of: string) => ({ ...show("duplicate", of), by: "team" }) as const;
const closed = (by: "desk" | "team" | "bot" | "reporter", original?: string) =>
  ({ type: "closed", by, reason: "duplicate", ...(original ? { original } : {}) }) as const;

describe("precision and recall of links to originals", () => {
  it.each<[string, Step[], Partial<typeof NOTHING>]>([
    ["nobody said anything", [[1, link]], { given: 1 }],
    [
      "the reporter was content",
      [
        [1, link],
        [2, judge("duplicate", "3", true)],
      ],
      { given: 1, right: 1 },
    ],
    [
      "the reporter gave a thumbs-up",
      [
        [1, link],
        [2, rate(1)],
      ],
      { given: 1, right: 1 },
    ],
    [
      "refused",
      [
        [1, link],
        [2, judge("duplicate", "3", false)],
      ],
      { given: 1, wrong: 1 },
    ],
    [
      "closed as a duplicate by a person",
      [
        [1, link],
        [2, closed("team")],
      ],
      { given: 1, right: 1 },
    ],
    [
      "closed as a duplicate by its reporter",
      [
        [1, link],
        [2, closed("reporter")],
      ],
      { given: 1, right: 1 },
    ],
    [
      "closed as a duplicate of that one",
      [
        [1, link],
        [2, closed("team", "3")],
      ],
      { given: 1, right: 1 },
    ],
    [
      "closed as a duplicate of another one",
      [
        [1, link],
        [2, closed("team", "4")],
      ],
      { given: 1, wrong: 1, missed: 1 },
    ],
    [
      "refused, then closed as a duplicate of something",
      [
        [1, link],
        [2, judge("duplicate", "3", false)],
        [3, closed("team")],
      ],
      { given: 1, wrong: 1, missed: 1 },
    ],
    [
      "refused, but closed as a duplicate of just that one",
      [
        [1, link],
        [2, judge("duplicate", "3", false)],
        [3, closed("team", "3")],
      ],
      { given: 1, right: 1 },
    ],
    [
      "closed by the desk itself",
      [
        [1, link],
        [1, closed("desk", "3")],
      ],
      { given: 1 },
    ],
    [
      "closed by another bot",
      [
        [1, link],
        [2, closed("bot")],
      ],
      { given: 1 },
    ],
    [
      "taken back, and closed for another reason",
      [
        [1, link],
        [2, closed("team")],
        [3, reopen],
        [4, close],
      ],
      { given: 1 },
    ],
    [
      "taken back and still open",
      [
        [1, link],
        [2, closed("team")],
        [3, reopen],
      ],
      { given: 1 },
    ],
    [
      "taken back after the period",
      [
        [1, link],
        [2, closed("team")],
        [7 * 24, reopen],
      ],
      { given: 1, right: 1 },
    ],
    [
      "closed after the period",
      [
        [1, link],
        [7 * 24, closed("team")],
      ],
      { given: 1 },
    ],
    ["closed as a duplicate where none was linked", [[2, closed("team")]], { missed: 1 }],
    ["closed by a bot where none was linked", [[2, closed("bot")]], {}],
    [
      "the team named one where none was linked",
      [
        [2, named("3")],
        [2, closed("team", "3")],
      ],
      { missed: 1 },
    ],
    ["the team named a closed one", [[2, named("3")]], { missed: 1 }],
    [
      "the team named one and took that back",
      [
        [2, named("3")],
        [2, closed("team", "3")],
        [3, reopen],
      ],
      {},
    ],
    [
      "the team named one after the ticket had come back",
      [
        [1, close],
        [2, reopen],
        [3, named("3")],
      ],
      { missed: 1 },
    ],
    [
      "the team named another",
      [
        [1, link],
        [2, judge("duplicate", "3", false), named("4")],
        [2, closed("team", "4")],
      ],
      { given: 1, wrong: 1, missed: 1 },
    ],
    [
      "nothing of articles",
      [
        [1, show("article", "a")],
        [2, judge("article", "a", true)],
      ],
      {},
    ],
    [
      "a verdict on an article is none on the link",
      [
        [1, link],
        [2, judge("article", "3", false)],
      ],
      { given: 1 },
    ],
  ])("%s", (_, steps, expected) => {
    const record = life(1, steps, { createdAt: WEEK.since, author: "mona" });
    expect(counts(of([record]).duplicates)).toEqual({ ...NOTHING, ...expected });
  });
});

const page = show("article", "a");

describe("precision and recall of answers", () => {
  it.each<[string, Step[], Partial<typeof NOTHING>]>([
    ["nobody said anything", [[1, page]], { given: 1 }],
    [
      "closed as a duplicate, which says nothing of articles",
      [
        [1, page],
        [2, closed("team")],
      ],
      { given: 1 },
    ],
    [
      "the reporter was content",
      [
        [1, page],
        [2, judge("article", "a", true)],
      ],
      { given: 1, right: 1 },
    ],
    [
      "the last verdict counts",
      [
        [1, page],
        [2, judge("article", "a", true)],
        [3, judge("article", "a", false)],
      ],
      { given: 1, wrong: 1 },
    ],
    [
      "a verdict after the period",
      [
        [1, page],
        [7 * 24, judge("article", "a", true)],
      ],
      { given: 1 },
    ],
    [
      "a thumbs-up of the reporter",
      [
        [1, page],
        [2, rate(1, "Mona")],
      ],
      { given: 1, right: 1 },
    ],
    [
      "a thumbs-up of somebody else",
      [
        [1, page],
        [2, rate(1, "lisa")],
      ],
      { given: 1 },
    ],
    [
      "a thumbs-up before it was shown",
      [
        [1, rate(1)],
        [2, page],
      ],
      { given: 1 },
    ],
    [
      "a thumbs-up that was taken back",
      [
        [1, page],
        [2, rate(1)],
        [3, { ...rate(0), rating: null }],
      ],
      { given: 1 },
    ],
    [
      "a thumbs-up after a refusal",
      [
        [1, page],
        [2, judge("article", "a", false), rate(-1)],
        [3, rate(1)],
      ],
      { given: 1, right: 1 },
    ],
    [
      "a refusal after a thumbs-up",
      [
        [1, page],
        [2, rate(1)],
        [3, judge("article", "a", false)],
      ],
      { given: 1, wrong: 1 },
    ],
    [
      "one star in a survey",
      [
        [1, page],
        [2, rate(-1)],
      ],
      { given: 1, wrong: 1 },
    ],
    [
      "so-so",
      [
        [1, page],
        [2, rate(0)],
      ],
      { given: 1 },
    ],
    [
      "praise after the team spoke, which may be the team's",
      [
        [1, page],
        [2, reply],
        [3, rate(1)],
      ],
      { given: 1 },
    ],
    ["a question that the team answered", [[1, reply]], { missed: 1 }],
    [
      "a question to which the team gave an article",
      [[1, { ...page, by: "team" }, judge("article", "a", true)]],
      { missed: 1 },
    ],
    ["a question that nobody answered", [], {}],
    [
      "the team named another article: that one's verdict is not ours",
      [
        [1, page],
        [2, { ...show("article", "b"), by: "team" }, judge("article", "b", true)],
      ],
      { given: 1 },
    ],
  ])("%s", (_, steps, expected) => {
    const triage = { kind: "question" } as TicketRecord["triage"];
    const record = life(1, steps, { createdAt: WEEK.since, author: "mona", triage });
    expect(counts(of([record]).answers)).toEqual({ ...NOTHING, ...expected });
  });

  it("misses nothing where nobody asked", () => {
    expect(counts(of([life(1, [[1, reply]])]).answers)).toEqual(NOTHING);
  });

  it("is of each article by itself too, as it was shown first", () => {
    const records = [
      life(1, [
        [1, page, show("article", "b"), page],
        [2, judge("article", "a", true)],
      ]),
      life(2, [
        [1, page],
        [2, judge("article", "a", false)],
      ]),
      life(3, [[1, page]]),
      life(4, [
        [1, { ...page, by: "team" }],
        [2, judge("article", "a", true)],
      ]),
      life(
        5,
        [
          [0, page],
          [8 * 24, page],
        ],
        { createdAt: WEEK.since - DAY },
      ),
    ];
    const rows = of(records).articles.map((row) => [row.subject, counts(row)]);
    expect(rows).toEqual([
      ["a", { ...NOTHING, given: 3, right: 1, wrong: 1 }],
      ["b", { ...NOTHING, given: 1 }],
    ]);
  });
});

describe("an accuracy", () => {
  it("has its shares with their counts", () => {
    const records = [
      life(1, [
        [1, ours],
        [2, reply],
      ]),
      life(2, [
        [1, ours],
        [2, unlabel("bug", "team")],
      ]),
    ];
    expect(of(records).labels).toEqual([
      { subject: "bug", given: 2, precision: shareOf(1, 2), recall: shareOf(1, 1) },
    ]);
  });
});
