import { describe, expect, it } from "@jest/globals";
import { createInProcessQueue } from "../../src/queue/in-process.ts";
import type { ScopeKey } from "../../src/ticket/delivery.ts";
import { describeQueue } from "./contract.ts";

describeQueue("in-process", async () => ({
  open: async (concurrency) => createInProcessQueue({ concurrency, now: Date.now }),
  remove: async () => undefined,
}));

describe("the in-process queue in simulated time", () => {
  it("runs a year of jobs for later in their order, with one timer at a time", async () => {
    let now = 0;
    let timers = 0;
    let ring: (() => void) | null = null;
    const queue = createInProcessQueue({
      concurrency: 1,
      now: () => now,
      after(milliseconds, wake) {
        timers += 1;
        ring = () => {
          now += milliseconds;
          wake();
        };
        return () => {
          timers -= 1;
          ring = null;
        };
      },
    });
    const ran: [ScopeKey, number][] = [];
    await queue.start(
      async (scope) => {
        ran.push([scope, now]);
      },
      () => undefined,
    );
    const days = [200, 3, 365, 1, 90];
    for (const day of days) await queue.push(`ticket:1/${day}`, { notBefore: day * 86_400_000 });
    expect(timers).toBe(1);
    while (ring) {
      (ring as () => void)();
      await queue.idle();
    }
    expect(ran).toEqual([1, 3, 90, 200, 365].map((day) => [`ticket:1/${day}`, day * 86_400_000]));
  });

  it("takes 50,000 jobs for later and 50,000 for now, and runs only those for now", async () => {
    const queue = createInProcessQueue({ concurrency: 8, now: () => 0, after: () => () => undefined });
    let done = 0;
    await queue.start(
      async () => {
        done += 1;
      },
      () => undefined,
    );
    for (let i = 0; i < 50_000; i++) {
      await queue.push(`ticket:1/${i}`, { notBefore: i + 1 });
      await queue.push(`ticket:2/${i}`);
    }
    await queue.idle();
    expect(done).toBe(50_000);
  });
});
