import type { WorkedTime } from "../reports/metrics/times.ts";
import type { Settings } from "../settings/schema.ts";
import { businessCalendar, elapsed } from "../triage/business-hours.ts";

/** The opening hours of the settings, for counting. */
export function workedTime({ businessHours }: Settings): WorkedTime {
  const calendar = businessCalendar(businessHours);
  return (from, to) => elapsed(calendar, from, to);
}
