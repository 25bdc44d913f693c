import type { Provenance, Testimony } from "../learning/lesson.ts";
import { isHuman } from "../learning/lesson.ts";
import { GHOST } from "./person.ts";

/**
 * What a thread teaches about the repository's labels, with who is behind each. Its text is not kept, and of people only
 * who labelled it, so that what somebody taught can be judged and undone. Changes of it are pure.
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
  /** How people labelled it, oldest first, and what stood before; logins in small letters. Not in older documents. */
  testimony?: Testimony[];
  /** Whoever wrote the thread was erased by command: its features do not come back. */
  erased?: true;
}

/** Whose word it is, and when it was said, milliseconds since 1970. */
export interface Witness {
  login: string;
  at: number;
}

/** The newest words that are kept. */
const MOST_TESTIMONY = 20;

/** What a person said once more is no news. What stood before is put on record with the first word that changes it. */
function withTestimony(
  example: Example,
  label: string,
  said: Pick<Testimony, "set" | "by">,
  witness: Witness | null,
): Example {
  const testimony = example.testimony ?? [];
  const last = testimony.findLast((one) => one.label === label);
  if (witness === null && !last) return example;
  const login = witness?.login.toLowerCase() ?? null;
  if (last && last.set === said.set && (login === null || (last.login === login && last.by === said.by)))
    return example;
  const before = last ? [] : standing(example, label);
  const at = witness?.at ?? last?.at ?? example.createdAt;
  const all = [...testimony, ...before, { label, ...said, login, at }];
  return { ...example, testimony: all.slice(-MOST_TESTIMONY) };
}

/** What is known of a label of which nobody's word is on record. */
function standing({ labels, removed, createdAt }: Example, label: string): Testimony[] {
  const stood = labels.find(({ name }) => name === label);
  const unsigned = { label, login: null, at: createdAt };
  if (stood) return [{ ...unsigned, set: true, by: stood.by }];
  return removed.includes(label) ? [{ ...unsigned, set: false, by: "person" }] : [];
}

/** Without what the thread's author wrote. The labels are other people's. */
export function withoutWords(example: Example): Example {
  return { ...example, features: "", excluded: true, erased: true };
}

/** After a label was set. What a person took off before, no bot makes an example again. */
export function withLabel(
  example: Example,
  name: string,
  by: Provenance,
  witness: Witness | null = null,
): Example {
  if (!isHuman(by) && example.removed.includes(name)) return example;
  return {
    ...withTestimony(example, name, { set: true, by }, witness),
    labels: [...example.labels.filter((label) => label.name !== name), { name, by }],
    removed: example.removed.filter((other) => other !== name),
  };
}

/** After a label was taken off. A bot's doing teaches nothing. */
export function withoutLabel(
  example: Example,
  name: string,
  byPerson: boolean,
  witness: Witness | null = null,
): Example {
  const removed = byPerson && !example.removed.includes(name) ? [...example.removed, name] : example.removed;
  return {
    ...withTestimony(example, name, { set: false, by: byPerson ? "person" : "bot" }, witness),
    labels: example.labels.filter((label) => label.name !== name),
    removed,
  };
}

/** After a person looked at labels that a bot set, and let them stand. */
export function withAgreement(
  example: Example,
  names: readonly string[],
  witness: Witness | null = null,
): Example {
  const agreed = example.labels.filter(({ name, by }) => !isHuman(by) && names.includes(name));
  const labels = example.labels.map((label) =>
    agreed.includes(label) ? { ...label, by: "agreement" as const } : label,
  );
  const said = { set: true, by: "agreement" } as const;
  const told = agreed.reduce((kept, { name }) => withTestimony(kept, name, said, witness), example);
  return { ...told, labels };
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
  if (heard.erased) return heard;
  const labels = heard.labels.map((label) => {
    const other = read.labels.find(({ name }) => name === label.name);
    return !isHuman(label.by) && other ? other : label;
  });
  const removed = [...new Set([...heard.removed, ...read.removed])].filter(
    (name) => !labels.some((label) => label.name === name),
  );
  const told = new Set(read.testimony?.map(({ label }) => label));
  const testimony = [
    ...(heard.testimony ?? []).filter(({ label }) => !told.has(label)),
    ...(read.testimony ?? []),
  ];
  return {
    ...read,
    labels,
    removed,
    ...(testimony.length > 0 && { testimony: testimony.slice(-MOST_TESTIMONY) }),
  };
}

/** Without the names of those who spoke before a moment: what they said stays. */
export function withoutOldWitnesses(example: Example, before: number): Example {
  const { testimony } = example;
  if (!testimony?.some(({ login, at }) => login !== null && login !== GHOST && at < before)) return example;
  const forgotten = (one: Testimony) =>
    one.login !== null && one.at < before ? { ...one, login: GHOST } : one;
  return { ...example, testimony: testimony.map(forgotten) };
}
