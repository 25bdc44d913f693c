import * as z from "zod";

/** What is wrong with a value, in a sentence, and what to write instead if we can tell. */
export interface Complaint {
  message: string;
  suggestion?: string;
}

/**
 * Adds a complaint to what zod found; `parse` turns it into a Problem. What holds the value is not judged further:
 * rules between fields would only repeat that one of them is wrong.
 */
export function complain(context: z.core.$RefinementCtx<string>, message: string, suggestion?: string): void {
  context.addIssue({ code: "custom", message, params: { suggestion }, continue: false });
}

/** A text that the judge has nothing against. */
export function judged(judge: (text: string) => Complaint | null) {
  return z.string().superRefine((value, context) => {
    const complaint = judge(value);
    if (complaint) complain(context, complaint.message, complaint.suggestion);
  });
}

/** Longest part of a value that is quoted back: Problems are read in an issue, not in a file. */
const QUOTED = 40;

/** A value as a Problem quotes it: one short line. */
export function show(value: unknown): string {
  const line = JSON.stringify(value) ?? String(value);
  return line.length <= QUOTED ? line : `${line.slice(0, QUOTED - 1)}…`;
}
