import { z } from "zod";
import type { LabelSpec } from "../ticket/action.ts";
import type { KnownLabel } from "../ticket/repository.ts";
import type { Octokit } from "./client.ts";
import { classifyFailure, unlessGone } from "./failure.ts";
import { repositoryPath } from "./repositories.ts";

const label = z
  .object({
    name: z.string(),
    color: z.string(),
    description: z.string().nullish(),
    node_id: z.string().nullish(),
  })
  .transform(({ name, color, description, node_id }): KnownLabel => {
    return { name, color, description: description ?? "", nodeId: node_id ?? null };
  });

/** All labels that a repository has. */
export async function listLabels(octokit: Octokit, repository: string): Promise<KnownLabel[]> {
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
export async function createLabel(
  octokit: Octokit,
  repository: string,
  spec: LabelSpec,
): Promise<KnownLabel> {
  const path = repositoryPath(repository);
  try {
    const { data } = await octokit.rest.issues.createLabel({ ...path, ...spec });
    return label.parse(data);
  } catch (error) {
    if (classifyFailure(error, 0).type !== "invalid") throw error;
    const there = await unlessGone(octokit.rest.issues.getLabel({ ...path, name: spec.name }));
    if (there === null) throw error;
    return label.parse(there.data);
  }
}
