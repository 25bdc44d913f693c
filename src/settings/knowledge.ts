import * as z from "zod";
import { glob } from "./glob.ts";
import { repositoryName, share } from "./name.ts";

/** More patterns or repositories than that are a mistake, and would cost a request each. */
const MOST = 100;

const repositories = z.array(repositoryName).max(MOST).default([]);

const Reply = z.strictObject({
  targetPrecision: share
    .default(0.85)
    .describe("Share of the answers that must help; below it none is posted."),
  links: z.int().min(1).max(10).default(3).describe("How many links an answer has at most."),
});

const Mention = z.strictObject({
  targetPrecision: share
    .default(0.6)
    .describe("Share of the articles named as related, in the collapsed part, that must help."),
});

export const Knowledge = z.strictObject({
  sources: z
    .array(glob)
    .max(MOST)
    .default(["README.md", "docs/**/*.md", "FAQ.md", ".github/frontdesk/kb/**/*.md"])
    .describe(
      "Files with answers: patterns of paths in the repository, with `*`, `**`, `?`, `[ab]`, `{a,b}`.",
    ),
  repositories: repositories.describe(
    "Other repositories of the same organisation whose files have answers.",
  ),
  discussions: z.boolean().default(true).describe("Answered discussions are articles too."),
  issues: z.boolean().default(true).describe("Issues closed with an answer are articles too."),
  reply: Reply.prefault({}).describe("Answers in the comment."),
  mention: Mention.prefault({}).describe("Articles that are named as related only."),
});

export const Duplicates = z.strictObject({
  enabled: z.boolean().default(true).describe("Look for the original of a ticket that was reported before."),
  targetPrecision: share.default(0.85).describe("Share of the named originals that must be right."),
  repositories: repositories.describe("Other repositories of the organisation that may have the original."),
  close: z.boolean().default(false).describe("Close probable duplicates. People dislike it: off by default."),
});
