/** What a desk costs in a period, in one currency. All of it is for private places only. */
export interface Costs {
  technical: number;
  people: number;
  administration: number;
}

/** The same money looked at in another way: what it costs anyhow, what grows with the tickets, what came on top. */
export interface CostsByUse {
  fixed: number;
  variable: number;
  extra: number;
}

/** Where a desk's money comes from in a period. */
export interface Revenue {
  subscriptions: number;
  payPerUse: number;
  partnerships: number;
}

/** A month's money, as the settings have it. null: nobody looks at it so. */
export interface Budget extends Costs {
  fixed: number | null;
  variable: number | null;
  extra: number | null;
  currency: string;
  partnerships: number;
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
  /** null: nobody knows. */
  share: number | null;
  worth: number;
}

/**
 * Expected benefit E = S1 P1 + S2 P2 + ...: each outcome's probability times what it is worth. null where a probability
 * is not known, unless nothing hangs on it. Throws a RangeError for a probability that is none.
 */
export function benefit(gains: readonly Gain[]): number | null {
  let sum = 0;
  for (const { share, worth } of gains) {
    if (share !== null && !(share >= 0 && share <= 1)) throw new RangeError(`${share} is no probability`);
    if (worth === 0) continue;
    if (share === null) return null;
    sum += share * worth;
  }
  return sum;
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
  /** Customers who have the plan at the end of the period. */
  customers: number;
  /** Tickets of the period that were served by it. */
  tickets: number;
}

export interface Business {
  currency: string;
  /** Tickets that were opened in the period. */
  tickets: number;
  /** The total is that of the other way where nobody says the parts of this one. */
  cost: Costs & { total: number };
  /** null: the settings do not look at it so. */
  costByUse: (CostsByUse & { total: number }) | null;
  revenue: Revenue & { total: number };
  /** Who pays by the time, and tickets that were paid for one by one. */
  customers: number;
  incidents: number;
  /** Revenue - cost. */
  result: number;
  /** Cost for each ticket of the period; null: there was none. */
  costPerTicket: number | null;
  /** E = deflection x cost (work that was spared) + loyalty x revenue (income that stays); null: one is not known. */
  benefit: number | null;
  opportunity: number | null;
  /** Plans whose price is in another currency, by the hour or once: they are in none of the sums. */
  leftOut: Offer[];
}

/** Average length of a month: costs and prices are monthly, periods are not. */
const MONTH = (365.2425 / 12) * 86_400_000;

/** The business figures of a period of `length` milliseconds. */
export function business(
  length: number,
  budget: Budget,
  offers: readonly Offer[],
  figures: {
    satisfaction: number | null;
    loyalty: number | null;
    deflection: number | null;
    tickets: number;
  },
): Business {
  const months = length / MONTH;
  const { tickets } = figures;
  const { technical, people, administration, currency } = budget;
  const spent = {
    technical: technical * months,
    people: people * months,
    administration: administration * months,
  };
  const income = incomeOf(months, budget, offers);
  const byUse = costsByUse(months, budget);
  // Who looks at the money in the second way only has no sum of the first.
  const costs = cost(spent) || (byUse?.total ?? 0);
  const total = revenue(income.revenue);
  return {
    currency,
    tickets,
    cost: { ...spent, total: costs },
    costByUse: byUse,
    ...income,
    revenue: { ...income.revenue, total },
    result: total - costs,
    costPerTicket: tickets === 0 ? null : costs / tickets,
    benefit: benefit([
      { share: figures.deflection, worth: costs },
      { share: figures.loyalty, worth: total },
    ]),
    opportunity: opportunity(figures.satisfaction, figures.loyalty, tickets),
  };
}

function costsByUse(months: number, { fixed, variable, extra }: Budget): Business["costByUse"] {
  if (fixed === null && variable === null && extra === null) return null;
  const parts = {
    fixed: (fixed ?? 0) * months,
    variable: (variable ?? 0) * months,
    extra: (extra ?? 0) * months,
  };
  return { ...parts, total: cost(parts) };
}

function incomeOf(months: number, { currency, partnerships }: Budget, offers: readonly Offer[]) {
  const income: Revenue = { subscriptions: 0, payPerUse: 0, partnerships: partnerships * months };
  const found = { revenue: income, customers: 0, incidents: 0, leftOut: [] as Offer[] };
  for (const offer of offers) {
    const { price, customers, tickets } = offer;
    if (price.currency !== currency) found.leftOut.push(offer);
    else if (price.per === "month" || price.per === "year") {
      income.subscriptions += (price.amount / (price.per === "year" ? 12 : 1)) * customers * months;
      found.customers += customers;
    } else if (price.per === "incident") {
      income.payPerUse += price.amount * tickets;
      found.incidents += tickets;
    } else found.leftOut.push(offer);
  }
  return found;
}
