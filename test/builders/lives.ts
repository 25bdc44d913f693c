import { courseOf, type TicketRecord } from "../../src/reports/course.ts";
import { type Tally, tally } from "../../src/reports/tally.ts";
import type { Fact } from "../../src/ticket/fact.ts";

/** A Monday, 09:00 UTC: the tickets of these builders are opened then, unless they say otherwise. */
export const MONDAY = Date.UTC(2026, 2, 2, 9);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The week that begins at midnight before `MONDAY`. */
export const WEEK = { since: Date.UTC(2026, 2, 2), until: Date.UTC(2026, 2, 9) };

/** Moments around the week's ends, in milliseconds after its beginning, and whether they lie in it. */
export const AROUND_THE_WEEK: [when: string, after: number, counts: number][] = [
  ["a moment before the period", -1, 0],
  ["as the period begins", 0, 1],
  ["a moment before its end", WEEK.until - WEEK.since - 1, 1],
  ["as it ends", WEEK.until - WEEK.since, 0],
];

/** A figure of some tickets. */
export function measured<Result>(figure: Tally<Result>, records: readonly TicketRecord[]): Result {
  return tally(
    figure,
    records.map((record) => courseOf(record)),
  );
}

/** A fact without its time. */
export type Happening = Fact extends infer F ? (F extends Fact ? Omit<F, "at"> : never) : never;

/** Hours after the ticket was opened, and what happened then. */
export type Step = [hours: number, ...what: Happening[]];

/** A ticket with its life. */
export function life(
  number: number,
  happenings: Step[] = [],
  change: Partial<TicketRecord> & { openedBy?: "reporter" | "other" | "team" | "bot" } = {},
): TicketRecord {
  const { openedBy = "reporter", ...rest } = change;
  const createdAt = rest.createdAt ?? MONDAY;
  const opened: Fact = { at: createdAt, type: "opened", by: openedBy };
  return {
    key: `12/${number}`,
    repositoryId: 12,
    repository: "octo-org/lantern",
    number,
    url: `https://github.com/octo-org/lantern/issues/${number}`,
    private: false,
    author: `author-${number}`,
    createdAt,
    status: "open",
    triage: null,
    suggestions: null,
    timeline: [
      opened,
      ...happenings.flatMap(([hours, ...all]) =>
        all.map((what) => ({ ...what, at: createdAt + hours * HOUR }) as Fact),
      ),
    ],
    ...rest,
  };
}

export const reply = { type: "spoke", by: "team" } as const;
export const ask = { type: "spoke", by: "reporter" } as const;
export const close = { type: "closed", by: "team", reason: "completed" } as const;
export const reopen = { type: "reopened", by: "reporter" } as const;
export const rate = (rating: 1 | 0 | -1, by = "mona") => ({ type: "rated", by, rating }) as const;
export const show = (help: "article" | "duplicate", id: string) => ({ type: "shown", help, id }) as const;
export const judge = (help: "article" | "duplicate", id: string, helpful: boolean) =>
  ({ type: "judged", help, id, helpful }) as const;
export const label = (name: string, by: "desk" | "team" | "bot") =>
  ({ type: "labelled", label: name, by }) as const;
export const unlabel = (name: string, by: "desk" | "team" | "bot") =>
  ({ type: "unlabelled", label: name, by }) as const;
