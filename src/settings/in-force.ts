import type { Installation, Repository, SettingsFile } from "../ticket/repository.ts";
import { mergeSettings } from "./merge.ts";
import { parseSettings } from "./parse.ts";
import type { Settings } from "./schema.ts";

/**
 * The settings in force: the repository's file, completed by the organisation's, with private keys only from a private
 * file, then the defaults. Without a repository those that serve the whole installation. A first file that is broken means `observe`: nobody knows yet what its writer wants.
 */
export function settingsInForce(repository: Repository | null, installation: Installation | null): Settings {
  const files = filesInForce(repository, installation);
  const [own, organisation, confidential] = (["own", "organisation", "private"] as const).map((role) => {
    const entry = files.find((candidate) => candidate.role === role);
    const text = entry?.file.lastGood;
    return entry && text ? parseSettings(text, { private: entry.private }).settings : null;
  });
  const merged = mergeSettings(own ?? null, organisation ?? null, confidential ?? null);
  const unclear = files.some(({ file }) => file.broken !== null && file.lastGood === null);
  return unclear ? { ...merged, mode: "observe" } : merged;
}

interface RoleOfFile {
  role: "own" | "organisation" | "private";
  file: SettingsFile;
  private: boolean;
}

/** The files that a repository's settings come from, as far as they are known. */
export function filesInForce(repository: Repository | null, installation: Installation | null): RoleOfFile[] {
  const files: RoleOfFile[] = [];
  if (repository?.settings)
    files.push({ role: "own", file: repository.settings, private: repository.private });
  if (installation?.organisationSettings) {
    files.push({ role: "organisation", file: installation.organisationSettings, private: false });
  }
  if (installation?.privateSettings)
    files.push({ role: "private", file: installation.privateSettings, private: true });
  return files;
}
