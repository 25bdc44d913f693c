import * as z from "zod";
import { duration } from "./duration.ts";
import { labelName, share } from "./name.ts";

export const Classification = z.strictObject({
  targetPrecision: share
    .default(0.85)
    .describe("Share of the applied labels that must be right; where that cannot be had, none is applied."),
  learn: z.boolean().default(true).describe("Learn and apply the repository's own labels too."),
  ignoreLabels: z.array(labelName).default([]).describe("Labels that are never learned and never applied."),
  quietPeriod: duration.prefault("0m").describe("How long to wait before acting on a new ticket."),
});

/** What a bug report must say. */
export const MissingInformation = z.strictObject({
  ask: z.boolean().default(true).describe("Ask the reporter for what a bug report lacks."),
  required: z
    .array(z.string().min(1).max(80))
    .max(20)
    .default([])
    .describe("What every bug report must say, besides what the repository's issue form requires."),
});
