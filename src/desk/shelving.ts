import { parseArticle } from "../kb/article.ts";
import { addArticle, removeArticle } from "../kb/shelf.ts";
import { languageOfArticle } from "../kb/situation.ts";
import type { Settings } from "../settings/schema.ts";
import { parseScopeKey, type ScopeKey, scopeKey } from "../ticket/delivery.ts";
import { type Lesson, standing } from "../ticket/lesson.ts";
import type { Repository, Source } from "../ticket/repository.ts";
import type { Thread } from "../ticket/thread.ts";
import { articleTakenBack, helpfulArticle } from "../triage/help-lessons.ts";
import { type Bookcase, newBookcase, shelveAnswer } from "./bookcase.ts";
import type { Desk } from "./desk.ts";
import { effectiveSettings } from "./settings.ts";
import { knowSources } from "./sources.ts";

/** Brings the index in line with the shelves: only files that changed are read into it anew. One at a time. */
export function knowBookcase(desk: Desk, repository: Repository, settings: Settings): Promise<Bookcase> {
  const { shelving } = desk.memory;
  const running = shelving.get(repository.id);
  if (running) return running;
  const filling = fill(desk, repository, settings).finally(() => shelving.delete(repository.id));
  shelving.set(repository.id, filling);
  return filling;
}

async function fill(desk: Desk, repository: Repository, settings: Settings): Promise<Bookcase> {
  const sources = await knowSources(desk, repository, settings);
  const kept = desk.memory.bookcases.use(repository.id);
  const before = kept?.library.index.isWorn ? undefined : kept;
  const bookcase = before ?? newBookcase();
  const allowed = new Map<number, Source>();
  for (const source of sources) {
    if (source.repositoryId !== null && (await mayAnswer(desk, source, repository)))
      allowed.set(source.repositoryId, source);
  }
  for (const id of bookcase.shelved.keys()) if (!allowed.has(id)) clear(bookcase, id);
  for (const [id, source] of allowed) await refill(desk, bookcase, repository, id, source);
  await noteProblems(desk, bookcase, repository);
  if (!before) {
    for await (const thread of desk.store.threads(repository.id)) shelveAnswer(bookcase, thread);
    await recallAliases(desk, bookcase, repository.id);
  }
  desk.memory.bookcases.set(repository.id, bookcase);
  return bookcase;
}

/** More are mended in rounds. */
const MOST_PROBLEMS = 100;

/** Problems of the repository's own articles are shown with those of its settings; of others' their names are not. */
async function noteProblems(desk: Desk, { problems }: Bookcase, { id }: Repository): Promise<void> {
  const own = [...problems].flatMap(([path, found]) => (path.startsWith(`${id}/`) ? found : []));
  const articleProblems = own.slice(0, MOST_PROBLEMS);
  const known = (await desk.store.read("repository", String(id)))?.articleProblems ?? [];
  if (JSON.stringify(known) === JSON.stringify(articleProblems)) return;
  await desk.store.merge("repository", String(id), { articleProblems });
  await desk.queue.push(scopeKey("repository", id));
}

/**
 * Reads what a push changed, if anybody was answered from here before: mistakes in an article are shown at once. Does
 * nothing for other scopes.
 */
export async function tendArticles(desk: Desk, scope: ScopeKey): Promise<void> {
  const [kind, id] = parseScopeKey(scope);
  const repository = kind === "repository" ? await desk.store.read("repository", id) : null;
  if (!repository?.sources || repository.gone || repository.archived) return;
  const { articlesChangedAt, sources } = repository;
  if (
    !sources.some(({ repositoryId, readAt }) => repositoryId === repository.id && readAt <= articlesChangedAt)
  )
    return;
  await knowBookcase(desk, repository, await effectiveSettings(desk, repository));
}

/** Every ticket that an article solved is one more way in which people ask for it. */
async function recallAliases(desk: Desk, { library }: Bookcase, repositoryId: number): Promise<void> {
  for (const lesson of standing(await desk.store.lessons(repositoryId))) {
    const article = helpfulArticle(lesson);
    const thread = article && (await desk.store.read("thread", lesson.ticket));
    if (article && thread && !thread.hidden) library.addAlias(article, lesson.ticket, thread);
  }
}

/** The same for what was just learned, or taken back: the next one who asks like that profits. */
export function learnAliases(desk: Desk, thread: Thread, lessons: readonly Lesson[]): void {
  const bookcase = desk.memory.bookcases.peek(thread.repositoryId);
  for (const lesson of lessons) {
    const article = helpfulArticle(lesson);
    if (article) bookcase?.library.addAlias(article, lesson.ticket, thread);
    const doubted = articleTakenBack(lesson);
    if (doubted) bookcase?.library.removeAlias(doubted, lesson.ticket);
  }
}

/** What is known of its visibility now, and what was known when it was read: both must allow it. */
async function mayAnswer(desk: Desk, source: Source, served: Repository): Promise<boolean> {
  if (source.repositoryId === served.id || served.private) return true;
  const home = await desk.store.read("repository", String(source.repositoryId));
  return !source.private && home?.private !== true && home?.gone !== true;
}

function clear(bookcase: Bookcase, source: number): void {
  for (const path of bookcase.shelved.get(source)?.shas.keys() ?? []) drop(bookcase, `${source}/${path}`);
  bookcase.shelved.delete(source);
}

function drop({ library, articles, languages }: Bookcase, path: string): void {
  removeArticle(library, path);
  articles.delete(path);
  languages.delete(path);
}

async function refill(
  desk: Desk,
  bookcase: Bookcase,
  served: Repository,
  id: number,
  { fullName, readAt }: Source,
): Promise<void> {
  const before = bookcase.shelved.get(id);
  if (before?.readAt === readAt) return;
  const shelf = await desk.store.read("shelf", `${id}/${served.id}`);
  const files = new Map((shelf?.files ?? []).map((file) => [file.path, file]));
  for (const path of before?.shas.keys() ?? []) {
    if (files.has(path)) continue;
    drop(bookcase, `${id}/${path}`);
    bookcase.problems.delete(`${id}/${path}`);
  }
  for (const { path, sha, text } of files.values()) {
    if (before?.shas.get(path) === sha) continue;
    const { article, problems } = parseArticle(`${id}/${path}`, text);
    const shown = problems.map((problem) => ({ ...problem, file: path }));
    for (const problem of shown) desk.log.warn({ repository: fullName, problem }, "a Problem in an article");
    if (shown.length > 0) bookcase.problems.set(`${id}/${path}`, shown);
    else bookcase.problems.delete(`${id}/${path}`);
    if (article) {
      bookcase.articles.set(article.path, article);
      bookcase.languages.set(article.path, languageOfArticle(article));
      addArticle(bookcase.library, article);
    } else drop(bookcase, `${id}/${path}`);
  }
  const shas = new Map([...files].map(([path, { sha }]) => [path, sha]));
  bookcase.shelved.set(id, { fullName, readAt, shas });
}
