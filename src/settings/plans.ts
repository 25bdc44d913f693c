import * as z from "zod";
import { KINDS } from "../learning/kind.ts";
import { businessTime } from "./duration.ts";
import { filePath } from "./glob.ts";
import { amount, currency, language, login, teamName } from "./name.ts";

/** How long each answer of the team may take, in business time; null: no promise. */
export const SlaTargets = z.strictObject({
  firstResponse: businessTime
    .nullable()
    .prefault(null)
    .describe(
      "From the opening to the first public reply of a person of the team, such as `4h`; `1d` is a business day.",
    ),
  nextResponse: businessTime
    .nullable()
    .prefault(null)
    .describe("From each further word of the reporter to the team's reply."),
  resolution: businessTime
    .nullable()
    .prefault(null)
    .describe("From the opening to the solution, without the time spent waiting for the reporter."),
});
export type SlaTargets = z.output<typeof SlaTargets>;

const Price = z.strictObject({
  amount: amount.describe("What the plan costs."),
  currency: currency.default("USD").describe("Currency code of the price."),
  per: z
    .enum(["month", "year", "incident", "hour", "once"])
    .default("month")
    .describe("What the price is paid for."),
});

const Members = z.strictObject({
  logins: z.array(login).default([]).describe("Accounts that have the plan."),
  organizations: z.array(login).default([]).describe("Organisations whose members have the plan."),
  teams: z
    .array(teamName)
    .default([])
    .describe("Teams whose members have the plan, such as `octo-org/customers`."),
  file: filePath
    .nullable()
    .default(null)
    .describe("A CSV or JSON file with members, beside the settings in the private repository."),
});

const Sponsors = z.strictObject({
  minimumMonthlyDollars: amount
    .nullable()
    .default(null)
    .describe(
      "Who sponsors with at least so many dollars a month has the plan; `null`: sponsoring gives nothing.",
    ),
  accounts: z
    .array(login)
    .default([])
    .describe("Accounts that are sponsored. Without any: the repository's owner."),
});

export const Plan = z.strictObject({
  name: z.string().trim().min(1).max(50).describe("What the plan is called."),
  mode: z
    .enum(["community", "subscription", "incidents", "services"])
    .default("subscription")
    .describe("How support is paid for: not at all, by time, by the incident, or as a service."),
  price: Price.nullable().default(null).describe("The price, for the private business numbers."),
  members: Members.prefault({}).describe("Who has the plan."),
  sponsors: Sponsors.prefault({}).describe("Sponsors who have the plan."),
  credits: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe("Incidents that one purchase pays for, where the mode is `incidents`; `null`: not counted."),
  covers: z
    .array(z.enum(KINDS))
    .default([...KINDS])
    .describe("Kinds of tickets that the plan serves."),
  languages: z.array(language).default([]).describe("Languages that the plan serves. None: all."),
  weight: z
    .number()
    .min(0)
    .max(5)
    .default(0)
    .describe("Added to the priority of its tickets, which runs from 0 to 5."),
  sla: SlaTargets.nullable().default(null).describe("The promise of this plan; `null`: that of `sla`."),
  public: z
    .boolean()
    .default(false)
    .describe("May public traces (labels, order, speed) depend on who has this plan?"),
});
export type Plan = z.output<typeof Plan>;

export const Sla = z.strictObject({
  default: SlaTargets.nullable()
    .default(null)
    .describe("The promise to tickets that nothing else promises more."),
  byPriority: z
    .strictObject({
      P0: SlaTargets.optional().describe("The promise to tickets of priority P0."),
      P1: SlaTargets.optional().describe("The promise to tickets of priority P1."),
      P2: SlaTargets.optional().describe("The promise to tickets of priority P2."),
      P3: SlaTargets.optional().describe("The promise to tickets of priority P3."),
    })
    .prefault({})
    .describe("Promises by priority, before the default."),
  warnAt: z.number().gt(0).max(1).default(0.75).describe("Share of the time after which a warning is given."),
  repeatAfter: businessTime
    .nullable()
    .prefault(null)
    .describe(
      "A promise that stays broken is told of again each time this passes; `null`: it is told of once.",
    ),
});
