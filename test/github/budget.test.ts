import { describe, expect, it } from "@jest/globals";
import type { Cost } from "../../src/github/budget.ts";
import { Budget, costOf } from "../../src/github/budget.ts";

const comment: Cost = { api: "rest", points: 5, content: true };
const read: Cost = { api: "rest", points: 1, content: false };
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Sends `count` requests as soon as the budget lets them, each coming back when it is told to. */
function drain(budget: Budget, count: number, cost: Cost): { times: number[]; asked: number } {
  const waiting = Array.from({ length: count }, (_, i) => ({ key: `issue ${i}`, at: 0 }));
  const times: number[] = [];
  let asked = 0;
  while (waiting.length > 0) {
    waiting.sort((a, b) => a.at - b.at);
    const next = waiting.shift();
    if (!next) break;
    asked += 1;
    const until = budget.take(cost, next.key, next.at);
    if (until === null) times.push(next.at);
    else waiting.push({ ...next, at: until });
  }
  return { times, asked };
}

/** The most events in any window of `span`. */
function busiest(times: number[], span: number): number {
  let from = 0;
  let most = 0;
  times.forEach((time, to) => {
    while (time - (times[from] ?? 0) >= span) from += 1;
    most = Math.max(most, to - from + 1);
  });
  return most;
}

describe("the budget of an installation", () => {
  const { times, asked } = drain(new Budget(), 1_000, comment);

  it("never exceeds 80 a minute or 500 an hour", () => {
    expect(busiest(times, MINUTE)).toBe(80);
    expect(busiest(times, HOUR)).toBe(500);
  });

  it("lets 1,000 comments out within 1.1 times what the limits allow at best", () => {
    // 500 take 6 minutes (80 at once, then 80 a minute); the 501st waits for the first hour's end; so 60 + 6 minutes.
    const best = HOUR + 6 * MINUTE;
    expect(times.at(-1)).toBeLessThanOrEqual(1.1 * best);
  });

  it("tells everybody once when to come, so that nobody comes back in vain", () => {
    expect(asked).toBeLessThan(2 * 1_000);
  });

  it("counts reads by points: 900 a minute", () => {
    expect(busiest(drain(new Budget(), 2_000, read).times, MINUTE)).toBe(900);
  });

  it("holds everything back while GitHub says so", () => {
    const budget = new Budget();
    budget.block(5_000);
    expect(budget.take(read, "a", 1_000)).toBe(5_000);
    expect(budget.take(read, "a", 5_000)).toBeNull();
  });
});

describe("the cost of a request", () => {
  it.each<[string, string, string | undefined, Cost]>([
    ["GET", "/repos/o/r/issues/7", undefined, { api: "rest", points: 1, content: false }],
    ["POST", "/repos/o/r/issues/7/labels", undefined, { api: "rest", points: 5, content: false }],
    ["POST", "/repos/o/r/issues/7/comments", undefined, { api: "rest", points: 5, content: true }],
    ["POST", "/repos/o/r/issues", undefined, { api: "rest", points: 5, content: true }],
    ["PATCH", "/repos/o/r/issues/7", undefined, { api: "rest", points: 5, content: false }],
    ["POST", "/graphql", "query { viewer { login } }", { api: "graphql", points: 1, content: false }],
    [
      "POST",
      "/graphql",
      "mutation ($id: ID!) { addDiscussionComment(input: {}) { clientMutationId } }",
      { api: "graphql", points: 5, content: true },
    ],
    [
      "POST",
      "/graphql",
      "mutation { addLabelsToLabelable(input: {}) { clientMutationId } }",
      { api: "graphql", points: 5, content: false },
    ],
  ])("%s %s %s", (method, url, query, expected) => {
    expect(costOf(method, url, query)).toEqual(expected);
  });
});
