import { type Accuracies, accuracy } from "./metrics/accuracy.ts";
import { type Attainment, attainment } from "./metrics/attainment.ts";
import { type Automation, automation } from "./metrics/automation.ts";
import { type Backlog, backlog } from "./metrics/backlog.ts";
import type { IsRuled } from "./metrics/label-accuracy.ts";
import { type Satisfaction, satisfaction } from "./metrics/satisfaction.ts";
import { type Times, times, type WorkedTime } from "./metrics/times.ts";
import { type Measured, type Utilisation, utilisation } from "./metrics/utilisation.ts";
import type { Period } from "./period.ts";
import type { Tally } from "./tally.ts";

/** All figures of a period. Each is defined where it is counted, in `metrics/`. */
export interface Figures {
  period: Period;
  satisfaction: Satisfaction;
  times: Times;
  attainment: Attainment[];
  automation: Automation;
  backlog: Backlog;
  accuracy: Accuracies;
  utilisation: Utilisation[];
}

interface MeasureOptions {
  worked: WorkedTime;
  /** People of the team who agreed that it is shown how much of their capacity is used; none: nobody is measured. */
  people?: readonly Measured[];
  /** Labels that follow rules and are no guesses of the desk's. */
  isRuled?: IsRuled;
}

/** Everything that is measured of a period, in one pass over the tickets. */
export function figures(period: Period, { worked, people = [], isRuled }: MeasureOptions): Tally<Figures> {
  const parts = {
    satisfaction: satisfaction(period),
    times: times(period, worked),
    attainment: attainment(period),
    automation: automation(period),
    backlog: backlog(period),
    accuracy: accuracy(period, isRuled),
    utilisation: utilisation(period, people),
  };
  const all = Object.values(parts);
  return {
    add(course) {
      for (const part of all) part.add(course);
    },
    result: () => ({
      period,
      satisfaction: parts.satisfaction.result(),
      times: parts.times.result(),
      attainment: parts.attainment.result(),
      automation: parts.automation.result(),
      backlog: parts.backlog.result(),
      accuracy: parts.accuracy.result(),
      utilisation: parts.utilisation.result(),
    }),
  };
}
