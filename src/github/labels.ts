import { z } from "zod";
import type { LabelSpec } from "../ticket/action.ts";
import type { Octokit } from "./client.ts";
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

interface Refusal {
  status?: number;
  response?: { data?: { errors?: { code?: string }[] } };
}

/** Creates a label; one that is there already, in whatever colour, is as good. Needs `issues: write`. */
export async function createLabel(octokit: Octokit, repository: string, spec: LabelSpec): Promise<void> {
  try {
    await octokit.rest.issues.createLabel({ ...repositoryPath(repository), ...spec });
  } catch (error) {
    const { status, response } = error as Refusal;
    const exists = response?.data?.errors?.some(({ code }) => code === "already_exists");
    if (status !== 422 || !exists) throw error;
  }
}
