import { parseDocument } from "../../src/learning/document.ts";
import { LESSON_BLOCKS, Vectorizer } from "../../src/learning/features.ts";
import type { LabelModel } from "../../src/learning/label-model.ts";
import type { LocalEvidence } from "../../src/learning/local-kinds.ts";
import type { RepositoryModel } from "../../src/learning/repository-model.ts";
import type { Lesson, Provenance } from "../../src/learning/lesson.ts";
import { generator } from "../generator.ts";

/** Made-up tickets: each kind and area has its own words among common ones. */
const WORDS: Record<string, string[]> = {
  bug: ["crashes with an error", "fails after updating", "shows the wrong value", "throws an exception"],
  enhancement: [
    "would be nice to have",
    "please add support for",
    "allow choosing",
    "I suggest an option for",
  ],
  question: ["how do I use", "is it possible to change", "what is the purpose of", "can anyone explain"],
  network: ["the socket", "the proxy", "a timeout of the connection", "the HTTP client"],
  editor: ["the cursor", "the text selection", "syntax colours", "the undo stack"],
};
const COMMON = [
  "on Linux",
  "since today",
  "in the new version",
  "every time",
  "with my project",
  "in one file",
];

export interface Made {
  title: string;
  body: string;
  labels: string[];
}

/** Tickets with a kind each and an area on two of three. */
export function makeTickets(count: number, seed = 1): Made[] {
  const { pick, chance } = generator(seed);
  return Array.from({ length: count }, () => {
    const kind = pick(["bug", "enhancement", "question"]);
    const area = chance(2 / 3) ? pick(["network", "editor"]) : null;
    const about = area === null ? "the thing" : pick(WORDS[area] ?? []);
    const title = `${pick(WORDS[kind] ?? [])} ${about}`;
    const body = `${pick(COMMON)} ${pick(WORDS[kind] ?? [])} ${about} ${pick(COMMON)}.`;
    return { title, body, labels: area === null ? [kind] : [kind, area] };
  });
}

const vectorizer = new Vectorizer(LESSON_BLOCKS);

export function featuresOf({ title, body }: { title: string; body: string }) {
  return vectorizer.vectorize(parseDocument(title, body));
}

export function makeLesson(ticket: Made, by: Provenance = "person", removed: string[] = []): Lesson {
  return { features: featuresOf(ticket), labels: ticket.labels.map((name) => ({ name, by })), removed };
}

/** Each kind's wrong one, always the same: the lie that is easiest to learn. */
const LIES: Record<string, string> = { bug: "question", question: "enhancement", enhancement: "bug" };
export const lied = (ticket: Made): Made => ({
  ...ticket,
  labels: ticket.labels.map((name) => LIES[name] ?? name),
});

/** A lesson of a thread that was opened and labelled at a moment; `login` null: nobody knows by whom. */
export function signed(ticket: Made, login: string | null, at: number): Lesson {
  const testimony = ticket.labels.map((label) => ({ label, set: true, by: "person" as const, login, at }));
  return { ...makeLesson(ticket), openedAt: at, testimony };
}

/** After somebody took off all its labels and set others. */
export function relabelled(lesson: Lesson, labels: string[], login: string | null, at: number): Lesson {
  const before = lesson.labels.map(({ name }) => name);
  const word = { by: "person" as const, login, at };
  const off = before.filter((label) => !labels.includes(label));
  const on = labels.filter((label) => !before.includes(label));
  return {
    ...lesson,
    labels: labels.map((name) => ({ name, by: "person" })),
    removed: off,
    testimony: [
      ...(lesson.testimony ?? []),
      ...off.map((label) => ({ ...word, label, set: false })),
      ...on.map((label) => ({ ...word, label, set: true })),
    ],
  };
}

/** What a model has learned of kinds; a test that has none fails here. */
export function kindsOf({ kinds }: RepositoryModel): LocalEvidence {
  if (!kinds) throw new Error("no kind was learned");
  return kinds;
}

export function labelsOf({ labels }: RepositoryModel): LabelModel {
  if (!labels) throw new Error("no label was learned");
  return labels;
}
