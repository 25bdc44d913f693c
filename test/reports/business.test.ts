import { describe, expect, it } from "@jest/globals";
import { benefit, business, cost, opportunity, revenue } from "../../src/reports/business.ts";

const DAY = 86_400_000;
/** A twelfth of the average year: costs of a month are spent in it exactly. */
const MONTH = (365.2425 / 12) * DAY;
const NOT_SO = { fixed: null, variable: null, extra: null };
const costs = {
  ...{ technical: 100, people: 700, administration: 200, currency: "USD", partnerships: 0 },
  ...NOT_SO,
};
const figures = { satisfaction: 0.6, loyalty: 9 / 13, deflection: 0.2, tickets: 50 };

describe("business numbers", () => {
  it.each([
    ["technical + people + administration", { technical: 100, people: 700, administration: 200 }],
    ["fixed + variable + extra", { fixed: 300, variable: 650, extra: 50 }],
  ])("cost is %s", (_, parts) => {
    expect(cost(parts)).toBe(1000);
  });

  it("revenue is subscriptions + pay per use + partnerships", () => {
    expect(revenue({ subscriptions: 500, payPerUse: 300, partnerships: 200 })).toBe(1000);
  });

  it("expected benefit is S1 P1 + S2 P2", () => {
    expect(
      benefit([
        { share: 0.6, worth: 1000 },
        { share: 0.25, worth: 400 },
      ]),
    ).toBeCloseTo(700, 9);
    expect(benefit([])).toBe(0);
    expect(() => benefit([{ share: 1.2, worth: 1 }])).toThrow(RangeError);
    expect(benefit([{ share: null, worth: 1 }])).toBeNull();
    expect(
      benefit([
        { share: null, worth: 0 },
        { share: 0.5, worth: 4 },
      ]),
    ).toBe(2);
  });

  it("opportunity is satisfaction x loyalty x demand, and nothing where nobody rated", () => {
    expect(opportunity(0.6, 900 / 1300, 1000)).toBeCloseTo(415.38, 2);
    expect(opportunity(null, 0.5, 1000)).toBeNull();
  });

  it("come together for a period", () => {
    const monthly = { amount: 100, currency: "USD", per: "month" as const };
    const offers = [
      { plan: "gold", price: monthly, customers: 8, tickets: 20 },
      { plan: "yearly", price: { ...monthly, amount: 1200, per: "year" as const }, customers: 2, tickets: 1 },
      {
        plan: "incident",
        price: { ...monthly, amount: 50, per: "incident" as const },
        customers: 4,
        tickets: 3,
      },
      { plan: "euro", price: { ...monthly, currency: "EUR" }, customers: 9, tickets: 9 },
      { plan: "hourly", price: { ...monthly, per: "hour" as const }, customers: 1, tickets: 1 },
      { plan: "setup", price: { ...monthly, per: "once" as const }, customers: 1, tickets: 1 },
    ];
    const found = business(MONTH, costs, offers, figures);
    expect(found).toMatchObject({
      currency: "USD",
      cost: { technical: 100, people: 700, administration: 200, total: 1000 },
      costByUse: null,
      customers: 10,
      incidents: 3,
      revenue: { subscriptions: 1000, payPerUse: 150, partnerships: 0, total: 1150 },
      result: 150,
      costPerTicket: 20,
    });
    expect(found.leftOut.map(({ plan }) => plan)).toEqual(["euro", "hourly", "setup"]);
    expect(found.benefit).toBeCloseTo(0.2 * 1000 + (9 / 13) * 1150, 9);
    expect(found.opportunity).toBeCloseTo(0.6 * (9 / 13) * 50, 9);
  });

  it("count partnerships, and cost in both ways, by the length of the period", () => {
    const budget = { ...costs, fixed: 300, variable: 650, extra: 50, partnerships: 200 };
    const half = business(MONTH / 2, budget, [], figures);
    expect(half).toMatchObject({
      cost: { total: 500 },
      costByUse: { fixed: 150, variable: 325, extra: 25, total: 500 },
      revenue: { partnerships: 100, total: 100 },
      result: -400,
    });
  });

  it("take the cost by use where nobody says the other parts", () => {
    const budget = { ...costs, technical: 0, people: 0, administration: 0, fixed: 80 };
    expect(business(MONTH, budget, [], figures)).toMatchObject({
      cost: { total: 80 },
      costByUse: { fixed: 80, variable: 0, extra: 0, total: 80 },
      result: -80,
    });
  });

  it("divide by nothing", () => {
    const none = { satisfaction: null, loyalty: null, deflection: null, tickets: 0 };
    expect(business(7 * DAY, costs, [], none)).toMatchObject({
      costPerTicket: null,
      opportunity: null,
      benefit: null,
    });
  });
});
