import { figures } from "../reports/measure.ts";
import type { Stretch } from "../reports/schedule.ts";
import type { OrganisationFacts } from "../reports/summary/organisation.ts";
import type { Settings } from "../settings/schema.ts";
import type { Repository } from "../ticket/repository.ts";
import { rosterOf } from "./customers.ts";
import type { Desk } from "./desk.ts";
import { owner } from "./knowledge.ts";
import { businessOf, planUse } from "./organisation-business.ts";
import { reportFacts } from "./report.ts";
import { effectiveSettings } from "./settings.ts";
import { workedTime } from "./worked-time.ts";

/**
 * The repositories whose common report stands in this one: those whose `support.repository` it is; for
 * `OWNER/.github-private`, those that name none. Only a private repository is such a place.
 */
export async function reportedIn(desk: Desk, place: Repository): Promise<Repository[]> {
  const served: Repository[] = [];
  const fallback = place.fullName.toLowerCase() === `${owner(place.fullName)}/.github-private`.toLowerCase();
  for (const repository of await desk.store.repositories()) {
    if (repository.installationId !== place.installationId || repository.gone || repository.id === place.id)
      continue;
    const { support } = await effectiveSettings(desk, repository);
    const named = support.repository?.toLowerCase() === place.fullName.toLowerCase();
    if (named || (fallback && support.repository === null)) served.push(repository);
  }
  return served;
}

/** All that the organisation's report is written from. */
export async function organisationFacts(
  desk: Desk,
  place: Repository,
  served: readonly Repository[],
  settings: Settings,
  stretch: Stretch,
): Promise<OrganisationFacts> {
  const { period } = stretch;
  const worked = workedTime(settings);
  const each = new Map(served.map(({ fullName }) => [fullName, figures(period, { worked })]));
  const used = planUse(period);
  const assignment = {
    subject: owner(place.fullName),
    repositories: served,
    private: true,
    settings,
    stretch,
  };
  const people = settings.team.filter(({ measured }) => measured);
  const facts = await reportFacts(desk, assignment, people, (course, { fullName }) => {
    each.get(fullName)?.add(course);
    used.add(course);
  });
  const { sources } = await rosterOf(desk, place, settings);
  return {
    ...facts,
    repositories: [...each].map(([fullName, tally]) => ({ fullName, figures: tally.result() })),
    business: businessOf(settings, sources, used.tickets, facts.now),
  };
}
