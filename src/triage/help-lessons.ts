import type { Feedback } from "../kb/gate.ts";
import type { Help } from "../ticket/fact.ts";
import { type Lesson, standing } from "../ticket/lesson.ts";
import {
  originalId,
  type SuggestedArticle,
  type SuggestedThread,
  type Suggestions,
} from "../ticket/suggestion.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Facts } from "./facts.ts";
import { lessonOf } from "./lesson.ts";

/** What a reader made of an article or an original. */
export interface Heard extends Feedback {
  id: string;
}

/** What became of what was posted in a repository. */
export interface HelpFeedback {
  articles: Heard[];
  duplicates: Heard[];
}

/** How lessons name what they are about. */
const ARTICLE = "article ";
const DUPLICATE = "duplicate ";

/** What the reporter's verdict on our answer teaches: of each article and original, whether it helped. */
export function verdict(ticket: Ticket, helpful: boolean, facts: Facts, now: number): Lesson[] {
  // What was not said, in the modes that only look, has helped nobody and hindered nobody.
  if (!ticket.comments.triage || !ticket.suggestions) return [];
  const { answers, duplicates } = ticket.suggestions;
  return [
    ...answers.map((article) => articleJudged(ticket, article, helpful, facts, now)),
    ...duplicates.map((original) => originalJudged(ticket, original, helpful, facts, now)),
  ];
}

function articleJudged(
  ticket: Ticket,
  { id, probability }: SuggestedArticle,
  helpful: boolean,
  facts: Facts,
  now: number,
): Lesson {
  const type = helpful ? "helpful" : "not-helpful";
  return { ...lessonOf(ticket, type, `${ARTICLE}${id}`, facts, now), probability };
}

/** The team chose an article: people ask for it like this. It says nothing of how well we would have guessed. */
export function articleOrdered(ticket: Ticket, { id }: SuggestedArticle, facts: Facts, now: number): Lesson {
  return lessonOf(ticket, "helpful", `${ARTICLE}${id}`, facts, now);
}

/** Somebody's word on whether a thread is the original. */
export function originalJudged(
  ticket: Ticket,
  original: SuggestedThread,
  right: boolean,
  facts: Facts,
  now: number,
): Lesson {
  const type = right ? "helpful" : "not-helpful";
  const lesson = lessonOf(ticket, type, `${DUPLICATE}${originalId(original)}`, facts, now);
  return { ...lesson, probability: original.probability };
}

/** What verdicts in a repository say of the gate's probabilities. */
export function feedbackOf(lessons: readonly Lesson[]): HelpFeedback {
  const about = (prefix: string): Heard[] =>
    standing(lessons).flatMap(({ type, subject, probability }) =>
      subject.startsWith(prefix) && probability !== undefined
        ? [{ id: subject.slice(prefix.length), probability, helpful: type === "helpful" }]
        : [],
    );
  return { articles: about(ARTICLE), duplicates: about(DUPLICATE) };
}

/** How lessons name some help. */
export function subjectOf({ help, id }: { help: Help; id: string }): string {
  return `${help === "article" ? ARTICLE : DUPLICATE}${id}`;
}

/** How lessons name all that is said to answer a ticket. */
export function subjectsOf(suggestions: Suggestions | null): string[] {
  return [
    ...(suggestions?.answers ?? []).map(({ id }) => subjectOf({ help: "article", id })),
    ...(suggestions?.duplicates ?? []).map((one) => subjectOf({ help: "duplicate", id: originalId(one) })),
  ];
}

/** What a verdict on our help is about; null for any other lesson. */
export function aboutHelp({ type, subject }: Lesson): { help: Help; id: string } | null {
  return type === "helpful" || type === "not-helpful" ? helpNamed(subject) : null;
}

function helpNamed(subject: string): { help: Help; id: string } | null {
  if (subject.startsWith(ARTICLE)) return { help: "article", id: subject.slice(ARTICLE.length) };
  return subject.startsWith(DUPLICATE) ? { help: "duplicate", id: subject.slice(DUPLICATE.length) } : null;
}

/** The article whose help a lesson reports; null for any other lesson. */
export function helpfulArticle({ type, subject }: Lesson): string | null {
  return type === "helpful" ? articleNamed(subject) : null;
}

/** The article of which a lesson takes back what was said; null for any other lesson. */
export function articleTakenBack({ type, subject }: Lesson): string | null {
  return type === "taken-back" ? articleNamed(subject) : null;
}

function articleNamed(subject: string): string | null {
  const about = helpNamed(subject);
  return about?.help === "article" ? about.id : null;
}
