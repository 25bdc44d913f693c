import * as z from "zod";
import { BusinessHours } from "./business-hours.ts";
import { Classification, MissingInformation } from "./classification.ts";
import { EscalationStep, Notifications } from "./escalation.ts";
import { Duplicates, Knowledge } from "./knowledge.ts";
import { Labels } from "./labels.ts";
import { Messages } from "./messages.ts";
import { languageOrAuto } from "./name.ts";
import { Plan, Sla } from "./plans.ts";
import { PriorityRule } from "./priority.ts";
import { Costs, Lifecycle, Privacy, Reports, Revenue, Support } from "./reports.ts";
import { Satisfaction } from "./satisfaction.ts";
import { Assignment, Teammate } from "./team.ts";

/**
 * `.github/frontdesk.yml`: every key with its meaning and default, so that an empty file is valid. Durations come out
 * in milliseconds, those of SLAs as business time.
 */
export const Settings = z.strictObject({
  mode: z
    .enum(["observe", "label", "reply"])
    .default("reply")
    .describe("What the desk may do: write nothing at all, set labels only, or reply too."),
  acknowledge: z
    .enum(["useful", "always"])
    .default("useful")
    .describe("Comment on tickets only with something to say, or on each."),
  language: languageOrAuto
    .default("auto")
    .describe("Language of the replies: the ticket's own, or an ISO 639-1 code for all."),
  labels: Labels.prefault({}).describe("What kinds and states are called as labels; `null`: never set."),
  classification: Classification.prefault({}).describe("Telling what kind a ticket is."),
  missingInformation: MissingInformation.prefault({}).describe("What a bug report must say."),
  knowledge: Knowledge.prefault({}).describe("Where answers come from."),
  duplicates: Duplicates.prefault({}).describe("Tickets that were reported before."),
  plans: z
    .array(Plan)
    .max(50)
    .default([])
    .describe("Plans of support. The first that fits a person serves; whom none fits is community."),
  businessHours: BusinessHours.prefault({}).describe(
    "When the desk is open: the time in which SLAs are counted.",
  ),
  priority: PriorityRule.prefault({}).describe("How pressing a ticket is."),
  sla: Sla.prefault({}).describe("What is promised beside the plans."),
  team: z.array(Teammate).max(500).default([]).describe("The people of the desk."),
  assignment: Assignment.prefault({}).describe("Who gets which ticket."),
  escalation: z
    .array(EscalationStep)
    .max(50)
    .default([])
    .describe("Steps that a ticket climbs while a promise runs out."),
  notifications: Notifications.prefault({}).describe(
    "Where private notices go: names of secrets, never secrets.",
  ),
  support: Support.prefault({}).describe("Where private work is done."),
  lifecycle: Lifecycle.prefault({}).describe("What silence leads to."),
  satisfaction: Satisfaction.prefault({}).describe("How it is measured whether the desk helps."),
  reports: Reports.prefault({}).describe("The summary issue."),
  costs: Costs.prefault({}).describe("What the desk costs a month, for the private business numbers."),
  revenue: Revenue.prefault({}).describe("What the desk earns beside its plans, for the same."),
  privacy: Privacy.prefault({}).describe("What is kept of people."),
  messages: Messages.prefault({}).describe("Sentences of your own: name of the message, language, template."),
});
export type Settings = z.output<typeof Settings>;

/** What a file says: any part of the settings, as it is written. */
export type PartialSettings = z.input<typeof Settings>;

export const defaultSettings: Settings = Settings.parse({});
