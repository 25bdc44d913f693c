import { detectLanguage } from "../learning/language.ts";
import type { Article } from "./article.ts";

/** What a ticket says of the situation that its reporter is in. What it does not say excludes nothing. */
export interface Situation {
  /** ISO 639-1. */
  language: string;
  /** Versions that it names. */
  versions: string[];
  /** Products that it names, of those that articles are about. In lower case. */
  products: string[];
}

/** A version after the word for it (also as a form's heading), or after a `v`. */
const NAMED_VERSION =
  /(?:versions?|release|version[es]?|versión|versão|версия|版本|バージョン|버전)[^\p{L}\p{N}]{0,12}v?(\d+(?:\.\d+){0,3})|(?<![\w.])v(\d+(?:\.\d+){0,3})(?!\w)/giu;
/** Anything with a point may be a version, or another program's. */
const NUMBER = /(?<![\w.])(\d{1,4}(?:\.\d{1,5}){1,3})(?![\w%]|\.\d)/g;

/** Reads a ticket's situation, by what the articles differ in. */
export function situationOf(
  { title, body }: { title: string; body: string },
  language: string,
  articles: Iterable<Article>,
): Situation {
  const text = `${title}\n${body}`;
  const all = [...articles];
  // "Ubuntu 22.04" is no version of a product whose articles know 2.x and 3.x.
  const majors = new Set(all.flatMap(({ versions }) => versions.map(majorOf)));
  const named = [...text.matchAll(NAMED_VERSION)].map((match) => match[1] ?? match[2] ?? "");
  const likely = [...text.matchAll(NUMBER)].map(([version]) => version);
  const versions = new Set([...named, ...likely.filter((version) => majors.has(majorOf(version)))]);
  return { language, versions: [...versions], products: productsIn(text, all) };
}

const majorOf = (version: string): string => /\d+/.exec(version)?.[0] ?? version;

function productsIn(text: string, articles: readonly Article[]): string[] {
  const known = new Set(articles.flatMap(({ product }) => (product === null ? [] : product.toLowerCase())));
  const words = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `;
  return [...known].filter((product) =>
    words.includes(` ${product.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `),
  );
}

/** Fewer letters tell no language. */
const FEWEST_LETTERS = 200;

/** The language that an article says that it is in, else the one that its text is in; null when it is too short to tell. */
export function languageOfArticle({ language, title, sections }: Article): string | null {
  if (language !== null) return language;
  const text = [title, ...sections.map(({ headings, body }) => `${headings.at(-1) ?? ""}\n${body}`)].join(
    "\n",
  );
  const prose = text.replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?^ {0,3}\1/gm, "").slice(0, 4_000);
  return /[^\p{ASCII}\p{Script=Latin}]/u.test(prose) || prose.length >= FEWEST_LETTERS
    ? detectLanguage(prose)
    : null;
}

/** Does the article hold for this moment, product and version? */
export function isValid(article: Article, { products, versions }: Situation, now: number): boolean {
  if (article.expires !== null && article.expires <= now) return false;
  if (article.product !== null && products.length > 0 && !products.includes(article.product.toLowerCase()))
    return false;
  return versions.length === 0 || article.versions.length === 0 || isForVersion(article, { versions });
}

/** Does the article say of itself that it is about a version that the ticket names? */
export function isForVersion(article: Article, { versions }: Pick<Situation, "versions">): boolean {
  return article.versions.some((valid) => versions.some((version) => covers(valid, version)));
}

/** `2`, `2.x` and `v2` cover 2.3.1; `2.3` covers 2.3.1 but not 2.30. What the ticket leaves open (`2`) is no contradiction. */
function covers(valid: string, version: string): boolean {
  const parts = (text: string) => text.trim().toLowerCase().replace(/^v/, "").split(".");
  const asked = parts(version);
  return parts(valid).every((part, i) => part === "x" || part === "*" || (asked[i] ?? part) === part);
}
