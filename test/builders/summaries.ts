import { courseOf, type TicketRecord } from "../../src/reports/course.ts";
import { figures } from "../../src/reports/measure.ts";
import { flow } from "../../src/reports/metrics/flow.ts";
import { notable } from "../../src/reports/notable.ts";
import { before } from "../../src/reports/period.ts";
import type { SummaryFacts } from "../../src/reports/summary/summary-facts.ts";
import { tally } from "../../src/reports/tally.ts";
import {
  ask,
  close,
  DAY,
  judge,
  label,
  life,
  MONDAY,
  rate,
  reopen,
  reply,
  show,
  unlabel,
  WEEK,
} from "./lives.ts";

/** Two weeks of a repository in which everything that a report tells of happens. */
export const BUSY: TicketRecord[] = [
  ...[1, 2, 3].map((number) =>
    life(
      number,
      [
        [3, reply],
        [20, close],
      ],
      { createdAt: MONDAY - 7 * DAY, author: "mona" },
    ),
  ),
  life(
    4,
    [
      [24, rate(-1)],
      [48, { type: "improved", ref: "#5" }],
      [49, close],
    ],
    { createdAt: MONDAY - 29 * DAY },
  ),
  life(
    10,
    [
      [0.1, { type: "told" }, label("bug", "desk")],
      [2, reply],
      [26, close],
      [27, rate(1)],
    ],
    {
      author: "mona",
      triage: kind("bug"),
    },
  ),
  life(
    11,
    [
      [0.1, label("bug", "desk")],
      [1, unlabel("bug", "team")],
      [5, reply],
    ],
    { triage: kind("bug") },
  ),
  life(
    12,
    [
      [0.1, { type: "told" }, show("article", "12/docs/proxy.md#set")],
      [1, judge("article", "12/docs/proxy.md#set", false), { type: "refused" }, rate(-1, "lisa")],
    ],
    { triage: kind("question") },
  ),
  life(
    13,
    [
      [4, reply],
      [5, ask],
    ],
    { triage: kind("question") },
  ),
  life(14, [[2, { type: "sla", policy: "gold", clock: "firstResponse", cycle: 0, outcome: "breached" }]], {
    triage: kind("feature"),
  }),
  life(15, [
    [2, { type: "sla", policy: "gold", clock: "resolution", cycle: 0, outcome: "warned" }],
    [3, reply],
  ]),
  life(
    16,
    [
      [1, close],
      [2, reopen],
    ],
    { triage: kind("documentation") },
  ),
  life(17, [[1, { type: "refused" }]], { triage: kind("security"), author: "secretive" }),
];

function kind(name: NonNullable<TicketRecord["triage"]>["kind"]): TicketRecord["triage"] {
  return { kind: name, confidence: 0.9, because: [], missing: [], asked: false, at: MONDAY };
}

/** What a report on some tickets is written from. */
export function summaryFacts(
  records: readonly TicketRecord[],
  change: Partial<SummaryFacts> = {},
): SummaryFacts {
  const courses = records.map((record) => courseOf(record));
  const worked = (from: number, to: number) => Math.max(0, to - from) / 3;
  const last = before(WEEK);
  const shown = [before(last), last, WEEK];
  const now = tally(figures(WEEK, { worked }), courses);
  const repository = "octo-org/lantern";
  return {
    subject: repository,
    private: false,
    stretch: { period: WEEK, running: false, before: last, shown },
    now,
    before: tally(figures(last, { worked }), courses),
    flow: tally(flow(shown), courses),
    notable: tally(notable(WEEK, WEEK.until), courses),
    asked: [],
    gaps: [],
    silent: [],
    parked: [],
    previous: null,
    labels: [{ repository, accuracy: now.accuracy.labels, targetPrecision: 0.85 }],
    ...change,
  };
}

const ticket = (number: number) => ({
  repository: "octo-org/lantern",
  number,
  url: `https://github.com/octo-org/lantern/issues/${number}`,
});

/** What the busy weeks add that no figure tells. */
export const TOLD: Partial<SummaryFacts> = {
  asked: [
    {
      title: "How do I set a proxy?",
      representative: ticket(12),
      tickets: [12, 13, 18, 19, 20, 21, 22].map(ticket),
    },
  ],
  gaps: [{ title: "Where are themes?", representative: ticket(13), tickets: [13, 23, 24].map(ticket) }],
  silent: [fallen("label", "area: ui"), fallen("answers")],
  parked: [
    { ticket: ticket(14), reason: "Validation Failed: `body` is too long" },
    { ticket: null, reason: "TypeError" },
  ],
};

function fallen(what: "label" | "answers" | "article" | "duplicates", subject = "") {
  return { what, subject, precision: 0.71, count: 14, target: 0.85, repository: "octo-org/lantern" };
}

/** As much of everything as a report may be asked to tell: what a large project's bad week leaves. */
export function saturated(): SummaryFacts {
  const many = <T>(make: (i: number) => T) => Array.from({ length: 12 }, (_, i) => make(i));
  const tickets = many((i) => ticket(100 + i));
  const clusters = many((i) => ({
    title: `How do I set up part ${i} of the thing behind a proxy?`,
    representative: ticket(100 + i),
    tickets,
  }));
  const lives = many((i) =>
    life(
      200 + i,
      [
        [0.1, label(`area: ${i}`, "desk"), show("article", `12/docs/page-${i}.md#top`)],
        [1, unlabel(`area: ${i}`, "team"), judge("article", `12/docs/page-${i}.md#top`, false)],
        [2, { type: "refused" }, label("late", "team"), reply],
        [3, { type: "sla", policy: "plan gold", clock: "resolution", cycle: 0, outcome: "breached" }],
        [4, rate(-1), ask],
      ],
      { triage: kind("bug") },
    ),
  );
  const due = many((i) =>
    life(300 + i, [[3, { type: "sla", policy: "gold", clock: "resolution", cycle: 0, outcome: "warned" }]], {
      triage: kind("question"),
    }),
  );
  return summaryFacts([...BUSY, ...lives, ...due], {
    ...TOLD,
    private: true,
    asked: clusters,
    gaps: clusters,
    silent: many((i) => fallen("label", `area: ${i}`)),
    parked: many((i) => ({ ticket: ticket(400 + i), reason: "Validation Failed: the body is too long" })),
  });
}
