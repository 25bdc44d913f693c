import { sharedHome } from "./member-sources.ts";
import type { Configured } from "./reading.ts";

/**
 * The repositories whose common report stands in this one: those whose `support.repository` it is; for
 * `OWNER/.github-private`, those that name none. Only a private repository is such a place.
 */
export function reportedIn(place: Configured["repository"], all: readonly Configured[]): Configured[] {
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
