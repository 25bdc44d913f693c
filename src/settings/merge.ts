import { isMap } from "../yaml/path.ts";
import { defaultSettings, type PartialSettings, Settings } from "./schema.ts";

type Raw = Record<string, unknown>;

/**
 * The settings in force: the repository's own file, completed by the organisation's `.github` repository, then by
 * `.github-private`, then by the defaults. Maps merge, lists replace. Lists of people and plans that the public can
 * read cannot say who is a member, away or measured: their entries are completed by those of the private file with the same
 * name or login.
 *
 * Each file must have come from `parseSettings`; null stands for a file that there is none of.
 */
export function mergeSettings(
  repositoryFile: PartialSettings | null,
  organisationFile: PartialSettings | null,
  privateFile: PartialSettings | null,
): Settings {
  const files = [repositoryFile, organisationFile, privateFile].filter((file) => file !== null) as Raw[];
  const merged = files.reduceRight<Raw>((below, file) => over(file, below), {});
  const privately = (privateFile ?? {}) as Raw;
  const completed = {
    ...merged,
    ...(merged.plans ? { plans: completeEach(merged.plans, privately.plans, "name", ["members"]) } : {}),
    ...(merged.team
      ? { team: completeEach(merged.team, privately.team, "login", ["away", "measured"]) }
      : {}),
  };
  const judged = Settings.safeParse(completed);
  if (judged.success) return judged.data;
  // Each file is sound, but two of them need not fit together: weights that no longer add up, say. Then the nearest
  // file alone says how such a section is.
  const alone = { ...completed } as Raw;
  for (const { path } of judged.error.issues) {
    const section = String(path[0]);
    alone[section] = files.find((file) => Object.hasOwn(file, section))?.[section];
  }
  const rest = Settings.safeParse(alone);
  return rest.success ? rest.data : defaultSettings;
}

/** `upper`'s keys over those of `lower`. */
function over(upper: Raw, lower: Raw): Raw {
  const merged: Raw = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const below = merged[key];
    merged[key] = isMap(value) && isMap(below) ? over(value, below) : value;
  }
  return merged;
}

/** Gives each entry of `list` what the entry in `secrets` with the same `key` says under `names`, where it says nothing. */
function completeEach(list: unknown, secrets: unknown, key: string, names: readonly string[]): unknown {
  if (!Array.isArray(list) || !Array.isArray(secrets)) return list;
  const named = (entry: Raw) => String(entry[key]).toLowerCase();
  const known = new Map((secrets as Raw[]).map((entry) => [named(entry), entry]));
  return (list as Raw[]).map((entry) => {
    const secret = known.get(named(entry)) ?? {};
    const added = names.filter((name) => entry[name] === undefined && secret[name] !== undefined);
    return { ...entry, ...Object.fromEntries(added.map((name) => [name, secret[name]])) };
  });
}
