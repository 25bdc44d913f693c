import { join } from "node:path";
import { parseArgs } from "node:util";
import { duplicateCandidates } from "../kb/duplicate-features.ts";
import { rankDuplicates, trainDuplicates } from "../kb/duplicates.ts";
import { calibrate, type Contender, contenders, suggest } from "../kb/gate.ts";
import { ARTICLE_FEATURES, articleCandidates, hitsOf, type Library, rankArticles } from "../kb/library.ts";
import { type Candidates, trainListwise } from "../kb/listwise.ts";
import {
  averagePrecision,
  bootstrap,
  type Judged,
  recallAt,
  reciprocalRank,
  successAt,
} from "../kb/measure.ts";
import { replay } from "../kb/replay.ts";
import { ARTICLE_GATE } from "../kb/weights.ts";
import { WrongUse } from "./archive.ts";
import { evaluateClusters } from "./evaluate-clusters.ts";
import { minisearchDuplicates, minisearchRankings, naturalRankings } from "./evaluate-retrieval-peers.ts";
import { readHistories } from "./issue-archive.ts";
import {
  type DataQuery,
  documentationLibrary,
  faqLibrary,
  readDocumentation,
  readDuplicates,
  readFaq,
} from "./retrieval-data.ts";
import { type Figure, TARGETS } from "./retrieval-report.ts";

const FOLDS = 5;
const PULL = 0.01;
const THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9];

/** The best guess for a query, which would be posted from some threshold on, and what would be posted by default. */
interface Guess {
  probability: number;
  right: boolean;
  posted: boolean[];
}

const DUPLICATES: Figure[] = [
  ["R@1", (judged) => successAt(judged, 1)],
  ["R@5", (judged) => successAt(judged, 5)],
  ["R@10", (judged) => successAt(judged, 10)],
  ["MRR", (judged) => reciprocalRank(judged)],
];
const DOCUMENTATION: Figure[] = [
  ["MRR@3", (judged) => reciprocalRank(judged, 3)],
  ["recall@3", (judged) => recallAt(judged, 3)],
];
const FAQ: Figure[] = [
  ["MAP", averagePrecision],
  ["P@1", (judged) => successAt(judged, 1)],
];

/**
 * `npm run evaluate -- --data DIR`: duplicates of the newest year with weights learned from older years alone, questions
 * by cross-validation, and minisearch and natural's TfIdf beside them.
 */
export async function evaluateRetrieval(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { data: { type: "string" } } });
  if (!values.data) throw new WrongUse("Usage: npm run evaluate -- --data DIR");
  evaluateDuplicates(values.data);
  evaluateDocumentation(values.data);
  evaluateFaq(values.data);
  evaluateClusters(values.data);
  return 0;
}

function evaluateDuplicates(data: string): void {
  const histories = readHistories(join(data, "rust/issues-2010-2014.ndjson.gz"));
  const relevant = readDuplicates(data);
  const newest = Date.UTC(2014, 0, 1);
  const lessons: Candidates[] = [];
  const judged: Judged[] = [];
  const guesses: Guess[] = [];
  let weights: number[] | undefined;
  replay(histories, (issue, backlog) => {
    const right = relevant.get(issue.number);
    if (!right) return;
    if (issue.createdAt < newest) {
      const { numbers, rows } = duplicateCandidates(backlog, issue, issue.createdAt);
      lessons.push({ rows, relevant: numbers.map((number) => right.includes(String(number))) });
      return;
    }
    weights ??= trainDuplicates(lessons, "from nothing");
    const found = rankDuplicates(backlog, issue, issue.createdAt, weights);
    judged.push({ ranking: found.ranking.map(({ number }) => String(number)), relevant: right });
    const [best] = found.contenders;
    if (best) guesses.push(guess(best, found.contenders, right));
  });
  const queries = new Map([...relevant].filter(([number]) => isNew(histories, number, newest)));
  heading("rust-lang/rust duplicates of 2014, learned from 2010-2013", DUPLICATES);
  row("Frontdesk", DUPLICATES, judged);
  row("minisearch", DUPLICATES, minisearchDuplicates(histories, queries));
  curve(guesses);
}

function isNew(histories: ReturnType<typeof readHistories>, number: number, since: number): boolean {
  return histories.some((issue) => issue.number === number && issue.createdAt >= since);
}

function evaluateDocumentation(data: string): void {
  const { documents, queries } = readDocumentation(data);
  const library = documentationLibrary(documents);
  const { judged, guesses } = crossValidated(library, queries, (_, i) => i % FOLDS);
  heading("documentation questions, cross-validated", DOCUMENTATION);
  row("Frontdesk", DOCUMENTATION, judged);
  row("minisearch", DOCUMENTATION, minisearchRankings(documents, queries));
  row("natural's TfIdf", DOCUMENTATION, naturalRankings(documents, queries));
  published("embeddings", ".737 .659");
  published("re-ranked by a language model", ".865 .693");
  curve(guesses);
}

function evaluateFaq(data: string): void {
  const faq = readFaq(data);
  const { documents, queries, threadOf } = faq;
  heading("StackFAQ, cross-validated by thread", FAQ);
  for (const aliases of [0, 3]) {
    const { library, asked } = faqLibrary(faq, aliases);
    const { judged, guesses } = crossValidated(library, asked, (query) => threadOf(query) % FOLDS);
    row(`Frontdesk, ${aliases} aliases`, FAQ, judged);
    if (aliases > 0) continue;
    curve(guesses);
    row("minisearch", FAQ, minisearchRankings(documents, queries));
    row("natural's TfIdf", FAQ, naturalRankings(documents, queries));
    published("Elasticsearch", ".637");
  }
}

/** Ranks each fold's questions with weights that were learned from the others. */
function crossValidated(
  library: Library,
  queries: readonly DataQuery[],
  foldOf: (query: DataQuery, i: number) => number,
): { judged: Judged[]; guesses: Guess[] } {
  const lessons = queries.map((query): Candidates => {
    const { ids, rows } = articleCandidates(library, query, {});
    return { rows, relevant: ids.map((id) => query.relevant.includes(id)) };
  });
  const judged: Judged[] = [];
  const guesses: Guess[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = lessons.filter((_, i) => foldOf(queries[i] as DataQuery, i) !== fold);
    const weights = trainListwise(others, ARTICLE_FEATURES.length, { pull: PULL, goal: "each" });
    queries.forEach((query, i) => {
      if (foldOf(query, i) !== fold) return;
      const ranked = rankArticles(library, query, { weights });
      judged.push({ ranking: hitsOf(ranked).map(({ id }) => id), relevant: query.relevant });
      const likeliest = contenders(ranked, ARTICLE_GATE, TARGETS.links);
      const [best] = likeliest;
      if (best) guesses.push(guess(best, likeliest, query.relevant));
    });
  }
  return { judged, guesses };
}

function guess(best: Contender, likeliest: readonly Contender[], right: readonly string[]): Guess {
  const suggestion = suggest(likeliest, calibrate([]), TARGETS);
  const links = suggestion.outcome === "reply" ? suggestion.links : [];
  const posted = links.map(({ id }) => right.includes(id));
  return { probability: best.probability, right: right.includes(best.id), posted };
}

function heading(title: string, figures: Figure[]): void {
  const names = figures.map(([name]) => name.padEnd(18)).join("");
  process.stdout.write(
    `\n${title}; in brackets 95% bootstrap intervals\n  ${"".padEnd(30)}${names.trimEnd()}\n`,
  );
}

function row(name: string, figures: Figure[], judged: Judged[]): void {
  const cells = figures.map(([, compute]) => {
    const [low, high] = bootstrap(judged, compute, 1).map(short);
    return `${short(compute(judged))} [${low}, ${high}]`.padEnd(18);
  });
  process.stdout.write(`  ${name.padEnd(30)}${cells.join("").trimEnd()}\n`);
}

function published(name: string, figures: string): void {
  process.stdout.write(`  ${`${name} (published)`.padEnd(30)}${figures}\n`);
}

/** How often something would be posted, and how often it would be right: a lower bound, as not all is labelled. */
function curve(guesses: Guess[]): void {
  const points = THRESHOLDS.map((threshold) => {
    const posted = guesses.filter(({ probability }) => probability >= threshold);
    const right = posted.filter((guess) => guess.right).length;
    return `${threshold}: ${short(posted.length ? right / posted.length : 1)} of ${short(posted.length / guesses.length)}`;
  });
  process.stdout.write(`  precision of coverage, by confidence\n    ${points.join("   ")}\n`);
  const answered = guesses.filter(({ posted }) => posted.length > 0);
  const links = answered.flatMap(({ posted }) => posted);
  const precision = short(links.filter(Boolean).length / Math.max(1, links.length));
  const coverage = short(answered.length / guesses.length);
  process.stdout.write(
    `    posted by default, before any feedback: ${precision} of ${links.length} links, to ${coverage}\n`,
  );
}

function short(value: number): string {
  return value.toFixed(3).replace(/^0/, "");
}
