import type { Index } from "./index.ts";

/** A habit is so many words long. */
const LENGTH = 3;
/** So many titles begin with it, and at least this share of them go on with two words of their own. */
const FEWEST = 8;
const OWN = 0.75;

/**
 * Finds the beginnings that titles of a repository have by habit, `Tracking issue for ...`, `internal compiler error: ...`:
 * those that many begin with and go on differently. `but`: the ids of documents that do not count, so that this week's
 * many reports of one fault are no habit. Gives a title without such a beginning.
 */
export function titleHabits(index: Index, but: ReadonlySet<string>): (title: number[]) => number[] {
  const goingOn = new Map<string, string[]>();
  for (let document = 0; document < index.slots; document++) {
    const id = index.idOf(document);
    if (id === null || but.has(id)) continue;
    const { start, title } = index.extent(document);
    if (title - start <= LENGTH) continue;
    const beginning = index.words.subarray(start, start + LENGTH).join(" ");
    const next = index.words.subarray(start + LENGTH, Math.min(title, start + LENGTH + 2)).join(" ");
    const known = goingOn.get(beginning);
    if (known) known.push(next);
    else goingOn.set(beginning, [next]);
  }
  const habits = new Set<string>();
  for (const [beginning, next] of goingOn) {
    if (next.length >= FEWEST && new Set(next).size >= OWN * next.length) habits.add(beginning);
  }
  return (title) => (habits.has(title.slice(0, LENGTH).join(" ")) ? title.slice(LENGTH) : title);
}
