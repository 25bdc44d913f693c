import * as z from "zod";
import { PRIORITIES } from "../ticket/priority.ts";
import { share } from "./name.ts";

/** Terms and their weighted sum run from 0 to this. */
const HIGHEST = 5;

/** Decimal fractions do not add up to 1 exactly. */
const SLACK = 1e-6;

const Weights = z
  .strictObject({
    urgency: share.default(0.4).describe("Weight of what the text and its signals say is pressing."),
    severity: share.default(0.3).describe("Weight of the kind and of what the form's fields say."),
    history: share.default(0.3).describe("Weight of what happened before: reopened, repeated, waiting."),
  })
  .superRefine(({ urgency, severity, history }, context) => {
    const sum = urgency + severity + history;
    if (Math.abs(sum - 1) <= SLACK) return;
    context.addIssue({
      code: "custom",
      message: `the three weights add up to ${Number(sum.toFixed(3))} (the ones that you leave out have their defaults); make it 1`,
    });
  });

const Thresholds = z
  .array(
    z
      .number()
      .min(0)
      .max(2 * HIGHEST),
  )
  .length(PRIORITIES.length - 1)
  .superRefine((thresholds, context) => {
    const rising = thresholds.findIndex((value, i) => i > 0 && value >= (thresholds[i - 1] ?? Infinity));
    if (rising < 0) return;
    context.addIssue({
      code: "custom",
      path: [rising],
      message: "each threshold must be lower than the one before: they are those of P0, P1 and P2",
    });
  });

export const PriorityRule = z.strictObject({
  weights: Weights.prefault({}).describe(
    "How much each term counts; together 1, so that the sum runs from 0 to 5.",
  ),
  thresholds: Thresholds.default([4, 3, 2]).describe(
    "From which sum on a ticket is P0, P1, P2; below them P3.",
  ),
});
