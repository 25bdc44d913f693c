import * as z from "zod";
import { labelName, login, mention, secretName } from "./name.ts";

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

export const Notifications = z.strictObject({
  slack: secrets.describe("Environment variables that hold Slack's webhook addresses."),
  email: secrets.describe(
    "Environment variables that hold mail servers and receivers, as `smtp://` addresses.",
  ),
  webhooks: secrets.describe("Environment variables that hold addresses of signed webhooks."),
});
