import type { Settings } from "../settings/schema.ts";
import type { Priority } from "../ticket/priority.ts";
import { PRIORITIES } from "../ticket/priority.ts";
import type { Calendar } from "./business-hours.ts";
import { businessCalendar, countedTime } from "./business-hours.ts";
import type { Shift } from "./rota.ts";
import { shiftsOf } from "./rota.ts";
import type { SlaPolicy } from "./sla.ts";
import { choosePolicy } from "./sla.ts";

/** What is made of a settings file once: a calendar costs more than a decision may. */
interface Prepared {
  calendar: Calendar;
  shifts: Shift[];
}

const PREPARED = new WeakMap<Settings, Prepared>();

function prepared(settings: Settings): Prepared {
  const known = PREPARED.get(settings);
  if (known) return known;
  const { businessHours, team } = settings;
  const made = { calendar: businessCalendar(businessHours), shifts: shiftsOf(team, businessHours) };
  PREPARED.set(settings, made);
  return made;
}

function calendarOf(settings: Settings): Calendar {
  return prepared(settings).calendar;
}

/** The people of the desk with their hours and absences. */
export function shifts(settings: Settings): Shift[] {
  return prepared(settings).shifts;
}

/** What is promised to a ticket of a plan (null: community) and a priority; null: nothing. */
export function policyFor(settings: Settings, plan: string | null, level: Priority | null): SlaPolicy | null {
  const { sla, plans } = settings;
  const calendar = calendarOf(settings);
  const own = plans.find(({ name }) => name === plan);
  return choosePolicy({
    plan: own ? { name: own.name, sla: own.sla } : null,
    level,
    byPriority: sla.byPriority,
    default: sla.default,
    calendar,
    warn: { share: sla.warnAt },
    repeat: sla.repeatAfter && countedTime(calendar, sla.repeatAfter),
  });
}

/**
 * What the priorities are called as labels, most pressing first; empty: they are not set. Who neither named them nor set
 * up anything that goes by priorities did not ask for labels.
 */
export function priorityLabels({ labels, plans, sla, assignment }: Settings): (string | null)[] {
  if (labels.priorities) return labels.priorities;
  const promised = sla.default !== null || Object.values(sla.byPriority).some(Boolean);
  return plans.length > 0 || promised || assignment.enabled ? [...PRIORITIES] : [];
}

/** Does anything go by priorities? Only then are they worth a word. */
export function usesPriorities(settings: Settings): boolean {
  return priorityLabels(settings).length > 0;
}
