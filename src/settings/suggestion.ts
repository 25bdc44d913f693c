/** Longest text that is compared: beyond it a slip of the pen is not what went wrong. */
const LONGEST = 60;

/**
 * The candidate that was probably meant: the nearest by edits, at most a third of the text's length away (and at least
 * one edit is always forgiven). Upper and lower case, `-` and `_` do not count. The first one wins a tie.
 */
export function closest(text: string, candidates: readonly string[]): string | undefined {
  const meant = plain(text);
  if (meant.length === 0 || meant.length > LONGEST) return undefined;
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(meant.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(meant, plain(candidate), fewest);
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

function plain(text: string): string {
  return text.trim().toLowerCase().replace(/[-_ ]/g, "");
}

/**
 * Edits (insert, delete, replace, swap of neighbours: optimal string alignment) that turn `a` into `b`.
 * Counts no further than `limit`.
 */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min(
        (row[j] ?? limit) + 1,
        (next[j - 1] ?? limit) + 1,
        (row[j - 1] ?? limit) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) edits = Math.min(edits, (before[j - 2] ?? limit) + 1);
      next.push(edits);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? limit;
}
