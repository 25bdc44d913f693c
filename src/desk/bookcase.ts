import type { Article } from "../kb/article.ts";
import { Library } from "../kb/library.ts";

/** The articles that may answer in one repository, indexed in memory. */
export interface Bookcase {
  library: Library;
  /** By `source's id/path`, as the library names them. */
  articles: Map<string, Article>;
  /** What is in the library of each source, by its id: when it was read, and each file's blob. */
  shelved: Map<number, { fullName: string; readAt: number; shas: Map<string, string> }>;
}

export const newBookcase = (): Bookcase => ({
  library: new Library(),
  articles: new Map(),
  shelved: new Map(),
});
