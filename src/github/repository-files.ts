import { z } from "zod";
import type { Octokit } from "./client.ts";
import { unlessGone } from "./failure.ts";
import { repositoryPath } from "./repositories.ts";

/** A file of a repository's default branch: its text, or in words why it has none for us. */
export type RepositoryFile = { sha: string; text: string } | { sha: string; refused: string };

export interface DirectoryEntry {
  name: string;
  path: string;
  sha: string;
  type: "file" | "dir";
  size: number;
  url: string | null;
}

/** GitHub's contents API gives no text of larger files. */
const MAX_BYTES = 1024 * 1024;

const file = z.object({
  type: z.string(),
  sha: z.string(),
  size: z.number(),
  encoding: z.string().nullish(),
  content: z.string().nullish(),
  submodule_git_url: z.string().nullish(),
});

const entries = z.array(
  z.object({
    name: z.string(),
    path: z.string(),
    sha: z.string(),
    type: z.string(),
    size: z.number(),
    html_url: z.string().nullish(),
  }),
);

/**
 * A path as part of a URL, each of its steps encoded.
 * @throws when a step is empty, `.` or `..`: fetch would resolve those to another address.
 */
export function contentsPath(path: string): string {
  const steps = path === "" ? [] : path.split("/");
  if (steps.some((step) => step === "" || step === "." || step === "..")) {
    throw new Error(`"${path}" is not a path inside a repository`);
  }
  return steps.map(encodeURIComponent).join("/");
}

async function contents(octokit: Octokit, repository: string, path: string): Promise<unknown> {
  const answer = await unlessGone(
    octokit.request(`GET /repos/{owner}/{repo}/contents/${contentsPath(path)}`, repositoryPath(repository)),
  );
  return answer?.data ?? null;
}

/** The file at `path`; null when there is none. Directories, submodules, binary and large files are refused. */
export async function readFile(
  octokit: Octokit,
  repository: string,
  path: string,
): Promise<RepositoryFile | null> {
  const data = await contents(octokit, repository, path);
  if (data === null) return null;
  if (Array.isArray(data)) return { sha: "", refused: "a directory" };
  const { sha, type, size, encoding, content, submodule_git_url } = file.parse(data);
  if (type !== "file" || submodule_git_url) return { sha, refused: `a ${type}` };
  if (size > MAX_BYTES) return { sha, refused: `${size} bytes, more than ${MAX_BYTES}` };
  if (encoding !== "base64") return { sha, refused: `encoded as ${encoding}` };
  const text = decoded(Buffer.from(content ?? "", "base64"));
  return text === null ? { sha, refused: "not UTF-8 text" } : { sha, text };
}

/** UTF-8 without its byte order mark; null for anything that is not text. */
export function decoded(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Files and directories of a directory, `""` being the root; null when there is none. GitHub lists at most 1,000. */
export async function listDirectory(
  octokit: Octokit,
  repository: string,
  path: string,
): Promise<DirectoryEntry[] | null> {
  const data = await contents(octokit, repository, path);
  if (!Array.isArray(data)) return null;
  return entries.parse(data).flatMap((entry) => {
    const { name, path, sha, type, size } = entry;
    if (type !== "file" && type !== "dir") return [];
    return [{ name, path, sha, type, size, url: entry.html_url ?? null }];
  });
}
