import type { Provenance } from "../learning/lesson.ts";
import { isHuman } from "../learning/lesson.ts";

/**
 * What a thread teaches about the repository's labels, with who is behind each. Neither its text nor anybody's name is
 * kept. Changes of it are pure.
 */
export interface Example {
  repositoryId: number;
  number: number;
  /** When the thread was opened, milliseconds since 1970: the history is learned in this order. */
  createdAt: number;
  /** The text as hashed features, base64 of `learning/features-file`. */
  features: string;
  /** The way in which the features were made: others cannot be compared with them. */
  version: string;
  labels: { name: string; by: Provenance }[];
  /** Labels that a person took off: counter-examples. */
  removed: string[];
  /** Transferred, locked, deleted, or written by a bot: teaches nothing. */
  excluded: boolean;
}

/** After a label was set. What a person took off before, no bot makes an example again. */
export function withLabel(example: Example, name: string, by: Provenance): Example {
  if (!isHuman(by) && example.removed.includes(name)) return example;
  return {
    ...example,
    labels: [...example.labels.filter((label) => label.name !== name), { name, by }],
    removed: example.removed.filter((other) => other !== name),
  };
}

/** After a label was taken off. A bot's doing teaches nothing. */
export function withoutLabel(example: Example, name: string, byPerson: boolean): Example {
  const removed = byPerson && !example.removed.includes(name) ? [...example.removed, name] : example.removed;
  return { ...example, labels: example.labels.filter((label) => label.name !== name), removed };
}

/** After a person looked at labels that a bot set, and let them stand. */
export function withAgreement(example: Example, names: readonly string[]): Example {
  const labels = example.labels.map((label) =>
    !isHuman(label.by) && names.includes(label.name) ? { ...label, by: "agreement" as const } : label,
  );
  return { ...example, labels };
}

/** Brought in line with the labels that the thread has: of those that we did not hear of nobody knows who set them. */
export function withPresent(example: Example, present: readonly string[]): Example {
  const kept = example.labels.filter(({ name }) => present.includes(name));
  const unheard = present.filter((name) => !kept.some((label) => label.name === name));
  return {
    ...example,
    labels: [...kept, ...unheard.map((name) => ({ name, by: "bot" as const }))],
    removed: example.removed.filter((name) => !present.includes(name)),
  };
}

/** What was heard of a thread and what its timeline says, together: the better known hand counts. */
export function joinExamples(heard: Example, read: Example): Example {
  const labels = heard.labels.map((label) => {
    const other = read.labels.find(({ name }) => name === label.name);
    return !isHuman(label.by) && other ? other : label;
  });
  const removed = [...new Set([...heard.removed, ...read.removed])].filter(
    (name) => !labels.some((label) => label.name === name),
  );
  return { ...read, labels, removed };
}
