import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { calibrate, contenders, suggest } from "../kb/gate.ts";
import { hitsOf, Library, type LibraryDocument, rankArticles } from "../kb/library.ts";
import { averagePrecision, type Judged, recallAt, reciprocalRank, successAt } from "../kb/measure.ts";
import { ARTICLE_GATE } from "../kb/weights.ts";
import { readLines, WrongUse } from "./archive.ts";
import { type Figure, reportFigures, TARGETS } from "./retrieval-report.ts";

const USAGE =
  "Usage: frontdesk kb evaluate --corpus DOCS --queries QUERIES [--train PAIRS] --rankings OUT [--json]";

interface Query {
  id: string;
  title: string;
  body: string;
  candidates: string[] | undefined;
  relevant: string[] | undefined;
}

interface Pair {
  title: string;
  body: string;
  relevant: string[];
}

/** `frontdesk kb evaluate`: ranks the documents for each query, and measures where it is told what is relevant. */
export async function kbEvaluate(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      corpus: { type: "string" },
      queries: { type: "string" },
      train: { type: "string" },
      rankings: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  if (!values.corpus || !values.queries || !values.rankings) throw new WrongUse(USAGE);
  const library = libraryOf(readLines(values.corpus, readDocument));
  const queries = readLines(values.queries, readQuery);
  const pairs = values.train ? readLines(values.train, readPair) : [];
  teach(library, pairs);
  const judged: Judged[] = [];
  const lines = queries.map((query) => {
    const ranked = rankArticles(library, query, {
      ...(query.candidates && { candidates: query.candidates }),
      without: (id) => id === query.id,
    });
    const hits = hitsOf(ranked);
    const suggestion = suggest(contenders(ranked, ARTICLE_GATE, TARGETS.links), calibrate([]), TARGETS);
    const suggested = suggestion.outcome === "reply" ? suggestion.links.map(({ id }) => id) : [];
    if (query.relevant) judged.push({ ranking: hits.map((hit) => hit.id), relevant: query.relevant });
    return JSON.stringify({ id: query.id, ranking: hits, suggested });
  });
  writeFileSync(values.rankings, lines.map((line) => `${line}\n`).join(""));
  reportFigures(FIGURES, judged, queries.length, values.json);
  return 0;
}

/** More answers of one title are not answers to one question: the title is `Introduction` or the like. */
const MOST_ANSWERS = 30;

/** Sections of a page have ids such as `page#section`; several answers to one question have one title. */
function libraryOf(documents: LibraryDocument[]): Library {
  const library = new Library();
  const titleOf = ({ title }: LibraryDocument) => title.trim().toLowerCase();
  const times = new Map<string, number>();
  for (const document of documents) times.set(titleOf(document), (times.get(titleOf(document)) ?? 0) + 1);
  for (const document of documents) {
    const hash = document.id.indexOf("#");
    const thread = titleOf(document);
    if (hash > 0) library.add({ ...document, article: document.id.slice(0, hash) });
    else if (thread !== "" && (times.get(thread) ?? 0) <= MOST_ANSWERS) library.add({ ...document, thread });
    else library.add(document);
  }
  return library;
}

/** Tickets that were already answered become aliases of what answered them. */
function teach(library: Library, pairs: Pair[]): void {
  pairs.forEach((pair, i) => {
    for (const id of pair.relevant) library.addAlias(id, String(i), pair);
  });
}

const FIGURES: Figure[] = [
  ["mrr@3", (sample) => reciprocalRank(sample, 3)],
  ["recall@3", (sample) => recallAt(sample, 3)],
  ["map", averagePrecision],
  ["p@1", (sample) => successAt(sample, 1)],
  ["mrr", (sample) => reciprocalRank(sample)],
];

function text(object: Record<string, unknown>, key: string, fallback?: string): string {
  const value = object[key] ?? fallback;
  if (typeof value === "string") return value;
  if (typeof value === "number" && key === "id") return String(value);
  throw new TypeError(`"${key}" must be a text`);
}

function ids(object: Record<string, unknown>, key: string): string[] | undefined {
  const value = object[key];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw new TypeError(`"${key}" must be a list of ids`);
  return value.map(String);
}

function readDocument(object: Record<string, unknown>): LibraryDocument {
  return { id: text(object, "id"), title: text(object, "title", ""), body: text(object, "body", "") };
}

function readQuery(object: Record<string, unknown>): Query {
  return {
    ...readDocument(object),
    candidates: ids(object, "candidates"),
    relevant: ids(object, "relevant"),
  };
}

function readPair(object: Record<string, unknown>): Pair {
  const query = object.query;
  if (query === null || typeof query !== "object")
    throw new TypeError('"query" must hold a title and a body');
  const { title, body } = { title: "", body: "", ...query } as Record<string, unknown>;
  return {
    title: typeof title === "string" ? title : "",
    body: typeof body === "string" ? body : "",
    relevant: ids(object, "relevant") ?? [],
  };
}
