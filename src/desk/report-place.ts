import type { Repository } from "../ticket/repository.ts";
import { sharedHome } from "./member-sources.ts";
import type { Configured } from "./reading.ts";

/**
 * The repositories whose common report stands in this one: those whose `support.repository` it is; for
 * `OWNER/.github-private`, those that name none. Only a private repository is such a place.
 */
export function reportedIn(place: Repository, all: readonly Configured[]): Configured[] {
  if (!place.private || place.gone) return [];
  const name = place.fullName.toLowerCase();
  return all.filter(
    ({ repository, settings: { support } }) =>
      repository.installationId === place.installationId &&
      repository.id !== place.id &&
      !repository.gone &&
      (support.repository ?? sharedHome(repository)).toLowerCase() === name,
  );
}

/**
 * Where the report on an organisation stands, of its repositories, and on which of them it is: of several such places
 * the one that tells of most. Where there is none (null), it would be on all.
 */
export function organisationPlace(all: readonly Configured[]): {
  place: Configured | null;
  served: readonly Configured[];
} {
  const [first] = all
    .map((place) => ({ place, served: reportedIn(place.repository, all) }))
    .filter(({ served }) => served.length > 0)
    .sort((a, b) => b.served.length - a.served.length || a.place.repository.id - b.place.repository.id);
  return first ?? { place: null, served: all.filter(({ repository }) => !repository.gone) };
}
