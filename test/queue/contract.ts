import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Queue } from "../../src/queue/queue.ts";
import type { ScopeKey } from "../../src/ticket/delivery.ts";

/** A place for a queue, empty at first. */
export interface QueuePlace {
  open(concurrency: number): Promise<Queue>;
  remove(): Promise<void>;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A promise that is resolved by hand. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`never came true: ${condition}`);
    await pause(5);
  }
}

/** What every queue does: the same tests run against each implementation. */
export function describeQueue(name: string, makePlace: () => Promise<QueuePlace>): void {
  describe(`the ${name} queue`, () => {
    let place: QueuePlace;
    let queue: Queue;
    let ran: ScopeKey[];
    let bugs: [string, ScopeKey][];

    const open = async (concurrency: number) => {
      queue = await place.open(concurrency);
    };
    const start = (work: (scope: ScopeKey) => Promise<void> | void = () => undefined) =>
      queue.start(
        async (scope) => {
          ran.push(scope);
          await work(scope);
        },
        (error, scope) => bugs.push([(error as Error).message, scope]),
      );

    beforeEach(async () => {
      ran = [];
      bugs = [];
      place = await makePlace();
    });
    afterEach(async () => {
      await queue.stop();
      await place.remove();
    });

    it("works on every scope that was pushed, before or after the start", async () => {
      await open(4);
      await queue.push("ticket:1/1");
      await start();
      await queue.push("repository:1");
      await queue.idle();
      expect(ran.sort()).toEqual(["repository:1", "ticket:1/1"]);
    });

    it("counts several jobs for a waiting scope as one", async () => {
      await open(4);
      for (let i = 0; i < 20; i++) await queue.push("ticket:1/1");
      await start();
      await queue.idle();
      expect(ran).toEqual(["ticket:1/1"]);
    });

    it("works on one scope one at a time, again for a job that came meanwhile", async () => {
      await open(4);
      const gates = [gate(), gate()];
      let inside = 0;
      let most = 0;
      await start(async () => {
        inside += 1;
        most = Math.max(most, inside);
        await gates[ran.length - 1]?.opened;
        inside -= 1;
      });
      await queue.push("ticket:1/1");
      await until(() => ran.length === 1);
      for (let i = 0; i < 5; i++) await queue.push("ticket:1/1");
      await pause(50);
      expect(ran).toHaveLength(1);
      gates[0]?.open();
      await until(() => ran.length === 2);
      gates[1]?.open();
      await queue.idle();
      expect(ran).toHaveLength(2);
      expect(most).toBe(1);
    });

    it("works on different scopes at once, up to its concurrency", async () => {
      await open(3);
      const hold = gate();
      let inside = 0;
      let most = 0;
      await start(async () => {
        inside += 1;
        most = Math.max(most, inside);
        await hold.opened;
        inside -= 1;
      });
      for (let i = 0; i < 8; i++) await queue.push(`ticket:1/${i}`);
      await until(() => inside === 3);
      await pause(50);
      hold.open();
      await queue.idle();
      expect(most).toBe(3);
      expect(new Set(ran).size).toBe(8);
    });

    it("takes the higher priority first, and the older of equal ones", async () => {
      await open(1);
      await queue.push("ticket:1/1", { priority: 1 });
      await queue.push("ticket:1/2", { priority: 5 });
      await queue.push("ticket:1/3");
      await queue.push("ticket:1/4", { priority: 5 });
      await start();
      await queue.idle();
      expect(ran).toEqual(["ticket:1/2", "ticket:1/4", "ticket:1/1", "ticket:1/3"]);
    });

    it("raises the priority of a job that comes again with a higher one", async () => {
      await open(1);
      await queue.push("ticket:1/1", { priority: 1 });
      await queue.push("ticket:1/2");
      await queue.push("ticket:1/2", { priority: 9 });
      await queue.push("ticket:1/2");
      await start();
      await queue.idle();
      expect(ran).toEqual(["ticket:1/2", "ticket:1/1"]);
    });

    it("leaves jobs for later until then, and is idle meanwhile", async () => {
      await open(2);
      await start();
      const at = Date.now() + 700;
      await queue.push("ticket:1/1", { notBefore: at });
      await queue.idle();
      expect(ran).toEqual([]);
      expect(await queue.size()).toEqual({ waiting: 1, running: 0 });
      await until(() => ran.length === 1);
      expect(Date.now()).toBeGreaterThanOrEqual(at);
    });

    it("does a job for later at once when it is pushed again for now", async () => {
      await open(2);
      await start();
      await queue.push("ticket:1/1", { notBefore: Date.now() + 3_600_000 });
      await queue.push("ticket:1/1");
      await queue.idle();
      expect(ran).toEqual(["ticket:1/1"]);
      expect(await queue.size()).toEqual({ waiting: 0, running: 0 });
    });

    it("does not put a waiting job off when it is pushed again for later", async () => {
      await open(2);
      await queue.push("ticket:1/1");
      await queue.push("ticket:1/1", { notBefore: Date.now() + 3_600_000 });
      await start();
      await queue.idle();
      expect(ran).toEqual(["ticket:1/1"]);
    });

    it("keeps a job for later that its own work pushes", async () => {
      await open(2);
      await start(async (scope) => {
        if (ran.length === 1) await queue.push(scope, { notBefore: Date.now() + 300 });
      });
      await queue.push("ticket:1/1");
      await until(() => ran.length === 2);
      await queue.idle();
      expect(ran).toHaveLength(2);
    });

    it("reports a bug with its scope and goes on", async () => {
      await open(1);
      await start((scope) => {
        if (scope === "ticket:1/1") throw new Error("oh");
      });
      await queue.push("ticket:1/1");
      await queue.push("ticket:1/2");
      await queue.idle();
      expect(bugs).toEqual([["oh", "ticket:1/1"]]);
      expect(ran).toContain("ticket:1/2");
    });

    it("finishes what runs when it is stopped, and takes nothing else up", async () => {
      await open(1);
      const hold = gate();
      let finished = 0;
      await start(async () => {
        await hold.opened;
        finished += 1;
      });
      await queue.push("ticket:1/1");
      await until(() => ran.length === 1);
      await queue.push("ticket:1/2");
      const stopped = queue.stop();
      await pause(30);
      hold.open();
      await stopped;
      expect(finished).toBe(1);
      await pause(50);
      expect(ran).toEqual(["ticket:1/1"]);
    });

    it("tells how much waits and runs", async () => {
      await open(1);
      const hold = gate();
      await start(() => hold.opened);
      for (const scope of ["ticket:1/1", "ticket:1/2", "ticket:1/3"] as const) await queue.push(scope);
      await until(async () => (await queue.size()).running === 1);
      expect(await queue.size()).toEqual({ waiting: 2, running: 1 });
      hold.open();
      await queue.idle();
      expect(await queue.size()).toEqual({ waiting: 0, running: 0 });
    });

    it("answers a ping", async () => {
      await open(1);
      await expect(queue.ping()).resolves.toBeUndefined();
    });
  });
}
