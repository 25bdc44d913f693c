import * as z from "zod";
import { clockTime, day, WEEKDAYS } from "./date.ts";
import { timeZone } from "./name.ts";

export const BusinessHours = z
  .strictObject({
    timezone: timeZone.default("UTC").describe("Time zone of the hours and holidays."),
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1)
      .default(["mon", "tue", "wed", "thu", "fri"])
      .describe("Days of the week on which the desk is open."),
    from: clockTime.default("09:00").describe("When the desk opens."),
    to: clockTime.default("17:00").describe("When the desk closes; `24:00` is midnight."),
    holidays: z.array(day).default([]).describe("Days on which the desk is closed, as `2026-12-25`."),
  })
  .superRefine(({ from, to }, context) => {
    if (from < to) return;
    context.addIssue({
      code: "custom",
      path: ["to"],
      message: `the desk closes at ${to}, which is not after it opens at ${from}; hours over midnight are not possible`,
    });
  });
export type BusinessHours = z.output<typeof BusinessHours>;
