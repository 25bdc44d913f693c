import type { Closing, Course } from "../course.ts";
import { type Period, within } from "../period.ts";
import { type Share, shareOf } from "../share.ts";
import type { Tally } from "../tally.ts";

/** What the desk took off people's hands. Shares from 0 to 1; only tickets of people whom the desk serves count. */
export interface Automation {
  /** Tickets that were opened, and ends that tickets came to, in the period. */
  opened: number;
  closed: number;
  /**
   * Automation response rate = tickets of the period on which the desk commented by its end / tickets opened in the
   * period.
   */
  responded: Share;
  /**
   * Deflection = tickets that the desk answered (with an article or an original), that were closed without a word of the
   * team, and that nobody reopened within 7 days / all tickets closed. A closing counts in the period in which its seven
   * days are over, so that none is judged too early. Help that was refused deflected nothing.
   */
  deflected: Share;
  /** Reopen rate = ends that were taken back by the end of the period / all ends that tickets came to in it. */
  reopened: Share;
  /**
   * Feedback improvement rate = improvements linked to feedback / feedback. Feedback is a ticket on which somebody was
   * dissatisfied in the period, or refused our help; an improvement is that something was put right because of it: the
   * team closed the ticket as completed afterwards, or it is recorded as improved, by the end of the period.
   */
  improved: Share;
}

/** How long an end must hold before it counts as one. */
const HOLDS = 7 * 86_400_000;

export function automation(period: Period): Tally<Automation> {
  const count = {
    opened: 0,
    responded: 0,
    closed: 0,
    reopened: 0,
    ripe: 0,
    deflected: 0,
    feedback: 0,
    improved: 0,
  };
  return {
    add(course) {
      if (!course.served) return;
      if (within(course.openedAt, period)) {
        count.opened += 1;
        const told = course.facts.some(({ type, at }) => type === "told" && at < period.until);
        count.responded += Number(told);
      }
      for (const closing of course.closings) {
        if (within(closing.at, period)) {
          count.closed += 1;
          count.reopened += Number(closing.reopenedAt !== null && closing.reopenedAt < period.until);
        }
        if (within(closing.at + HOLDS, period)) {
          count.ripe += 1;
          count.deflected += Number(isDeflected(course, closing));
        }
      }
      const feedback = feedbackAt(course, period);
      if (feedback === null) return;
      count.feedback += 1;
      count.improved += Number(isImproved(course, feedback, period));
    },
    result: () => ({
      opened: count.opened,
      closed: count.closed,
      responded: shareOf(count.responded, count.opened),
      deflected: shareOf(count.deflected, count.ripe),
      reopened: shareOf(count.reopened, count.closed),
      improved: shareOf(count.improved, count.feedback),
    }),
  };
}

function isDeflected({ facts, firstResponse }: Course, { at, reopenedAt }: Closing): boolean {
  const answered = facts.some((fact) => fact.type === "shown" && fact.at <= at);
  const refused = facts.some((fact) => fact.type === "refused" && fact.at <= at + HOLDS);
  const alone = firstResponse === null || firstResponse.at > at;
  const held = reopenedAt === null || reopenedAt >= at + HOLDS;
  return answered && alone && held && !refused;
}

/** When the period's first feedback on the ticket came; null: there was none. */
function feedbackAt({ facts }: Course, period: Period): number | null {
  const first = facts.find(
    (fact) =>
      within(fact.at, period) && (fact.type === "refused" || (fact.type === "rated" && fact.rating === -1)),
  );
  return first?.at ?? null;
}

function isImproved({ facts }: Course, since: number, { until }: Period): boolean {
  return facts.some(
    (fact) =>
      fact.at >= since &&
      fact.at < until &&
      (fact.type === "improved" ||
        (fact.type === "closed" && fact.by === "team" && fact.reason === "completed")),
  );
}
