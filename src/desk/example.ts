import { parseDocument } from "../learning/document.ts";
import { LESSON_BLOCKS, Vectorizer } from "../learning/features.ts";
import { encodeFeatures } from "../learning/features-file.ts";
import type { PastThread } from "../github/history.ts";
import type { Example } from "../ticket/example.ts";
import { withLabel, withoutLabel, withPresent } from "../ticket/example.ts";
import type { Thread } from "../ticket/thread.ts";
import { FEATURES_VERSION } from "./repository-model.ts";

const vectorizer = new Vectorizer(LESSON_BLOCKS);

type Text = Pick<Thread, "title" | "body">;

/** The text as numbers: of the words only hashes are kept. */
export function featuresOf({ title, body }: Text): Pick<Example, "features" | "version"> {
  const features = encodeFeatures(vectorizer.vectorize(parseDocument(title, body)));
  return { features: Buffer.from(features).toString("base64"), version: FEATURES_VERSION };
}

/** A thread of which we know nothing but how it stands. What bots write teaches nothing: it is never triaged either. */
export function newExample(
  thread: Text & Pick<PastThread, "number" | "author" | "locked" | "createdAt">,
  repositoryId: number,
): Example {
  return {
    repositoryId,
    number: thread.number,
    createdAt: thread.createdAt,
    ...featuresOf(thread),
    labels: [],
    removed: [],
    excluded: thread.locked || thread.author?.bot === true,
  };
}

/**
 * What a thread's timeline tells. An account that is gone may have been a bot's. Whoever labelled a thread of somebody else's
 * had the right to; an author without it is named for what a template set.
 */
export function exampleOf(thread: PastThread, repositoryId: number, authorOnTeam: boolean): Example {
  let example = newExample(thread, repositoryId);
  for (const { type, label, actor, at } of thread.changes) {
    const isTeacher = actor && !actor.bot && (authorOnTeam || actor.login !== thread.author?.login);
    const witness = isTeacher ? { login: actor.login, at } : null;
    example =
      type === "labeled"
        ? withLabel(example, label, witness ? "person" : "bot", witness)
        : withoutLabel(example, label, witness !== null, witness);
  }
  return { ...withPresent(example, thread.labels), excluded: example.excluded || thread.transferred };
}

/** Without a label and without a refusal a thread teaches nothing. */
export function isWorthKeeping({ labels, removed }: Example): boolean {
  return labels.length + removed.length > 0;
}
