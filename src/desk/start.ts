import { ownLogin } from "../github/client.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import type { Desk } from "./desk.ts";
import { gapAfter } from "./failure.ts";
import type { Intervals } from "./rounds.ts";
import { startRounds, wakeOpenWork } from "./rounds.ts";

/**
 * Begins to work: as soon as GitHub says who we are (deliveries are taken and kept meanwhile), what waited in the store
 * is taken up again.
 */
export function takeUp(
  desk: Desk,
  work: (scope: ScopeKey) => Promise<void>,
  intervals: Intervals,
): { stop(): Promise<void> } {
  let rounds: { stop(): Promise<void> } | undefined;
  let cancelled = false;
  let timer: NodeJS.Timeout | undefined;
  let opening: Promise<void> = Promise.resolve();
  let started = false;
  /** Each step may find that it was told to stop while the one before it ran. */
  const open = async (): Promise<void> => {
    if (!started) {
      await desk.queue.start(work, (error, scope) =>
        desk.log.error({ err: error, scope }, "a bug in the desk"),
      );
    }
    started = true;
    if (!cancelled) await wakeOpenWork(desk);
    if (cancelled) return;
    rounds = startRounds(desk, intervals);
    desk.log.info({ self: desk.self }, "the desk is open");
  };
  const begin = async (attempt: number): Promise<void> => {
    try {
      desk.self = await ownLogin(desk.clients);
      if (cancelled) return;
      opening = open();
      await opening;
    } catch (error) {
      const what = desk.self === "" ? "GitHub does not say who we are" : "what waits cannot be taken up";
      desk.log.error({ err: error }, `${what}: will try again`);
      if (!cancelled) timer = setTimeout(() => void begin(attempt + 1), gapAfter(attempt));
    }
  };
  void begin(1);
  return {
    async stop() {
      cancelled = true;
      clearTimeout(timer);
      // What it ended with was logged.
      await opening.catch(() => undefined);
      await rounds?.stop();
      await desk.queue.stop();
      await Promise.all(desk.memory.training);
    },
  };
}
