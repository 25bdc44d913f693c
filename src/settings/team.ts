import * as z from "zod";
import { day } from "./date.ts";
import { PRIORITIES } from "../ticket/priority.ts";
import { login, timeZone } from "./name.ts";

/** Days from `from` to `to`, both included. */
const Absence = z
  .strictObject({ from: day.describe("First day away."), to: day.describe("Last day away.") })
  .superRefine(({ from, to }, context) => {
    if (from <= to) return;
    context.addIssue({
      code: "custom",
      path: ["to"],
      message: `the last day away, ${to}, is before the first, ${from}`,
    });
  });

export const Teammate = z.strictObject({
  login: login.describe("Who it is."),
  skills: z
    .array(z.string().trim().min(1).max(100))
    .max(100)
    .default([])
    .describe("What the person knows: labels, kinds, paths, languages."),
  capacity: z
    .number()
    .min(0)
    .max(1000)
    .default(10)
    .describe("How much open work, weighted by priority, the person takes at most."),
  timezone: timeZone.nullable().default(null).describe("Where the person works; `null`: as `businessHours`."),
  measured: z
    .boolean()
    .default(false)
    .describe("The person agreed that the organisation's private report shows how busy they are."),
  away: z.array(Absence).default([]).describe("Days away, as `{ from: 2026-08-03, to: 2026-08-14 }`."),
});
export type Teammate = z.output<typeof Teammate>;

export const Assignment = z.strictObject({
  enabled: z.boolean().default(false).describe("Assign tickets to people of `team`."),
  strategy: z
    .enum(["skills", "least-loaded", "round-robin", "fastest"])
    .default("skills")
    .describe("Who gets a ticket."),
  for: z.array(z.enum(PRIORITIES)).default(["P0", "P1"]).describe("Priorities whose tickets are assigned."),
});
