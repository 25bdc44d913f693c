import { z } from "zod";
import type { LabelSpec } from "../ticket/action.ts";
import type { Octokit } from "./client.ts";
import { classifyFailure, unlessGone } from "./failure.ts";
import { repositoryPath } from "./repositories.ts";

const label = z
  .object({ name: z.string(), color: z.string(), description: z.string().nullish() })
  .transform((it): LabelSpec => ({ name: it.name, color: it.color, description: it.description ?? "" }));

/** All labels that a repository has. */
export async function listLabels(octokit: Octokit, repository: string): Promise<LabelSpec[]> {
  const found = await octokit.paginate(octokit.rest.issues.listLabelsForRepo, {
    ...repositoryPath(repository),
    per_page: 100,
  });
  return z.array(label).parse(found);
}

/**
 * Creates a label; one that is there already, in whatever colour, is as good. Needs `issues: write`.
 * A refusal is looked into: not every server says `already_exists` as GitHub does.
 */
export async function createLabel(octokit: Octokit, repository: string, spec: LabelSpec): Promise<void> {
  const path = repositoryPath(repository);
  try {
    await octokit.rest.issues.createLabel({ ...path, ...spec });
  } catch (error) {
    if (classifyFailure(error, 0).type !== "invalid") throw error;
    const there = await unlessGone(octokit.rest.issues.getLabel({ ...path, name: spec.name }));
    if (there === null) throw error;
  }
}
