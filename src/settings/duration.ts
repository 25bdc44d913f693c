import * as z from "zod";
import { complain, show } from "./complaint.ts";

/** Milliseconds in each unit. */
const UNIT = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const FORM = /^(\d{1,9}(?:\.\d{1,3})?)\s?([smhd])$/;

/** Ten years: longer ones are slips of the pen, and would leave the range of dates. */
const LONGEST = 3_650 * UNIT.d;

/**
 * A span of business time, as an SLA is meant: `4h` is four hours of work, `1d` one business day (from opening to
 * closing, however long that is), so the two cannot become one number before the business hours are known.
 */
export interface BusinessTime {
  /** Business days, may be a fraction. */
  days: number;
  /** Milliseconds of work beside the days. */
  ms: number;
}

interface Span {
  amount: number;
  unit: keyof typeof UNIT;
}

function readSpan(text: string, context: z.core.$RefinementCtx<string>): Span | null {
  const [, amount, unit] = FORM.exec(text.trim()) ?? [];
  if (amount === undefined || unit === undefined) {
    complain(context, `${show(text)} is not a duration: a number and s, m, h or d, such as 30m`, mend(text));
    return null;
  }
  const span = { amount: Number(amount), unit: unit as Span["unit"] };
  if (span.amount * UNIT[span.unit] <= LONGEST) return span;
  complain(context, `${show(text)} is longer than ten years`);
  return null;
}

/** What was probably meant: `1h30m` -> `90m`, `2 weeks` -> `14d`, `5 min` -> `5m`. */
function mend(text: string): string | undefined {
  const parts = [...text.toLowerCase().matchAll(/(\d{1,6})\s{0,3}([a-z]+)/g)];
  const spans = parts.map(
    ([, amount, unit]) => Number(amount) * ({ ...UNIT, w: 7 * UNIT.d }[unit?.[0] ?? ""] ?? NaN),
  );
  const sum = spans.reduce((total, span) => total + span, 0);
  if (spans.length === 0 || !Number.isFinite(sum)) return undefined;
  const unit = (["d", "h", "m", "s"] as const).find((name) => sum % UNIT[name] === 0) ?? "s";
  return `${sum / UNIT[unit]}${unit}`;
}

const written = z
  .string({ error: "a duration is a number and s, m, h or d, such as 30m" })
  .meta({ pattern: FORM.source, examples: ["10s", "5m", "4h", "2d"] });

/** A span of calendar time (`1d` is 24 hours), in milliseconds. */
export const duration = written.transform((text, context) => {
  const span = readSpan(text, context);
  return span === null ? z.NEVER : span.amount * UNIT[span.unit];
});

/** A span of business time. */
export const businessTime = written.transform((text, context): BusinessTime => {
  const span = readSpan(text, context);
  if (span === null) return z.NEVER;
  if (span.unit === "d") return { days: span.amount, ms: 0 };
  return { days: 0, ms: span.amount * UNIT[span.unit] };
});
