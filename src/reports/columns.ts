/** What terminals draw two columns wide: East Asian signs, unless they are halfwidth forms, and pictures. */
const WIDE =
  /(?![\uff61-\uffdc])[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;

/** Marks and gaps that have no column of their own. */
const UNSEEN = /^[\p{M}\p{Cf}]*$/u;

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (!UNSEEN.test(segment)) columns += WIDE.test(segment) ? 2 : 1;
  }
  return columns;
}

/** A text with spaces behind it, so that it takes so many columns. */
export function padColumns(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}
