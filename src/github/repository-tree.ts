import { z } from "zod";
import type { Octokit } from "./client.ts";
import { unlessGone } from "./failure.ts";
import { repositoryPath } from "./repositories.ts";
import { decoded, type RepositoryFile } from "./repository-files.ts";

/** A regular file of the default branch. */
export interface TreeFile {
  path: string;
  /** Of the blob: the same content has the same. */
  sha: string;
  /** Bytes. */
  size: number;
}

const tree = z.object({
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      type: z.string(),
      sha: z.string(),
      size: z.number().nullish(),
    }),
  ),
  truncated: z.boolean().nullish(),
});

/** Git's modes of files; 120000 is a symbolic link, which may lead anywhere, 160000 a submodule, which is not ours. */
const REGULAR = new Set(["100644", "100755"]);

const isEmptyRepository = (error: unknown) => (error as { status?: unknown }).status === 409;

/**
 * All files of the default branch, in one request; null when the repository has none or is not ours to see.
 * `truncated`: GitHub lists at most 100,000 entries or 7 MB.
 */
export async function readTree(
  octokit: Octokit,
  fullName: string,
): Promise<{ files: TreeFile[]; truncated: boolean } | null> {
  const path = { ...repositoryPath(fullName), tree_sha: "HEAD", recursive: "1" };
  const answer = await unlessGone(octokit.rest.git.getTree(path)).catch((error: unknown) => {
    if (isEmptyRepository(error)) return null;
    throw error;
  });
  if (!answer) return null;
  const { tree: entries, truncated } = tree.parse(answer.data);
  const files = entries
    .filter(({ mode, type }) => type === "blob" && REGULAR.has(mode))
    .map(({ path, sha, size }) => ({ path, sha, size: size ?? 0 }));
  return { files, truncated: truncated ?? false };
}

const blob = z.object({ sha: z.string(), encoding: z.string(), content: z.string() });

/** A file's text by its blob; binary files are refused, and null is what is gone. */
export async function readBlob(
  octokit: Octokit,
  fullName: string,
  sha: string,
): Promise<RepositoryFile | null> {
  const path = { ...repositoryPath(fullName), file_sha: sha };
  const answer = await unlessGone(octokit.rest.git.getBlob(path));
  if (!answer) return null;
  const { encoding, content } = blob.parse(answer.data);
  if (encoding !== "base64") return { sha, refused: `encoded as ${encoding}` };
  const text = decoded(Buffer.from(content, "base64"));
  return text === null ? { sha, refused: "not UTF-8 text" } : { sha, text };
}
