import type { Features } from "./features.ts";

/**
 * Who is behind a label: a person who set it; a person who had a quiet period to change it and did not; or a
 * bot, ours or another's. Where nobody can tell, it counts as a bot's.
 */
export type Provenance = "person" | "agreement" | "bot";

/** What somebody said of a label by setting it, letting it stand, or taking it off. */
export interface Testimony {
  label: string;
  /** false: taken off. */
  set: boolean;
  by: Provenance;
  /** Whose word it is; null: a bot's, or nobody knows. */
  login: string | null;
  /** Milliseconds since 1970. */
  at: number;
}

/** What a ticket teaches. A history is a list of lessons, oldest first. */
export interface Lesson {
  features: Features;
  labels: { name: string; by: Provenance }[];
  /** Labels that somebody took off: counter-examples. */
  removed: string[];
  /** Transferred, spam or locked: teaches nothing. */
  excluded?: boolean;
  /** When the thread was opened, milliseconds since 1970; absent: long ago. */
  openedAt?: number;
  /** How labels came to be as they are, oldest first; of labels that are not in it nobody knows. */
  testimony?: readonly Testimony[];
}

/** How much a label counts. Bots learn from people; their own echo must not outweigh them. */
export const TRUST: Record<Provenance, number> = { person: 1, agreement: 0.5, bot: 0.25 };

/** A removal is a person's correction of what was applied, so it weighs more than a silence. */
export const REMOVAL = 2;

/** +weight for an example of the label, -weight for a counter-example, 0 for a ticket that does not tell. */
export function signOf(lesson: Lesson, name: string): number {
  if (lesson.excluded) return 0;
  if (lesson.removed.includes(name)) return -REMOVAL;
  const label = lesson.labels.find((one) => one.name === name);
  if (label) return TRUST[label.by];
  // nobody has looked at a ticket without any label: that it lacks this one says nothing
  const looked = lesson.removed.length > 0 ? TRUST.person : 0;
  return -Math.max(looked, ...lesson.labels.map(({ by }) => TRUST[by]));
}

/** A person set it, or agreed to it. */
export function isHuman(by: Provenance): boolean {
  return by !== "bot";
}
