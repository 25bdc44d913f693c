import { periodOf, type Stretch, stretchOf } from "../reports/schedule.ts";
import { organisationSummary } from "../reports/summary/organisation.ts";
import { type Report, summary } from "../reports/summary/summary.ts";
import type { Settings } from "../settings/schema.ts";
import type { Action, OutboxEntry, ReportSubject } from "../ticket/action.ts";
import { idempotencyKey } from "../ticket/action.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import type { Repository, ShownReport } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./digest.ts";
import { executeOutbox } from "./execute.ts";
import { neighboursOf, organisationFacts } from "./organisation-report.ts";
import { labelsOf, reportFacts } from "./report.ts";
import { reportSlot } from "./report-issue.ts";
import { reportedIn } from "./report-place.ts";
import { effectiveSettings } from "./settings.ts";

/** How often a report is brought up to date: late ratings and closings are in no hurry, and a pass over tickets costs. */
const LOOK_MS = 3_600_000;

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
  const wishes: ShowReport[] = [];
  for (const subject of ["repository", "organisation"] as const) {
    const wish = await wishFor(desk, repository, subject, settings, schedule, ordered);
    if (wish) wishes.push(wish);
  }
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

/**
 * The action that brings the issue of a report in line; null where it says so already, or where there is nothing to say.
 * While nothing is to be said of the newest period, the report before stays the live one: what is due or waits is told
 * there as of now.
 */
async function wishFor(
  desk: Desk,
  repository: Repository,
  subject: ReportSubject,
  settings: Settings,
  schedule: "weekly" | "monthly",
  ordered: boolean,
): Promise<ShowReport | null> {
  const now = desk.now();
  const known = repository.reports?.[subject];
  const running = periodOf(schedule, now).since;
  const newest = ordered || known?.period === running ? now : running - 1;
  const write = subject === "repository" ? ownReport : organisationReport;
  const isOther = known && periodOf(schedule, known.period).since !== periodOf(schedule, newest).since;
  for (const at of isOther ? [newest, known.period] : [newest]) {
    const stretch = stretchOf(schedule, at, now, repository.since);
    const period = stretch.period.since;
    const shown = known?.period === period ? known : null;
    // Not about a time in which the desk was not here, and not where somebody deleted it.
    if (stretch.period.until <= repository.since || shown?.deleted) return null;
    const previous = previousOf(known, period);
    const place = { slot: reportSlot({ subject, period }), previous };
    const text = await write(desk, repository, settings, stretch, place);
    if (text === null) continue;
    const { label, pin } = settings.reports;
    if (shown?.digest === digestOf(text.body) && (shown.pinned ?? false) === pin) return null;
    return { type: "show-report", subject, period, previous, ...text, label, pin };
  }
  return null;
}

/** The issue of the report before that of a period. */
function previousOf(known: ShownReport | undefined, period: number): number | null {
  if (known?.period === period) return known.previous ?? null;
  return known && !known.deleted ? known.number : null;
}

function voiceOf({ reports: { language }, messages }: Settings) {
  return { language, overrides: messages };
}

/** Null: there is nothing to say. */
type Write = (
  desk: Desk,
  repository: Repository,
  settings: Settings,
  stretch: Stretch,
  place: { slot: string; previous: number | null },
) => Promise<Report | null>;

const ownReport: Write = async (desk, repository, settings, stretch, { slot, previous }) => {
  const { fullName: subject, private: confidential } = repository;
  const own = { repository, settings };
  const assignment = { subject, repositories: [own], private: confidential, stretch };
  const facts = await reportFacts(desk, assignment);
  return summary(voiceOf(settings), slot, { ...facts, previous, labels: [labelsOf(own, facts.now)] });
};

const organisationReport: Write = async (desk, repository, settings, stretch, { slot, previous }) => {
  // Asked first, since the settings of all its neighbours cost more.
  if (!repository.private) return null;
  const served = reportedIn(repository, await neighboursOf(desk, repository));
  if (served.length === 0) return null;
  const facts = await organisationFacts(desk, { repository, settings }, served, stretch);
  return organisationSummary(voiceOf(settings), slot, { ...facts, previous });
};
