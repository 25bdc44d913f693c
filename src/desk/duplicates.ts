import type { Backlog } from "../kb/backlog.ts";
import { rankDuplicates } from "../kb/duplicates.ts";
import { type LinkFacts, linkTarget } from "../kb/graph.ts";
import type { Settings } from "../settings/schema.ts";
import type { BacklogThread } from "../ticket/backlog-thread.ts";
import type { Repository } from "../ticket/repository.ts";
import type { SuggestedThread } from "../ticket/suggestion.ts";
import { type Thread, ticketKey } from "../ticket/thread.ts";
import { knowBacklog, putThread } from "./backlog.ts";
import type { Desk } from "./desk.ts";

/** A milestone that names a release: `v2.4`, `2.4.1`. Others name plans. */
const RELEASE = /^v?\d+(?:\.\d+)+\S*$/;

/**
 * The earlier threads that this one may repeat, likeliest first: each replaced by the root of what it is itself a
 * duplicate of, none of them kept quiet, none younger than this one.
 */
export async function findDuplicates(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  thread: Thread,
): Promise<SuggestedThread[]> {
  const backlog = await knowBacklog(desk, repository, settings);
  const itself = backlog.entry(thread.number) ? await desk.store.read("thread", ticketKey(thread)) : null;
  // On an edit it is in the backlog, and would be its own best match.
  backlog.remove(thread.number);
  const suspect = { title: thread.title, body: thread.body, author: thread.author?.login ?? null };
  const { contenders } = rankDuplicates(backlog, suspect, desk.now());
  if (itself) putThread(backlog, itself);
  const found = new Map<number, SuggestedThread>();
  for (const { id, probability } of contenders) {
    const root = await rootOf(desk, repository.id, backlog, thread.number, Number(id));
    if (!root || root.number > thread.number || found.has(root.number)) continue;
    // It answers instead (see articles).
    if (root.answer && root.kind === "discussion" && settings.knowledge.discussions) continue;
    found.set(root.number, suggested(root, probability));
  }
  return [...found.values()];
}

function suggested(root: BacklogThread, probability: number): SuggestedThread {
  const { number, title, url, closedAt, milestone } = root;
  // Discussions are resolved where issues are completed.
  const stateReason = root.stateReason === "resolved" ? "completed" : root.stateReason;
  const fixed = stateReason === "completed" && milestone !== null && RELEASE.test(milestone);
  const state = closedAt === null ? "open" : "closed";
  return { number, title, url, state, stateReason, fixedIn: fixed ? milestone : null, probability };
}

async function rootOf(
  desk: Desk,
  repositoryId: number,
  backlog: Backlog,
  from: number,
  to: number,
): Promise<BacklogThread | null> {
  const threads = new Map<number, BacklogThread>();
  for (const number of backlog.cluster(to)) {
    const thread = await desk.store.read("thread", ticketKey({ repositoryId, number }));
    if (thread) threads.set(number, thread);
  }
  const facts = (number: number): LinkFacts | undefined => {
    const thread = threads.get(number);
    return thread && { duplicateOf: originalOf(thread, threads), private: false, security: thread.hidden };
  };
  const target = linkTarget(facts, from, to);
  return (target !== null && threads.get(target)) || null;
}

/** What a thread repeats: what the team says, else, if it was closed as one, an older one that people called the same. */
function originalOf(thread: BacklogThread, threads: ReadonlyMap<number, BacklogThread>): number | null {
  if (thread.original && threads.has(thread.original)) return thread.original;
  if (thread.closedAt === null || thread.stateReason === "completed") return null;
  const older = [...threads.values()].filter(
    ({ number }) =>
      number < thread.number &&
      (thread.same.includes(number) || threads.get(number)?.same.includes(thread.number)),
  );
  const open = older.filter(({ closedAt }) => closedAt === null);
  return (open.length > 0 ? open : older).sort((a, b) => a.number - b.number)[0]?.number ?? null;
}
