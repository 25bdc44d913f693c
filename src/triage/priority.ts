import type { InteractionHistory } from "../customers/history.ts";
import type { Document } from "../learning/document.ts";
import type { Kind } from "../learning/kind.ts";
import { PRIORITIES, type Priority } from "../ticket/priority.ts";
import { DAY } from "./time-zone.ts";
import { shouting, urgencySignals } from "./urgency.ts";

/** Terms and their sum (without the plan's weight) run from 0 to this. */
const HIGHEST = 5;

/** What the priority of a ticket is made of. */
export interface PriorityFacts {
  document: Pick<Document, "title" | "prose" | "headings" | "fields">;
  /** ISO 639-1 code. */
  language: string | null;
  kind: Kind | null;
  /** Labels that the team gave; a reporter cannot set any. */
  teamLabels: readonly string[];
  /** Different people, without the reporter and the team, who reacted or said that they have it too. */
  others: number;
  history: InteractionHistory;
  /** The plan's weight; 0 where none may be known. */
  weight: number;
  now: number;
}

/** As the settings' `priority`. */
export interface PriorityRule {
  weights: { urgency: number; severity: number; history: number };
  /** At least so much is P0, P1, P2; less is P3. */
  thresholds: readonly number[];
}

export interface Term {
  /** From 0 to 5. */
  score: number;
  /** What contributed, the most first. */
  because: string[];
}

/** A priority with all that it came from. */
export interface RatedPriority {
  level: Priority;
  /** The weighted sum, and the plan's weight. */
  value: number;
  urgency: Term;
  severity: Term;
  history: Term;
  weight: number;
  because: string[];
}

/**
 * P = w1 R + w2 S + w3 I + weight: urgency R from text and signals, severity S from kind and fields, interaction history
 * I. Weights add up to 1, terms run from 0 to 5, and so does P without the plan's weight.
 */
export function ratePriority(facts: PriorityFacts, rule: PriorityRule): RatedPriority {
  const urgency = rateUrgency(facts);
  const severity = rateSeverity(facts);
  const history = rateHistory(facts.history, facts.now);
  const { weights } = rule;
  const value = prioritySum(weights, urgency.score, severity.score, history.score, facts.weight);
  const terms = [
    { name: "urgency", weight: weights.urgency, term: urgency },
    { name: "severity", weight: weights.severity, term: severity },
    { name: "history", weight: weights.history, term: history },
  ].sort((a, b) => b.weight * b.term.score - a.weight * a.term.score);
  const level = levelOf(value, rule.thresholds);
  const because = [
    `${level}: ${round(value)}`,
    ...terms.map(
      ({ name, weight, term }) =>
        `${name} ${round(term.score)} x ${weight}: ${term.because.join(", ") || "nothing"}`,
    ),
    ...(facts.weight > 0 ? [`plan + ${facts.weight}`] : []),
  ];
  return { level, value, urgency, severity, history, weight: facts.weight, because };
}

/** The weighted sum, rounded: 0.1 added thrice must reach 0.3, or thresholds would be missed by a hair. */
export function prioritySum(
  weights: PriorityRule["weights"],
  urgency: number,
  severity: number,
  history: number,
  weight = 0,
): number {
  const sum = weights.urgency * urgency + weights.severity * severity + weights.history * history + weight;
  return Math.round(sum * 1e6) / 1e6;
}

/** The level of a weighted sum; `thresholds` are those of P0, P1 and P2. */
export function levelOf(value: number, thresholds: readonly number[]): Priority {
  const index = thresholds.findIndex((threshold) => value >= threshold);
  return PRIORITIES[index < 0 ? PRIORITIES.length - 1 : index] ?? "P3";
}

const round = (value: number) => Number(value.toFixed(2));
const limit = (value: number, highest = HIGHEST) => Math.min(Math.max(value, 0), highest);

/** A reporter's own words reach this at most, however strong and many. */
const WORDS_LIMIT = 4;
/** Shouting is worth this at most, and nothing beyond the words' limit. */
const SHOUTING_LIMIT = 0.5;
const SHOUT = 0.25;
/** Each further signal adds this to the strongest. */
const FURTHER = 0.5;

/** So many other people are worth so much. */
const OTHERS: readonly [people: number, points: number][] = [
  [100, 5],
  [30, 4],
  [10, 3],
  [4, 2],
  [2, 1],
];

function rateUrgency({ document, language, others }: PriorityFacts): Term {
  const signals = urgencySignals(`${document.title}\n${document.prose}`, language);
  const shouts = shouting(document.title, document.prose);
  const strongest = signals[0]?.points ?? 0;
  const said = strongest + FURTHER * Math.max(0, signals.length - 1);
  const words = limit(said + limit(SHOUT * shouts.length, SHOUTING_LIMIT), WORDS_LIMIT);
  const crowd = OTHERS.find(([people]) => others >= people)?.[1] ?? 0;
  // Who else is affected confirms the words; the weaker of the two adds half a point as any further signal does.
  const both = words > 0 && crowd > 0 ? FURTHER : 0;
  return {
    score: limit(Math.max(words, crowd) + both),
    because: [
      ...signals.map(({ name, words: heard }) => `${name} ("${heard}")`),
      ...(crowd > 0 ? [`${others} other people`] : []),
      ...shouts.map((shout) => `${shout} (shouting, counts little)`),
    ],
  };
}

/** How bad a ticket of a kind usually is. */
const KIND_SEVERITY: Record<Kind, number> = {
  security: 5,
  bug: 3,
  performance: 2.5,
  question: 2,
  documentation: 1,
  feature: 1,
};
const UNKNOWN_SEVERITY = 2;

/** What people call degrees of severity; the first that matches counts. */
const DEGREES: readonly [pattern: RegExp, score: number][] = [
  [/\b(?:critical|blocker|catastrophic|s(?:ev)?-?[01]|urgent|kritisch|critique)\b|严重|致命/iu, 5],
  [/\b(?:high|major|severe|serious|s(?:ev)?-?2|hoch|élevée?|alta?)\b/iu, 4],
  [/\b(?:medium|moderate|normal|average|s(?:ev)?-?3|mittel|moyenne?|media)\b/iu, 3],
  [/\b(?:low|minor|s(?:ev)?-?4|niedrig|gering|faible|baja|baixa)\b/iu, 1.5],
  [/\b(?:trivial|cosmetic|nit|none)\b/iu, 0.5],
];

/** A form's answer moves the severity of its kind by so much at most: everybody's own bug is critical. */
const FIELD_REACH = 1.5;

function rateSeverity({ document, kind, teamLabels }: PriorityFacts): Term {
  for (const label of teamLabels) {
    const degree = /severity|impact|^s(?:ev)?-?\d$|critical|blocker/i.test(label) ? degreeOf(label) : null;
    if (degree !== null) return { score: degree, because: [`label ${label}`] };
  }
  const base = kind ? KIND_SEVERITY[kind] : UNKNOWN_SEVERITY;
  const usual = kind ?? "kind not known";
  const field = severityField(document);
  const degree = field && degreeOf(field.answer);
  if (!field || degree === null) return { score: base, because: [usual] };
  const score = limit(Math.min(Math.max(degree, base - FIELD_REACH), base + FIELD_REACH));
  return { score, because: [`${field.name}: ${field.answer}`, usual] };
}

function severityField({
  headings,
  fields,
}: PriorityFacts["document"]): { name: string; answer: string } | null {
  const all = [...headings, ...fields.map(({ key, value }) => ({ name: key, answer: value }))];
  const found = all.find(
    ({ name, answer }) =>
      answer !== "" && /\b(?:severity|impact|priority|importance|schweregrad)\b/i.test(name),
  );
  return found ? { name: found.name.slice(0, 60), answer: found.answer.slice(0, 60) } : null;
}

function degreeOf(text: string): number | null {
  return DEGREES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** The first reopening says that our solution was none. */
const REOPENED_FIRST = 2;
const REOPENED_MORE = 1;
const REPEATED = 1;
/** Half a point for each day that the reporter waits for us. */
const WAITED_DAY = 0.5;
const WAITED_LIMIT = 2.5;

function rateHistory({ reopened, repeated, waitingSince }: InteractionHistory, now: number): Term {
  const again = reopened > 0 ? REOPENED_FIRST + REOPENED_MORE * (reopened - 1) : 0;
  const days = waitingSince === null ? 0 : Math.floor(Math.max(0, now - waitingSince) / DAY);
  const waited = limit(WAITED_DAY * days, WAITED_LIMIT);
  const parts = [
    { points: again, because: `reopened ${times(reopened)}` },
    { points: limit(REPEATED * repeated, 3), because: `reported before ${times(repeated)}` },
    { points: waited, because: `waiting for ${days} ${days === 1 ? "day" : "days"}` },
  ].filter(({ points }) => points > 0);
  return {
    score: limit(parts.reduce((sum, { points }) => sum + points, 0)),
    because: parts.sort((a, b) => b.points - a.points).map(({ because }) => because),
  };
}

const times = (count: number) => (count === 1 ? "once" : `${count} times`);
