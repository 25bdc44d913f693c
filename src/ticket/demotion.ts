/** Something that the desk does of itself no more in a repository, as people corrected it too often. */
export interface Demotion {
  what: "label" | "article" | "answers" | "duplicates";
  /** The label's name or the article's id; empty for answers and duplicates altogether. */
  subject: string;
  /** Share of what was judged that was right, how much was judged, and the share that was to be right. */
  precision: number;
  count: number;
  target: number;
  /** Milliseconds since 1970. */
  since: number;
}

/** Is it done no more? Labels are compared as GitHub does, without case. */
export function isSilent(silent: readonly Demotion[], what: Demotion["what"], subject: string = ""): boolean {
  return silent.some((one) => one.what === what && one.subject.toLowerCase() === subject.toLowerCase());
}
