import { KINDS, type Kind } from "./kind.ts";

/** The repository's own name of each kind's label; null where the repository has none. */
export type KindLabels = Record<Kind, string | null>;

export const KIND_LABELS: KindLabels = {
  bug: "bug",
  feature: "enhancement",
  question: "question",
  documentation: "documentation",
  performance: "performance",
  security: null,
};

/** What trackers call the kinds. */
const SYNONYMS: Record<Kind, string[]> = {
  bug: ["bug", "bugs", "bug report", "defect", "confirmed bug", "regression"],
  feature: [
    "feature",
    "features",
    "feature request",
    "enhancement",
    "enhancements",
    "improvement",
    "new feature",
  ],
  question: ["question", "questions", "support", "help", "help request", "usage question", "q&a", "how to"],
  documentation: ["documentation", "docs", "doc"],
  performance: ["performance", "perf", "slow"],
  security: ["security", "vulnerability"],
};

/** "C-bug", "kind/bug", "type: bug", "Type/Bug": a prefix of one word that names the category. */
const PREFIX = /^(?:[a-z]{1,2}|kind|type|category|issue[ -]?type|issue)\s?[-/:.]\s?/;

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/:[a-z0-9_+-]{1,40}:/g, "")
    .replace(/[^\p{L}\p{N}&/:. -]+/gu, "")
    .trim();
}

/** The kind that a label says, by the repository's own names or by the usual ones; null for other labels. */
export function kindOfLabel(name: string, labels: KindLabels = KIND_LABELS): Kind | null {
  return exactKind(name, labels) ?? synonym(plain(name).replace(PREFIX, "").replace(/[-_]/g, " "));
}

/** As `kindOfLabel`, but null for names with a prefix: these are labels of their own as well. */
export function exactKind(name: string, labels: KindLabels = KIND_LABELS): Kind | null {
  const own = KINDS.find((kind) => labels[kind]?.toLowerCase() === name.toLowerCase());
  return own ?? synonym(plain(name).replace(/[-_]/g, " "));
}

function synonym(name: string): Kind | null {
  return KINDS.find((kind) => SYNONYMS[kind].includes(name)) ?? null;
}
