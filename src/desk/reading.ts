import type { IsRuled } from "../reports/metrics/label-accuracy.ts";
import type { WorkedTime } from "../reports/metrics/times.ts";
import type { Settings } from "../settings/schema.ts";
import type { Repository } from "../ticket/repository.ts";
import { businessCalendar, elapsed } from "../triage/business-hours.ts";
import { stateLabels } from "../triage/own-labels.ts";

/** A repository with the settings by which its tickets are served, and so are read. */
export interface Configured {
  repository: Repository;
  settings: Settings;
}

/**
 * How tickets are read for counting, each by the settings of its own repository: the opening hours, and which labels
 * follow rules. Only of these repositories.
 */
export function readingOf(all: readonly Configured[]): { worked: WorkedTime; isRuled: IsRuled } {
  const readings = new Map(all.map(({ repository, settings }) => [repository.id, reading(settings)]));
  return {
    worked(from, to, repositoryId) {
      const calendar = readings.get(repositoryId)?.calendar;
      return calendar ? elapsed(calendar, from, to) : 0;
    },
    isRuled: (label, repositoryId) => readings.get(repositoryId)?.ruled.has(label.toLowerCase()) ?? false,
  };
}

/** The people who agreed that it is told how busy they are. */
export const measuredBy = ({ team }: Settings) => team.filter(({ measured }) => measured);

function reading(settings: Settings) {
  const ruled = new Set(stateLabels(settings).map((name) => name.toLowerCase()));
  return { calendar: businessCalendar(settings.businessHours), ruled };
}
