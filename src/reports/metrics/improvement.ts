import type { Fact, Rated } from "../../ticket/fact.ts";
import { type Course, isByReporter } from "../course.ts";
import { type Period, within } from "../period.ts";
import { type Share, shareOf } from "../share.ts";
import type { Tally } from "../tally.ts";

/** So long is waited for something to come of a complaint: what nobody mended in a month nobody will. */
export const WAITS = 30 * 86_400_000;

/**
 * Feedback improvement rate = feedback that led to an improvement / feedback. A share from 0 to 1. Feedback is a
 * ticket's first complaint that stood: help that was refused, or a person who was dissatisfied and did not say otherwise
 * within 30 days. It led to an improvement if within these 30 days something was put right because of it: the team said
 * so (`/improved`), or the article that did not help was changed. It counts, once a ticket, in the period in which the 30
 * days are over: so a complaint of Sunday that is mended on Monday is lost to neither week. That the ticket was closed
 * says nothing of it.
 */
export function improvement(period: Period): Tally<Share> {
  let feedback = 0;
  let improved = 0;
  return {
    add(course) {
      if (!course.served) return;
      const complaint = course.facts.find((fact) => isComplaint(fact) && stands(fact, course));
      if (!complaint || !within(complaint.at + WAITS, period)) return;
      feedback += 1;
      improved += Number(isImproved(course, complaint.at));
    },
    result: () => shareOf(improved, feedback),
  };
}

const isInTime = (at: number, since: number) => at >= since && at < since + WAITS;

/** The last word on it is that something was put right. */
function isImproved({ facts }: Course, since: number): boolean {
  const last = facts.findLast((fact) => fact.type === "improved" && isInTime(fact.at, since));
  return last?.type === "improved" && last.ref !== null;
}

function isComplaint(fact: Fact): boolean {
  return fact.type === "refused" || (fact.type === "rated" && fact.rating === -1);
}

/** Nobody took it back: the last word of who complained is still that. A refusal is its reporter's. */
function stands(complaint: Fact, { facts, record }: Course): boolean {
  const isTheirs = (fact: Rated) =>
    complaint.type === "rated"
      ? fact.by.toLowerCase() === complaint.by.toLowerCase()
      : isByReporter(record, fact);
  const last = facts.findLast(
    (fact) => fact.type === "rated" && isTheirs(fact) && isInTime(fact.at, complaint.at),
  );
  return last?.type !== "rated" || last.rating === -1;
}
