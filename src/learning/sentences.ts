const OPENING_LENGTH = 400;

/** The first sentences of a text, ended by . ! ? or a line's end, at most `OPENING_LENGTH` characters. */
export function firstSentences(text: string, sentences: number): string {
  const limit = Math.min(text.length, OPENING_LENGTH);
  let seen = 0;
  for (let i = 0; i < limit; i++) {
    const char = text[i];
    const ends =
      char === "\n" || ((char === "." || char === "!" || char === "?") && /\s/.test(text[i + 1] ?? " "));
    if (!ends || i < 8) continue;
    seen += 1;
    if (seen === sentences) return text.slice(0, i + 1);
  }
  return text.slice(0, limit);
}

/** How often a mark stands in a text. */
export function countOf(text: string, mark: string): number {
  let found = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) found += 1;
  return found;
}
