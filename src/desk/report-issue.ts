import type { Octokit } from "../github/client.ts";
import { unlessGone } from "../github/failure.ts";
import { createIssue, editIssue, findOwnIssue, pinIssue } from "../github/issues.ts";
import { readRepository } from "../github/repositories.ts";
import { LABELS } from "../messages/label.ts";
import { marker } from "../messages/marker.ts";
import type { Action } from "../ticket/action.ts";
import type { Repository, ShownReport } from "../ticket/repository.ts";
import type { Thread } from "../ticket/thread.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./digest.ts";
import { ensureLabels } from "./labels.ts";
import type { Done } from "./outcome.ts";

type ShowReport = Action & { type: "show-report" };

/** The slot of a report, by which its issue is found again: `report:repository:1772409600000`. */
export function reportSlot({ subject, period }: Pick<ShowReport, "subject" | "period">): string {
  return `report:${subject}:${period}`;
}

/**
 * Opens or edits the issue of a report; with a new one that of the period before is closed. Who closes it or takes its
 * label off has their way, and one that was deleted is not opened again.
 */
export async function showReport(
  desk: Desk,
  repository: Repository,
  action: ShowReport,
  look: boolean,
): Promise<Done<Repository>> {
  const octokit = await desk.clients.installation(repository.installationId);
  const { fullName } = repository;
  // What the whole organisation's desk does and costs is for a private place: it may have become public meanwhile.
  if (action.subject === "organisation" && !(await readRepository(octokit, fullName))?.private) {
    return { outcome: { type: "skipped", reason: `${fullName} is not private` } };
  }
  const before = repository.reports?.[action.subject] ?? null;
  const same = before?.period === action.period ? before : null;
  const there =
    same ?? (look ? await findOwnIssue(octokit, fullName, marker(reportSlot(action)), desk.self) : null);
  const { title, body, period, pin, previous = null } = action;
  const shown = (at: Pick<ShownReport, "number" | "nodeId">, deleted: boolean) => ({
    reports: {
      ...repository.reports,
      [action.subject]: { period, ...at, previous, digest: digestOf(body), deleted, pinned: pin },
    },
  });
  if (there) {
    const edited = await editIssue(octokit, fullName, there.number, { title, body });
    if (!same) await retire(octokit, fullName, before);
    const patch = shown(numbersOf(there), edited === "gone");
    if (edited === "gone")
      return { outcome: { type: "refused", reason: "a person deleted the report" }, patch };
    if (pin !== (same?.pinned ?? false)) await setPin(desk, octokit, fullName, there, pin);
    return { outcome: { type: "done" }, patch };
  }
  const labels = await labelled(desk, repository, action.label);
  const issue = await unlessGone(createIssue(octokit, fullName, { title, body, labels }));
  if (issue === null) {
    // Issues are turned off: asked again with the next period, not with each look.
    desk.log.warn({ repository: fullName }, "GitHub opens no issue for the report");
    const reason = `${fullName} takes no issues`;
    return { outcome: { type: "skipped", reason }, patch: shown({ number: 0, nodeId: "" }, true) };
  }
  await retire(octokit, fullName, before);
  if (pin) await setPin(desk, octokit, fullName, issue, true);
  return { outcome: { type: "done", url: issue.url }, patch: shown(numbersOf(issue), false) };
}

/** A person deleted the issue of a report: that is heard of at once, since `/report` writes it no more. */
export async function noteDeletedReport(
  desk: Desk,
  { repositoryId, number }: Pick<Thread, "repositoryId" | "number">,
): Promise<void> {
  await desk.store.revise("repository", String(repositoryId), (repository) => {
    const shown = Object.entries(repository?.reports ?? {}).find(([, report]) => report.number === number);
    if (!repository || !shown) return null;
    const [subject, report] = shown;
    return { ...repository, reports: { ...repository.reports, [subject]: { ...report, deleted: true } } };
  });
}

const numbersOf = ({ number, nodeId }: Pick<ShownReport, "number" | "nodeId">) => ({ number, nodeId });

/** Closes the report of the period before; of the three pins that a repository has it gives back its own. */
async function retire(octokit: Octokit, fullName: string, before: ShownReport | null): Promise<void> {
  if (!before || before.deleted) return;
  await editIssue(octokit, fullName, before.number, { state: "closed" });
  // Older versions did not write down what they pinned.
  if (before.pinned !== false) await pinIssue(octokit, before.nodeId, false);
}

/** What GitHub refuses (three pins are there already) is asked for again with the next period. */
async function setPin(
  desk: Desk,
  octokit: Octokit,
  repository: string,
  { number, nodeId }: Pick<ShownReport, "number" | "nodeId">,
  pin: boolean,
): Promise<void> {
  if ((await pinIssue(octokit, nodeId, pin)) === "done") return;
  desk.log.warn({ repository, issue: number, pin }, "GitHub does not change the report's pin");
}

async function labelled(
  desk: Desk,
  { id, installationId, fullName }: Repository,
  name: string | null,
): Promise<string[]> {
  if (name === null) return [];
  const octokit = await desk.clients.installation(installationId);
  await ensureLabels(desk, octokit, { repositoryId: id, repository: fullName }, [{ name, ...LABELS.report }]);
  return [name];
}
