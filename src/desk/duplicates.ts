import { HISTORY_MS } from "../customers/history.ts";
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
import { ownWeights } from "./own-weights.ts";
import { effectiveSettings } from "./settings.ts";

/** A milestone that names a release: `v2.4`, `2.4.1`. Others name plans. */
const RELEASE = /^v?\d+(?:\.\d+)+\S*$/;

/**
 * The earlier threads that this one may repeat, likeliest first, in its own repository and in those that the settings
 * name: each replaced by the root of what it is itself a duplicate of, none of them kept quiet, none younger than this one.
 */
export async function findDuplicates(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  thread: Thread,
): Promise<SuggestedThread[]> {
  const found = await originalsIn(desk, repository, settings, thread);
  for (const home of await elsewhere(desk, repository, settings)) {
    const originals = await originalsIn(desk, home, await effectiveSettings(desk, home), thread);
    found.push(...originals.map((original) => ({ ...original, repository: home.fullName })));
  }
  return found.sort((a, b) => b.probability - a.probability);
}

/** The named repositories whose threads may be shown here: of the same installation, and never private in public. */
async function elsewhere(desk: Desk, served: Repository, { duplicates }: Settings): Promise<Repository[]> {
  if (duplicates.repositories.length === 0) return [];
  const wanted = new Set(duplicates.repositories.map((name) => name.toLowerCase()));
  return (await desk.store.repositories()).filter(
    (home) =>
      home.id !== served.id &&
      home.installationId === served.installationId &&
      wanted.has(home.fullName.toLowerCase()) &&
      !home.gone &&
      (served.private || !home.private),
  );
}

async function originalsIn(
  desk: Desk,
  home: Repository,
  settings: Settings,
  thread: Thread,
): Promise<SuggestedThread[]> {
  const backlog = await knowBacklog(desk, home, settings);
  const weights = ownWeights(desk, home, backlog);
  const own = home.id === thread.repositoryId;
  const itself =
    own && backlog.entry(thread.number) ? await desk.store.read("thread", ticketKey(thread)) : null;
  // On an edit it is in the backlog, and would be its own best match.
  if (own) backlog.remove(thread.number);
  const suspect = { title: thread.title, body: thread.body, author: thread.author?.login ?? null };
  const { contenders } = rankDuplicates(backlog, suspect, desk.now(), weights);
  if (itself) putThread(backlog, itself);
  const found = new Map<number, SuggestedThread>();
  for (const { id, probability } of contenders) {
    const root = await rootOf(desk, home.id, backlog, own ? thread.number : null, Number(id));
    if (!root || found.has(root.number)) continue;
    if (own ? root.number > thread.number : root.createdAt > thread.createdAt) continue;
    // It answers instead (see articles).
    if (own && root.answer && root.kind === "discussion" && settings.knowledge.discussions) continue;
    found.set(root.number, { ...suggested(root, probability), byReporter: own && repeats(thread, root) });
  }
  return [...found.values()];
}

/** The thread that somebody of the team names as the original; null: there is none, or it is kept quiet. */
export async function originalNamed(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  thread: Thread,
  number: number,
): Promise<SuggestedThread | null> {
  await knowBacklog(desk, repository, settings);
  const named = await desk.store.read("thread", ticketKey({ repositoryId: repository.id, number }));
  if (!named || named.hidden) return null;
  return { ...suggested(named, 1), byReporter: repeats(thread, named) };
}

/** The same person came with it before, not long ago. */
function repeats({ author, createdAt }: Thread, root: BacklogThread): boolean {
  return author !== null && root.author === author.login && root.createdAt >= createdAt - HISTORY_MS;
}

function suggested(root: BacklogThread, probability: number): SuggestedThread {
  const { number, title, url, closedAt, milestone } = root;
  // Discussions are resolved where issues are completed.
  const stateReason = root.stateReason === "resolved" ? "completed" : root.stateReason;
  const fixed = stateReason === "completed" && milestone !== null && RELEASE.test(milestone);
  const state = closedAt === null ? "open" : "closed";
  const fixedIn = fixed ? milestone : null;
  return { number, title, url, state, stateReason, fixedIn, probability };
}

async function rootOf(
  desk: Desk,
  repositoryId: number,
  backlog: Backlog,
  from: number | null,
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
