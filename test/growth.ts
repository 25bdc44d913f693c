/** The least processor time of some runs, in milliseconds: what the machine does besides only ever adds. */
export function time(work: () => void, runs = 7): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1_000);
  }
  return best;
}

/** Shorter times are mostly the clock's own. Milliseconds. */
const NOISE_MS = 10;

/** Characters, each three times the one before: squared work shows at the last, cubed work long before. */
const LENGTHS = [1_000, 3_000, 9_000, 27_000];

/**
 * How many times longer something takes for three times the length, at worst: 3 for linear work, 9 for quadratic; less
 * than 1 for what is over before it could be told.
 */
export function growth(work: (length: number) => void): number {
  let before = NOISE_MS;
  let worst = 0;
  for (const length of LENGTHS) {
    const once = time(() => work(length), 1);
    // Only what looks slow is looked at again: chance makes a run longer, never shorter.
    const now = once > 5 * before ? time(() => work(length), 3) : once;
    worst = Math.max(worst, now / before);
    if (worst > 6) return worst;
    before = Math.max(NOISE_MS, now);
  }
  return worst;
}
