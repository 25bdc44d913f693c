import { bm25 } from "./bm25.ts";
import { Comparison, TEXT_FEATURES } from "./compare.ts";
import { Index } from "./index.ts";
import { FIELD_WEIGHTS } from "./field-weights.ts";

/** A question that no article answered. */
export interface Unanswered {
  /** The ticket's number. */
  number: number;
  title: string;
  /** Markdown. */
  body: string;
  /** What a person answered, if anybody did: the comment that was accepted, or a maintainer's. */
  answer: { body: string; url: string; accepted: boolean } | null;
}

/** Tickets that ask the same, as the beginning of an article: "7 tickets ask ...". */
export interface Draft {
  /** The title of the ticket that is most like the others. */
  title: string;
  tickets: number[];
  /** The best answer that exists already: an accepted one before a maintainer's. */
  answer: { body: string; url: string; number: number } | null;
}

/** Two questions are one from this cosine on; chosen by eye on questions of four projects. */
const ALIKE = 0.4;
const FEWEST = 3;
const NEIGHBOURS = 20;
const COSINE = TEXT_FEATURES.indexOf("cosine");

/**
 * Gathers similar questions, largest group first. A group is a question with all its neighbours that no larger group has
 * taken: unlike with chains of neighbours, two of a group are never far apart.
 */
export function draftArticles(questions: readonly Unanswered[]): Draft[] {
  const index = new Index();
  for (const { number, title, body } of questions) index.add({ id: String(number), title, body });
  const byNumber = new Map(questions.map((question) => [question.number, question]));
  const near = new Map(questions.map((question) => [question.number, neighbours(index, question)]));
  const free = new Set(byNumber.keys());
  const drafts: Draft[] = [];
  for (;;) {
    const [centre, others] = largest(near, free);
    if (others.length + 1 < FEWEST) return drafts;
    const tickets = [centre, ...others].sort((a, b) => a - b);
    for (const number of tickets) free.delete(number);
    const members = tickets.map((number) => byNumber.get(number) as Unanswered);
    drafts.push({ title: byNumber.get(centre)?.title ?? "", tickets, answer: bestAnswer(members) });
  }
}

function neighbours(index: Index, question: Unanswered): number[] {
  const words = index.read(question);
  const comparison = new Comparison(index, words);
  const row = new Float64Array(TEXT_FEATURES.length);
  return bm25(index, words, FIELD_WEIGHTS, NEIGHBOURS)
    .filter(({ document }) => {
      comparison.features(document, row, 0);
      return (row[COSINE] as number) >= ALIKE;
    })
    .map(({ document }) => Number(index.idOf(document)))
    .filter((number) => number !== question.number);
}

function largest(near: Map<number, number[]>, free: Set<number>): [centre: number, others: number[]] {
  let best: [number, number[]] = [0, []];
  for (const number of free) {
    const others = (near.get(number) ?? []).filter((other) => free.has(other));
    if (others.length > best[1].length) best = [number, others];
  }
  return best;
}

function bestAnswer(members: readonly Unanswered[]): Draft["answer"] {
  const answered = members.filter(({ answer }) => answer !== null);
  const chosen = answered.find(({ answer }) => answer?.accepted) ?? answered[0];
  if (!chosen?.answer) return null;
  return { body: chosen.answer.body, url: chosen.answer.url, number: chosen.number };
}
