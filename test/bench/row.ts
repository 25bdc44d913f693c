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

/** A table that fits 100 columns. */
export function table(title: string, rows: Row[]): string {
  const lines = rows.map(({ what, value, unit, must = "", aim = "" }) => {
    const figure = Number.isInteger(value) ? String(value) : value.toFixed(2);
    return `  ${what.padEnd(48)} ${figure.padStart(10)} ${unit.padEnd(14)} ${must.padEnd(10)} ${aim}`.trimEnd();
  });
  return [
    `${title}`,
    `  ${"".padEnd(48)} ${"".padStart(10)} ${"".padEnd(14)} ${"must".padEnd(10)} aim`,
    ...lines,
  ].join("\n");
}
