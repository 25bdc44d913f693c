/** Longest part of a line that is shown: a terminal's width without the line's number. */
const WIDEST = 72;

/** A line of a text with a caret below a column, both counted from 1: three lines at most a terminal wide. */
export function excerpt(text: string, line: number, column: number): string[] {
  const whole = text.split(/\r\n|\r|\n/)[line - 1];
  if (whole === undefined) return [];
  // Nothing that a file says may steer the terminal; each character keeps its column.
  const plain = whole.replace(/\p{Cc}/gu, " ");
  const from = column <= WIDEST - 8 ? 0 : column - WIDEST / 2;
  const part = plain.slice(from, from + WIDEST);
  const margin = `  ${line} | `;
  return [`${margin}${part}`.trimEnd(), `${" ".repeat(margin.length + column - 1 - from)}^`];
}
