import { join } from "node:path";
import { Library } from "../kb/library.ts";
import { readLines } from "./archive.ts";

/** A text of the shared data: a section, an answer, or a question. */
export interface DataText {
  id: string;
  title: string;
  body: string;
  thread?: number;
}

export interface DataQuery extends DataText {
  relevant: string[];
}

/** The documentation and its questions. */
export function readDocumentation(data: string): { documents: DataText[]; queries: DataQuery[] } {
  return {
    documents: readLines(join(data, "claude-docs/documents.ndjson"), readText),
    queries: readLines(join(data, "claude-docs/questions.ndjson"), readQuery),
  };
}

export function documentationLibrary(documents: readonly DataText[]): Library {
  const library = new Library();
  for (const document of documents)
    library.add({ ...document, thread: document.id, article: document.id.split("#")[0] ?? "" });
  return library;
}

export interface Faq {
  documents: DataText[];
  queries: DataQuery[];
  threadOf: (query: DataQuery) => number;
}

/** StackFAQ: several answers a thread, and its question in other words. */
export function readFaq(data: string): Faq {
  const documents = readLines(join(data, "stackfaq/pairs.ndjson"), readText);
  const queries = readLines(join(data, "stackfaq/queries.ndjson"), readQuery);
  const threads = new Map(documents.map(({ id, thread }) => [id, thread ?? 0]));
  return { documents, queries, threadOf: ({ relevant }) => threads.get(relevant[0] ?? "") ?? 0 };
}

/** A library in which the first `aliases` questions of each thread are known already, and the questions left. */
export function faqLibrary(
  { documents, queries, threadOf }: Faq,
  aliases: number,
): { library: Library; asked: DataQuery[] } {
  const library = new Library();
  for (const document of documents) library.add({ ...document, thread: document.title });
  const taken = new Map<number, number>();
  const asked = queries.filter((query) => {
    const place = taken.get(threadOf(query)) ?? 0;
    taken.set(threadOf(query), place + 1);
    if (place >= aliases) return true;
    for (const id of query.relevant) library.addAlias(id, query.id, query);
    return false;
  });
  return { library, asked };
}

/** The known originals of rust-lang/rust's duplicates, by number. */
export function readDuplicates(data: string): Map<number, string[]> {
  return new Map(
    readLines(join(data, "rust/duplicates-2010-2014.ndjson"), (line) => [
      Number(line.number),
      (line.relevant as number[]).map(String),
    ]),
  );
}

function readText(line: Record<string, unknown>): DataText {
  const thread = typeof line.thread === "number" ? { thread: line.thread } : {};
  return { id: String(line.id), title: String(line.title), body: String(line.body ?? ""), ...thread };
}

function readQuery(line: Record<string, unknown>): DataQuery {
  return { ...readText(line), relevant: (line.relevant as unknown[]).map(String) };
}
