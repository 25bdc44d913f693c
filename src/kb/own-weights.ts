import { DUPLICATE_WIDTH, duplicateCandidates } from "./duplicate-features.ts";
import { SHIPPED_DUPLICATE_WEIGHTS, trainDuplicates } from "./duplicates.ts";
import { type Candidates, linearScore } from "./listwise.ts";
import { type IssueHistory, replay } from "./replay.ts";

/** With fewer known duplicates the shipped weights stay: a fifth of them would tell nothing. */
export const LEAST_DUPLICATES = 30;
/** The newest. Among 11,109 threads of rust-lang/rust it took 41 s on a busy machine, at low priority. */
const MOST_DUPLICATES = 300;
const LEAST_HELD_OUT = 10;

/**
 * The duplicate re-ranker's weights as a repository's own duplicates teach them, in the order of DUPLICATE_FEATURES;
 * null: the shipped ones stay. Learned from all but the newest fifth, and taken only if they bring the originals of that
 * fifth no lower, by mean reciprocal rank. Each duplicate is seen as it was when it was opened. Deterministic.
 */
export function ownDuplicateWeights(issues: readonly IssueHistory[]): number[] | null {
  const lessons = lessonsOf(issues);
  if (lessons.length < LEAST_DUPLICATES) return null;
  const heldOut = Math.max(LEAST_HELD_OUT, Math.ceil(lessons.length / 5));
  const weights = trainDuplicates(lessons.slice(0, -heldOut));
  const newest = lessons.slice(-heldOut);
  return promoted(weights, SHIPPED_DUPLICATE_WEIGHTS, newest) ? weights : null;
}

/** Whether `weights` bring what is relevant no lower than `incumbent` do, by mean reciprocal rank. */
export function promoted(
  weights: readonly number[],
  incumbent: readonly number[],
  lessons: readonly Candidates[],
): boolean {
  const total = (each: readonly number[]) =>
    lessons.reduce((sum, lesson) => sum + reciprocalPlace(lesson, each), 0);
  return total(weights) >= total(incumbent);
}

/** 1 / place of the first that is relevant; equals in their first-stage order. 0 without any. */
function reciprocalPlace({ rows, relevant }: Candidates, weights: readonly number[]): number {
  const scores = relevant.map((_, i) => linearScore(rows, i * DUPLICATE_WIDTH, weights));
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  const first = order.findIndex((i) => relevant[i]);
  return first < 0 ? 0 : 1 / (first + 1);
}

/** The newest known duplicates with their candidates, the oldest first. Any thread of the original's problem is right. */
function lessonsOf(issues: readonly IssueHistory[]): Candidates[] {
  const newest = new Set(
    issues
      .filter(repeatsOlder)
      .sort((a, b) => b.createdAt - a.createdAt || b.number - a.number)
      .slice(0, MOST_DUPLICATES)
      .map(({ number }) => number),
  );
  const lessons: Candidates[] = [];
  replay(issues, (issue, backlog) => {
    const known = newest.has(issue.number)
      ? (issue.same ?? []).filter(({ number }) => backlog.entry(number))
      : [];
    if (known.length === 0) return;
    const right = new Set(known.flatMap(({ number }) => [...backlog.cluster(number)]));
    const { numbers, rows } = duplicateCandidates(backlog, issue, issue.createdAt);
    lessons.push({ rows, relevant: numbers.map((number) => right.has(number)) });
  });
  return lessons;
}

function repeatsOlder({ number, same = [] }: IssueHistory): boolean {
  return same.some((other) => other.number < number);
}
