import type { Targets } from "../kb/gate.ts";
import { bootstrap, type Judged } from "../kb/measure.ts";
import { defaultSettings } from "../settings/schema.ts";

const { reply, mention } = defaultSettings.knowledge;

/** What the desk dares by default: for duplicates it is the same. */
export const TARGETS: Targets = {
  reply: reply.targetPrecision,
  mention: mention.targetPrecision,
  links: reply.links,
};

/** A measure's name and how it is computed. */
export type Figure = [name: string, compute: (judged: readonly Judged[]) => number];

/** Prints the figures with their bootstrap intervals, as a table or as one line of JSON. */
export function reportFigures(
  figures: readonly Figure[],
  judged: readonly Judged[],
  queries: number,
  json: boolean,
): void {
  const rows = judged.length === 0 ? [] : measure(figures, judged);
  if (json) {
    const measured = Object.fromEntries(rows.map(({ name, value, interval }) => [name, { value, interval }]));
    process.stdout.write(`${JSON.stringify({ queries, judged: judged.length, ...measured })}\n`);
    return;
  }
  process.stdout.write(`${queries} queries, ${judged.length} judged; in brackets 95% bootstrap intervals\n`);
  for (const { name, value, interval } of rows) {
    const [low, high] = interval.map((bound) => bound.toFixed(3));
    process.stdout.write(`${name.padEnd(10)} ${value.toFixed(3)}  [${low}, ${high}]\n`);
  }
}

interface Row {
  name: string;
  value: number;
  interval: [low: number, high: number];
}

function measure(figures: readonly Figure[], judged: readonly Judged[]): Row[] {
  return figures.map(([name, compute]) => ({
    name,
    value: compute(judged),
    interval: bootstrap(judged, compute, 1),
  }));
}
