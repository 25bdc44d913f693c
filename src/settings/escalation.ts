import * as z from "zod";
import { clockTime } from "./date.ts";
import { labelName, login, mention, secretName, timeZone } from "./name.ts";

const ESCALATIONS = ["mention", "label", "assign", "slack", "email", "webhook"] as const;

/** Actions of a step that need to be told whom or what. */
const NEEDS = ["mention", "label", "assign"] as const;

/** A step of the ladder that a ticket climbs while nobody answers it. */
export const EscalationStep = z
  .strictObject({
    at: z
      .number()
      .gt(0)
      .max(10)
      .describe("Share of the promised time: 0.75 before its end, 1 at the breach, 2 at twice."),
    plans: z
      .array(z.string())
      .default([])
      .describe("Names of the plans that the step is for; none: for all."),
    actions: z.array(z.enum(ESCALATIONS)).min(1).describe("What is done."),
    mention: mention.nullable().default(null).describe("Whom `mention` calls, such as `@octo-org/support`."),
    label: labelName.nullable().default(null).describe("What `label` sets."),
    assign: login.nullable().default(null).describe("To whom `assign` hands the ticket."),
  })
  .superRefine((step, context) => {
    for (const action of NEEDS) {
      if (!step.actions.includes(action) || step[action] !== null) continue;
      context.addIssue({
        code: "custom",
        path: ["actions", step.actions.indexOf(action)],
        message: `${action} is to be done, but the key ${action} beside it does not say with what`,
      });
    }
  });
export type EscalationStep = z.output<typeof EscalationStep>;

const secrets = z.array(secretName).max(20).default([]);

/** When people are left alone; over midnight too. */
export const QuietHours = z
  .strictObject({
    timezone: timeZone.default("UTC").describe("Time zone of the quiet hours."),
    from: clockTime.default("20:00").describe("When they begin."),
    to: clockTime.default("08:00").describe("When they end, on the next day if that is earlier."),
  })
  .superRefine(({ from, to }, context) => {
    if (from !== to) return;
    const message = `quiet hours that begin and end at ${to} are none: write null instead, or another time`;
    context.addIssue({ code: "custom", path: ["to"], message });
  });
export type QuietHours = z.output<typeof QuietHours>;

export const Notifications = z.strictObject({
  slack: secrets.describe("Environment variables that hold Slack's webhook addresses."),
  email: secrets.describe(
    "Environment variables that hold mail servers and receivers, as `smtp://` addresses.",
  ),
  webhooks: secrets.describe(
    "Environment variables that hold addresses of signed webhooks; `NAME_SECRET` holds the secret of `NAME`.",
  ),
  quietHours: QuietHours.nullable()
    .default(null)
    .describe("When Slack and mail wait, but for what is about P0 tickets; `null`: never."),
  digestAbove: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe("As many messages an hour a place gets one by one; what is more comes as one digest."),
});
