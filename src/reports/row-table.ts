import stringWidth from "string-width";
import { neutralize } from "../messages/sanitize.ts";
import { CHANGE, type FigureRow } from "./figure-rows.ts";

/** Widths that make a line of 79 characters. */
const WIDTHS = [34, 11, 15, 6] as const;

/** More of a name than this is no name: GitHub's labels have 50 characters, paths of articles seldom 150. */
const LONGEST = 200;

/** The rows as a table of Markdown that is readable as it is, at 80 columns: long names go on in the next line. */
export function markdown(rows: readonly FigureRow[]): string {
  const lines = rows.flatMap((row) => {
    const { value, unit, count, low, high } = row;
    const [first = "", ...more] = wrapped(nameOf(row), WIDTHS[0]);
    const figure = [
      first,
      value === null ? "-" : `${shown(value, unit)}${UNIT[unit] ?? ` ${unit}`}`,
      low === null || high === null ? "" : `${shown(low, unit)} to ${shown(high, unit)}%`,
      String(count),
    ];
    return [figure, ...more.map((rest) => [rest, "", "", ""])];
  });
  const pad = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? padded(cell, WIDTHS[0]) : cell.padStart(WIDTHS[i] ?? 0))).join(" | ")} |`;
  const rule = WIDTHS.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [["figure", "value", "95% interval", "of"], rule, ...lines].map(pad).join("\n");
}

/** By columns of a terminal: East Asian signs take two, marks none. */
const padded = (text: string, width: number) => text + " ".repeat(Math.max(0, width - stringWidth(text)));

/** `article precision: docs/a.md#b`: the number of an article's repository says nothing to people. */
function nameOf({ metric, of, beforeCount }: FigureRow): string {
  if (metric === CHANGE) return `${metric} (against ${beforeCount})`;
  if (of === "") return metric;
  const own = metric.startsWith("article") ? of.replace(/^\d+\//, "") : of;
  return `${metric}: ${neutralize(own, { maxLength: LONGEST })}`;
}

/** Breaks a name where words end, else anywhere but within an escape or an entity; what follows is set in by two. */
function wrapped(name: string, width: number): string[] {
  const pieces = name.match(/(?:\\.|&[#\w]+;|[^\\&\s]|\\|&)+?(?:[\s/#,:-]+|$)|\s+/gu) ?? [name];
  const atoms = pieces.flatMap((piece) =>
    stringWidth(piece) > width - 2 ? (piece.match(/\\.|&[#\w]+;|./gu) ?? []) : [piece],
  );
  const lines: string[] = [];
  let line = "";
  for (const atom of atoms) {
    if (line !== "" && stringWidth((line + atom).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "  ";
    }
    line += atom;
  }
  return [...lines, line.trimEnd()];
}

const UNIT: Readonly<Record<string, string>> = {
  tickets: "",
  people: "",
  pieces: "",
  share: "%",
  hours: " h",
  days: " d",
  ratio: "",
};

const shown = (value: number, unit: string) =>
  unit === "share" ? String(Math.round(value * 1_000) / 10) : String(Math.round(value * 100) / 100);

const COLUMNS = ["metric", "of", "value", "unit", "count", "low", "high", "before", "beforeCount"] as const;

/** What spreadsheets take for the beginning of a formula, some also behind blanks and in the fullwidth forms of East Asia. */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/** RFC 4180, with a heading. What a spreadsheet would take for a formula is made a text. */
export function csv(rows: readonly FigureRow[]): string {
  const cell = (value: string | number | null) => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const safe = FORMULA.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(","));
  return `${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
}
