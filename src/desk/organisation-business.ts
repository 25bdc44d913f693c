import { clientele } from "../customers/clientele.ts";
import type { MemberSources } from "../customers/membership.ts";
import { type Business, business, type Offer } from "../reports/business.ts";
import type { Course } from "../reports/course.ts";
import type { Figures } from "../reports/measure.ts";
import { type Period, within } from "../reports/period.ts";
import type { Settings } from "../settings/schema.ts";

/** Counts the period's tickets by the plan that serves them. */
export function planUse(period: Period) {
  const tickets = new Map<string, number>();
  return {
    tickets,
    add({ record: { privateService, service, status }, openedAt, served }: Course): void {
      const plan = (privateService ?? service)?.plan;
      if (!plan || !served || status === "deleted" || status === "moved" || !within(openedAt, period)) return;
      tickets.set(plan, (tickets.get(plan) ?? 0) + 1);
    },
  };
}

/** The business figures of an organisation's desk: `settings` are those of the place where its report stands. */
export function businessOf(
  { plans, costs, revenue }: Settings,
  sources: MemberSources,
  used: ReadonlyMap<string, number>,
  { period, satisfaction, automation }: Figures,
): Business {
  const customers = clientele(plans, sources, period.until - 1);
  const offers = plans.flatMap(({ name, price }): Offer[] =>
    price ? [{ plan: name, price, customers: customers.get(name) ?? 0, tickets: used.get(name) ?? 0 }] : [],
  );
  return business(period.until - period.since, { ...costs, ...revenue }, offers, {
    satisfaction: satisfaction.csat.share,
    loyalty: satisfaction.loyalty.share,
    deflection: automation.deflected.share,
    tickets: automation.opened,
  });
}
