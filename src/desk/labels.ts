import type { Octokit } from "../github/client.ts";
import { classifyFailure, MissingLabels } from "../github/failure.ts";
import { createLabel, listLabels } from "../github/labels.ts";
import { addLabels } from "../github/threads.ts";
import type { LabelSpec } from "../ticket/action.ts";
import type { KnownLabel, Repository } from "../ticket/repository.ts";
import type { ThreadRef } from "../ticket/thread.ts";
import type { Desk } from "./desk.ts";
import { keepReading } from "./knowledge.ts";

/** Adds labels to a thread, in one request where the store knows them; what the repository lacks is created before. */
export async function putLabels(
  desk: Desk,
  octokit: Octokit,
  ref: ThreadRef,
  wanted: LabelSpec[],
): Promise<void> {
  const labels = await ensureLabels(desk, octokit, ref, wanted);
  const names = wanted.map(({ name }) => name);
  const ids = labels.flatMap(({ nodeId }) => nodeId ?? []);
  try {
    await (ids.length < names.length ? addLabels(octokit, ref, names) : addLabels(octokit, ref, names, ids));
  } catch (error) {
    const gone = error instanceof MissingLabels || classifyFailure(error, desk.now()).type === "gone";
    if (!gone) throw error;
    // A label was deleted, or made again with another id, and word of that has not come yet: what we know is old.
    await desk.store.merge("repository", String(ref.repositoryId), { labels: null });
    await ensureLabels(desk, octokit, ref, wanted);
    await addLabels(octokit, ref, names);
  }
}

const sameName = (a: { name: string }, b: { name: string }) => a.name.toLowerCase() === b.name.toLowerCase();

/** Makes sure that labels exist, with colour and description; reads GitHub only when the store does not know them. */
export async function ensureLabels(
  desk: Desk,
  octokit: Octokit,
  ref: Pick<ThreadRef, "repositoryId" | "repository">,
  wanted: LabelSpec[],
): Promise<KnownLabel[]> {
  const id = String(ref.repositoryId);
  const repository = await desk.store.read("repository", id);
  if (!repository) throw new Error(`no repository ${id} in the store`);
  const askedAt = desk.now();
  const known = await knownLabels(desk, octokit, repository);
  const created: KnownLabel[] = [];
  for (const { name, color, description } of wanted) {
    if (known.some((label) => sameName(label, { name }))) continue;
    created.push(await createLabel(octokit, ref.repository, { name, color, description }));
  }
  const labels = [...known, ...created];
  if (created.length > 0) await keepReading(desk, ref.repositoryId, askedAt, { labels });
  return wanted.flatMap((wish) => labels.find((label) => sameName(label, wish)) ?? []);
}

/** The labels that exist; read from GitHub only when the store does not know them. */
export async function knownLabels(
  desk: Desk,
  octokit: Octokit,
  { id, fullName, labels }: Repository,
): Promise<KnownLabel[]> {
  if (labels) return labels;
  const askedAt = desk.now();
  const listed = await listLabels(octokit, fullName);
  await keepReading(desk, id, askedAt, { labels: listed });
  return listed;
}
