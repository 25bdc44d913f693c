import type { Octokit } from "../github/client.ts";
import { createLabel, listLabels } from "../github/labels.ts";
import type { LabelSpec } from "../ticket/action.ts";
import type { ThreadRef } from "../ticket/thread.ts";
import type { Desk } from "./desk.ts";

/** Makes sure that labels exist, with colour and description; reads GitHub only when the store does not know them. */
export async function ensureLabels(
  desk: Desk,
  octokit: Octokit,
  ref: Pick<ThreadRef, "repositoryId" | "repository">,
  wanted: LabelSpec[],
): Promise<void> {
  const id = String(ref.repositoryId);
  const repository = await desk.store.read("repository", id);
  if (!repository) throw new Error(`no repository ${id} in the store`);
  const known = repository.labels ?? (await listLabels(octokit, ref.repository));
  const lacking = wanted.filter(
    ({ name }) => !known.some((label) => label.name.toLowerCase() === name.toLowerCase()),
  );
  const created = lacking.map(({ name, color, description }) => ({ name, color, description }));
  for (const spec of created) await createLabel(octokit, ref.repository, spec);
  const labels = [...known, ...created];
  if (!repository.labels || created.length > 0) await desk.store.merge("repository", id, { labels });
}
