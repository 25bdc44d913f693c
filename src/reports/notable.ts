import { type Fact, isLabelMove } from "../ticket/fact.ts";
import { type Course, isOpenAt, type TicketRecord } from "./course.ts";
import { byPerson, type IsRuled } from "./metrics/label-accuracy.ts";
import { type Period, within } from "./period.ts";
import type { Tally } from "./tally.ts";

/** A ticket as a report names it. */
export type TicketLink = Pick<TicketRecord, "repository" | "number" | "url">;

type Clock = "firstResponse" | "nextResponse" | "resolution";

/**
 * Tickets that a report names: corrections and questions of its period, and what is due or waits as of now. Suspected
 * vulnerabilities are in none of the lists.
 */
export interface Notable {
  /**
   * Open tickets whose promise is broken, and others whose promise soon will be, and since when; the longest first. Each
   * ticket once, with the promise that was broken first: it is one piece of work, however many clocks ran out.
   */
  overdue: { ticket: TicketLink; clock: Clock; at: number }[];
  due: Notable["overdue"];
  /** Labels that people took off again in the period, with where they did. */
  wrongLabels: Map<string, TicketLink[]>;
  /** Where our help was refused in the period. */
  refused: TicketLink[];
  /** Questions of the period to which no article was shown, nor was one found that was sure enough to be. */
  unanswered: TicketLink[];
  /** The open ticket that has waited longest for a first word of the team, and how many wait for one. */
  waiting: { longest: TicketLink; count: number } | null;
}

/** `isRuled`: labels that follow rules, which are right or wrong as the settings are. */
export function notable(period: Period, now: number, isRuled: IsRuled = () => false): Tally<Notable> {
  const found: Notable = {
    overdue: [],
    due: [],
    wrongLabels: new Map(),
    refused: [],
    unanswered: [],
    waiting: null,
  };
  let longest = Number.POSITIVE_INFINITY;
  return {
    add(course) {
      const { record, served, secret, openedAt } = course;
      if (!served || secret) return;
      const { repository, repositoryId, number, url } = record;
      const ticket = { repository, number, url };
      addRefusal(found, ticket, course.facts, period);
      addWrongLabels(found, ticket, course.facts, period, (label) => isRuled(label, repositoryId));
      if (within(openedAt, period) && isUnanswered(course)) found.unanswered.push(ticket);
      if (!isOpenAt(course, now)) return;
      addPromises(found, ticket, course);
      // Where the desk itself has asked the reporter for more, it is not the team's turn.
      if (course.firstResponse !== null || record.status === "pending") return;
      const first = found.waiting === null || openedAt < longest;
      longest = Math.min(longest, openedAt);
      const { longest: known, count } = found.waiting ?? { longest: ticket, count: 0 };
      found.waiting = { longest: first ? ticket : known, count: count + 1 };
    },
    result() {
      const oldest = (a: { at: number }, b: { at: number }) => a.at - b.at;
      const newest = (a: TicketLink, b: TicketLink) =>
        a.repository === b.repository ? b.number - a.number : a.repository < b.repository ? -1 : 1;
      for (const tickets of found.wrongLabels.values()) tickets.sort(newest);
      return {
        ...found,
        overdue: found.overdue.sort(oldest),
        due: found.due.sort(oldest),
        refused: found.refused.sort(newest),
        unanswered: found.unanswered.sort(newest),
      };
    },
  };
}

function isUnanswered({ record, facts }: Course): boolean {
  const asks = record.triage?.kind === "question" && !record.suggestions?.known;
  return asks && !facts.some((fact) => fact.type === "shown" && fact.help === "article");
}

function addRefusal({ refused }: Notable, ticket: TicketLink, facts: readonly Fact[], period: Period): void {
  if (facts.some((fact) => fact.type === "refused" && within(fact.at, period))) refused.push(ticket);
}

function addWrongLabels(
  { wrongLabels }: Notable,
  ticket: TicketLink,
  facts: readonly Fact[],
  period: Period,
  isRuled: (label: string) => boolean,
): void {
  const ours = facts.flatMap((fact) => (fact.type === "labelled" && fact.by === "desk" ? fact.label : []));
  for (const label of new Set(ours)) {
    const theirs = facts
      .filter(isLabelMove)
      .findLast((fact) => fact.label === label && byPerson(fact) && fact.at < period.until);
    // What they put back since, as `/undo` does, was not wrong.
    const off = theirs?.type === "unlabelled" && within(theirs.at, period);
    if (off && !isRuled(label)) wrongLabels.set(label, [...(wrongLabels.get(label) ?? []), ticket]);
  }
}

/** The newest word on each clock, unless what it warns of has come since; of several the most pressing. */
function addPromises(found: Notable, ticket: TicketLink, { facts }: Course): void {
  const last = new Map<Clock, Fact & { type: "sla" }>();
  for (const fact of facts) if (fact.type === "sla") last.set(fact.clock, fact);
  const standing = [...last.values()]
    .sort((a, b) => a.at - b.at)
    .filter(({ clock, outcome, at }) => {
      const replied = facts.some((fact) => fact.type === "spoke" && fact.by === "team" && fact.at >= at);
      return outcome !== "met" && (clock === "resolution" || !replied);
    });
  const broken = standing.find(({ outcome }) => outcome === "breached");
  const [next] = standing;
  if (broken) found.overdue.push({ ticket, clock: broken.clock, at: broken.at });
  else if (next) found.due.push({ ticket, clock: next.clock, at: next.at });
}
