import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { addArticle, sectionOf } from "../kb/shelf.ts";
import { type Article, parseArticle } from "../kb/article.ts";
import { Library, search } from "../kb/library.ts";
import { quote } from "../kb/quote.ts";
import type { Problem } from "../ticket/problem.ts";
import { UnreadableInput, WrongUse } from "./archive.ts";

const USAGE = "Usage: frontdesk kb search QUERY --sources DIR [--limit N] [--json]";
const MARKDOWN = /\.(?:md|markdown|mdx)$/i;
/** Larger files are no articles: they are named and left out. Bytes. */
const LARGEST = 4_000_000;
const SKIPPED = new Set([".git", "node_modules"]);

/** `frontdesk kb search`: the sections of a folder's articles that answer a question, with links and scores. */
export async function kbSearch(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      sources: { type: "string" },
      limit: { type: "string", default: "5" },
      json: { type: "boolean", default: false },
    },
  });
  const limit = Number(values.limit);
  if (!values.sources || positionals.length === 0 || !(limit >= 1)) throw new WrongUse(USAGE);
  const question = { title: positionals.join(" "), body: "" };
  const { library, articles } = shelve(values.sources);
  const hits = search(library, question, { limit }).map(({ id, score }) => {
    const section = sectionOf(articles, id);
    const passage = section ? quote(library.index, question, section.body) : "";
    return { link: id, score, headings: section?.headings ?? [], passage };
  });
  for (const hit of hits) {
    if (values.json) process.stdout.write(`${JSON.stringify(hit)}\n`);
    else {
      process.stdout.write(`${hit.score.toFixed(2)}  ${hit.link}\n      ${hit.headings.join(" > ")}\n`);
      if (hit.passage) process.stdout.write(`      ${hit.passage}\n`);
    }
  }
  if (hits.length === 0) process.stderr.write("Nothing found.\n");
  return 0;
}

function shelve(folder: string): { library: Library; articles: Map<string, Article> } {
  const library = new Library();
  const articles = new Map<string, Article>();
  for (const file of markdownFiles(folder)) {
    const path = relative(folder, file).split(sep).join("/");
    if (lstatSync(file).size > LARGEST) {
      process.stderr.write(`${path}: larger than 4 MB, left out\n`);
      continue;
    }
    const { article, problems } = parseArticle(path, readFileSync(file, "utf8"));
    for (const problem of problems) process.stderr.write(`${describe(problem)}\n`);
    if (!article) continue;
    articles.set(path, article);
    addArticle(library, article);
  }
  return { library, articles };
}

/** `docs/page.md:3: expires: ...`, as compilers say it. */
function describe({ file, line, path, message, suggestion }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return [place, ...(path === "" ? [] : [path]), message].join(": ") + (suggestion ? ` ${suggestion}` : "");
}

/** The folder's Markdown files. Symbolic links are not followed: they may lead outside, or in circles. */
function markdownFiles(folder: string): string[] {
  let entries: import("node:fs").Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new UnreadableInput(`Cannot read ${folder}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownFiles(path);
      return entry.isFile() && MARKDOWN.test(entry.name) ? [path] : [];
    });
}
