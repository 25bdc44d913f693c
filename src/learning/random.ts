/** Marsaglia's xorshift32: numbers from 0 up to 1, the same for the same seed. */
export function xorshift(seed: number): () => number {
  let state = seed | 0 || 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Fisher-Yates, in place. */
export function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
}

/** A fold from 0 up to `folds` for every row, each group's rows spread evenly over them. */
export function stratifiedFolds(groups: readonly string[], folds: number, seed: number): Int32Array {
  const random = xorshift(seed);
  const rows = new Map<string, number[]>();
  groups.forEach((group, row) => {
    const list = rows.get(group) ?? [];
    list.push(row);
    rows.set(group, list);
  });
  const fold = new Int32Array(groups.length);
  for (const list of rows.values()) {
    const order = Int32Array.from(list);
    shuffle(order, random);
    order.forEach((row, i) => {
      fold[row] = i % folds;
    });
  }
  return fold;
}
