/**
 * Average-link agglomeration: two groups become one while the mean likeness between their members is at least `least`, the
 * most alike first. So no chain of neighbours becomes a group, and no topic is split because it is large. By chains of
 * nearest neighbours (Murtagh 1983): the time grows with the square of `count`, whatever the likenesses are.
 *
 * `likeness` is a symmetric matrix of `count` rows, and is used up. Gives the places of each group, ascending; of equals the
 * lower place goes first.
 */
export function averageLink(likeness: Float32Array, count: number, least: number): number[][] {
  const groups = new Map(Array.from({ length: count }, (_, place) => [place, [place]]));
  for (let start = 0; start < count; start++) {
    const chain = groups.has(start) ? [start] : [];
    while (chain.length > 0) {
      const last = chain.at(-1) as number;
      const before = chain.at(-2);
      const next = nearest(likeness, count, last, groups.keys(), before);
      if (next === null || (likeness[last * count + next] as number) < least) break;
      if (next !== before) chain.push(next);
      else {
        join(likeness, count, groups, Math.min(last, next), Math.max(last, next));
        chain.splice(-2);
        // Where the chain began, one more may be near enough.
        if (chain.length === 0 && groups.has(start)) chain.push(start);
      }
    }
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a - b));
}

/** The group that is most like this one; of equals the one before it in the chain, else they would go round in circles. */
function nearest(
  likeness: Float32Array,
  count: number,
  place: number,
  others: Iterable<number>,
  before: number | undefined,
): number | null {
  let found = before ?? null;
  let best = found === null ? 0 : (likeness[place * count + found] as number);
  for (const other of others) {
    const here = likeness[place * count + other] as number;
    if (here > best && other !== place) [found, best] = [other, here];
  }
  return found;
}

/** `gone` joins `kept`, whose likeness to the others becomes the mean over all their members. */
function join(
  likeness: Float32Array,
  count: number,
  groups: Map<number, number[]>,
  kept: number,
  gone: number,
): void {
  const [mine, theirs] = [groups.get(kept) ?? [], groups.get(gone) ?? []];
  groups.delete(gone);
  groups.set(kept, [...mine, ...theirs]);
  const share = mine.length / (mine.length + theirs.length);
  for (const other of groups.keys()) {
    const mean =
      share * (likeness[kept * count + other] as number) +
      (1 - share) * (likeness[gone * count + other] as number);
    likeness[kept * count + other] = mean;
    likeness[other * count + kept] = mean;
  }
}
