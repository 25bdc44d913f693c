import * as z from "zod";
import { PRIORITIES } from "../ticket/priority.ts";
import { labelName } from "./name.ts";

const label = labelName.nullable();

export const Labels = z.strictObject({
  bug: label.default("bug").describe("Label of bug reports."),
  feature: label.default("enhancement").describe("Label of feature requests."),
  question: label.default("question").describe("Label of questions."),
  documentation: label.default("documentation").describe("Label of gaps and mistakes in the documentation."),
  performance: label.default("performance").describe("Label of slowness and waste of memory."),
  security: label
    .default(null)
    .describe(
      "Label of suspected vulnerability reports. None by default: a public label advertises the hole.",
    ),
  needsInfo: label.default("needs-info").describe("Label while the reporter owes information."),
  duplicate: label.default("possible-duplicate").describe("Label of probable duplicates."),
  needsHuman: label.default("needs-human").describe("Label when the desk withdraws and people must look."),
  priorities: z
    .array(label)
    .length(PRIORITIES.length)
    .nullable()
    .default(null)
    .describe(
      "Labels of the four priorities, most pressing first; `null` in the place of one that has none. By default `P0` to `P3` where `plans`, `sla` or `assignment` are set up, and none elsewhere.",
    ),
  states: z
    .strictObject({
      new: label.default(null).describe("Label until a person of the team answers."),
      open: label.default(null).describe("Label while the team works on it."),
      pending: label.default(null).describe("Label while the desk waits for the reporter."),
      onHold: label.default(null).describe("Label while the desk waits for others."),
      solved: label.default(null).describe("Label of a discussion that has its answer."),
      closed: label.default(null).describe("Label of what is closed."),
    })
    .prefault({})
    .describe("Labels that mirror a ticket's state, if any."),
});
