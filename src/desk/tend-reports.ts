import type { Period } from "../reports/period.ts";
import { periodOf, periodsBefore } from "../reports/schedule.ts";
import { organisationSummary } from "../reports/summary/organisation.ts";
import { summary } from "../reports/summary/summary.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action, OutboxEntry, ReportSubject } from "../ticket/action.ts";
import { idempotencyKey } from "../ticket/action.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./digest.ts";
import { executeOutbox } from "./execute.ts";
import { organisationFacts, reportedIn } from "./organisation-report.ts";
import { reportFacts } from "./report.ts";
import { reportSlot } from "./report-issue.ts";
import { effectiveSettings } from "./settings.ts";

/** How often a report is brought up to date: late ratings and closings are in no hurry, and a pass over tickets costs. */
const LOOK_MS = 3_600_000;

/** Periods that the chart shows. */
const SHOWN = 8;

/** Wakes the repositories whose reports are to be looked at. */
export async function wakeReports(desk: Desk): Promise<void> {
  for (const { id, gone, archived } of await desk.store.repositories()) {
    if (!gone && !archived && isDue(desk, id)) await desk.queue.push(scopeKey("repository", id));
  }
}

const turnOf = (id: number) => `report:${id}`;
const isDue = (desk: Desk, id: number) => (desk.memory.turns.use(turnOf(id)) ?? 0) <= desk.now();

/** Brings the reports in line where it is time; may be called whenever the repository is worked on. */
export async function tendReports(desk: Desk, scope: ScopeKey): Promise<void> {
  const [kind, id] = parseScopeKey(scope);
  if (kind === "repository" && isDue(desk, Number(id))) await writeReports(desk, scope, false);
}

/**
 * Brings the reports that stand in a repository in line with what happened: its own, and the organisation's, where this
 * is the place for it, on the last period that is over; on the running one where somebody ordered that (`ordered`), now
 * or before. Compares what should be with what is.
 */
export async function writeReports(desk: Desk, scope: ScopeKey, ordered: boolean): Promise<void> {
  const [kind, id] = parseScopeKey(scope);
  if (kind !== "repository") return;
  const now = desk.now();
  const lookAgainBy = (at: number) =>
    void desk.memory.turns.set(turnOf(Number(id)), Math.min(now + LOOK_MS, at));
  lookAgainBy(Number.POSITIVE_INFINITY);
  const repository = await desk.store.read("repository", id);
  if (!repository?.settings || repository.gone || repository.archived) return;
  const settings = await effectiveSettings(desk, repository);
  const { schedule } = settings.reports;
  if (settings.mode === "observe" || schedule === "never") return;
  lookAgainBy(periodOf(schedule, now).until);
  const periods = (subject: ReportSubject) => {
    const running = periodOf(schedule, now);
    const isShown = repository.reports?.[subject]?.period === running.since;
    return periodsBefore(schedule, ordered || isShown ? running.until : now, SHOWN);
  };
  const wishes = [
    await ownReport(desk, repository, settings, periods("repository")),
    await organisationReport(desk, repository, settings, periods("organisation")),
  ].filter((wish) => wish !== null);
  if (wishes.length === 0) return;
  const outbox = wishes.map((action): OutboxEntry => {
    const key = idempotencyKey(scope, action);
    return { key, action, decidedAt: now, snapshotAt: now, failures: 0, notBefore: 0, parked: null };
  });
  // The document stays as it is: much may have been written to it since it was read.
  await desk.store.commit({ scope: kind, id, document: null, outbox });
  await executeOutbox(desk, scope, new Set(outbox.map(({ key }) => key)));
}

type ShowReport = Action & { type: "show-report" };

async function ownReport(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  periods: readonly Period[],
): Promise<ShowReport | null> {
  const period = periods.at(-1) as Period;
  if (!isWanted(repository, "repository", period)) return null;
  const facts = await reportFacts(desk.store, repository, settings, periods, desk.now());
  const slot = reportSlot({ subject: "repository", period: period.since });
  const text = summary({ language: settings.reports.language, overrides: settings.messages }, slot, facts);
  return wishFor(repository, "repository", period, text, settings);
}

async function organisationReport(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  periods: readonly Period[],
): Promise<ShowReport | null> {
  const period = periods.at(-1) as Period;
  if (!repository.private || !isWanted(repository, "organisation", period)) return null;
  const served = await reportedIn(desk, repository);
  if (served.length === 0) return null;
  const facts = await organisationFacts(desk.store, repository, served, settings, periods);
  const slot = reportSlot({ subject: "organisation", period: period.since });
  const voice = { language: settings.reports.language, overrides: settings.messages };
  return wishFor(repository, "organisation", period, organisationSummary(voice, slot, facts), settings);
}

/** Not about a time in which the desk was not here, and not where somebody deleted it. */
function isWanted({ since, reports }: Repository, subject: ReportSubject, period: Period): boolean {
  const shown = reports?.[subject];
  return period.until > since && !(shown?.period === period.since && shown.deleted);
}

/** The action that brings the issue in line; null where it says so already, or where there is nothing to say. */
function wishFor(
  { reports }: Repository,
  subject: ReportSubject,
  period: Period,
  text: { title: string; body: string } | null,
  { reports: { label, pin } }: Settings,
): ShowReport | null {
  if (text === null) return null;
  const shown = reports?.[subject];
  if (shown?.period === period.since && shown.digest === digestOf(text.body)) return null;
  return { type: "show-report", subject, period: period.since, ...text, label, pin };
}
