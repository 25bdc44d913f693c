import type { Backlog } from "./backlog.ts";
import {
  DUPLICATE_FEATURES,
  DUPLICATE_WIDTH,
  duplicateCandidates,
  type Suspect,
} from "./duplicate-features.ts";
import { type Contender, contenders } from "./gate.ts";
import { type Candidates, linearScore, trainListwise } from "./listwise.ts";
import { DUPLICATE_GATE, DUPLICATE_WEIGHTS } from "./weights.ts";

export interface Candidate {
  number: number;
  /** Comparable within one ranking only; `Gate` turns it into a probability. */
  score: number;
}

/** In the order of DUPLICATE_FEATURES. */
export const SHIPPED_DUPLICATE_WEIGHTS: readonly number[] = DUPLICATE_FEATURES.map(
  (feature) => DUPLICATE_WEIGHTS[feature],
);

/** The issues that the suspect may repeat, likeliest first, by what the backlog knows and `now`. */
export function rankDuplicates(
  backlog: Backlog,
  suspect: Suspect,
  now: number,
  weights: readonly number[] = SHIPPED_DUPLICATE_WEIGHTS,
): { ranking: Candidate[]; contenders: Contender[] } {
  const { numbers, rows } = duplicateCandidates(backlog, suspect, now);
  const scores = numbers.map((_, i) => linearScore(rows, i * DUPLICATE_WIDTH, weights));
  const ranking = numbers
    .map((number, i) => ({ number, score: scores[i] as number }))
    .sort((a, b) => b.score - a.score || a.number - b.number);
  const ranked = { ids: numbers.map(String), features: DUPLICATE_FEATURES, rows, scores };
  return { ranking, contenders: contenders(ranked, DUPLICATE_GATE, CONTENDERS) };
}

/** Of how many the gate gives the probability. */
const CONTENDERS = 5;

/**
 * How strongly lessons are held to what they start from. At the shipped weights strongly: with 185 lessons a weaker pull
 * (0.03) lost 1 point of MRR on the next 184. From nothing, 0.06 was best in cross-validation on 2010-2013.
 */
const PULL = { "from shipped": 1, "from nothing": 0.06 } as const;

/** So many lessons the shipped weights stand for: with fewer the pull grows, and what is learned moves less. */
const MEASURED_LESSONS = 185;

/** Weights learned from a repository's own duplicates, by default starting from the shipped ones. */
export function trainDuplicates(lessons: Candidates[], from: keyof typeof PULL = "from shipped"): number[] {
  if (from === "from nothing") return trainListwise(lessons, DUPLICATE_WIDTH, { pull: PULL[from] });
  const pull = PULL[from] * Math.max(1, MEASURED_LESSONS / Math.max(1, lessons.length));
  return trainListwise(lessons, DUPLICATE_WIDTH, { prior: SHIPPED_DUPLICATE_WEIGHTS, pull });
}
