/** The labels that we may create, by their names in the settings; the repository may call them otherwise. */
export type LabelKey =
  | "bug"
  | "feature"
  | "question"
  | "documentation"
  | "performance"
  | "security"
  | "needsInfo"
  | "duplicate"
  | "needsHuman"
  | "P0"
  | "P1"
  | "P2"
  | "P3"
  | "state"
  | "escalated"
  | "report";

/** How a label looks that we create: GitHub's own colours where it has them; descriptions of at most 100 characters. */
export const LABELS: Readonly<Record<LabelKey, { color: string; description: string }>> = {
  bug: { color: "d73a4a", description: "Something isn't working" },
  feature: { color: "a2eeef", description: "New feature or request" },
  question: { color: "d876e3", description: "Further information is requested" },
  documentation: { color: "0075ca", description: "Improvements or additions to documentation" },
  performance: { color: "fbca04", description: "Too slow, or uses too much memory" },
  security: { color: "ee0701", description: "May be about security" },
  needsInfo: { color: "d4c5f9", description: "Waiting for information from the reporter" },
  duplicate: { color: "cfd3d7", description: "Looks like an earlier issue or discussion" },
  needsHuman: { color: "f9d0c4", description: "The bot steps aside: people take over" },
  P0: { color: "b60205", description: "Most urgent: before everything else" },
  P1: { color: "d93f0b", description: "Urgent: next" },
  P2: { color: "fef2c0", description: "Normal" },
  P3: { color: "c2e0c6", description: "Can wait" },
  state: { color: "ededed", description: "How this stands with the support desk" },
  escalated: { color: "e99695", description: "Waiting for longer than it should" },
  report: { color: "bfdadc", description: "Report of the support desk" },
};
