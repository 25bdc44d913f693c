import { join } from "node:path";
import { Backlog } from "../kb/backlog.ts";
import { clustersOf } from "../kb/clusters.ts";
import { type TicketText, ticketReader } from "../kb/likeness.ts";
import { readLines } from "./archive.ts";
import { readHistories } from "./issue-archive.ts";
import { readDuplicates, readFaq } from "./retrieval-data.ts";

/** From here on issues have not chosen the thresholds. */
const NEWER = Date.UTC(2013, 0, 1);
/** Questions are those of StackFAQ's even threads; the others chose the thresholds. */
const HELD_OUT = 2;
const WINDOWS = [100, 300, 1_000];

type Pair = [number, number];
type Together = (a: number, b: number) => boolean;

/**
 * How coherent clusters are: windows of rust-lang/rust's issues of 2013 and 2014, and questions of StackFAQ. The
 * thresholds were chosen on the figures of older issues and of the other questions.
 */
export function evaluateClusters(data: string): void {
  evaluateIssues(data);
  evaluateQuestions(data);
}

function evaluateIssues(data: string): void {
  const archive = join(data, "rust/issues-2010-2014.ndjson.gz");
  const issues = readHistories(archive).sort((a, b) => a.createdAt - b.createdAt || a.number - b.number);
  const areas = readAreas(archive);
  const together = sameProblem(readDuplicates(data));
  print("\nclusters of rust-lang/rust's issues of 2013-2014, by how many are compared");
  for (const size of WINDOWS) {
    const tally = { windows: 0, some: 0, tickets: 0, of: 0, clusters: 0 };
    const [gathered, all] = [newTally(), newTally()];
    const backlog = new Backlog();
    for (let from = 0; from < issues.length; from += size) {
      const window = issues.slice(from, from + size);
      for (const issue of window) backlog.open(issue);
      if ((window[0]?.createdAt ?? 0) < NEWER) continue;
      const clusters = gather(window, backlog);
      tally.windows += 1;
      tally.some += clusters.length > 0 ? 1 : 0;
      tally.clusters += clusters.length;
      tally.of += window.length;
      tally.tickets += clusters.flat().length;
      for (const cluster of clusters) count(gathered, pairsOf(cluster), areas, together);
      const numbers = window.map(({ number }) => number);
      count(all, pairsOf(numbers), areas, together);
    }
    print(
      `  ${size}: ${tally.clusters} clusters of ${tally.tickets} of ${tally.of} issues, in ${tally.some} of ${tally.windows} windows`,
      `    pairs that share an area, of those with areas: ${share(gathered.sharing, gathered.labelled)}; by chance ${share(all.sharing, all.labelled)}`,
      `    pairs that are known duplicates: ${share(gathered.known, gathered.pairs)}; by chance ${share(all.known, all.pairs)}`,
      `    known duplicates together: ${share(gathered.known, all.known)}`,
    );
  }
}

function evaluateQuestions(data: string): void {
  const { queries, threadOf } = readFaq(data);
  const all = queries.map((query, i) => ({ ...query, number: i + 1, thread: threadOf(query) }));
  const backlog = new Backlog();
  for (const query of all) backlog.open({ ...query, author: null, createdAt: query.number });
  const half = all.filter(({ thread }) => thread % 4 === HELD_OUT);
  const threads = new Map(half.map(({ number, thread }) => [number, thread]));
  const together: Together = (a, b) => threads.get(a) === threads.get(b);
  const clusters = gather(half, backlog);
  const gathered = clusters.flatMap(pairsOf);
  const found = gathered.filter(([a, b]) => together(a, b)).length;
  const known = pairsOf([...threads.keys()]).filter(([a, b]) => together(a, b)).length;
  const numbers = [...threads.keys()];
  const cubed = bCubed(numbers, clusters, together);
  print(
    `\nclusters of the questions of StackFAQ threads that were held out: ${clusters.length} of ${clusters.flat().length} of ${half.length}`,
    `  pairs: precision ${share(found, gathered.length)}, recall ${share(found, known)}, F1 ${share(2 * found, gathered.length + known)}`,
    `  B-cubed: ${cubed}`,
  );
}

function gather(tickets: readonly TicketText[], backlog: Backlog): number[][] {
  const read = ticketReader(
    backlog,
    tickets.map(({ number }) => number),
  );
  const readable = tickets.map(read).filter((ticket) => ticket !== null);
  return clustersOf(readable).map((cluster) => cluster.tickets);
}

/** Precision and recall of each one's cluster, on average (Bagga and Baldwin 1998); who is in none is alone. */
function bCubed(numbers: readonly number[], clusters: readonly number[][], together: Together): string {
  const clusterOf = new Map(
    clusters.flatMap((cluster) => cluster.map((number) => [number, cluster] as const)),
  );
  let [precision, recall] = [0, 0];
  for (const number of numbers) {
    const cluster = clusterOf.get(number) ?? [number];
    const right = cluster.filter((other) => together(number, other)).length;
    precision += right / cluster.length / numbers.length;
    recall += right / numbers.filter((other) => together(number, other)).length / numbers.length;
  }
  const f1 = (2 * precision * recall) / (precision + recall);
  return `precision ${short(precision)}, recall ${short(recall)}, F1 ${short(f1)}`;
}

/** Duplicates of duplicates are the same problem. */
function sameProblem(duplicates: ReadonlyMap<number, readonly string[]>): Together {
  const parents = new Map<number, number>();
  const rootOf = (number: number): number => {
    const parent = parents.get(number);
    return parent === undefined ? number : rootOf(parent);
  };
  for (const [number, originals] of duplicates) {
    for (const original of originals) {
      const [one, other] = [rootOf(number), rootOf(Number(original))];
      if (one !== other) parents.set(one, other);
    }
  }
  return (a, b) => rootOf(a) === rootOf(b);
}

/** The labels that name an area, `A-...`, by issue. */
function readAreas(archive: string): Map<number, string[]> {
  return new Map(
    readLines(archive, ({ number, labels }) => {
      const names = (labels as { name: string }[]).map(({ name }) => name);
      return [Number(number), names.filter((name) => name.startsWith("A-"))];
    }),
  );
}

const newTally = () => ({ pairs: 0, known: 0, labelled: 0, sharing: 0 });

/** Pairs in all, known duplicates, and those of which both have areas, or one in common. */
function count(
  tally: ReturnType<typeof newTally>,
  pairs: readonly Pair[],
  areas: ReadonlyMap<number, readonly string[]>,
  together: Together,
): void {
  for (const [a, b] of pairs) {
    const [mine, theirs] = [areas.get(a) ?? [], areas.get(b) ?? []];
    const labelled = mine.length > 0 && theirs.length > 0;
    tally.pairs += 1;
    tally.known += together(a, b) ? 1 : 0;
    tally.labelled += labelled ? 1 : 0;
    tally.sharing += labelled && mine.some((area) => theirs.includes(area)) ? 1 : 0;
  }
}

function pairsOf(numbers: readonly number[]): Pair[] {
  return numbers.flatMap((a, i) => numbers.slice(0, i).map((b): Pair => [a, b]));
}

function share(part: number, whole: number): string {
  return `${short(whole > 0 ? part / whole : 0)} of ${whole}`;
}

function short(value: number): string {
  return value < 0.001 && value > 0 ? value.toExponential(1) : value.toFixed(3).replace(/^0/, "");
}

function print(...lines: string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
