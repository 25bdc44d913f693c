import * as z from "zod";
import { show } from "./complaint.ts";
import { duration } from "./duration.ts";

export const REACTIONS = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;
export type Reaction = (typeof REACTIONS)[number];

const reactions = z.array(z.enum(REACTIONS));

const Survey = z.strictObject({
  onClose: z.boolean().default(false).describe("Ask the reporter of a closed ticket to react to a comment."),
  everyDays: z.int().min(0).max(3650).default(90).describe("Days in which a person is asked once at most."),
});

export const Satisfaction = z
  .strictObject({
    polling: z
      .array(duration)
      .max(20)
      .prefault(["1h", "1d", "7d", "30d"])
      .describe("When after a comment its reactions are counted; GitHub does not tell them by itself."),
    positive: reactions
      .default(["+1", "heart", "hooray", "rocket", "laugh"])
      .describe("Reactions of the satisfied."),
    negative: reactions
      .default(["-1", "confused"])
      .describe("Reactions of the dissatisfied. All others are neutral."),
    teamReplies: z
      .boolean()
      .default(false)
      .describe("Count reactions to the team's replies too, not only to Frontdesk's comments."),
    survey: Survey.prefault({}).describe("A question when a ticket is closed."),
  })
  .superRefine(({ positive, negative }, context) => {
    const both = negative.findIndex((reaction) => positive.includes(reaction));
    if (both < 0) return;
    const name = show(negative[both]);
    context.addIssue({
      code: "custom",
      path: ["negative", both],
      message: `${name} is among the positive reactions too`,
    });
  });
