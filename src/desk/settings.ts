import { readFile } from "../github/repository-files.ts";
import { filesInForce, settingsInForce } from "../settings/in-force.ts";
import { mergeSettings } from "../settings/merge.ts";
import { parseSettings } from "../settings/parse.ts";
import type { Settings } from "../settings/schema.ts";
import type { Problem } from "../ticket/problem.ts";
import type { Repository, SettingsFile } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";

export const SETTINGS_PATH = ".github/frontdesk.yml";

/** Stands for a file that is no text at all (a directory, binary, over a megabyte): not YAML, so it is a Problem. */
const UNREADABLE = "\u0000";

/** Reads a settings file and keeps the last version that could be used; `before` is what was known of it. */
export async function readSettingsFile(
  desk: Desk,
  installationId: number,
  fullName: string,
  isPrivate: boolean,
  before: SettingsFile | null,
): Promise<SettingsFile> {
  const octokit = await desk.clients.installation(installationId);
  // The beginning: what is asked for later can only be newer.
  const readAt = desk.now();
  const file = await readFile(octokit, fullName, SETTINGS_PATH);
  if (!file) return { sha: null, lastGood: null, broken: null, readAt };
  const text = "text" in file ? file.text : UNREADABLE;
  const { settings } = parseSettings(text, { private: isPrivate });
  if (settings) return { sha: file.sha, lastGood: text, broken: null, readAt };
  desk.log.warn(
    { repository: fullName, path: SETTINGS_PATH },
    "the settings cannot be used: the last good ones stay",
  );
  return { sha: file.sha, lastGood: before?.lastGood ?? null, broken: text, readAt };
}

/** Of two readings the one that was asked for later. */
export function newerFile(a: SettingsFile | null, b: SettingsFile): SettingsFile {
  return a !== null && a.readAt > b.readAt ? a : b;
}

/** What is wrong with the newest version of a file. */
export function problemsOf(file: SettingsFile, isPrivate: boolean): Problem[] {
  const text = file.broken ?? file.lastGood;
  return text === null ? [] : parseSettings(text, { private: isPrivate }).problems;
}

/** The settings in force (see `settings/in-force`), remembered as long as the files say the same. */
export async function effectiveSettings(desk: Desk, repository: Repository): Promise<Settings> {
  const installation = await desk.store.read("installation", String(repository.installationId));
  const files = filesInForce(repository, installation);
  const texts = JSON.stringify(
    files.map(({ file, private: hidden }) => [file.lastGood, file.broken === null, hidden]),
  );
  const cached = desk.memory.settings.use(repository.id);
  if (cached?.texts === texts) return cached.settings;
  const settings = settingsInForce(repository, installation);
  desk.memory.settings.set(repository.id, { texts, settings });
  return settings;
}

/** The settings that serve all of an installation's repositories, as one without a file of its own has them. */
export async function sharedSettings(desk: Desk, installationId: number): Promise<Settings> {
  const installation = await desk.store.read("installation", String(installationId));
  const organisation = installation?.organisationSettings?.lastGood;
  const confidential = installation?.privateSettings?.lastGood;
  return mergeSettings(
    null,
    organisation ? parseSettings(organisation, { private: false }).settings : null,
    confidential ? parseSettings(confidential, { private: true }).settings : null,
  );
}

/** The settings of a repository; without one (or without our knowing it) those that serve the whole installation. */
export async function settingsOf(
  desk: Desk,
  { installationId, repositoryId }: { installationId: number; repositoryId: number | null },
): Promise<Settings> {
  const known = repositoryId === null ? null : await desk.store.read("repository", String(repositoryId));
  return known ? effectiveSettings(desk, known) : sharedSettings(desk, installationId);
}
