import type { Octokit } from "../github/client.ts";
import { unlessRefused } from "../github/failure.ts";
import { readRepository } from "../github/repositories.ts";
import { readBlob, readTree, type TreeFile } from "../github/repository-tree.ts";
import { globMatcher } from "../settings/glob-pattern.ts";
import type { Settings } from "../settings/schema.ts";
import type { Repository, Source } from "../ticket/repository.ts";
import type { ShelfFile } from "../ticket/shelf.ts";
import type { Desk } from "./desk.ts";
import { owner } from "./knowledge.ts";

/** What can be an article. */
export const MARKDOWN = /\.(?:md|markdown|mdown|mkd|mdx)$/i;

/** Longer pages are made by machines. Bytes. */
const LARGEST = 512 * 1024;
/** As many files are read in one go: a minute's points are 900. More wait for the next reading. */
const MOST_AT_ONCE = 600;
const CONCURRENT = 8;
/** Pushes tell of every change; once a day the tree is looked at anyhow, for those that we did not hear of. */
const LONGEST_BELIEF_MS = 86_400_000;

/**
 * The repositories whose files answer in this one, with their files on shelves: read by one request for the tree and one
 * for each file that is new or changed, when they are first needed and after a push changed Markdown.
 */
export async function knowSources(desk: Desk, repository: Repository, settings: Settings): Promise<Source[]> {
  const known = repository.sources ?? [];
  const patterns = settings.knowledge.sources;
  const sources: Source[] = [];
  for (const fullName of namesOf(repository, settings)) {
    const before = known.find((source) => isSame(source.fullName, fullName)) ?? null;
    const current = before !== null && (await isCurrent(desk, repository, before, patterns));
    sources.push(current ? before : await readSource(desk, repository, fullName, patterns));
  }
  const same = sources.length === known.length && sources.every((source) => known.includes(source));
  if (!same || repository.sources === null)
    await desk.store.merge("repository", String(repository.id), { sources });
  return sources;
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The repository itself, and those of the same owner that its settings name. */
function namesOf({ fullName }: Repository, { knowledge }: Settings): string[] {
  if (knowledge.sources.length === 0) return [];
  const others = knowledge.repositories.filter(
    (name) => isSame(owner(name), owner(fullName)) && !isSame(name, fullName),
  );
  return [fullName, ...others];
}

async function isCurrent(
  desk: Desk,
  served: Repository,
  { repositoryId, patterns, readAt, waiting }: Source,
  wanted: string[],
): Promise<boolean> {
  if (waiting > 0 || desk.now() - readAt > LONGEST_BELIEF_MS) return false;
  if (patterns.join("\n") !== wanted.join("\n")) return false;
  const home =
    repositoryId === null || repositoryId === served.id
      ? served
      : await desk.store.read("repository", String(repositoryId));
  return (home?.articlesChangedAt ?? 0) < readAt;
}

async function readSource(
  desk: Desk,
  served: Repository,
  fullName: string,
  patterns: string[],
): Promise<Source> {
  const readAt = desk.now();
  const octokit = await desk.clients.installation(served.installationId);
  const own = isSame(fullName, served.fullName);
  const home = own ? served : await unlessRefused(readRepository(octokit, fullName));
  const absent = { fullName, repositoryId: null, private: true, patterns, readAt, waiting: 0 };
  if (!home || !isSame(owner(home.fullName), owner(served.fullName))) return absent;
  const found = await unlessRefused(readTree(octokit, home.fullName));
  const chosen = found ? choose(found.files, patterns) : [];
  const id = `${home.id}/${served.id}`;
  const shelf = await desk.store.read("shelf", id);
  const { files, waiting } = await fetchFiles(octokit, home.fullName, chosen, shelf?.files ?? []);
  await desk.store.commit({
    scope: "shelf",
    id,
    document: { repositoryId: home.id, servedId: served.id, files },
  });
  desk.log.info(
    { repository: served.fullName, source: fullName, articles: files.length, waiting },
    "read the articles",
  );
  return { fullName, repositoryId: home.id, private: home.private, patterns, readAt, waiting };
}

/** The files that the patterns mean, the first pattern's first. */
function choose(files: TreeFile[], patterns: string[]): TreeFile[] {
  const usable = files.filter(({ path, size }) => MARKDOWN.test(path) && size <= LARGEST);
  const chosen = patterns.flatMap((pattern) => {
    const matches = globMatcher(pattern);
    return usable.filter(({ path }) => matches(path));
  });
  return [...new Set(chosen)];
}

/** What is on the shelf already is not read again. */
async function fetchFiles(
  octokit: Octokit,
  fullName: string,
  chosen: TreeFile[],
  shelf: ShelfFile[],
): Promise<{ files: ShelfFile[]; waiting: number }> {
  const known = new Map(shelf.map((file) => [file.sha, file]));
  const missing = chosen.filter(({ sha }) => !known.has(sha)).slice(0, MOST_AT_ONCE);
  const fetched = new Map<string, string>();
  for (let from = 0; from < missing.length; from += CONCURRENT) {
    await Promise.all(
      missing.slice(from, from + CONCURRENT).map(async ({ sha }) => {
        const blob = await readBlob(octokit, fullName, sha);
        // A binary file is kept as an empty one, so that it is not asked for again.
        fetched.set(sha, blob && "text" in blob ? blob.text : "");
      }),
    );
  }
  const files = chosen.flatMap(({ path, sha }) => {
    const text = fetched.get(sha) ?? known.get(sha)?.text;
    return text === undefined ? [] : [{ path, sha, text }];
  });
  return { files, waiting: chosen.length - files.length };
}
