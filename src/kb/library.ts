import { bm25, type FieldWeights } from "./bm25.ts";
import { Comparison, TEXT_FEATURES } from "./compare.ts";
import { FIELD_WEIGHTS } from "./field-weights.ts";
import type { Ranked } from "./gate.ts";
import { Index, type SearchDocument } from "./index.ts";
import { linearScore } from "./listwise.ts";
import { ARTICLE_WEIGHTS } from "./weights.ts";

/** A thing that can answer: a section of an article, a solved thread. */
export interface LibraryDocument extends SearchDocument {
  /** The article that it is a section of. Itself by default. */
  article?: string;
  /** The question that it is one of several answers to. Itself by default. */
  thread?: string;
}

/** A question as somebody asks it. */
export interface Question {
  title: string;
  /** Markdown. */
  body: string;
}

export interface Hit {
  id: string;
  /** Comparable within one search only; `Gate` turns scores into probabilities. */
  score: number;
}

/** What the article re-ranker sees, in the order of its weights. */
export const ARTICLE_FEATURES = [
  ...TEXT_FEATURES,
  "score",
  "score of best",
  "article of best",
  "thread of best",
  "alias",
  "alias of best",
  "aliases",
] as const;

export type ArticleFeature = (typeof ARTICLE_FEATURES)[number];

const DEFAULT_WEIGHTS = ARTICLE_FEATURES.map((feature) => ARTICLE_WEIGHTS[feature]);
/** How many documents the first stage hands to the re-ranker. */
const DEPTH = 200;
const ALIAS_DEPTH = 100;
const ALIAS_SEPARATOR = "\n";
const COSINE = TEXT_FEATURES.indexOf("cosine");

/** Everything that can answer, with the questions that each was seen to answer: its aliases. */
export class Library {
  readonly index = new Index();
  private readonly aliasIndex = new Index();
  private readonly articles = new Map<string, string>();
  private readonly threads = new Map<string, string>();
  private readonly aliasIds = new Map<string, Set<string>>();

  get size(): number {
    return this.index.size;
  }

  /** What its typed arrays take. */
  get bytes(): number {
    return this.index.bytes + this.aliasIndex.bytes;
  }

  /** Adds a document, or replaces the one of the same id, whose aliases stay. */
  add(document: LibraryDocument): void {
    this.index.add(document);
    if (document.article !== undefined) this.articles.set(document.id, document.article);
    if (document.thread !== undefined) this.threads.set(document.id, document.thread);
  }

  /** Removes a document and its aliases. */
  remove(id: string): void {
    this.index.remove(id);
    this.articles.delete(id);
    this.threads.delete(id);
    for (const alias of this.aliasIds.get(id) ?? []) this.aliasIndex.remove(alias);
    this.aliasIds.delete(id);
  }

  /** Remembers that the document answered this question; `key` names the ticket, so that it counts once. */
  addAlias(id: string, key: string, question: Question): void {
    const alias = `${id}${ALIAS_SEPARATOR}${key}`;
    this.aliasIndex.add({ id: alias, title: question.title, body: question.body });
    const own = this.aliasIds.get(id) ?? new Set();
    this.aliasIds.set(id, own.add(alias));
  }

  /** Forgets an alias: the answer turned out not to help. */
  removeAlias(id: string, key: string): void {
    const alias = `${id}${ALIAS_SEPARATOR}${key}`;
    this.aliasIndex.remove(alias);
    this.aliasIds.get(id)?.delete(alias);
  }

  /** The documents of an article. */
  idsOf(article: string): string[] {
    return [...this.articles].flatMap(([id, whole]) => (whole === article ? [id] : []));
  }

  articleOf(id: string): string {
    return this.articles.get(id) ?? id;
  }

  threadOf(id: string): string {
    return this.threads.get(id) ?? id;
  }

  /** For each document with an alias like the question: the best cosine of one, and the sum of all. */
  aliasMatches(question: Question): Map<string, { best: number; sum: number }> {
    const matches = new Map<string, { best: number; sum: number }>();
    if (this.aliasIndex.size === 0) return matches;
    const words = this.aliasIndex.read(question);
    const comparison = new Comparison(this.aliasIndex, words);
    const row = new Float64Array(TEXT_FEATURES.length);
    for (const { document } of bm25(this.aliasIndex, words, FIELD_WEIGHTS, ALIAS_DEPTH)) {
      comparison.features(document, row, 0);
      const cosine = row[COSINE] ?? 0;
      const id = (this.aliasIndex.idOf(document) ?? "").split(ALIAS_SEPARATOR)[0] ?? "";
      const { best, sum } = matches.get(id) ?? { best: 0, sum: 0 };
      matches.set(id, { best: Math.max(best, cosine), sum: sum + cosine });
    }
    return matches;
  }
}

export interface SearchOptions {
  limit?: number;
  /** Rank exactly these documents, those without any word in common too. */
  candidates?: readonly string[];
  /** Leave these out. */
  without?: (id: string) => boolean;
  fields?: FieldWeights;
  weights?: readonly number[];
}

/** The documents that answer the question best, best first. */
export function search(library: Library, question: Question, options: SearchOptions = {}): Hit[] {
  return hitsOf(rankArticles(library, question, options)).slice(0, options.limit ?? DEPTH);
}

/** The documents for a question, with everything that the gate wants to see of them; not in order. */
export function rankArticles(
  library: Library,
  question: Question,
  options: SearchOptions = {},
): Ranked<ArticleFeature> {
  const { ids, rows } = articleCandidates(library, question, options);
  const weights = options.weights ?? DEFAULT_WEIGHTS;
  const scores = ids.map((_, i) => linearScore(rows, i * ARTICLE_FEATURES.length, weights));
  return { ids, features: ARTICLE_FEATURES, rows, scores };
}

/** A ranking's documents, best first. */
export function hitsOf({ ids, scores }: Pick<Ranked<string>, "ids" | "scores">): Hit[] {
  return ids
    .map((id, i) => ({ id, score: scores[i] as number }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** The first stage's documents with their ARTICLE_FEATURES, a row each. */
export function articleCandidates(
  library: Library,
  question: Question,
  options: SearchOptions,
): { ids: string[]; rows: Float64Array } {
  const { index } = library;
  const words = index.read(question);
  const asked = options.candidates && new Set(options.candidates);
  const skipped = (id: string) => (asked ? !asked.has(id) : false) || options.without?.(id) === true;
  const depth = asked || options.without ? index.slots : DEPTH;
  const scores = new Map<string, number>();
  for (const { document, score } of bm25(index, words, options.fields ?? FIELD_WEIGHTS, depth)) {
    const id = index.idOf(document);
    if (id !== null && !skipped(id)) scores.set(id, score);
    if (scores.size === DEPTH && !asked) break;
  }
  const aliases = library.aliasMatches(question);
  for (const id of [...aliases.keys(), ...(asked ?? [])])
    if (!scores.has(id) && !skipped(id) && index.numberOf(id) !== undefined) scores.set(id, 0);
  const ids = [...scores.keys()];
  return { ids, rows: describe(library, new Comparison(index, words), scores, aliases) };
}

function describe(
  library: Library,
  comparison: Comparison,
  scores: Map<string, number>,
  aliases: Map<string, { best: number; sum: number }>,
): Float64Array {
  const width = ARTICLE_FEATURES.length;
  const rows = new Float64Array(scores.size * width);
  const articles = bestOf(scores, (id) => library.articleOf(id));
  const threads = bestOf(scores, (id) => library.threadOf(id));
  const highest = Math.max(1e-9, ...scores.values());
  const closest = Math.max(1e-9, ...[...aliases.values()].map(({ best }) => best));
  let at = 0;
  for (const [id, score] of scores) {
    comparison.features(library.index.numberOf(id) as number, rows, at);
    const alias = aliases.get(id) ?? { best: 0, sum: 0 };
    const own = [
      Math.log1p(score),
      score / highest,
      (articles.get(library.articleOf(id)) ?? 0) / highest,
      (threads.get(library.threadOf(id)) ?? 0) / highest,
      alias.best,
      alias.best / closest,
      Math.log1p(alias.sum),
    ];
    rows.set(own, at + TEXT_FEATURES.length);
    at += width;
  }
  return rows;
}

/** The best score of each group. */
function bestOf(scores: Map<string, number>, groupOf: (id: string) => string): Map<string, number> {
  const best = new Map<string, number>();
  for (const [id, score] of scores) best.set(groupOf(id), Math.max(score, best.get(groupOf(id)) ?? 0));
  return best;
}
