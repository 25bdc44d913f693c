/** `FAULT_SEED=n` plays one run again; `FAULT_RUNS` says how many there are. */
const { FAULT_SEED, FAULT_RUNS = "25" } = process.env;
const first = FAULT_SEED === undefined ? 1 : Number(FAULT_SEED);
const count = FAULT_SEED === undefined ? Number(FAULT_RUNS) : 1;

/**
 * How a seed is played: deaths at boundaries of a desk within the test's process, or kill -9 of real processes, which
 * take seconds to start.
 */
export type Way = "files" | "postgres" | "process" | "process on postgres" | "two processes on postgres";

/** Of each twenty-five seeds as many are played in other ways than the quickest. */
const RARE: Record<number, Way> = {
  6: "process",
  11: "process on postgres",
  16: "two processes on postgres",
  21: "postgres",
};

function wayOf(seed: number): Way {
  return RARE[seed % 25] ?? "files";
}

/** The seeds that are played in one of these ways. */
export function seedsOf(ways: readonly Way[]): { seed: number; way: Way }[] {
  return Array.from({ length: count }, (_, index) => first + index)
    .map((seed) => ({ seed, way: wayOf(seed) }))
    .filter(({ way }) => ways.includes(way));
}

/** Whether all kinds of faults can be expected to have come up. */
export const hasMany = count >= 25;

/** Plays a seed; what went wrong ends with how to play it again. */
export async function played(seed: number, file: string, run: () => Promise<string[]>): Promise<string[]> {
  const again = `play it again: FAULT_SEED=${seed} npm test -- ${file}`;
  try {
    const wrong = await run();
    return wrong.length === 0 ? [] : [...wrong, again];
  } catch (error) {
    throw new Error(`${error}; ${again}`, { cause: error });
  }
}
