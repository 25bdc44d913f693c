import { groupBy } from "../customers/group.ts";
import { sameName } from "../customers/plan.ts";
import { type ProblemFile, problemIssue } from "../messages/problem-issue.ts";
import type { Action } from "../ticket/action.ts";
import { idempotencyKey } from "../ticket/action.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey } from "../ticket/delivery.ts";
import type { Problem } from "../ticket/problem.ts";
import type { Repository } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { digestOf } from "./digest.ts";
import { executeOutbox } from "./execute.ts";
import { effectiveSettings, problemsOf, SETTINGS_PATH } from "./settings.ts";

/**
 * Brings the one issue about a repository's settings and articles in line with the newest files: opened when there are Problems,
 * edited when they change, closed when they are mended. Compares what should be with what is, so it may be called
 * whenever the repository is worked on.
 */
export async function tendProblems(desk: Desk, scope: ScopeKey): Promise<void> {
  const [kind, id] = parseScopeKey(scope);
  if (kind !== "repository") return;
  const repository = await desk.store.read("repository", id);
  if (!repository || repository.gone || repository.archived) return;
  const lists = await problemsOfRosters(desk, repository);
  // A repository that only holds settings for others is not read for itself before somebody opens a ticket in it.
  if (!repository.settings && lists.length === 0 && !repository.problemIssue?.open) return;
  const own = repository.settings ? problemsOf(repository.settings, repository.private) : [];
  const problems = [...own, ...lists];
  for (const problem of problems)
    desk.log.warn({ repository: repository.fullName, problem }, "a Problem in the settings");
  if ((await effectiveSettings(desk, repository)).mode === "observe") return;
  const action = wanted(repository, problems);
  if (!action) return;
  const now = desk.now();
  const key = idempotencyKey(scope, action);
  const entry = { key, action, decidedAt: now, snapshotAt: now, failures: 0, notBefore: 0, parked: null };
  // The document stays as it is: much may have been written to it since it was read.
  await desk.store.commit({ scope: kind, id, document: null, outbox: [entry] });
  await executeOutbox(desk, scope, new Set([key]));
}

/** What is wrong with the lists of members that this repository's settings name: told only where nobody else reads. */
async function problemsOfRosters(desk: Desk, { installationId, fullName, private: hidden }: Repository) {
  if (!hidden) return [];
  const book = await desk.store.read("roster", String(installationId));
  const all = Object.values(book?.problems ?? {}).flat();
  return all.filter(({ home }) => sameName(home, fullName));
}

function wanted(repository: Repository, problems: Problem[]): Action | null {
  const shown = repository.problemIssue;
  const { title, body } = problemIssue({ language: "en" }, SETTINGS_PATH, [
    ...byFile(problems).map(([file, theirs]): ProblemFile => ({ kind: "settings", file, problems: theirs })),
    ...byFile(repository.articleProblems ?? []).map(
      ([file, theirs]): ProblemFile => ({ kind: "article", file, problems: theirs }),
    ),
  ]);
  if (body === null) return shown?.open ? { type: "show-problems", title, body } : null;
  if (shown?.open && shown.digest === digestOf(body)) return null;
  return { type: "show-problems", title, body };
}

/** Problems that name no file are the settings' own. */
function byFile(problems: readonly Problem[]): [string, Problem[]][] {
  return [...groupBy(problems, ({ file }) => file ?? SETTINGS_PATH)];
}
