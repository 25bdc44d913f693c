import { BACKGROUND } from "../github/client.ts";
import { readHistory, type PastThread } from "../github/history.ts";
import type { ScopeKey } from "../ticket/delivery.ts";
import { parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import { joinExamples } from "../ticket/example.ts";
import type { Settings } from "../settings/schema.ts";
import type { Example } from "../ticket/example.ts";
import type { HistoryCursor, Repository } from "../ticket/repository.ts";
import type { Desk } from "./desk.ts";
import { exampleOf, isWorthKeeping } from "./example.ts";
import { knowRepository } from "./knowledge.ts";
import { FEATURES_VERSION, teach } from "./repository-model.ts";
import { effectiveSettings } from "./settings.ts";
import { standingOf } from "./standing.ts";
import { isListedOnTeam } from "./team.ts";

/** As many threads of a kind are read: older ones tell less of what comes. */
const MOST_THREADS = 2_000;

/** The first of a kind are read at once, in eight requests, so that a new installation knows its labels in seconds. */
const AT_ONCE = 400;

/** The rest may take this part of the installation's hourly points. */
const SHARE = 0.2;
const HOUR_MS = 3_600_000;

/** The way in which a thread is read: since it tells who labelled it, histories that were read without are read again. */
const HISTORY_VERSION = `${FEATURES_VERSION} by name`;

const BEGINNING: HistoryCursor = { version: HISTORY_VERSION, kind: "issue", after: null, threads: 0 };

/** Must threads from before our time still be read, as far as the store tells? */
export function isHistoryOpen({ history, gone, archived }: Repository): boolean {
  return !gone && !archived && (history?.version !== HISTORY_VERSION || history.kind !== null);
}

/**
 * Reads threads from before our time, page by page, in between a repository's other work: they are learned from, never
 * acted on. Does nothing for other scopes, and where settings forbid learning.
 */
export async function readOldThreads(desk: Desk, scope: ScopeKey): Promise<void> {
  const [type, id] = parseScopeKey(scope);
  const known = type === "repository" ? await desk.store.read("repository", id) : null;
  if (!known || !isHistoryOpen(known) || (await standingOf(desk, known.installationId)) !== "served") return;
  const turn = desk.memory.turns.use(`history:${id}`) ?? 0;
  if (turn > desk.now()) return desk.queue.push(scope, { notBefore: turn });
  const { fullName: repository, id: repositoryId, ...where } = known;
  const current = await knowRepository(desk, { ...where, repository, repositoryId, updatedAt: known.since });
  const settings = await effectiveSettings(desk, current);
  if (!settings.classification.learn) return;
  let cursor = known.history?.version === HISTORY_VERSION ? known.history : BEGINNING;
  while (cursor.kind !== null) {
    const { next, share } = await readPage(desk, current, settings, cursor, cursor.kind);
    cursor = next;
    await desk.store.merge("repository", id, { history: cursor });
    const waiting = (await desk.store.pending(scope, 1)).length > 0;
    const slow = cursor.threads >= AT_ONCE;
    if (cursor.kind === null || (!slow && !waiting)) continue;
    const notBefore = slow ? takeTurn(desk, current, share) : 0;
    return desk.queue.push(scope, { notBefore });
  }
  desk.log.info({ repository }, "read the threads from before our time");
}

/** Is a thread's author, who also labelled it, of the team? Others need not be known. */
async function labelsOwn(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  { author, changes }: PastThread,
): Promise<boolean> {
  if (!author || author.bot || !changes.some(({ actor }) => actor?.login === author.login)) return false;
  return isListedOnTeam(desk, repository, settings, author.login);
}

async function readPage(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  cursor: HistoryCursor,
  kind: "issue" | "discussion",
): Promise<{ next: HistoryCursor; share: number }> {
  const { id, installationId, fullName } = repository;
  const octokit = await desk.clients.installation(installationId, BACKGROUND);
  const page = await readHistory(octokit, fullName, kind, cursor.after);
  const read: Example[] = [];
  for (const thread of page?.threads ?? []) {
    read.push(exampleOf(thread, id, await labelsOwn(desk, repository, settings, thread)));
  }
  const examples = read.filter(isWorthKeeping);
  // Several at once share a disk's fsync.
  const stored = await Promise.all(
    examples.map(async (read) => {
      const key = `${id}/${read.number}`;
      const heard = await desk.store.read("example", key);
      const document = heard ? joinExamples(heard, read) : read;
      await desk.store.commit({ scope: "example", id: key, document });
      return document;
    }),
  );
  await teach(desk, id, stored, null);
  const threads = cursor.threads + (page?.threads.length ?? 0);
  const next =
    page?.next && threads < MOST_THREADS
      ? { ...cursor, after: page.next, threads }
      : { ...cursor, kind: kind === "issue" ? ("discussion" as const) : null, after: null, threads: 0 };
  return { next, share: page?.share ?? 0 };
}

/** The installation's next turn for a page that costs such a share of an hour's points: all its repositories take turns. */
function takeTurn(desk: Desk, { id, installationId }: Repository, share: number): number {
  const { turns, nextTurn } = desk.memory;
  const gap = (share / SHARE) * HOUR_MS;
  const turn = Math.max(desk.now() + gap, nextTurn.use(installationId) ?? 0);
  nextTurn.set(installationId, turn + gap);
  turns.set(`history:${id}`, turn);
  return turn;
}

/** Repositories whose old threads were not all read when the desk stopped, or that are new to it. */
export async function wakeHistories(desk: Desk): Promise<void> {
  for (const repository of await desk.store.repositories()) {
    if (isHistoryOpen(repository)) await desk.queue.push(scopeKey("repository", repository.id));
  }
}
