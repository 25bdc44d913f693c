import { type Contender, contenders } from "../kb/gate.ts";
import { type Question, rankArticles } from "../kb/library.ts";
import { quote } from "../kb/quote.ts";
import { sectionOf } from "../kb/shelf.ts";
import { isForVersion, isValid, type Situation, situationOf } from "../kb/situation.ts";
import { ARTICLE_GATE } from "../kb/weights.ts";
import { parseDocument } from "../learning/document.ts";
import { languageOf } from "../learning/language.ts";
import type { Settings } from "../settings/schema.ts";
import type { Repository } from "../ticket/repository.ts";
import { answeredThread, type SuggestedArticle } from "../ticket/suggestion.ts";
import { type Thread, ticketKey } from "../ticket/thread.ts";
import type { Bookcase } from "./bookcase.ts";
import type { Desk } from "./desk.ts";
import { knowBookcase } from "./shelving.ts";

/** As many are handed to the decision. */
const MOST_FOUND = 5;
/** In fewer sections it cannot be told which words are rare: the project's own name would look like a match. */
const FEWEST_SECTIONS = 3;

/**
 * The sections that answer a question best, each with the gate's probability, best first. Files of a private repository
 * never answer in a public one.
 */
export async function findArticles(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  question: Question,
  site: string,
): Promise<SuggestedArticle[]> {
  const bookcase = await knowBookcase(desk, repository, settings);
  const { library, articles } = bookcase;
  if (library.size < FEWEST_SECTIONS) return [];
  const language = languageOf(parseDocument(question.title, question.body));
  const situation = situationOf(question, language, articles.values());
  const found: SuggestedArticle[] = [];
  for (const { id, probability, foreign } of rank(bookcase, question, situation, settings, desk.now())) {
    const thread = answeredThread(id);
    const page = thread
      ? await answerAt(desk, repository.id, thread.number)
      : sectionAt(bookcase, id, site, situation);
    if (!page) continue;
    const { text, ...place } = page;
    const passage = quote(library.index, question, text);
    // A heading that fits with nothing under it answers nothing.
    if (passage !== "") found.push({ id, ...place, passage, probability, foreign });
  }
  return found;
}

/** The section that somebody of the team names by its path, with or without an anchor; null: there is none. */
export async function articleNamed(
  desk: Desk,
  repository: Repository,
  settings: Settings,
  wanted: { thread: Thread; site: string; name: string },
): Promise<SuggestedArticle | null> {
  const { thread, site, name } = wanted;
  const bookcase = await knowBookcase(desk, repository, settings);
  const [path = "", anchor] = name.replace(/^\/+/, "").split("#", 2);
  const article = [...bookcase.articles.values()].find((one) => one.path.endsWith(`/${path}`));
  const section = article?.sections.find((one) => anchor === undefined || one.anchor === anchor);
  if (!article || !section) return null;
  const id = section.anchor === "" ? article.path : `${article.path}#${section.anchor}`;
  const situation = situationOf(thread, languageOf(parseDocument(thread.title, thread.body)), [article]);
  const page = sectionAt(bookcase, id, site, situation);
  if (!page) return null;
  const { text, ...place } = page;
  return { id, ...place, passage: quote(bookcase.library.index, thread, text), probability: 1 };
}

/**
 * The best of what may answer, those in the ticket's language and the others each among their own: a translation next to
 * the page would make both look less certain.
 */
function rank(
  { library, articles, languages }: Bookcase,
  question: Question,
  situation: Situation,
  { knowledge }: Settings,
  now: number,
): (Contender & { foreign: boolean })[] {
  const wanted = { discussion: knowledge.discussions, issue: knowledge.issues };
  const out = new Set<string>();
  const foreign = new Set<string>();
  for (const [path, article] of articles) {
    if (!isValid(article, situation, now)) out.add(path);
    else if ((languages.get(path) ?? situation.language) !== situation.language) foreign.add(path);
  }
  const isOut = (id: string) => {
    const thread = answeredThread(id);
    return thread ? !wanted[thread.kind] : out.has(library.articleOf(id));
  };
  const isForeign = (id: string) => foreign.has(library.articleOf(id));
  const among = (without: ((id: string) => boolean) | null) =>
    contenders(rankArticles(library, question, without ? { without } : {}), ARTICLE_GATE, MOST_FOUND);
  const all = out.size === 0 && foreign.size === 0 && knowledge.discussions && knowledge.issues;
  const own = among(all ? null : (id) => isOut(id) || isForeign(id));
  const others = foreign.size === 0 ? [] : among((id) => isOut(id) || !isForeign(id));
  return [
    ...own.map((one) => ({ ...one, foreign: false })),
    ...others.map((one) => ({ ...one, foreign: true })),
  ];
}

type Page = Pick<SuggestedArticle, "title" | "url" | "headings" | "forVersion"> & { text: string };

function sectionAt(bookcase: Bookcase, id: string, site: string, situation: Situation): Page | null {
  const article = bookcase.articles.get(bookcase.library.articleOf(id));
  const section = sectionOf(bookcase.articles, id);
  if (!article || !section) return null;
  const { title, path } = article;
  const headings = section.headings[0] === title ? section.headings.slice(1) : section.headings;
  const url = addressOf(bookcase, site, path, section.anchor);
  return { title, url, headings, text: section.body, forVersion: isForVersion(article, situation) };
}

/** What was marked as the answer, or solved the issue: it is quoted, and linked where it stands. */
async function answerAt(desk: Desk, repositoryId: number, number: number): Promise<Page | null> {
  const thread = await desk.store.read("thread", ticketKey({ repositoryId, number }));
  if (!thread?.answer || thread.hidden) return null;
  return { title: thread.title, url: thread.answer.url, headings: [], text: thread.answer.body };
}

/** The page of a section on GitHub; `HEAD` follows the default branch when it is renamed. */
function addressOf({ shelved }: Bookcase, site: string, article: string, anchor: string): string {
  const slash = article.indexOf("/");
  const home = shelved.get(Number(article.slice(0, slash)))?.fullName ?? "";
  const path = article
    .slice(slash + 1)
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  const hash = anchor === "" ? "" : `#${encodeURIComponent(anchor)}`;
  return `${site}/${home}/blob/HEAD/${path}${hash}`;
}
