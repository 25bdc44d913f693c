import fc from "fast-check";
import type { TicketRecord } from "../../src/reports/course.ts";
import {
  ask,
  close,
  DAY,
  type Happening,
  judge,
  label,
  life,
  MONDAY,
  rate,
  reopen,
  reply,
  show,
  type Step,
  unlabel,
} from "./lives.ts";

const sla = (clock: "nextResponse" | "resolution", outcome: "warned" | "met" | "breached") =>
  ({ type: "sla", policy: "gold", clock, cycle: 0, outcome }) as const;

/** Everything that can happen to a ticket after it was opened. */
export const HAPPENINGS: Happening[] = [
  reply,
  ask,
  close,
  { type: "closed", by: "reporter", reason: "completed" },
  { type: "closed", by: "desk", reason: "duplicate", original: "3" },
  { type: "closed", by: "team", reason: "duplicate" },
  reopen,
  rate(1),
  rate(-1),
  rate(0, "lisa"),
  { type: "rated", by: "mona", rating: null },
  { type: "told" },
  { type: "ordered" },
  { type: "refused" },
  { type: "waiting" },
  { type: "resumed" },
  { type: "improved", ref: "#7" },
  { type: "improved", ref: null },
  show("article", "12/a.md#b"),
  show("article", 'an "odd", name'),
  show("duplicate", "3"),
  { type: "shown", help: "duplicate", id: "4", by: "team" },
  judge("article", "12/a.md#b", true),
  judge("duplicate", "3", false),
  label("bug", "desk"),
  label("bug", "team"),
  unlabel("bug", "team"),
  unlabel("bug", "desk"),
  { type: "assigned", login: "maria" },
  { type: "unassigned", login: "maria", by: "desk" },
  sla("nextResponse", "warned"),
  sla("resolution", "met"),
  sla("resolution", "breached"),
];

const happening = fc.constantFrom(...HAPPENINGS);
const step = fc.tuple(fc.integer({ min: 0, max: 400 }), happening) as fc.Arbitrary<Step>;

/** A ticket's life around the week of `MONDAY`. */
export const anyLife = (number: number): fc.Arbitrary<TicketRecord> =>
  fc
    .record({
      steps: fc.array(step, { maxLength: 12 }),
      days: fc.integer({ min: -40, max: 8 }),
      author: fc.constantFrom("mona", "lisa", null),
      openedBy: fc.constantFrom("reporter" as const, "other" as const, "team" as const, "bot" as const),
      kind: fc.constantFrom("question" as const, null),
    })
    .map(({ steps, days, author, openedBy, kind }) => {
      const triage = kind && { kind, confidence: 1, because: [], missing: [], asked: false, at: MONDAY };
      return life(number, steps, { author, openedBy, triage, createdAt: MONDAY + days * DAY });
    });

/** The tickets of a desk. */
export const anyDesk: fc.Arbitrary<TicketRecord[]> = fc
  .integer({ min: 0, max: 8 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => anyLife(i + 1))));
