import { LEAST_PROBABILITY } from "./label-model.ts";

/** A guess about one label on a held-out ticket, and what people said. */
export interface HeldOutGuess {
  label: number;
  /** Calibrated probability. */
  confidence: number;
  right: boolean;
  /** How much it counts. */
  weight: number;
  /** How many labelled tickets ago. */
  age: number;
}

/** What comes next is most like the newest: guesses count half as much as those that are this many tickets newer. */
const HALF_LIFE = 500;
/** How far a label's own precision may lie below that of all labels together before it must be surer than others. */
const SLACK = 0.15;
/** Guesses' worth of belief that a label is as precise as its probabilities say. */
const BELIEF = 30;

/**
 * The least probability of each label with which all applied ones together have the precision wanted; null for labels
 * that never reach it. A probability means the same for every label, so that one that is seldom in doubt makes room for
 * another: with a threshold of its own for each, .02 to .03 fewer of rust's labels were found at the same precision. But a label
 * whose own guesses were much worse must be surer, or is silent; unless it is so new that its held-out guesses came from
 * next to no examples (`isNew`).
 */
export function labelThresholds(
  guesses: readonly HeldOutGuess[],
  isNew: readonly boolean[],
  targetPrecision: number,
): (number | null)[] {
  const ranked = guesses
    .filter(({ confidence }) => confidence >= LEAST_PROBABILITY)
    .sort((a, b) => b.confidence - a.confidence);
  const common = commonThreshold(ranked, targetPrecision);
  if (common === null) return isNew.map(() => null);
  return isNew.map((unproven, label) => {
    if (unproven) return common;
    const own = ranked.filter((guess) => guess.label === label && guess.confidence >= common);
    return ownThreshold(own, targetPrecision - SLACK, common);
  });
}

function commonThreshold(ranked: readonly HeldOutGuess[], target: number): number | null {
  let right = 0;
  let all = 0;
  let threshold: number | null = null;
  ranked.forEach((guess, i) => {
    const weight = guess.weight * 2 ** (-guess.age / HALF_LIFE);
    all += weight;
    if (guess.right) right += weight;
    // as if one more had been wrong: a few right guesses prove nothing
    if (isLastOfEquals(ranked, i) && right / (all + 1) >= target) threshold = guess.confidence;
  });
  return threshold;
}

function ownThreshold(own: readonly HeldOutGuess[], least: number, common: number): number | null {
  let right = 0;
  let expected = 0;
  let all = 0;
  let threshold: number | null = own.length === 0 ? common : null;
  own.forEach((guess, i) => {
    all += guess.weight;
    expected += guess.weight * guess.confidence;
    if (guess.right) right += guess.weight;
    const precision = (right + (BELIEF * expected) / all) / (all + BELIEF);
    if (!isLastOfEquals(own, i) || precision < least) return;
    // what holds for the last of its guesses holds down to where all labels are applied
    threshold = i === own.length - 1 ? common : guess.confidence;
  });
  return threshold;
}

/** Equally sure guesses stand or fall together. */
function isLastOfEquals(ranked: readonly HeldOutGuess[], i: number): boolean {
  return ranked[i + 1]?.confidence !== ranked[i]?.confidence;
}
