import { BACKGROUND } from "../github/client.ts";
import { Backlog } from "../kb/backlog.ts";
import { splitPassages } from "../kb/passages.ts";
import { referencesIn } from "../kb/references.ts";
import { MOST_BODY, readAnswer, readBacklogPage } from "../github/backlog.ts";
import type { Settings } from "../settings/schema.ts";
import { type BacklogThread, stillErased } from "../ticket/backlog-thread.ts";
import { type ScopeKey, parseScopeKey, scopeKey } from "../ticket/delivery.ts";
import type { ThreadEvent } from "../ticket/event.ts";
import type { BacklogProgress, Repository } from "../ticket/repository.ts";
import { ticketKey } from "../ticket/thread.ts";
import { has } from "../triage/labels.ts";
import { suspectVulnerability } from "../triage/security.ts";
import { shelveAnswer } from "./bookcase.ts";
import type { Desk } from "./desk.ts";
import { effectiveSettings } from "./settings.ts";
import { remembered, saidAfter, solutionOf } from "./solution.ts";

/** A page costs 2 of an installation's 5,000 points an hour: ten pages in 72 s take a fifth of them. */
const PAGES_AT_ONCE = 10;
const GAP_MS = 72_000;
/** What the first ticket waits for: the newest 200 issues, or all when there are fewer. */
const PAGES_AT_FIRST = 2;

/** All threads of the repository, for finding what a new one repeats. The rest of a long backlog is read meanwhile. */
export async function knowBacklog(desk: Desk, repository: Repository, settings: Settings): Promise<Backlog> {
  if (!repository.backlog) {
    await readPages(desk, repository, settings, PAGES_AT_FIRST);
    await desk.queue.push(scopeKey("repository", repository.id));
  }
  return keptBacklog(desk, repository.id);
}

/** The threads that are kept of a repository by now: asks GitHub for nothing. */
export async function keptBacklog(desk: Desk, repositoryId: number): Promise<Backlog> {
  const { backlogs, loading } = desk.memory;
  const known = backlogs.use(repositoryId);
  if (known && !known.index.isWorn) return known;
  const running = loading.get(repositoryId);
  if (running) return running;
  const begun = load(desk, repositoryId).finally(() => loading.delete(repositoryId));
  loading.set(repositoryId, begun);
  return begun;
}

async function load(desk: Desk, repositoryId: number): Promise<Backlog> {
  const threads: BacklogThread[] = [];
  for await (const thread of desk.store.threads(repositoryId)) threads.push(thread);
  const backlog = new Backlog();
  // References count only to what is there already.
  for (const thread of threads.sort((a, b) => a.createdAt - b.createdAt)) putThread(backlog, thread);
  desk.memory.backlogs.set(repositoryId, backlog);
  return backlog;
}

/** Brings one thread of the backlog in line with what is kept of it. `sameText`: neither title nor body changed. */
export function putThread(backlog: Backlog, thread: BacklogThread, sameText = false): void {
  const { number, title, body, closedAt, updatedAt } = thread;
  if (thread.hidden) {
    backlog.remove(number);
    return;
  }
  if (!backlog.entry(number)) backlog.open(thread);
  else if (!sameText) backlog.edit(number, title, body);
  const entry = backlog.entry(number);
  if (!entry) return;
  entry.comments = thread.comments;
  entry.closedAt = closedAt;
  entry.lastActivity = updatedAt;
  for (const other of thread.same) backlog.same(number, other);
}

/** Is there anything that old threads are needed for? Solved ones are articles too. */
export function usesBacklog({ duplicates, knowledge }: Settings): boolean {
  return duplicates.enabled || knowledge.discussions || knowledge.issues;
}

/** Reads on in a long backlog: called whenever the repository is worked on, and comes back by itself. */
export async function tendBacklog(desk: Desk, scope: ScopeKey): Promise<void> {
  const [kind, id] = parseScopeKey(scope);
  const repository = kind === "repository" ? await desk.store.read("repository", id) : null;
  if (!repository?.backlog || repository.backlog.complete || repository.gone) return;
  const settings = await effectiveSettings(desk, repository);
  if (!usesBacklog(settings)) return;
  const turn = desk.memory.turns.use(`backlog:${id}`) ?? 0;
  if (turn > desk.now()) return desk.queue.push(scope, { notBefore: turn });
  const { complete } = await readPages(desk, repository, settings, PAGES_AT_ONCE);
  if (complete) return;
  const notBefore = desk.now() + GAP_MS;
  desk.memory.turns.set(`backlog:${id}`, notBefore);
  await desk.queue.push(scope, { notBefore });
}

async function readPages(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  pages: number,
): Promise<BacklogProgress> {
  const { id, installationId, fullName } = repository;
  const octokit = await desk.clients.installation(installationId, BACKGROUND);
  const where = { repositoryId: id, repository: fullName };
  let progress = repository.backlog ?? { kind: "issue", after: null, complete: false };
  for (let read = 0; read < pages && !progress.complete; read++) {
    const page = await readBacklogPage(octokit, where, progress.kind, progress.after);
    // One after the other: the first asks for the roles of the team, the others find them.
    for (const thread of page.threads)
      await keep(desk, guarded(await firstPicture(desk, repository, settings, thread), settings, desk.self));
    progress = after(progress, page.next);
  }
  repository.backlog = progress;
  await desk.store.merge("repository", String(id), { backlog: progress });
  return progress;
}

/** A thread as a page shows it, with what its comments tell. */
async function firstPicture(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  thread: BacklogThread,
): Promise<BacklogThread> {
  if (thread.kind === "discussion") return thread;
  const said = thread.said ?? [];
  const same = said.flatMap(({ body }) => repeatedIn(body));
  const picture = { ...thread, said: remembered(said), same: [...new Set(same)] };
  return { ...picture, answer: await solutionOf(desk, repository, settings, picture) };
}

function after({ kind }: BacklogProgress, next: string | null): BacklogProgress {
  if (next !== null) return { kind, after: next, complete: false };
  return kind === "issue"
    ? { kind: "discussion", after: null, complete: false }
    : { kind, after: null, complete: true };
}

/** Keeps a picture of a thread, unless a newer one is there. */
async function keep(desk: Desk, picture: BacklogThread): Promise<void> {
  const id = ticketKey(picture);
  const before = await desk.store.read("thread", id);
  const thread = stillErased(before, picture);
  if (before && before.updatedAt > thread.updatedAt) return;
  if (JSON.stringify(before) === JSON.stringify(thread)) return;
  await desk.store.commit({ scope: "thread", id, document: thread });
  const { backlogs, loading, bookcases } = desk.memory;
  const backlog = await (loading.get(thread.repositoryId) ?? backlogs.peek(thread.repositoryId));
  const sameText = before?.title === thread.title && before.body === thread.body;
  if (backlog) putThread(backlog, thread, sameText);
  const bookcase = bookcases.peek(thread.repositoryId);
  if (bookcase) shelveAnswer(bookcase, thread);
}

/**
 * Keeps what a person of the team says of a thread (see `withOriginal`, `withAnswer`); false when the thread is not known.
 */
export async function amendThread(
  desk: Desk,
  key: string,
  change: (thread: BacklogThread) => BacklogThread,
): Promise<boolean> {
  const thread = await desk.store.read("thread", key);
  if (thread) await keep(desk, change(thread));
  return thread !== null;
}

/**
 * A report of a vulnerability is never shown to anybody: neither by a link nor by what is said of it. Nor is what we
 * opened ourselves anybody's original.
 */
function guarded(thread: BacklogThread, settings: Settings, self: string): BacklogThread {
  const { security } = settings.labels;
  const labelled = has(thread.labels, security ?? "security");
  const { prose } = splitPassages(thread.body);
  return {
    ...thread,
    hidden:
      thread.hidden ||
      labelled ||
      thread.author === self ||
      suspectVulnerability(thread.title, prose).suspected,
  };
}

/** Keeps the backlog current by what happens to threads, whether they are ours to act on or not. */
export async function followThread(desk: Desk, event: ThreadEvent, settings: Settings): Promise<void> {
  const before = await desk.store.read("thread", ticketKey(event.thread));
  const thread = pictureOf(event, before);
  const answer = await answerAfter(desk, event, thread, settings);
  await keep(desk, guarded({ ...thread, answer }, settings, desk.self));
}

function pictureOf(event: ThreadEvent, before: BacklogThread | null): BacklogThread {
  const { repositoryId, number, kind, url, title, body, author, labels, createdAt, updatedAt, ...thread } =
    event.thread;
  const closed = thread.state === "closed";
  return {
    repositoryId,
    number,
    kind,
    url,
    title,
    body: body.slice(0, MOST_BODY),
    author: author?.login ?? null,
    labels,
    createdAt,
    updatedAt,
    closedAt: closed ? (before?.closedAt ?? updatedAt) : null,
    stateReason: closed ? thread.stateReason : null,
    milestone: before?.milestone ?? null,
    comments: (before?.comments ?? 0) + (event.type === "commented" ? 1 : 0),
    same: sameAs(event, before?.same ?? []),
    original: before?.original ?? null,
    answer: before?.answer ?? null,
    said: kind === "issue" ? saidAfter(event, before?.said ?? []) : [],
    hidden: event.type === "deleted" || event.type === "transferred",
  };
}

/** What people call the same problem in a comment. */
function sameAs(event: ThreadEvent, before: number[]): number[] {
  if (event.type !== "commented" || event.comment.author?.bot) return before;
  return [...new Set([...before, ...repeatedIn(event.comment.body)])];
}

function repeatedIn(text: string): number[] {
  return referencesIn(text).flatMap(({ number, duplicate }) => (duplicate ? number : []));
}

/** Events after which another comment may be what solved an issue, or none. */
const TELLING: readonly ThreadEvent["type"][] = [
  "closed",
  "reopened",
  "commented",
  "comment-edited",
  "comment-deleted",
  "noticed",
];

async function answerAfter(
  desk: Desk,
  event: ThreadEvent,
  thread: BacklogThread,
  settings: Settings,
): Promise<BacklogThread["answer"]> {
  if (event.type === "unanswered") return null;
  if (event.type === "answered") {
    return readAnswer(await desk.clients.installation(event.thread.installationId), event.thread);
  }
  if (thread.kind === "discussion" || thread.answer?.chosen || !TELLING.includes(event.type))
    return thread.answer;
  const repository = await desk.store.read("repository", String(thread.repositoryId));
  return repository && solutionOf(desk, repository, settings, thread);
}
