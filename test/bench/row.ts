/** A line of the bench's table. */
export interface Row {
  what: string;
  value: number;
  unit: string;
  must?: string;
  aim?: string;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Of a Markdown table: what was measured, how much it is, what it must be, what it aims to be. */
export const HEADING = ["| | measured | must | aim |", "|---|---|---|---|"].join("\n");

/** Lines of that table under a title of their own. */
export function lines(title: string, rows: Row[]): string {
  const figures = rows.map(({ what, value, unit, must = "", aim = "" }) => {
    const figure = Number.isInteger(value) ? String(value) : value.toFixed(2);
    return `| ${what} | ${figure} ${unit} | ${must} | ${aim} |`;
  });
  return [`| **${title}** | | | |`, ...figures].join("\n");
}
