import type { Backlog, Entry } from "./backlog.ts";
import { bm25 } from "./bm25.ts";
import { Comparison, TEXT_FEATURES } from "./compare.ts";
import { FIELD_WEIGHTS } from "./field-weights.ts";

/** A ticket that may repeat an older one. */
export interface Suspect {
  title: string;
  /** Markdown. */
  body: string;
  author: string | null;
}

/** By each of these the candidates are ordered once; a candidate's reciprocal place in that order is a feature too. */
const PLACED = [
  "title in title",
  "title in prose",
  "prose in prose",
  "code in code",
  "cosine",
  "title cosine",
  "phrases",
  "longest phrase",
  "its title here",
  "score",
  "best comment",
] as const;

const SEEN = [
  ...TEXT_FEATURES,
  "score",
  "score of best",
  "score if open",
  "open",
  "open for",
  "closed for",
  "closed within 2 days",
  "closed within 14 days",
  "closed within 90 days",
  "age",
  "age under 30 days",
  "age under 90 days",
  "age under a year",
  "idle for",
  "active within 7 days",
  "comments",
  "people",
  "named by",
  "named ago",
  "duplicates",
  "is a duplicate",
  "best of its duplicates",
  "best that names it",
  "best comment",
  "all comments",
  "same author",
  "length",
  "title length",
] as const;

/** What the duplicate re-ranker sees, in the order of its weights. Spans of time are logarithms of days. */
export const DUPLICATE_FEATURES: readonly DuplicateFeature[] = [
  ...SEEN,
  ...PLACED.map((feature) => `place by ${feature}` as const),
];

export type DuplicateFeature = (typeof SEEN)[number] | `place by ${(typeof PLACED)[number]}`;

export const DUPLICATE_WIDTH = DUPLICATE_FEATURES.length;

/** First stage: this many issues by their own text, comments, and issues found only through a comment. */
const DEPTH = 400;
/** A report is long, and what it shares with its original may be common words only. Postings. */
const THOROUGH = 200_000;
const TALK_DEPTH = 300;
const TALK_ONLY = 60;
/** The best of these bring along what they name and what they were called the same as. */
const EXPANDED = 50;
const DAY = 86_400_000;
/** As if an issue that was never named had been named this long ago: e^8 days. */
const NEVER = 8;

/** The first stage's issues with their DUPLICATE_FEATURES, a row each. */
export function duplicateCandidates(
  backlog: Backlog,
  suspect: Suspect,
  now: number,
): { numbers: number[]; rows: Float64Array } {
  const bare = backlog.bare(suspect);
  const words = backlog.index.read(bare);
  const scores = new Map<number, number>();
  for (const { document, score } of bm25(backlog.index, words, FIELD_WEIGHTS, DEPTH, THOROUGH))
    scores.set(Number(backlog.index.idOf(document)), score);
  const talk = talkScores(backlog, bare);
  const numbers = gather(backlog, scores, talk);
  const scene: Scene = { backlog, suspect, now, scores, talk, ...peaks(scores, talk) };
  const comparison = new Comparison(backlog.index, words);
  const rows = new Float64Array(numbers.length * DUPLICATE_WIDTH);
  numbers.forEach((number, i) => {
    comparison.features(backlog.index.numberOf(String(number)) as number, rows, i * DUPLICATE_WIDTH);
    rows.set(
      circumstances(scene, backlog.entry(number) as Entry),
      i * DUPLICATE_WIDTH + TEXT_FEATURES.length,
    );
  });
  PLACED.forEach((feature, i) => {
    place(rows, SEEN.indexOf(feature), SEEN.length + i);
  });
  return { numbers, rows };
}

/** Orders the rows by one column, and writes 1 / place to another; 0 where there is nothing in common. */
function place(rows: Float64Array, from: number, to: number): void {
  const starts = Array.from({ length: rows.length / DUPLICATE_WIDTH }, (_, i) => i * DUPLICATE_WIDTH);
  starts.sort((a, b) => (rows[b + from] as number) - (rows[a + from] as number) || a - b);
  starts.forEach((at, i) => {
    rows[at + to] = (rows[at + from] as number) > 0 ? 1 / (i + 1) : 0;
  });
}

interface Talk {
  best: number;
  sum: number;
}

interface Scene {
  backlog: Backlog;
  suspect: Suspect;
  now: number;
  scores: Map<number, number>;
  talk: Map<number, Talk>;
  highest: number;
  loudest: number;
}

function talkScores(backlog: Backlog, suspect: { title: string; body: string }): Map<number, Talk> {
  const talk = new Map<number, Talk>();
  const words = backlog.talk.read(suspect);
  for (const { document, score } of bm25(backlog.talk, words, FIELD_WEIGHTS, TALK_DEPTH, THOROUGH)) {
    const number = Number.parseInt(backlog.talk.idOf(document) ?? "", 10);
    const before = talk.get(number);
    talk.set(number, { best: before?.best ?? score, sum: (before?.sum ?? 0) + score });
  }
  return talk;
}

function peaks(scores: Map<number, number>, talk: Map<number, Talk>): { highest: number; loudest: number } {
  let highest = 1e-9;
  let loudest = 1e-9;
  for (const score of scores.values()) highest = Math.max(highest, score);
  for (const { best } of talk.values()) loudest = Math.max(loudest, best);
  return { highest, loudest };
}

function gather(backlog: Backlog, scores: Map<number, number>, talk: Map<number, Talk>): number[] {
  const numbers = new Set(scores.keys());
  let talked = 0;
  for (const number of talk.keys()) {
    if (talked === TALK_ONLY) break;
    if (!numbers.has(number)) talked += 1;
    numbers.add(number);
  }
  for (const number of [...scores.keys()].slice(0, EXPANDED)) {
    for (const other of backlog.cluster(number)) numbers.add(other);
    for (const other of backlog.entry(number)?.names ?? []) numbers.add(other);
  }
  return [...numbers];
}

function circumstances(scene: Scene, entry: Entry): number[] {
  const { backlog, suspect, now, scores, talk, highest, loudest } = scene;
  const days = (since: number) => Math.max(0, now - since) / DAY;
  const is = (yes: boolean) => (yes ? 1 : 0);
  const open = entry.closedAt === null;
  const closed = entry.closedAt === null ? 0 : days(entry.closedAt);
  const age = days(entry.createdAt);
  const score = scores.get(entry.number) ?? 0;
  const cluster = backlog.cluster(entry.number);
  cluster.delete(entry.number);
  const bestOf = (numbers: Iterable<number>) => {
    let best = 0;
    for (const number of numbers) best = Math.max(best, scores.get(number) ?? 0);
    return best / highest;
  };
  return [
    Math.log1p(score),
    score / highest,
    open ? score / highest : 0,
    is(open),
    open ? Math.log1p(age) : 0,
    Math.log1p(closed),
    is(!open && closed < 2),
    is(!open && closed < 14),
    is(!open && closed < 90),
    Math.log1p(age),
    is(age < 30),
    is(age < 90),
    is(age < 365),
    Math.log1p(days(entry.lastActivity)),
    is(days(entry.lastActivity) < 7),
    Math.log1p(entry.comments),
    Math.log1p(entry.people.size),
    Math.log1p(entry.namedBy.size),
    entry.lastNamed === null ? NEVER : Math.log1p(days(entry.lastNamed)),
    Math.log1p(cluster.size),
    is([...entry.same].some((number) => number < entry.number)),
    bestOf(cluster),
    bestOf(entry.namedBy),
    (talk.get(entry.number)?.best ?? 0) / loudest,
    Math.log1p(talk.get(entry.number)?.sum ?? 0),
    is(suspect.author !== null && suspect.author === entry.author),
    Math.log1p(entry.length),
    Math.min(1, entry.title.length / 80),
  ];
}
