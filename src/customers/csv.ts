/** A row of a CSV file and the line, from 1, that it begins on. */
export interface CsvRow {
  line: number;
  cells: string[];
  /** A quoted cell was never closed: the row reaches to the end of the file. */
  open: boolean;
}

/**
 * Reads CSV (RFC 4180) with the spreadsheet programs' habits: a byte order mark, semicolons or tabs instead of commas
 * (whichever the first line has most of), any line ends. Empty lines are no rows.
 */
export function parseCsv(text: string): CsvRow[] {
  const source = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const separator = separatorOf(source.slice(0, Math.max(0, source.indexOf("\n"))) || source);
  const rows: CsvRow[] = [];
  let line = 1;
  for (let at = 0; at < source.length; ) {
    const read = readRow(source, at, separator);
    if (read.cells.some((cell) => cell !== "")) rows.push({ line, cells: read.cells, open: read.open });
    line += read.lines;
    at = read.end;
  }
  return rows;
}

function separatorOf(header: string): string {
  const count = (separator: string) => header.split(separator).length;
  return [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best));
}

interface ReadRow {
  cells: string[];
  end: number;
  lines: number;
  open: boolean;
}

function readRow(source: string, start: number, separator: string): ReadRow {
  const cells: string[] = [];
  let lines = 1;
  let at = start;
  for (;;) {
    const quoted = source[at] === '"';
    const cell = quoted ? quotedCell(source, at) : plainCell(source, at, separator);
    cells.push(cell.text.trim());
    lines += cell.text.split("\n").length - 1;
    // What stands between a closing quote and the separator belongs to no cell.
    at = plainCell(source, cell.end, separator).end;
    if (source[at] !== separator) return { cells, end: at + 1, lines, open: quoted && !cell.closed };
    at++;
  }
}

function plainCell(
  source: string,
  start: number,
  separator: string,
): { text: string; end: number; closed: boolean } {
  let end = start;
  while (end < source.length && source[end] !== separator && source[end] !== "\n") end++;
  return { text: source.slice(start, end), end, closed: true };
}

/** From the opening quote to the separator or line end after the closing one; `""` is a quote. */
function quotedCell(source: string, start: number): { text: string; end: number; closed: boolean } {
  let text = "";
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] !== '"') text += source[at];
    else if (source[at + 1] === '"') text += source[at++];
    else return { text, end: at + 1, closed: true };
  }
  return { text, end: source.length, closed: false };
}
