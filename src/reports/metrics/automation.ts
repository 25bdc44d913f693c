import { type Period, within } from "../period.ts";
import { type Share, shareOf } from "../share.ts";
import type { Tally } from "../tally.ts";
import { deflection } from "./deflection.ts";
import { improvement } from "./improvement.ts";

/** What the desk took off people's hands. Shares from 0 to 1; only tickets of people whom the desk serves count. */
export interface Automation {
  /** Tickets that were opened, and ends that tickets came to, in the period. */
  opened: number;
  closed: number;
  /**
   * Automation response rate = tickets of the period that had the desk's comment of triage by its end (an answer, a
   * question, or that the ticket has arrived) / tickets opened in the period. Reminders and replies to commands are none.
   */
  responded: Share;
  /** See `deflection`. */
  deflected: Share;
  /** Reopen rate = ends that were taken back by the end of the period / all ends that tickets came to in it. */
  reopened: Share;
  /** See `improvement`. */
  improved: Share;
}

export function automation(period: Period): Tally<Automation> {
  const count = { opened: 0, responded: 0, closed: 0, reopened: 0 };
  const deflected = deflection(period);
  const improved = improvement(period);
  return {
    add(course) {
      if (!course.served) return;
      deflected.add(course);
      improved.add(course);
      if (within(course.openedAt, period)) {
        count.opened += 1;
        const told = course.facts.some(({ type, at }) => type === "told" && at < period.until);
        count.responded += Number(told);
      }
      for (const closing of course.closings) {
        if (!within(closing.at, period)) continue;
        count.closed += 1;
        count.reopened += Number(closing.reopenedAt !== null && closing.reopenedAt < period.until);
      }
    },
    result: () => ({
      opened: count.opened,
      closed: count.closed,
      responded: shareOf(count.responded, count.opened),
      deflected: deflected.result(),
      reopened: shareOf(count.reopened, count.closed),
      improved: improved.result(),
    }),
  };
}
