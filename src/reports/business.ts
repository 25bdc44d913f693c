/** What a desk costs in a period, in one currency. All of it is for private places only. */
export interface Costs {
  technical: number;
  people: number;
  administration: number;
}

/** Where a desk's money comes from in a period. */
export interface Revenue {
  subscriptions: number;
  payPerUse: number;
  partnerships: number;
}

/** The same money looked at in another way: what it costs anyhow, what it costs for each ticket, what came on top. */
interface CostsByUse {
  fixed: number;
  variable: number;
  extra: number;
}

/** C = technical + people + administration, or C = fixed + variable + extra. */
export function cost(parts: Costs | CostsByUse): number {
  return Object.values<number>({ ...parts }).reduce((sum, part) => sum + part, 0);
}

/** R = subscriptions + pay per use + partnerships. */
export function revenue({ subscriptions, payPerUse, partnerships }: Revenue): number {
  return subscriptions + payPerUse + partnerships;
}

/** Something that a desk does, as often as `share` (0 to 1) says, and what it is worth each time that it does. */
interface Gain {
  share: number;
  worth: number;
}

/**
 * Expected benefit E = S1 P1 + S2 P2 + ...: each outcome's probability times what it is worth. Throws a RangeError for a
 * probability that is none.
 */
export function benefit(gains: readonly Gain[]): number {
  for (const { share } of gains) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${share} is no probability`);
  }
  return gains.reduce((sum, { share, worth }) => sum + share * worth, 0);
}

/**
 * Business opportunity = satisfaction x loyalty x demand, where the first two are shares from 0 to 1 and demand counts
 * tickets: how many of the next period's are likely to be people who are content and come back. null where nobody rated.
 */
export function opportunity(
  satisfaction: number | null,
  loyalty: number | null,
  demand: number,
): number | null {
  return satisfaction === null || loyalty === null ? null : satisfaction * loyalty * demand;
}

/** What is charged for, and how often it was used in the period. */
export interface Offer {
  plan: string;
  price: { amount: number; currency: string; per: "month" | "year" | "incident" | "hour" | "once" };
  /** Customers who have the plan. */
  customers: number;
  /** Tickets that were served by it in the period. */
  tickets: number;
}

export interface Business {
  currency: string;
  cost: number;
  revenue: Revenue & { total: number };
  /** Revenue - cost. */
  result: number;
  /** Cost for each ticket of the period; null: there was none. */
  costPerTicket: number | null;
  /** E = deflection x cost (work that was spared) + loyalty x revenue (income that stays); what is not known counts 0. */
  benefit: number;
  opportunity: number | null;
  /** Plans whose price is in another currency, or by the hour: they are in none of the sums. */
  leftOut: string[];
}

/** Average length of a month: costs and prices are monthly, periods are not. */
const MONTH = (365.2425 / 12) * 86_400_000;

/** The business figures of a period of `length` milliseconds. `costs` are a month's. */
export function business(
  length: number,
  { currency, ...costs }: Costs & { currency: string },
  offers: readonly Offer[],
  figures: {
    satisfaction: number | null;
    loyalty: number | null;
    deflection: number | null;
    tickets: number;
  },
): Business {
  const months = length / MONTH;
  const income: Revenue = { subscriptions: 0, payPerUse: 0, partnerships: 0 };
  const leftOut: string[] = [];
  for (const { plan, price, customers, tickets } of offers) {
    if (price.currency !== currency) leftOut.push(plan);
    else if (price.per === "month") income.subscriptions += price.amount * customers * months;
    else if (price.per === "year") income.subscriptions += (price.amount / 12) * customers * months;
    else if (price.per === "incident") income.payPerUse += price.amount * tickets;
    else leftOut.push(plan);
  }
  const spent = cost(costs) * months;
  const total = revenue(income);
  return {
    currency,
    cost: spent,
    revenue: { ...income, total },
    result: total - spent,
    costPerTicket: figures.tickets === 0 ? null : spent / figures.tickets,
    benefit: benefit([
      { share: figures.deflection ?? 0, worth: spent },
      { share: figures.loyalty ?? 0, worth: total },
    ]),
    opportunity: opportunity(figures.satisfaction, figures.loyalty, figures.tickets),
    leftOut,
  };
}
