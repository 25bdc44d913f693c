import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { repeat } from "../../src/desk/repeat.ts";

const MINUTE = 60_000;

describe("what is done again and again", () => {
  /** When rounds began, minutes since the start. */
  let begun: number[];
  let failures: unknown[];
  let rounds: { stop(): Promise<void> };

  beforeEach(() => {
    jest.useFakeTimers();
    begun = [];
    failures = [];
  });
  afterEach(async () => {
    await rounds.stop();
    jest.useRealTimers();
  });

  /** `outcomes` of the rounds in their order, later ones complete. */
  const start = (outcomes: (boolean | Error)[], atOnce = true) => {
    const at = Date.now();
    const run = async () => {
      begun.push((Date.now() - at) / MINUTE);
      const outcome = outcomes[begun.length - 1] ?? true;
      if (outcome instanceof Error) throw outcome;
      return outcome;
    };
    rounds = repeat({ seconds: 3_600, atOnce, run }, (error) => failures.push(error));
  };
  const pass = (minutes: number) => jest.advanceTimersByTimeAsync(minutes * MINUTE);

  it("comes once an interval", async () => {
    start([]);
    await pass(125);
    expect(begun).toEqual([0, 60, 120]);
  });

  it("waits first where it is not wanted at once", async () => {
    start([], false);
    await pass(65);
    expect(begun).toEqual([60]);
  });

  it("comes soon after a round that left something out, ever later, and never later than usual", async () => {
    start([false, false, false, false, false, false, false, false]);
    await pass(250);
    expect(begun).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  });

  it("comes as usual when a round was whole again, and soon after the next that was not", async () => {
    start([false, true, false]);
    await pass(63);
    expect(begun).toEqual([0, 1, 61, 62]);
  });

  it("goes on after a failure, which is told", async () => {
    const failure = new Error("no disk");
    start([failure]);
    await pass(61);
    expect(begun).toEqual([0, 60]);
    expect(failures).toEqual([failure]);
  });

  it("ends when it is stopped, and the end waits for the round that runs", async () => {
    let finish = (_: boolean) => {};
    let over = false;
    rounds = repeat(
      {
        seconds: 60,
        atOnce: true,
        run: () =>
          new Promise((resolve) => {
            finish = resolve;
          }),
      },
      () => undefined,
    );
    const stopped = rounds.stop().then(() => {
      over = true;
    });
    await pass(5);
    expect(over).toBe(false);
    finish(true);
    await stopped;
    expect(jest.getTimerCount()).toBe(0);
  });
});
