import { figures } from "../reports/measure.ts";
import type { Stretch } from "../reports/schedule.ts";
import type { OrganisationFacts } from "../reports/summary/organisation.ts";
import type { Repository } from "../ticket/repository.ts";
import { rosterOf } from "./customers.ts";
import type { Desk } from "./desk.ts";
import { ownerOf } from "./member-sources.ts";
import { businessOf, planUse } from "./organisation-business.ts";
import { type Configured, measuredBy, readingOf } from "./reading.ts";
import { labelsOf, reportFacts } from "./report.ts";
import { effectiveSettings } from "./settings.ts";

/** All repositories of a repository's installation, with their settings. */
export async function neighboursOf(desk: Desk, { installationId }: Repository): Promise<Configured[]> {
  const found: Configured[] = [];
  for (const repository of await desk.store.repositories()) {
    if (repository.installationId !== installationId) continue;
    found.push({ repository, settings: await effectiveSettings(desk, repository) });
  }
  return found;
}

/**
 * All that the organisation's report is written from. Each repository's tickets are read by its own settings; those of
 * the place say what things cost and who is measured.
 */
export async function organisationFacts(
  desk: Desk,
  { repository: place, settings }: Configured,
  served: readonly Configured[],
  stretch: Stretch,
): Promise<Omit<OrganisationFacts, "previous">> {
  const { period } = stretch;
  const reading = readingOf(served);
  const each = served.map((one) => ({ ...one, tally: figures(period, reading) }));
  const tallies = new Map(each.map(({ repository, tally }) => [repository.id, tally]));
  const used = planUse(period);
  const assignment = { subject: ownerOf(place), repositories: served, private: true, stretch };
  const facts = await reportFacts(desk, assignment, measuredBy(settings), (course, { id }) => {
    tallies.get(id)?.add(course);
    used.add(course);
  });
  const { sources } = await rosterOf(desk, place, settings);
  const own = each.map((one) => ({ ...one, figures: one.tally.result() }));
  return {
    ...facts,
    repositories: own.map(({ repository: { fullName }, figures }) => ({ fullName, figures })),
    labels: own.map((one) => labelsOf(one, one.figures)),
    business: businessOf(settings, sources, used.tickets, facts.now),
  };
}
