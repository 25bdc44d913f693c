import { xorshift } from "./random.ts";

/** Extremely randomised trees (Geurts et al., 2006) that give class probabilities from dense numbers. */
export interface Forest {
  classes: number;
  trees: number;
  /** First node of each tree. */
  roots: Int32Array;
  /** The column that a node looks at; -1 at a leaf. */
  columns: Int16Array;
  thresholds: Float32Array;
  /** The node for values below the threshold is the next one; for others it is this. */
  right: Int32Array;
  /** `[node * classes + c]`, at leaves. */
  leaves: Float32Array;
}

export interface ForestTask {
  /** `[column * rows + row]`. */
  columns: Float32Array;
  rows: number;
  width: number;
  /** The class of each row, from 0. */
  classOf: Uint8Array;
  classes: number;
  weights: Float64Array;
}

export interface ForestOptions {
  trees: number;
  /** Fewest rows of a leaf. */
  leaf: number;
  /** How many columns are tried at a node. */
  tries: number;
  seed: number;
}

export interface GrownForest {
  forest: Forest;
  /** `[row * classes + c]`: what the trees that had not drawn a row think of it. */
  outOfBag: Float64Array;
}

interface Growth extends ForestTask {
  options: ForestOptions;
  random: () => number;
  nodes: { columns: number[]; thresholds: number[]; right: number[]; leaves: number[] };
}

/** Grows each tree on a bootstrap sample, so that the rest of the rows can check it. */
export function growForest(task: ForestTask, options: ForestOptions): GrownForest {
  const { rows, classes } = task;
  const random = xorshift(options.seed);
  const growth: Growth = {
    ...task,
    options,
    random,
    nodes: { columns: [], thresholds: [], right: [], leaves: [] },
  };
  const roots = new Int32Array(options.trees);
  const sums = new Float64Array(rows * classes);
  const seen = new Float64Array(rows);
  const drawn = new Uint8Array(rows);
  const sample = new Int32Array(rows);
  const grown: { root: number; drawn: Uint8Array }[] = [];
  for (let tree = 0; tree < options.trees; tree++) {
    drawn.fill(0);
    for (let i = 0; i < rows; i++) {
      const row = Math.floor(random() * rows);
      sample[i] = row;
      drawn[row] = 1;
    }
    const root = growth.nodes.columns.length;
    roots[tree] = root;
    growNode(growth, sample, 0, rows);
    grown.push({ root, drawn: drawn.slice() });
  }
  const forest = pack(growth, roots);
  const cells = new Float32Array(task.width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < task.width; column++)
      cells[column] = task.columns[column * rows + row] as number;
    for (const { root, drawn: own } of grown) {
      if (own[row]) continue;
      const leaf = descend(forest, root, cells);
      for (let c = 0; c < classes; c++)
        sums[row * classes + c] =
          (sums[row * classes + c] as number) + (forest.leaves[leaf * classes + c] as number);
      seen[row] = (seen[row] as number) + 1;
    }
  }
  for (let i = 0; i < sums.length; i++) {
    const count = seen[Math.floor(i / classes)] as number;
    sums[i] = count === 0 ? 1 / classes : (sums[i] as number) / count;
  }
  return { forest, outOfBag: sums };
}

function pack({ nodes, classes }: Growth, roots: Int32Array): Forest {
  return {
    classes,
    trees: roots.length,
    roots,
    columns: Int16Array.from(nodes.columns),
    thresholds: Float32Array.from(nodes.thresholds),
    right: Int32Array.from(nodes.right),
    leaves: Float32Array.from(nodes.leaves),
  };
}

/** The mean of the trees' leaves for one row of numbers. */
export function scoreForest(forest: Forest, cells: Float32Array): Float64Array {
  const { classes, trees, roots, leaves } = forest;
  const sums = new Float64Array(classes);
  for (let tree = 0; tree < trees; tree++) {
    const leaf = descend(forest, roots[tree] as number, cells) * classes;
    for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + (leaves[leaf + c] as number) / trees;
  }
  return sums;
}

function descend({ columns, thresholds, right }: Forest, root: number, cells: Float32Array): number {
  let node = root;
  for (;;) {
    const column = columns[node] as number;
    if (column < 0) return node;
    node = (cells[column] as number) < (thresholds[node] as number) ? node + 1 : (right[node] as number);
  }
}

/** Grows a node over `sample[from..to)`, which it reorders; its left child is the node after it. */
function growNode(growth: Growth, sample: Int32Array, from: number, to: number): void {
  const { nodes, classes, options } = growth;
  const counts = countClasses(growth, sample, from, to);
  const node = nodes.columns.length;
  nodes.columns.push(-1);
  nodes.thresholds.push(0);
  nodes.right.push(0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  for (let c = 0; c < classes; c++)
    nodes.leaves.push(((counts[c] as number) + LEAF_PRIOR) / (total + LEAF_PRIOR * classes));
  if (to - from < 2 * options.leaf || counts.some((count) => count >= total * 0.9999)) return;
  const split = bestSplit(growth, sample, from, to, counts);
  if (!split) return;
  const middle = partition(growth, sample, from, to, split);
  nodes.columns[node] = split.column;
  nodes.thresholds[node] = split.threshold;
  growNode(growth, sample, from, middle);
  nodes.right[node] = nodes.columns.length;
  growNode(growth, sample, middle, to);
}

/** Added to each class's count at a leaf, so that few rows are not taken for certainty. */
const LEAF_PRIOR = 0.3;

interface Split {
  column: number;
  threshold: number;
}

function countClasses(growth: Growth, sample: Int32Array, from: number, to: number): Float64Array {
  const counts = new Float64Array(growth.classes);
  for (let i = from; i < to; i++) {
    const row = sample[i] as number;
    const c = growth.classOf[row] as number;
    counts[c] = (counts[c] as number) + (growth.weights[row] as number);
  }
  return counts;
}

/** The purest (Gini) of `tries` splits at random columns and random thresholds. */
function bestSplit(
  growth: Growth,
  sample: Int32Array,
  from: number,
  to: number,
  counts: Float64Array,
): Split | null {
  const { columns, rows, width, classes, classOf, weights, options, random } = growth;
  const below = new Float64Array(classes);
  let best: Split | null = null;
  let purest = -1;
  for (let attempt = 0; attempt < options.tries; attempt++) {
    const column = Math.floor(random() * width);
    const base = column * rows;
    // between two rows' values: as random as between the least and the greatest, without looking for these
    const one = columns[base + (sample[from + Math.floor(random() * (to - from))] as number)] as number;
    const other = columns[base + (sample[from + Math.floor(random() * (to - from))] as number)] as number;
    if (one === other) continue;
    const threshold = Math.fround(one + random() * (other - one));
    below.fill(0);
    let size = 0;
    for (let i = from; i < to; i++) {
      const row = sample[i] as number;
      if ((columns[base + row] as number) >= threshold) continue;
      const c = classOf[row] as number;
      below[c] = (below[c] as number) + (weights[row] as number);
      size += 1;
    }
    if (size < options.leaf || to - from - size < options.leaf) continue;
    const purity = purityOf(below, counts);
    if (purity <= purest) continue;
    purest = purity;
    best = { column, threshold };
  }
  return best;
}

function purityOf(below: Float64Array, counts: Float64Array): number {
  let low = 0;
  let high = 0;
  let lowSquares = 0;
  let highSquares = 0;
  for (let c = 0; c < counts.length; c++) {
    const under = below[c] as number;
    const over = (counts[c] as number) - under;
    low += under;
    high += over;
    lowSquares += under * under;
    highSquares += over * over;
  }
  return lowSquares / (low || 1) + highSquares / (high || 1);
}

function partition(growth: Growth, sample: Int32Array, from: number, to: number, split: Split): number {
  const base = split.column * growth.rows;
  let middle = from;
  for (let i = from; i < to; i++) {
    const row = sample[i] as number;
    if ((growth.columns[base + row] as number) >= split.threshold) continue;
    sample[i] = sample[middle] as number;
    sample[middle] = row;
    middle += 1;
  }
  return middle;
}
