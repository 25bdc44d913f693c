import type { Business } from "./business.ts";
import type { FigureRow } from "./figure-rows.ts";

/** The business figures as rows; money has its currency as unit. For private places only. */
export function businessRows(business: Business): FigureRow[] {
  const { currency, tickets, cost, costByUse, revenue, customers, incidents } = business;
  const row = (metric: string, of: string, value: number | null, count = tickets, unit = currency) => {
    return { metric, of, value, unit, count, low: null, high: null, before: null, beforeCount: 0 };
  };
  return [
    row("cost", "", cost.total),
    row("cost", "technical", cost.technical),
    row("cost", "people", cost.people),
    row("cost", "administration", cost.administration),
    ...(costByUse
      ? [
          row("cost by use", "", costByUse.total),
          row("cost by use", "fixed", costByUse.fixed),
          row("cost by use", "variable", costByUse.variable),
          row("cost by use", "extra", costByUse.extra),
        ]
      : []),
    row("revenue", "", revenue.total),
    row("revenue", "subscriptions", revenue.subscriptions, customers),
    row("revenue", "pay per use", revenue.payPerUse, incidents),
    row("revenue", "partnerships", revenue.partnerships),
    row("result", "", business.result),
    row("cost per ticket", "", business.costPerTicket),
    row("expected benefit", "", business.benefit),
    row("opportunity", "", business.opportunity, tickets, "tickets"),
    ...business.leftOut.map(({ plan, price, customers: some }) =>
      row("left out", `${plan}, per ${price.per}`, price.amount, some, price.currency),
    ),
  ];
}
