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
  const begin = async (attempt: number): Promise<void> => {
    try {
      desk.self = await ownLogin(desk.clients);
      if (cancelled) return;
      await desk.queue.start(work, (error, scope) =>
        desk.log.error({ err: error, scope }, "a bug in the desk"),
      );
      await wakeOpenWork(desk);
      rounds = startRounds(desk, intervals);
      desk.log.info({ self: desk.self }, "the desk is open");
    } catch (error) {
      desk.log.error({ err: error }, "GitHub does not say who we are: will ask again");
      if (!cancelled) timer = setTimeout(() => void begin(attempt + 1), gapAfter(attempt));
    }
  };
  void begin(1);
  return {
    async stop() {
      cancelled = true;
      clearTimeout(timer);
      await rounds?.stop();
      await desk.queue.stop();
      await Promise.all(desk.memory.training);
    },
  };
}
