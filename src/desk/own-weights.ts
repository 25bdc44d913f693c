import type { Backlog } from "../kb/backlog.ts";
import { LEAST_DUPLICATES, ownDuplicateWeights } from "../kb/own-weights.ts";
import type { IssueHistory } from "../kb/replay.ts";
import type { BacklogThread } from "../ticket/backlog-thread.ts";
import type { Repository } from "../ticket/repository.ts";
import { runAside } from "./aside.ts";
import type { Desk } from "./desk.ts";

/** Weights for a repository, and of how many known duplicates they were learned; null: the shipped ones are no worse. */
export interface OwnWeights {
  repeated: number;
  weights: number[] | null;
}

/** Learned anew when so many times as many duplicates are known. */
const GROWTH = 1.1;
/** The newest threads that it is learned among, which takes as much memory as the backlog itself. */
const MOST_THREADS = 20_000;

/**
 * What the repository's own duplicates have taught the re-ranker by now; undefined: the shipped weights serve. Once the
 * backlog is read to its end, and again with a tenth more duplicates, it learns in the background, for later tickets.
 */
export function ownWeights(desk: Desk, repository: Repository, backlog: Backlog): number[] | undefined {
  const known = desk.memory.ownWeights.use(repository.id);
  const { repeated } = backlog;
  const enough = Math.max(LEAST_DUPLICATES, GROWTH * (known?.repeated ?? 0));
  if (repository.backlog?.complete && repeated >= enough) {
    // The old ones serve until then.
    desk.memory.ownWeights.set(repository.id, { repeated, weights: known?.weights ?? null });
    const running = learn(desk, repository.id, repeated);
    desk.memory.training.add(running);
    void running.finally(() => desk.memory.training.delete(running));
  }
  return known?.weights ?? undefined;
}

async function learn(desk: Desk, repositoryId: number, repeated: number): Promise<void> {
  try {
    const histories = await readHistories(desk, repositoryId);
    const weights = await runAside("./own-weights-worker.js", histories, () =>
      ownDuplicateWeights(histories),
    );
    desk.memory.ownWeights.set(repositoryId, { repeated, weights });
  } catch (error) {
    desk.log.error({ err: error, repositoryId }, "learning from a repository's duplicates failed");
  }
}

async function readHistories(desk: Desk, repositoryId: number): Promise<IssueHistory[]> {
  const histories: IssueHistory[] = [];
  for await (const thread of desk.store.threads(repositoryId))
    if (!thread.hidden) histories.push(historyOf(thread));
  return histories.sort((a, b) => a.createdAt - b.createdAt || a.number - b.number).slice(-MOST_THREADS);
}

/**
 * A thread as it happened, as far as it is kept. When people called it the same as others is not: by its closing at the
 * latest, else by its last change.
 */
function historyOf(thread: BacklogThread): IssueHistory {
  const { number, title, body, author, createdAt, closedAt, updatedAt } = thread;
  const same = thread.original ? [thread.original] : thread.same;
  const at = closedAt ?? updatedAt;
  return {
    ...{ number, title, body, author, createdAt, closedAt },
    comments: [],
    same: same.map((other) => ({ number: other, at })),
  };
}
