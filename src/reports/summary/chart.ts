/** Mermaid as GitHub renders it in a fenced block. */
function block(lines: readonly string[]): string {
  return ["```mermaid", ...lines, "```"].join("\n");
}

/** Mermaid has no escape for a quote inside quotes, ends a line at its end, and reads two percent signs as a comment. */
function plain(text: string): string {
  return text.replace(/["\r\n`]/g, "'").replace(/%{2,}/g, "%");
}

const quoted = (text: string) => `"${plain(text)}"`;

/** Bars and a line over the same columns. */
export function barsAndLine(
  title: string,
  axis: string,
  columns: readonly string[],
  bars: readonly number[],
  line: readonly number[],
): string {
  const most = Math.max(1, ...bars, ...line);
  return block([
    "xychart-beta",
    `    title ${quoted(title)}`,
    `    x-axis [${columns.map(quoted).join(", ")}]`,
    `    y-axis ${quoted(axis)} 0 --> ${most}`,
    `    bar [${bars.join(", ")}]`,
    `    line [${line.join(", ")}]`,
  ]);
}

/** Parts of a whole, the largest first. A pie must not have empty slices. */
export function pie(title: string, parts: readonly { name: string; count: number }[]): string {
  const slices = parts.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count);
  return block([
    `pie showData title ${plain(title)}`,
    ...slices.map(({ name, count }) => `    ${quoted(name)} : ${count}`),
  ]);
}
