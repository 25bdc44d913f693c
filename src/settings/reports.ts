import * as z from "zod";
import { duration } from "./duration.ts";
import { amount, currency, labelName, language, repositoryName, webAddress } from "./name.ts";

export const Reports = z.strictObject({
  schedule: z
    .enum(["weekly", "monthly", "never"])
    .default("weekly")
    .describe("How often the summary issue is written."),
  pin: z.boolean().default(false).describe("Pin the newest summary issue."),
  label: labelName.nullable().default("support-report").describe("Label of the summary issues."),
  language: language.default("en").describe("Language of the summary issues."),
});

export const Costs = z.strictObject({
  technical: amount.default(0).describe("What machines and services cost a month."),
  people: amount.default(0).describe("What people cost a month."),
  administration: amount.default(0).describe("What administration costs a month."),
  fixed: amount
    .nullable()
    .default(null)
    .describe("The same money looked at in another way: what it costs a month anyhow."),
  variable: amount.nullable().default(null).describe("What grows with the tickets, a month."),
  extra: amount.nullable().default(null).describe("What comes on top, a month."),
  currency: currency.default("USD").describe("Currency code of costs and revenue."),
});

export const Revenue = z.strictObject({
  partnerships: amount
    .default(0)
    .describe("What partners pay a month, in `costs.currency`; what plans bring in is counted."),
});

export const Support = z.strictObject({
  repository: repositoryName
    .nullable()
    .default(null)
    .describe("A private repository for private routing, business numbers and mirrors of paid tickets."),
});

export const Lifecycle = z.strictObject({
  remindAfter: duration
    .nullable()
    .prefault("14d")
    .describe(
      "Silence of the reporter, when information is owed, after which one reminder is posted; `null`: never.",
    ),
  closeAfter: duration
    .nullable()
    .prefault(null)
    .describe("Further silence after which the ticket is closed; `null`: never."),
  heartbeat: duration
    .prefault("6h")
    .describe("Silence of the desk, while GitHub shows activity, after which it says that it is not well."),
});

export const Privacy = z.strictObject({
  retentionDays: z
    .int()
    .min(1)
    .max(36_500)
    .default(400)
    .describe("Days for which what concerns a person is kept; after them only sums are."),
  notice: webAddress
    .nullable()
    .default(null)
    .describe("A page that says what is stored, linked from the comment."),
});
