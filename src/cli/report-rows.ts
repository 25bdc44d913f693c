import { memberSources } from "../desk/customers.ts";
import { sharedHome, sponsoredAccounts } from "../desk/member-sources.ts";
import { businessOf, planUse } from "../desk/organisation-business.ts";
import { type Configured, measuredBy, readingOf } from "../desk/reading.ts";
import { organisationPlace } from "../desk/report-place.ts";
import { businessRows } from "../reports/business-rows.ts";
import { courseOf, type TicketRecord } from "../reports/course.ts";
import { amount, type FigureRow, figureRows, type Measured } from "../reports/figure-rows.ts";
import { type Figures, figures } from "../reports/measure.ts";
import { flow } from "../reports/metrics/flow.ts";
import { type Notable, notable } from "../reports/notable.ts";
import { before, type Period } from "../reports/period.ts";
import type { Tally } from "../reports/tally.ts";
import { settingsInForce } from "../settings/in-force.ts";
import type { Settings } from "../settings/schema.ts";
import { repositoryOf } from "../ticket/delivery.ts";
import type { Repository } from "../ticket/repository.ts";
import type { StoreReader } from "./store-reader.ts";

/**
 * The figures of one repository, for whoever runs the desk: private customers' promises count. How busy people are is
 * told as in written reports, of private repositories alone.
 */
export async function repositoryRows(
  reader: StoreReader,
  repository: Repository,
  period: Period,
  now: number,
): Promise<FigureRow[]> {
  const settings = settingsInForce(repository, await reader.installation(repository.installationId));
  const people = repository.private ? measuredBy(settings) : [];
  const counted = await count(reader, [{ repository, settings }], people, period, now);
  return counted.rows;
}

/**
 * The figures of all repositories on which the organisation's report is together, each read by its own settings, and the
 * business numbers. What things cost and who is measured is what the private place says where that report stands, or
 * would. `missing`: repositories that are here and in none of it.
 */
export async function organizationRows(
  reader: StoreReader,
  owned: readonly Repository[],
  period: Period,
  now: number,
): Promise<{ rows: FigureRow[]; missing: Repository[] }> {
  const all = await configured(reader, owned);
  const { place, served } = organisationPlace(all);
  const { repository: nearest } = (place ?? served[0] ?? all[0]) as Configured;
  const { installationId } = nearest;
  const settings = place?.settings ?? settingsInForce(null, await reader.installation(installationId));
  const { rows, figures: found, used } = await count(reader, served, measuredBy(settings), period, now);
  const home = place?.repository ?? { fullName: sharedHome(nearest), private: true, settings: null };
  const book = await reader.roster(installationId);
  const sponsored = await Promise.all(
    sponsoredAccounts(home, settings).map((account) => reader.sponsors(account)),
  );
  const books = sponsored.filter((one) => one !== null);
  const sources = memberSources(home, settings, book, books, now);
  const told = new Set([place, ...served]);
  return {
    rows: [...rows, ...businessRows(businessOf(settings, sources, used, found))],
    missing: all.filter((one) => !told.has(one) && !one.repository.gone).map(({ repository }) => repository),
  };
}

/** Repositories with their settings. */
async function configured(reader: StoreReader, all: readonly Repository[]): Promise<Configured[]> {
  const ids = [...new Set(all.map(({ installationId }) => installationId))];
  const known = new Map(
    await Promise.all(ids.map(async (id) => [id, await reader.installation(id)] as const)),
  );
  return all.map((repository) => {
    const installation = known.get(repository.installationId) ?? null;
    return { repository, settings: settingsInForce(repository, installation) };
  });
}

/** One pass over the tickets of some repositories. */
async function count(
  reader: StoreReader,
  counted: readonly Configured[],
  people: Settings["team"],
  period: Period,
  now: number,
): Promise<{ rows: FigureRow[]; figures: Figures; used: ReadonlyMap<string, number> }> {
  const { worked, isRuled } = readingOf(counted);
  const repositories = counted.map(({ repository }) => repository);
  const of = measure(figures(period, { worked, people, isRuled }), period);
  const last = before(period);
  // Compared with a time in which the desk was not here for all of it, everything would have grown.
  const here = repositories.some(({ since }) => since <= last.since);
  const past = here ? measure(figures(last, { worked, isRuled }), last) : null;
  const urgent = notable(period, now, isRuled);
  const used = planUse(period);
  const ids = new Set<number | null>(repositories.map(({ id }) => id));
  let stuck = (await reader.parked()).filter((scope) => ids.has(repositoryOf(scope))).length;
  for (const {
    repository,
    settings: { labels },
  } of counted) {
    for await (const { ticket, parked } of reader.tickets(repository.id)) {
      stuck += parked;
      const course = courseOf(ticket satisfies TicketRecord, { confidential: true, labels });
      of.add(course);
      // Most tickets have nothing of that: to look at each in full costs a twentieth of the whole report.
      if (course.facts.some(({ type }) => type === "sla" || type === "refused")) urgent.add(course);
      used.add(course);
      // Nothing happens to a ticket before it is opened: what is new costs no second count.
      if (course.openedAt < period.since) past?.add(course);
    }
  }
  const found = of.result();
  const rows = [
    ...figureRows(found, past?.result() ?? null),
    ...urgentRows(urgent.result()),
    amount("parked work", stuck, stuck, "pieces"),
  ];
  return { rows, figures: found.figures, used: used.tickets };
}

function measure(counted: Tally<Figures>, period: Period): Tally<Measured> {
  const kinds = flow([period]);
  return {
    add(course) {
      counted.add(course);
      kinds.add(course);
    },
    result: () => ({ figures: counted.result(), kinds: kinds.result().kinds }),
  };
}

/** What is due or broken as of now, and help that was refused in the period. */
function urgentRows({ overdue, due, refused }: Notable): FigureRow[] {
  return [amount("overdue", overdue.length), amount("due", due.length), amount("refused", refused.length)];
}
