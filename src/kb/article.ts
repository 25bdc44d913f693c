import type { Problem } from "../ticket/problem.ts";
import { type FrontMatter, readFrontMatter } from "./front-matter.ts";
import { type Section, sectionsOf } from "./sections.ts";

/** A page that can answer. */
export interface Article extends Omit<FrontMatter, "title"> {
  /** In the repository, with `/`. */
  path: string;
  title: string;
  sections: Section[];
}

/** Nobody wrote a longer page by hand. Characters. */
const LONGEST = 2_000_000;

/** Reads a Markdown file. The article is null when it cannot be used; then a Problem says why. */
export function parseArticle(
  path: string,
  markdown: string,
): { article: Article | null; problems: Problem[] } {
  const unusable = (message: string, suggestion: string) => ({
    article: null,
    problems: [{ severity: "error", file: path, path: "", message, suggestion } satisfies Problem],
  });
  if (markdown.length > LONGEST)
    return unusable(
      "The article is longer than 2 million characters and is left out.",
      "Split it into pages.",
    );
  if (markdown.includes("\0"))
    return unusable(
      "This is not a text file; it is left out.",
      "Narrow `knowledge.sources` to Markdown files.",
    );
  const { frontMatter, text, firstLine, problems } = readFrontMatter(path, markdown);
  if (!frontMatter) return { article: null, problems };
  const sections = sectionsOf(text, firstLine);
  const title =
    frontMatter.title ?? sections.find((section) => section.anchor !== "")?.headings[0] ?? nameOf(path);
  return { article: { ...frontMatter, path, title, sections }, problems };
}

function nameOf(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.\w+$/, "").replace(/[-_]+/g, " ");
}
