import type { BacklogThread } from "../ticket/backlog-thread.ts";
import { answeredThreadId } from "../ticket/suggestion.ts";
import type { Problem } from "../ticket/problem.ts";
import type { Article } from "../kb/article.ts";
import { Library } from "../kb/library.ts";

/** The articles that may answer in one repository, indexed in memory. */
export interface Bookcase {
  library: Library;
  /** By `source's id/path`, as the library names them. */
  articles: Map<string, Article>;
  /** By the same names: the language of each, null where it cannot be told. */
  languages: Map<string, string | null>;
  /** By the same names: what is wrong with each. */
  problems: Map<string, Problem[]>;
  /** What is in the library of each source, by its id: when it was read, and each file's blob. */
  shelved: Map<number, { fullName: string; readAt: number; shas: Map<string, string> }>;
}

export const newBookcase = (): Bookcase => ({
  library: new Library(),
  articles: new Map(),
  languages: new Map(),
  problems: new Map(),
  shelved: new Map(),
});

/**
 * Puts a thread that was answered into the library, question and answer together; takes out what has no answer any more.
 */
export function shelveAnswer({ library }: Bookcase, thread: BacklogThread): void {
  const { title, body, answer, hidden } = thread;
  const id = answeredThreadId(thread);
  if (answer && !hidden) library.add({ id, title, body: `${body}\n\n${answer.body}` });
  else library.remove(id);
}
