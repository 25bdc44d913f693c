/** After a round that is to be made again it is made again so soon, then twice as late each time, milliseconds. */
const SOON_MS = 60_000;

/** What is done again and again. */
interface Round {
  /** Between the end of one and the beginning of the next. */
  seconds: number;
  /** Begins now; else after the first wait. */
  atOnce: boolean;
  /** Resolves with false when something was left out that may be done soon. */
  run: () => Promise<boolean>;
}

/** Runs a round, waits, runs it again; never two at once. Stopping waits for the one that runs. */
export function repeat(round: Round, onError: (error: unknown) => void): { stop(): Promise<void> } {
  const { seconds, atOnce, run } = round;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let misses = 0;
  const go = () => {
    running = run()
      .catch((error: unknown) => {
        onError(error);
        return true;
      })
      .then((complete) => {
        misses = complete ? 0 : misses + 1;
        wait();
      });
  };
  const wait = () => {
    const soon = misses === 0 ? Number.POSITIVE_INFINITY : SOON_MS * 2 ** (misses - 1);
    if (!stopped) timer = setTimeout(go, Math.min(seconds * 1_000, soon));
  };
  if (atOnce) go();
  else wait();
  return {
    stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}
