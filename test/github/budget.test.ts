import { describe, expect, it } from "@jest/globals";
import { type Asker, Budget, GITHUB_LIMITS } from "../../src/github/budget.ts";
import type { Cost } from "../../src/github/request-cost.ts";

const comment: Cost = { api: "rest", points: 5, content: true };
const label: Cost = { api: "rest", points: 5, content: false };
const read: Cost = { api: "rest", points: 1, content: false };
const query: Cost = { api: "graphql", points: 1, content: false };
const MINUTE = 60_000;
const HOUR = 3_600_000;

interface Asking {
  key: string;
  /** When it asks, for the first time and whenever it is told to. */
  at: number;
  urgency: number;
}

const asker = (key: string, urgency = 0): Asker => ({ key, subject: key, urgency });

const burst = (count: number, at = 0, urgency = 0): Asking[] =>
  Array.from({ length: count }, (_, i) => ({ key: `${urgency} ${at} ${i}`, at, urgency }));

/** Sends requests as soon as the budget lets them, each coming back when it is told to. */
function drain(budget: Budget, requests: Asking[], cost: Cost): { sent: Asking[]; asked: number } {
  const waiting = [...requests];
  const sent: Asking[] = [];
  let asked = 0;
  while (waiting.length > 0) {
    waiting.sort((a, b) => a.at - b.at);
    const next = waiting.shift();
    if (!next) break;
    asked += 1;
    const until = budget.take(cost, asker(next.key, next.urgency), next.at);
    if (until === null) {
      budget.finish({});
      sent.push(next);
    } else waiting.push({ ...next, at: until });
  }
  return { sent, asked };
}

const timesOf = (sent: Asking[]) => sent.map(({ at }) => at);

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
  const { sent, asked } = drain(new Budget(), burst(1_000), comment);

  it("never exceeds 80 a minute or 500 an hour", () => {
    expect(busiest(timesOf(sent), MINUTE)).toBe(80);
    expect(busiest(timesOf(sent), HOUR)).toBe(500);
  });

  it("lets 1,000 comments out within 1.01 times what the limits allow at best", () => {
    // 500 take 6 minutes (80 at once, then 80 a minute); the 501st waits for the first hour's end; so 60 + 6 minutes.
    const best = HOUR + 6 * MINUTE;
    expect(sent.at(-1)?.at).toBeLessThanOrEqual(1.01 * best);
  });

  it("tells everybody once when to come, so that nobody comes back in vain", () => {
    expect(asked).toBeLessThan(2 * 1_000);
  });

  it("counts reads by points: 900 a minute", () => {
    const { sent: reads } = drain(new Budget(), burst(2_000), read);
    expect(busiest(timesOf(reads), MINUTE)).toBe(900);
  });

  it("keeps its limits when those who were told to come are late", () => {
    const budget = new Budget();
    drain(budget, burst(80), comment);
    const late = burst(80, 1).map((one) => {
      const until = budget.take(comment, asker(one.key), 1) ?? 0;
      return { ...one, at: until + 20_000 };
    });
    const { sent: first } = drain(budget, late, comment);
    const { sent: second } = drain(budget, burst(80, 62_000, 1), comment);
    expect(
      busiest(
        [...timesOf(first), ...timesOf(second)].sort((a, b) => a - b),
        MINUTE,
      ),
    ).toBe(80);
  });

  it("lets work that came back at its time do all of it, one request after the other", () => {
    const budget = new Budget();
    const sent: { work: number; at: number }[] = [];
    const steps = [read, label, read, comment];
    // As the desk does it: whatever of a piece of work is refused, all of it comes back and reads anew.
    const waiting = Array.from({ length: 400 }, (_, work) => ({ work, at: 0, done: 0 }));
    while (waiting.length > 0) {
      waiting.sort((a, b) => a.at - b.at || a.work - b.work);
      const next = waiting.shift();
      if (!next) break;
      let until: number | null = null;
      for (let step = next.done; step < steps.length && until === null; step++) {
        const cost = steps[step] as Cost;
        until = budget.take(
          cost,
          { key: `${next.work} ${step}`, subject: `${next.work}`, urgency: 0 },
          next.at,
        );
        if (until === null) budget.finish({});
        if (until === null && !cost.content && cost.points > 1) next.done = 2;
        if (until === null && cost.content) sent.push(next);
      }
      if (until !== null) waiting.push({ ...next, at: until });
    }
    // Their 12 points each are 4,800 of 900 a minute: five minutes and a bit, hardly more than the comments' four.
    expect(sent.at(-1)?.at).toBeLessThanOrEqual(6 * 61_000);
    expect(sent.map(({ work }) => work).slice(0, 300)).toEqual(Array.from({ length: 300 }, (_, i) => i));
  });

  it("lets no more than 100 requests be under way at once", () => {
    const budget = new Budget();
    const taken = Array.from({ length: 101 }, (_, i) => budget.take(query, asker(`${i}`), 0));
    expect(taken.filter((until) => until === null)).toHaveLength(100);
    expect(taken.at(-1)).toBe(1_000);
    budget.finish({});
    expect(budget.take(query, asker("100"), 1_000)).toBeNull();
  });
});

describe("what is urgent", () => {
  it("goes before hundreds that have waited for longer", () => {
    const { sent, asked } = drain(new Budget(), [...burst(400), ...burst(3, 30_000, 1)], comment);
    // The first minute's 80 places are taken: the next opens 61 s after the first.
    expect(sent.filter(({ urgency }) => urgency === 1).map(({ at }) => at)).toEqual([61_000, 61_000, 61_000]);
    // Those who had these places come back in vain once, and so do three of each later minute.
    expect(asked).toBeLessThan(2 * 403 + 3 * 5);
  });

  it("goes by its degree, then by its age", () => {
    const budget = new Budget({ ...GITHUB_LIMITS, contentPerMinute: 1 });
    const asking = [
      { key: "first", at: 0, urgency: 0 },
      { key: "ordinary", at: 1, urgency: 0 },
      { key: "urgent", at: 2, urgency: 1 },
      { key: "most urgent", at: 3, urgency: 2 },
      { key: "as urgent", at: 4, urgency: 1 },
    ];
    const { sent } = drain(budget, asking, comment);
    expect(sent.map(({ key }) => key)).toEqual(["first", "most urgent", "urgent", "as urgent", "ordinary"]);
  });

  it("gets points before others, too", () => {
    const { sent } = drain(new Budget(), [...burst(500), ...burst(1, 1, 1)], label);
    expect(sent.find(({ urgency }) => urgency === 1)?.at).toBe(61_000);
  });

  it("does not wait for a place that nobody comes for", () => {
    const budget = new Budget({ ...GITHUB_LIMITS, contentPerMinute: 1 });
    drain(budget, burst(1), comment);
    const never = budget.take(comment, asker("never comes", 1), 1) ?? 0;
    const other = budget.take(comment, asker("comes"), 2) ?? 0;
    expect(other).toBe(2 * never);
    expect(budget.take(comment, asker("comes"), other)).toBeNull();
  });

  it("has the last tenth of the hour's requests to itself", () => {
    const budget = new Budget();
    const answer = { "x-ratelimit-resource": "core", "x-ratelimit-limit": 5000, "x-ratelimit-reset": 3600 };
    budget.take(read, asker("a"), 0);
    budget.finish({ ...answer, "x-ratelimit-remaining": 500 });
    expect(budget.take(read, asker("nothing was urgent yet"), 1)).toBeNull();
    expect(budget.take(read, asker("urgent", 1), 1)).toBeNull();
    expect(budget.take(read, asker("ordinary"), 1)).toBe(HOUR);
    expect(budget.take(read, asker("urgent again", 1), 1)).toBeNull();
  });
});

describe("the hour's requests that GitHub's answers tell of", () => {
  const answer = (remaining: number, reset = 3600) => ({
    "x-ratelimit-resource": "core",
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(reset),
  });

  it("are used up to the last one, then wait for the reset; GraphQL has its own", () => {
    const budget = new Budget();
    expect(budget.take(read, asker("a"), 0)).toBeNull();
    budget.finish(answer(1));
    expect(budget.take(read, asker("b"), 0)).toBeNull();
    expect(budget.take(read, asker("c"), 0)).toBe(HOUR);
    expect(budget.take(query, asker("d"), 0)).toBeNull();
    expect(budget.take(read, asker("c"), HOUR)).toBeNull();
  });

  it("only shrink within an hour, in whatever order the answers come", () => {
    const budget = new Budget();
    budget.take(read, asker("a"), 0);
    budget.take(read, asker("b"), 0);
    budget.finish(answer(0));
    budget.finish(answer(1));
    expect(budget.take(read, asker("c"), 0)).toBe(HOUR);
    budget.finish(answer(4999, 7200));
    expect(budget.take(read, asker("c"), 0)).toBeNull();
    budget.finish(answer(0));
    expect(budget.take(read, asker("d"), 0)).toBeNull();
  });

  it("say nothing where there are no such headers", () => {
    const budget = new Budget();
    budget.take(read, asker("a"), 0);
    budget.finish({});
    expect(budget.take(read, asker("b"), 0)).toBeNull();
  });

  it("being used up hold back only their own API", () => {
    const budget = new Budget();
    budget.take(read, asker("a"), 0);
    budget.finish(answer(0));
    budget.refused("rest", HOUR, 0);
    expect(budget.take(read, asker("b"), 0)).toBe(HOUR);
    expect(budget.take(query, asker("c"), 0)).toBeNull();
  });
});

describe("a refusal by GitHub", () => {
  it("holds everything of the installation back for as long as it says", () => {
    const budget = new Budget();
    budget.refused("rest", 5_000, 1_000);
    expect(budget.take(read, asker("a"), 1_000)).toBe(5_000);
    expect(budget.take(query, asker("b", 1), 1_000)).toBe(5_000);
    expect(budget.take(read, asker("a"), 5_000)).toBeNull();
  });

  it("gives those who wait their places after it, not all the same one", () => {
    const budget = new Budget();
    budget.refused("rest", 5_000, 0);
    const { sent, asked } = drain(budget, burst(200), comment);
    expect(busiest(timesOf(sent), MINUTE)).toBe(80);
    expect(asked).toBe(2 * 200);
  });

  it("that does not say until when counts as a minute, then two, then four; once for what was under way together", () => {
    const budget = new Budget();
    for (const minutes of [1, 2, 4]) {
      const before = budget.take(read, asker("a"), 0);
      const now = before ?? 0;
      for (let together = 0; together < 3; together++) budget.refused("rest", null, now);
      expect(budget.take(read, asker("a"), now)).toBe(now + minutes * MINUTE);
    }
    budget.accepted();
    budget.refused("rest", null, HOUR);
    expect(budget.take(read, asker("a"), HOUR)).toBe(HOUR + MINUTE);
  });
});
