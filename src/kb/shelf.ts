import type { Article } from "./article.ts";
import type { Library } from "./library.ts";
import type { Section } from "./sections.ts";

/** The id of a section in the library: the article's path, and the anchor if it has one. */
export function sectionId(path: string, anchor: string): string {
  return anchor === "" ? path : `${path}#${anchor}`;
}

/** Puts an article's sections into the library, in place of those that an earlier version of it had. */
export function addArticle(library: Library, article: Article): void {
  const ids = new Set(article.sections.map(({ anchor }) => sectionId(article.path, anchor)));
  for (const id of library.idsOf(article.path)) if (!ids.has(id)) library.remove(id);
  for (const section of article.sections) {
    const id = sectionId(article.path, section.anchor);
    library.add({
      id,
      title: section.headings.at(-1) ?? article.title,
      body: section.body,
      article: article.path,
    });
  }
  const first = article.sections[0];
  if (!first) return;
  article.aliases.forEach((alias, i) => {
    library.addAlias(sectionId(article.path, first.anchor), `front matter ${i}`, { title: alias, body: "" });
  });
}

/** Takes an article with all its sections out: deleted, expired, or private while the ticket is public. */
export function removeArticle(library: Library, path: string): void {
  for (const id of library.idsOf(path)) library.remove(id);
}

/** The section behind an id. */
export function sectionOf(articles: ReadonlyMap<string, Article>, id: string): Section | undefined {
  // Paths may hold a #, anchors never do.
  const hash = articles.has(id) ? id.length : id.lastIndexOf("#");
  const article = articles.get(id.slice(0, Math.max(0, hash)));
  return article?.sections.find(({ anchor }) => anchor === id.slice(hash + 1));
}
