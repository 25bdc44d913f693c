import type { ThreadKind } from "./thread.ts";

/** A section of an article that may help, with the probability that it does before this repository's feedback. */
export interface SuggestedArticle {
  /** `source's repository id/path#anchor`, or that of a thread (see `answeredThreadId`). */
  id: string;
  title: string;
  url: string;
  /** The headings that lead to the section, outermost first. */
  headings: string[];
  /** The author's own words, or nothing to quote. */
  passage: string | null;
  probability: number;
  /** It is in another language than the ticket. */
  foreign?: boolean;
  /** It says of itself that it is about a version that the ticket names. */
  forVersion?: boolean;
  /** The team named it by a command. */
  ordered?: true;
}

/** An earlier thread that may be the original. */
export interface SuggestedThread {
  /** `owner/name` where it is in another repository. */
  repository?: string;
  number: number;
  title: string;
  url: string;
  state: "open" | "closed";
  /** GitHub's word for why it was closed, in lower case; null while it is open. */
  stateReason: string | null;
  /** The release that brought the fix, if known. */
  fixedIn: string | null;
  probability: number;
  /** The same person reported it. Not in documents of older versions. */
  byReporter?: boolean;
  /** The team named it by a command. */
  ordered?: true;
}

/** How an original is named in lessons: by its number, in another repository with that one's name. */
export function originalId({ repository, number }: Pick<SuggestedThread, "repository" | "number">): string {
  return repository === undefined ? String(number) : `${repository}#${number}`;
}

/** What was said, or mentioned, to the reporter: kept, so that the comment can be written again. */
export interface Suggestions {
  answers: SuggestedArticle[];
  duplicates: SuggestedThread[];
  /** Only mentioned. */
  related: Omit<SuggestedArticle, "id" | "probability">[];
  /** An article was found, sure enough to be said if nobody had ever judged one here: the knowledge base has no gap. */
  known?: true;
}

/** How a thread that answers is named among the articles. */
export function answeredThreadId({ kind, number }: { kind: ThreadKind; number: number }): string {
  return `${kind} ${number}`;
}

/** The thread that an id stands for; null for sections of articles. */
export function answeredThread(id: string): { kind: ThreadKind; number: number } | null {
  const [, kind, number] = /^(issue|discussion) (\d+)$/.exec(id) ?? [];
  return kind === "issue" || kind === "discussion" ? { kind, number: Number(number) } : null;
}
