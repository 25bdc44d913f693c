import { KIND_LABELS, kindOfLabel, type KindLabels } from "../learning/kind-label.ts";
import { type Fact, type Hand, isLabelMove, type Rated } from "../ticket/fact.ts";
import { REPORTER } from "../ticket/person.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { factsFor } from "./audience.ts";

/** What figures read of a ticket. */
export type TicketRecord = Pick<
  Ticket,
  | "key"
  | "repository"
  | "repositoryId"
  | "number"
  | "url"
  | "private"
  | "author"
  | "createdAt"
  | "status"
  | "triage"
  | "suggestions"
  | "timeline"
  | "service"
  | "privateService"
>;

/** An end of a ticket. */
export interface Closing {
  at: number;
  by: Hand;
  reason: string | null;
  /** Which thread it repeats; null: nobody knows, or it repeats none. */
  original: string | null;
  /** When it came back after this end; null: it did not. */
  reopenedAt: number | null;
}

/** A reply that was owed to the reporter, from their first word on which nobody had answered. */
export interface Reply {
  from: number;
  at: number;
}

/** The life of a ticket, read off its facts. */
export interface Course {
  record: TicketRecord;
  /** In the order in which they happened. */
  facts: readonly Fact[];
  openedAt: number;
  /**
   * It counts in figures: opened by somebody whom the desk serves, neither the team nor a bot, and still here (what was
   * deleted was none, and what was moved lives on where it went). Tickets whose beginning was not recorded (those of
   * older versions) count as served.
   */
  served: boolean;
  /** A report of a vulnerability, as is suspected or as a person's label says: reports neither name it nor tell of it. */
  secret: boolean;
  /** The team's first public word; null: there is none yet. */
  firstResponse: Reply | null;
  /** The team's replies to each further word of the reporter, unless we waited for them again in between. */
  nextResponses: Reply[];
  closings: Closing[];
  /** Stretches in which we waited for the reporter or the ticket was closed: no time of ours. `to` null: still so. */
  pauses: { from: number; to: number | null }[];
}

interface Reading {
  /** As a private place may know it (`reports/audience`). */
  confidential?: boolean;
  /** What the repository calls the kinds. */
  labels?: KindLabels;
}

/** Reads the life of a ticket. The order in which its facts are given makes no difference. */
export function courseOf(
  record: TicketRecord,
  { confidential = false, labels = KIND_LABELS }: Reading = {},
): Course {
  const facts = factsFor(record.timeline ?? [], confidential);
  const here = record.status !== "deleted" && record.status !== "moved";
  const course: Course = {
    record,
    facts,
    openedAt: record.createdAt,
    served: here,
    secret: record.triage?.kind === "security" || isCalledSecurity(facts, labels),
    firstResponse: null,
    nextResponses: [],
    closings: [],
    pauses: [],
  };
  let owedSince: number | null = null;
  let waiting = false;
  let closed = false;
  for (const fact of facts) {
    switch (fact.type) {
      case "opened":
        course.openedAt = Math.min(course.openedAt, fact.at);
        course.served = here && (fact.by === "reporter" || fact.by === "other");
        break;
      case "spoke":
        if (fact.by === "reporter") owedSince ??= course.firstResponse ? fact.at : null;
        else owedSince = replied(course, fact.at, owedSince);
        break;
      case "closed":
        if (!closed) {
          const { at, by, reason, original = null } = fact;
          course.closings.push({ at, by, reason, original, reopenedAt: null });
        }
        closed = true;
        break;
      case "reopened":
        if (closed) (course.closings.at(-1) as Closing).reopenedAt = fact.at;
        closed = false;
        break;
      case "waiting":
        waiting = true;
        // As the promise has it: who is waited for is owed nothing.
        owedSince = null;
        break;
      case "resumed":
        waiting = false;
        break;
    }
    pause(course, waiting || closed, fact.at);
  }
  return course;
}

function isCalledSecurity(facts: readonly Fact[], labels: KindLabels): boolean {
  const last = facts.findLast((fact) => isLabelMove(fact) && kindOfLabel(fact.label, labels) === "security");
  return last?.type === "labelled";
}

/** The team spoke: it was the first response, or the answer to what was owed, or more of the same. */
function replied(course: Course, at: number, owedSince: number | null): null {
  if (!course.firstResponse) course.firstResponse = { from: course.openedAt, at };
  else if (owedSince !== null) course.nextResponses.push({ from: owedSince, at });
  return null;
}

function pause({ pauses }: Course, paused: boolean, at: number): void {
  const last = pauses.at(-1);
  if (paused === (last?.to === null)) return;
  if (paused) pauses.push({ from: at, to: null });
  else if (last) last.to = at;
}

/** Is a rating the word of the ticket's own reporter? */
export function isByReporter({ author }: TicketRecord, { by }: Rated): boolean {
  return by.toLowerCase() === (author?.toLowerCase() ?? REPORTER);
}

/** Is the ticket open at that moment? */
export function isOpenAt({ openedAt, closings }: Course, at: number): boolean {
  if (openedAt >= at) return false;
  const last = closings.findLast((closing) => closing.at < at);
  return !last || (last.reopenedAt !== null && last.reopenedAt < at);
}
